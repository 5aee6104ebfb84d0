package render

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/resource"
)

// option is one flag of an az command and its quoted value; a flag without a value is a switch.
type option struct{ name, value string }

// cluster writes the az aks commands for a cluster: create with its first Linux system pool, as az expects, and
// nodepool add for the others. Existing clusters and pools are not changed, except for the upgrade settings of the
// first pool: az aks create has no flag for them, so they are checked and set afterwards.
// [aks.PageAzureCLI] (read 2026-11-22)
func (w *shellWriter) cluster(n *resource.Node, body *resource.ManagedCluster) {
	id := snake(n.Symbol)
	pools := slices.Clone(body.Properties.AgentPoolProfiles)
	isFirst := func(p *resource.AgentPool) bool {
		return p.Mode == string(aks.System) && p.OSType == string(aks.Linux)
	}
	if i := slices.IndexFunc(pools, isFirst); i > 0 {
		first := pools[i]
		pools = slices.Insert(slices.Delete(pools, i, i+1), 0, first)
	}
	w.line("there \"$%s\" %s || az aks create%s", id, n.APIVersion, flags(w.createFlags(n, body, pools)))
	w.dnsZones(n, body.Properties.IngressProfile)
	for i, p := range pools {
		switch {
		case i > 0 || !createsPool(pools):
			w.line(
				"there \"$%s\"%s %s || az aks nodepool add%s",
				id,
				shell.Quote("/agentPools/"+p.Name),
				n.APIVersion,
				flags(w.addFlags(n, p)),
			)
		case upgradesUnusually(p):
			l := w.place(n, "--cluster-name")
			l.text("--name", p.Name)
			query := append(slices.Clone(l), option{"--query", "upgradeSettings.maxSurge"}, option{"--output", "tsv"})
			w.line(
				"[ \"$(az aks nodepool show%s)\" = %s ] || az aks nodepool update%s",
				flags(query),
				shell.Quote(p.UpgradeSettings.MaxSurge),
				flags(append(l, upgradeFlags(p)...)),
			)
		}
	}
}

// checkArguments returns an error if az would read a tag of a cluster as an option. Other texts that begin with a
// hyphen are errors of the spec.
func checkArguments(g *resource.Graph) error {
	for _, n := range g.Nodes {
		body, ok := n.Body.(*resource.ManagedCluster)
		if !ok || n.Existing {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(body.Tags)) {
			if strings.HasPrefix(name, "-") {
				return fmt.Errorf("cluster %q has the tag %q, which az reads as an option: rename it, or use another format",
					n.Name, name)
			}
		}
	}
	return nil
}

// createsPool reports whether az aks create makes the first pool: a cluster with a hosted system pool has none of mode
// System, and pools are added to it.
func createsPool(pools []*resource.AgentPool) bool {
	return len(pools) > 0 && pools[0].Mode == string(aks.System)
}

// dnsZones gives application routing its DNS zones, which az aks create has no flag for, and the role that it needs in
// them.
// [aks.PageAppRoutingDNS] (read 2026-11-28)
func (w *shellWriter) dnsZones(n *resource.Node, ingress *resource.IngressProfile) {
	if ingress == nil || len(ingress.WebAppRouting.DNSZoneResourceIDs) == 0 {
		return
	}
	ids := ingress.WebAppRouting.DNSZoneResourceIDs
	l := w.place(n, "--name")
	const count = "length(ingressProfile.webAppRouting.dnsZoneResourceIds || `[]`)"
	query := append(slices.Clone(l), option{"--query", shell.Quote(count)}, option{"--output", "tsv"})
	l.texts("--ids", ids)
	l.on("--attach-zones", true)
	w.line("[ \"$(az aks show%s)\" = %d ] || az aks approuting zone add%s", flags(query), len(ids), flags(l))
}

// flags returns flags, one per line.
func flags(all []option) string {
	var b strings.Builder
	for _, f := range all {
		b.WriteString(" \\\n  " + f.name)
		if f.value != "" {
			b.WriteString(" " + f.value)
		}
	}
	return b.String()
}

// flagList collects flags and omits those without a value.
type flagList []option

func (l *flagList) text(name, value string) {
	if value != "" {
		*l = append(*l, option{name, shell.Arg(value)})
	}
}

func (l *flagList) texts(name string, values []string) { l.text(name, strings.Join(values, ",")) }

func (l *flagList) words(name string, values []string) {
	if len(values) == 0 {
		return
	}
	quoted := make([]string, len(values))
	for i, v := range values {
		quoted[i] = shell.Arg(v)
	}
	*l = append(*l, option{name, strings.Join(quoted, " ")})
}

func (l *flagList) number(name string, n int) {
	if n != 0 {
		*l = append(*l, option{name, strconv.Itoa(n)})
	}
}

func (l *flagList) on(name string, on bool) {
	if on {
		*l = append(*l, option{name: name})
	}
}

// id adds a reference to a resource in the graph, or any other id as text.
func (l *flagList) id(w *shellWriter, name, id string) {
	if n := w.graph.Find(id); n != nil {
		*l = append(*l, option{name, `"$` + snake(n.Symbol) + `"`})
		return
	}
	l.text(name, id)
}

// place returns the flags for the name, resource group and subscription of a cluster.
func (w *shellWriter) place(n *resource.Node, nameFlag string) flagList {
	return flagList{
		{"--subscription", word(known(n.Scope.Subscription, "subscription"))},
		{"--resource-group", word(known(n.Scope.ResourceGroup, "resource_group"))},
		{nameFlag, shell.Quote(n.Name)},
	}
}

func (w *shellWriter) createFlags(
	n *resource.Node,
	body *resource.ManagedCluster,
	pools []*resource.AgentPool,
) []option {
	p := body.Properties
	l := w.place(n, "--name")
	if locationOf(w.graph, n) == paramLocation {
		l = append(l, option{"--location", `"$location"`})
	} else if body.Location != nil {
		l.text("--location", *body.Location)
	}
	switch sku := body.SKU; {
	case sku == nil:
	case sku.Name == string(aks.SKUAutomatic):
		l.text("--sku", strings.ToLower(sku.Name))
	default:
		l.text("--tier", strings.ToLower(sku.Tier))
	}
	l.text("--kubernetes-version", p.KubernetesVersion)
	l.text("--k8s-support-plan", p.SupportPlan)
	if p.FQDNSubdomain != "" {
		l.text("--fqdn-subdomain", p.FQDNSubdomain)
	} else {
		l.text("--dns-name-prefix", p.DNSPrefix)
	}
	if up := p.AutoUpgradeProfile; up != nil {
		l.text("--node-os-upgrade-channel", up.NodeOSUpgradeChannel)
	}
	l.text("--node-resource-group", p.NodeResourceGroup)
	w.networkFlags(&l, p.NetworkProfile)
	w.accessFlags(&l, p.APIServerAccessProfile)
	if hosted := p.HostedSystemProfile; hosted != nil {
		l.id(w, "--system-node-subnet-id", hosted.SystemNodeSubnetID)
		l.id(w, "--node-subnet-id", hosted.NodeSubnetID)
	}
	if p.NodeProvisioning != nil {
		l.text("--node-provisioning-mode", p.NodeProvisioning.Mode)
	}
	if boot := p.BootstrapProfile; boot != nil {
		l.text("--bootstrap-artifact-source", boot.ArtifactSource)
		l.text("--bootstrap-container-registry-resource-id", boot.ContainerRegistryID)
	}
	addOnFlags(&l, body.AddOns)
	l.on("--enable-app-routing", p.IngressProfile != nil)
	if body.Identity != nil {
		for id := range body.Identity.UserAssignedIdentities {
			l.id(w, "--assign-identity", id)
		}
	} else {
		l = append(l, option{"--service-principal", `"$service_principal"`},
			option{"--client-secret", `"$client_secret"`})
	}
	if createsPool(pools) {
		first := pools[0]
		l.text("--nodepool-name", first.Name)
		l.text("--os-sku", first.OSSKU)
		w.poolFlags(&l, first)
	}
	l.on("--no-ssh-key", true)
	var tags []string
	for _, name := range slices.Sorted(maps.Keys(body.Tags)) {
		tags = append(tags, name+"="+*body.Tags[name])
	}
	l.words("--tags", tags)
	return l
}

// addOnFlags adds the flags that turn add-ons on. A workspace that one of them needs is made by the Azure CLI.
func addOnFlags(l *flagList, addOns []aks.AddOn) {
	var enable []string
	for _, a := range addOns {
		facts, _ := a.Facts()
		if facts.Enable != "" {
			enable = append(enable, facts.Enable)
		}
		for _, flag := range facts.Flags {
			l.on(flag, true)
		}
	}
	l.texts("--enable-addons", enable)
}

func (w *shellWriter) networkFlags(l *flagList, p *resource.NetworkProfile) {
	l.text("--network-plugin", p.NetworkPlugin)
	l.text("--network-plugin-mode", p.NetworkPluginMode)
	l.text("--network-dataplane", p.NetworkDataplane)
	l.text("--network-policy", p.NetworkPolicy)
	l.texts("--ip-families", p.IPFamilies)
	l.text("--pod-cidr", p.PodCIDR)
	l.texts("--pod-cidrs", p.PodCIDRs)
	l.text("--service-cidr", p.ServiceCIDR)
	l.texts("--service-cidrs", p.ServiceCIDRs)
	l.text("--dns-service-ip", p.DNSServiceIP)
	l.text("--outbound-type", p.OutboundType)
	l.text("--load-balancer-sku", p.LoadBalancerSKU)
	if lb := p.LoadBalancerProfile; lb != nil {
		w.balancerFlags(l, lb)
	}
	if nat := p.NATGatewayProfile; nat != nil {
		if nat.ManagedOutboundIPProfile != nil {
			l.number("--nat-gateway-managed-outbound-ip-count", nat.ManagedOutboundIPProfile.Count)
		}
		l.number("--nat-gateway-idle-timeout", nat.IdleTimeoutInMinutes)
	}
	if a := p.AdvancedNetworking; a != nil && a.Enabled {
		l.on("--enable-acns", true)
		l.on("--disable-acns-observability", true)
		l.text("--acns-advanced-networkpolicies", a.Security.AdvancedNetworkPolicies)
	}
	l.on("--enable-static-egress-gateway", p.StaticEgress != nil)
}

func (w *shellWriter) balancerFlags(l *flagList, lb *resource.ClusterLoadBalancer) {
	if lb.ManagedOutboundIPs != nil {
		l.number("--load-balancer-managed-outbound-ip-count", lb.ManagedOutboundIPs.Count)
	}
	if lb.OutboundIPs != nil {
		l.texts("--load-balancer-outbound-ips", idsOf(lb.OutboundIPs.PublicIPs))
	}
	if lb.OutboundIPPrefixes != nil {
		l.texts("--load-balancer-outbound-ip-prefixes", idsOf(lb.OutboundIPPrefixes.PublicIPPrefixes))
	}
	l.number("--load-balancer-outbound-ports", lb.AllocatedOutboundPorts)
	l.number("--load-balancer-idle-timeout", lb.IdleTimeoutInMinutes)
	l.text("--load-balancer-backend-pool-type", lb.BackendPoolType)
}

func idsOf(refs []resource.ResourceRef) (out []string) {
	for _, r := range refs {
		out = append(out, r.ID)
	}
	return out
}

func (w *shellWriter) accessFlags(l *flagList, p *resource.APIServerProfile) {
	if p == nil {
		return
	}
	l.on("--enable-private-cluster", p.EnablePrivateCluster)
	l.on("--enable-apiserver-vnet-integration", p.EnableVnetIntegration)
	if p.SubnetID != "" {
		l.id(w, "--apiserver-subnet-id", p.SubnetID)
	}
	l.text("--private-dns-zone", p.PrivateDNSZone)
	l.on("--disable-public-fqdn", p.EnablePrivateClusterPublicFQDN != nil && !*p.EnablePrivateClusterPublicFQDN)
	l.texts("--api-server-authorized-ip-ranges", p.AuthorizedIPRanges)
}

// poolFlags adds the flags that az aks create and az aks nodepool add share.
func (w *shellWriter) poolFlags(l *flagList, p *resource.AgentPool) {
	if p.Type != "VirtualMachineScaleSets" {
		l.text("--vm-set-type", p.Type)
	}
	l.text("--node-vm-size", p.VMSize)
	*l = append(*l, option{"--node-count", strconv.Itoa(p.Count)})
	l.on("--enable-cluster-autoscaler", p.EnableAutoScaling)
	if p.EnableAutoScaling {
		*l = append(
			*l,
			option{"--min-count", strconv.Itoa(*p.MinCount)},
			option{"--max-count", strconv.Itoa(*p.MaxCount)},
		)
	}
	l.number("--max-pods", p.MaxPods)
	l.words("--zones", p.AvailabilityZones)
	if p.VnetSubnetID != "" {
		l.id(w, "--vnet-subnet-id", p.VnetSubnetID)
	}
	if p.PodSubnetID != "" {
		l.id(w, "--pod-subnet-id", p.PodSubnetID)
	}
	l.text("--pod-ip-allocation-mode", p.PodIPAllocationMode)
	l.on("--enable-node-public-ip", p.EnableNodePublicIP)
	if p.NodePublicIPPrefixID != "" {
		l.id(w, "--node-public-ip-prefix-id", p.NodePublicIPPrefixID)
	}
	l.on("--enable-fips-image", p.EnableFIPS)
}

func (w *shellWriter) addFlags(n *resource.Node, p *resource.AgentPool) []option {
	l := w.place(n, "--cluster-name")
	l.text("--name", p.Name)
	l.text("--mode", p.Mode)
	l.text("--os-type", p.OSType)
	l.text("--os-sku", p.OSSKU)
	l.text("--kubernetes-version", p.OrchestratorVersion)
	w.poolFlags(&l, p)
	if p.GatewayProfile != nil {
		l.number("--gateway-prefix-size", p.GatewayProfile.PublicIPPrefixSize)
	}
	return append(l, upgradeFlags(p)...)
}

// upgradesUnusually reports whether a pool's upgrade settings differ from the AKS defaults of a new pool.
func upgradesUnusually(p *resource.AgentPool) bool {
	u := p.UpgradeSettings
	return u != nil && *u != (resource.UpgradeSettings{MaxSurge: strconv.Itoa(aks.DefaultSurgePercent) + "%"})
}

func upgradeFlags(p *resource.AgentPool) (l flagList) {
	if u := p.UpgradeSettings; u != nil {
		l.text("--max-surge", u.MaxSurge)
		l.text("--max-unavailable", u.MaxUnavailable)
	}
	return l
}
