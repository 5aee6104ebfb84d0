package aks

import "slices"

// NetworkRule is an endpoint that a firewall lets through by address, tag or port.
type NetworkRule struct {
	ID          string  `json:"id"`          // stable, lower case with dashes
	Destination string  `json:"destination"` // service tag, name, or what stands there in angle brackets
	Protocol    string  `json:"protocol"`    // Tcp or Udp
	Port        int     `json:"port"`
	Clouds      []Cloud `json:"clouds"`
	Optional    bool    `json:"optional"`        // needed in some cases alone
	NotPrivate  bool    `json:"notPrivate"`      // private clusters do without
	AddOn       AddOn   `json:"addOn,omitempty"` // add-on that needs it; empty for the cluster itself
	When        string  `json:"when"`            // when it is needed
	Source      Source  `json:"source"`
}

// NetworkRules returns the endpoints of a cluster in the cloud that no web filter can name. The destination
// AzureCloud.<location> may be narrowed to the API server's address.
func NetworkRules(cloud Cloud) []NetworkRule {
	if cloud == "" {
		cloud = CloudPublic
	}
	return slices.DeleteFunc(networkRules(), func(r NetworkRule) bool { return !slices.Contains(r.Clouds, cloud) })
}

func networkRules() []NetworkRule {
	s := srcEgress()
	everywhere, public, sovereign := []Cloud{CloudPublic, CloudChina, CloudUSGov}, []Cloud{CloudPublic},
		[]Cloud{CloudChina, CloudUSGov}
	const (
		regional       = "AzureCloud.<location>"
		tunnel         = "tunnel between nodes and API server"
		noKonnectivity = tunnel + ", where konnectivity is not used"
		timeServer     = "ntp.ubuntu.com"
	)
	return []NetworkRule{
		{"tunnel-udp", regional, "Udp", 1194, public, true, true, AddOnNone, noKonnectivity, s},
		{"tunnel-udp", regional, "Udp", 1194, sovereign, false, true, AddOnNone, tunnel, s},
		{"tunnel-tcp", regional, "Tcp", 9000, public, true, true, AddOnNone, noKonnectivity, s},
		{"tunnel-tcp", regional, "Tcp", 9000, sovereign, false, true, AddOnNone, tunnel, s},
		{"tunnel-china", regional, "Tcp", 22, []Cloud{CloudChina}, false, true, AddOnNone, tunnel, s},
		{"ntp", timeServer, "Udp", 123, public, true, false, AddOnNone, "time, for nodes that were made before 2021-03", s},
		{"ntp", timeServer, "Udp", 123, sovereign, false, false, AddOnNone, "time", s},
		{"dns-udp", OwnDNSServers, "Udp", 53, everywhere, false, false, AddOnNone, "DNS servers of your own", s},
		{
			"dns-tcp", OwnDNSServers, "Tcp", 53, everywhere, false, false, AddOnNone,
			"DNS servers of your own: for long answers, and for LocalDNS, which forwards over TCP",
			at(PageLocalDNS, "2026-07-06"),
		},
		{
			"api-server", "<API server IP>", "Tcp", 443, everywhere, true, true, AddOnNone,
			"pods that call the API server; or the annotation kubernetes.azure.com/set-kube-service-host-fqdn", s,
		},
		{
			"monitor", "AzureMonitor", "Tcp", 443, everywhere, true, false, AddOnMonitor,
			"monitoring add-ons and Cilium diagnostics; or the names of Azure Monitor", s,
		},
	}
}

// RegionMark stands for the region in the destinations of network rules and names.
const RegionMark = "<location>"

// The ports of names: the table says HTTP or HTTPS with each.
// [PageEgressRules] (read 2026-11-29)
const (
	PortHTTP  = 80
	PortHTTPS = 443
)

// OwnDNSServers stands for the DNS servers of the network in the table of network rules.
const OwnDNSServers = "<DNS servers>"

// FQDNRule is a name that a firewall lets through.
type FQDNRule struct {
	FQDN       string `json:"fqdn"` // may hold * and <location>
	Port       int    `json:"port"` // 443 is HTTPS, 80 is HTTP
	Cloud      Cloud  `json:"cloud"`
	AddOn      AddOn  `json:"addOn,omitempty"` // add-on that needs it; empty for the cluster itself
	NotPrivate bool   `json:"notPrivate"`      // private clusters do without
	Optional   bool   `json:"optional"`        // the cluster works without
	Cached     bool   `json:"cached"`          // clusters whose artifacts come from a cache do without
	Why        string `json:"why"`
	Source     Source `json:"source"`
}

// FQDNRules returns the names that a cluster in the cloud needs for itself and for the add-ons, without the names of
// other add-ons. <location> stands for the region.
func FQDNRules(cloud Cloud, addOns ...AddOn) []FQDNRule {
	if cloud == "" {
		cloud = CloudPublic
	}
	rules := clusterFQDNs(cloud)
	for _, addOn := range append([]AddOn{AddOnUbuntuUpdates, AddOnWindows, AddOnAppRouting}, AddOns()...) {
		if slices.Contains(addOns, addOn) {
			rules = append(rules, addOnFQDNs(cloud, addOn)...)
		}
	}
	return rules
}

// clusterFQDNs returns the names that every cluster of the cloud needs.
func clusterFQDNs(cloud Cloud) []FQDNRule {
	facts, ok := CloudOf(cloud)
	if !ok {
		return nil
	}
	var rules []FQDNRule
	for _, name := range facts.APIServer {
		rules = append(rules, FQDNRule{FQDN: name, NotPrivate: true, Why: "API server"})
	}
	for _, name := range registryFQDNs(cloud) {
		rules = append(rules, FQDNRule{FQDN: name, Cached: true, Why: "images from the Microsoft registry"})
	}
	rules = append(rules,
		FQDNRule{FQDN: facts.Manager, Why: "Azure API"},
		FQDNRule{FQDN: facts.Login, Why: "sign-in"},
		FQDNRule{FQDN: "packages.microsoft.com", Cached: true, Why: "packages"},
	)
	for _, name := range mirrorFQDNs(cloud) {
		rules = append(rules, FQDNRule{FQDN: name, Cached: true, Why: "Kubernetes and CNI binaries"})
	}
	return fill(rules, cloud, AddOnNone)
}

func registryFQDNs(cloud Cloud) []string {
	names := []string{"mcr.microsoft.com", "*.data.mcr.microsoft.com"}
	switch cloud {
	case CloudPublic:
		return append(names, "mcr-0001.mcr-msedge.net")
	case CloudChina:
		return append(names, "mcr.azure.cn", "*.data.mcr.azure.cn")
	}
	return names
}

func mirrorFQDNs(cloud Cloud) []string {
	if cloud == CloudChina {
		return []string{"*.azk8s.cn"}
	}
	return []string{"acs-mirror.azureedge.net", "packages.aks.azure.com"}
}

// fill sets what all the rules have in common.
func fill(rules []FQDNRule, cloud Cloud, addOn AddOn) []FQDNRule {
	for i := range rules {
		rules[i].Cloud, rules[i].AddOn, rules[i].Source = cloud, addOn, srcEgress()
		if rules[i].Port == 0 {
			rules[i].Port = PortHTTPS
		}
	}
	return rules
}

// EgressFacts returns what else has to be minded about required endpoints.
func EgressFacts() []Fact {
	s := srcEgress()
	return []Fact{
		{"egress-mirror", "packages.aks.azure.com follows acs-mirror.azureedge.net: let both through", s},
		{
			"egress-harmless",
			"md-*.blob.storage.azure.net may be blocked without harm; umsa*.blob.core.windows.net carries " +
				"manifests of the VM " +
				"agent",
			s,
		},
		{"egress-alpn", "a firewall that inspects TLS must not strip ALPN", s},
		{"egress-api-address", "the API server's address may change at planned maintenance", s},
		{
			"egress-platform",
			"168.63.129.16 stays reachable, and DNS servers of one's own forward to it in private clusters",
			at(PageErrorNoOutbound, "2024-12-30"),
		},
	}
}
