package validate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/validate"
)

// verdictOf returns the findings of some rules as "EGR012 error", sorted.
func verdictOf(t *testing.T, text string, rules ...string) (got []string) {
	t.Helper()
	_, r := check(t, text, validate.Options{Only: rules, Today: exampleDay})
	for _, f := range r.Findings {
		got = append(got, f.Rule+" "+f.Severity.String())
	}
	slices.Sort(got)
	return got
}

// pools returns the pools of a cluster whose keys name none.
func pools(keys string) string {
	if strings.Contains(keys, "nodePools") {
		return ""
	}
	return ", nodePools: [{name: system, count: 3}]"
}

// TestVerdicts holds rules to what Azure documents, or was seen to do, for a value and its siblings.
func TestVerdicts(t *testing.T) {
	table := func(existing, routes, cluster string) string {
		return `apiVersion: aksnet/v1
routeTables: [{name: rt, ` + existing + routes + `}]
vnets:
  - name: net
    addressPrefixes: [10.40.0.0/20]
    subnets: [{name: snet-nodes, prefixLength: 24, routeTable: rt}]
clusters:
  - {name: shop, vnet: net, nodeSubnet: {name: snet-nodes}, nodePools: [{name: system, count: 3}], ` + cluster + `}
`
	}
	const routed = "outboundType: userDefinedRouting, egress: {nextHopIP: 10.40.9.4}"
	kubenet := func(subnet string) string {
		return `apiVersion: aksnet/v1
routeTables: [{name: rt}]
vnets: [{name: net, addressPrefixes: [10.40.0.0/20], subnets: [{name: snet-nodes, prefixLength: 24` + subnet + `}]}]
clusters:
  - {name: shop, vnet: net, nodeSubnet: {name: snet-nodes}, model: kubenet, identity: SystemAssigned,
     podCidr: 10.244.0.0/16, nodePools: [{name: system, count: 3}]}
`
	}
	gateway := func(subnet string) string {
		return `apiVersion: aksnet/v1
routeTables:
  - {name: rt, routes: [{name: default, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIP: 10.9.0.4}]}
networkSecurityGroups: [{name: nsg, rules: []}]
vnets:
  - name: net
    addressPrefixes: [10.40.0.0/20]
    subnets: [{name: gw, prefixLength: 24, purpose: applicationGateway, networkSecurityGroup: nsg, ` + subnet + `}]
`
	}
	private := func(servers, cluster string) string {
		return `apiVersion: aksnet/v1
vnets:
  - name: hub
    existing: true
    addressPrefixes: [10.32.0.0/22]
    subnets:
      - {name: AzureFirewallSubnet, addressPrefix: 10.32.0.0/26, existing: true}
      - {name: dns-in, addressPrefix: 10.32.1.0/28, existing: true, delegation: Microsoft.Network/dnsResolvers}
  - {name: net, addressPrefixes: [10.40.0.0/20], peerings: [hub], dnsServers: [` + servers + `]}
clusters:
  - {name: shop, vnet: net, privateCluster: true, nodePools: [{name: system, count: 3}]` + cluster + `}
`
	}
	cluster := func(keys string) string {
		return "apiVersion: aksnet/v1\nclusters: [{name: shop, " + keys + pools(keys) + "}]\n"
	}
	const hubID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/" +
		"virtualHubs/hub"
	hub := func(network string) string {
		return `apiVersion: aksnet/v1
vnets: [{name: net, addressPrefixes: [10.40.0.0/20], ` + network + `}]
clusters:
  - {name: shop, vnet: net, outboundType: userDefinedRouting, egress: {nextHopIP: 10.100.0.132},
     nodePools: [{name: system, count: 3}]}
`
	}
	windows := func(version, sku string) string {
		return cluster(`kubernetesVersion: "` + version + `", nodePools: [{name: system, count: 3}, ` +
			"{name: win, osType: Windows, count: 1, osSKU: " + sku + "}]")
	}
	const layer7 = "model: cilium, advancedNetworking: {advancedNetworkPolicies: L7}, " +
		"nodePools: [{name: system, count: 3, maxPods: 20}, "
	for _, c := range []struct {
		name, spec, rules, want string
	}{
		{"default route in the table", table("", "routes: [{name: d, addressPrefix: 0.0.0.0/0, nextHopType: "+
			"VirtualAppliance, nextHopIP: 10.40.9.4}]", routed), "EGR012", ""},
		{"existing table without routes", table("existing: true, ", "routes: []", routed), "EGR012", "EGR012 error"},
		{"existing table with unknown routes", table("existing: true", "", routed), "EGR012", "EGR012 note"},
		{"outbound none needs no route", table("existing: true, ", "routes: []", "outboundType: none"), "EGR012", ""},
		{"kubenet, own table", kubenet(", routeTable: rt"), "EGR025", "EGR025 error"},
		{"kubenet, table of AKS", kubenet(""), "EGR025", "EGR025 note"},
		{"kubenet, pods in the network's space", strings.Replace(kubenet(""), "10.244.0.0/16", "10.40.8.0/21", 1),
			"IP001, IP002", "IP002 warning"},
		{"gateway behind a firewall", gateway("routeTable: rt"), "EGR016, NSG020", "EGR016 error, NSG020 warning"},
		{"private gateway behind a firewall", gateway("routeTable: rt, delegation: Microsoft.Network/applicationGateways"),
			"EGR016, NSG020, VNET014, VNET015", ""},
		{"one DNS server", private("10.9.9.9", ""), "AKS109, VNET026", "AKS109 warning, VNET026 warning"},
		{"two DNS servers in the hub", private("10.32.2.4, 10.32.2.5", ""), "AKS109, VNET026", "AKS109 warning"},
		{"DNS proxy of a firewall", private("10.32.0.4", ""), "AKS109, VNET026", "AKS109 note"},
		{"DNS resolver", private("10.32.1.4", ""), "AKS109, VNET026", "AKS109 note"},
		{"next hop is the DNS server", private("10.50.0.4", ", egress: {nextHopIP: 10.50.0.4}, outboundType: "+
			"userDefinedRouting"), "AKS109, VNET026", "AKS109 note"},
		{"API server in the network", private("10.9.9.9, 10.9.9.8", ", apiServerVnetIntegration: true"), "AKS109", ""},
		{"public name of a private cluster", private("10.9.9.9, 10.9.9.8", ", privateDNSZone: none"), "AKS109", ""},
		{"Cilium with no engine", cluster("networkDataplane: cilium, networkPolicy: none"), "AKS007", "AKS007 error"},
		{"Cilium with the azure engine", cluster("networkDataplane: cilium, networkPolicy: azure"), "AKS007", "AKS007 error"},
		{"Cilium alone", cluster("networkDataplane: cilium"), "AKS007", ""},
		{"pod CIDR of a flat model", cluster("model: node-subnet, podCidr: 10.244.0.0/16"), "AKS001", "AKS001 warning"},
		{"layer 7, many pods", cluster(layer7 + "{name: a, count: 300, maxPods: 200}]"), "AKS032", ""},
		{"layer 7, many nodes", cluster(layer7 + "{name: a, count: 600, maxPods: 20}, {name: b, count: 600, maxPods: 20}]"),
			"AKS032", ""},
		{"layer 7, beyond both", cluster(layer7 + "{name: a, count: 600, maxPods: 50}, {name: b, count: 600, maxPods: 50}]"),
			"AKS032", "AKS032 warning"},
		{"Windows Server 2022 on 1.36", windows("1.36", "Windows2022"), "AKS023", ""},
		{"Windows Server 2022 on 1.37", windows("1.37", "Windows2022"), "AKS023", "AKS023 error"},
		{"Windows Server 2025 on 1.37", windows("1.37", "Windows2025"), "AKS023", ""},
		{"Windows Server 2019 on 1.33", windows("1.33", "Windows2019"), "AKS023", "AKS023 error"},
		{"unknown quota of addresses", cluster("services: {publicLoadBalancers: 1200}"), "EGR059", "EGR059 warning"},
		{"known quota of addresses", "quotas: {publicIPAddresses: 10}\n" +
			cluster("services: {publicLoadBalancers: 12}"), "EGR059", "EGR059 error"},
		{"firewall of a virtual hub", hub("virtualHub: {addressPrefix: 10.100.0.0/23}"), "EGR014", ""},
		{"firewall outside the virtual hub", hub("virtualHub: {addressPrefix: 10.101.0.0/23}"), "EGR014", "EGR014 warning"},
		{"virtual hub of unknown range", hub("virtualHub: {id: " + hubID + "}"), "EGR014", ""},
		{"no hub", hub("existing: false"), "EGR014", "EGR014 warning"},
		{"pods in the virtual hub's range", strings.Replace(hub("virtualHub: {addressPrefix: 10.100.0.0/23}"), "nodePools",
			"podCidr: 10.100.0.0/16, nodePools", 1), "IP006", "IP006 warning"},
		{"provisioning with byo", cluster("model: byo, nodeProvisioningMode: Auto"), "AKS053", ""},
		{"provisioning with static blocks", strings.Replace(hub("existing: false"), "nodePools", "model: pod-subnet, "+
			"podIPAllocationMode: StaticBlock, nodeProvisioningMode: Auto, nodePools", 1), "AKS053", "AKS053 error"},
		{"Azure DNS", private("168.63.129.16", ""), "AKS109, VNET026", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := verdictOf(t, c.spec, strings.Split(c.rules, ", ")...)
			if diff := cmp.Diff(c.want, strings.Join(got, ", ")); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSeverities holds the findings of every example and every sample spec to the severities that the catalogue states.
func TestSeverities(t *testing.T) {
	var files []string
	for _, pattern := range []string{"../testdata/rules/*/*.yaml", "../testdata/specs/*.yaml", "../testdata/specs-bad/*"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 2*len(validate.Rules()) {
		t.Fatalf("%d files", len(files))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, r := check(t, string(data), validate.Options{Today: exampleDay})
		for _, f := range r.Findings {
			rule, ok := validate.Lookup(f.Rule)
			if ok && f.Waiver == nil && !slices.Contains(rule.Severities(), f.Severity) {
				t.Errorf("%s: %s prints %s, but its catalogue entry says %v", file, f.Rule, f.Severity, rule.Severities())
			}
		}
	}
}

// TestRemedies holds what findings propose to values that mend and do not silence.
func TestRemedies(t *testing.T) {
	const pools = "nodePools: [{name: system, count: 3}, "
	for _, c := range []struct {
		name, spec, rule, want string
	}{
		{"short name of a Windows pool", `apiVersion: aksnet/v1
clusters: [{name: shop, ` + pools + `{name: windows, osType: Windows, count: 1}]}]`, "NAME004", "set name to window"},
		{"taken name of a Windows pool", `apiVersion: aksnet/v1
clusters:
  - {name: shop, ` + pools + `{name: window, osType: Windows}, {name: windows, osType: Windows, count: 1}]}`,
			"NAME004", "set name to windo2"},
		{"policy engine of Linux nodes", `apiVersion: aksnet/v1
clusters: [{name: shop, networkPolicy: azure, nodePools: [{name: system, count: 3}]}]`,
			"LIFE002", "set networkDataplane: cilium together with networkPolicy: cilium"},
		{"policy engine of Linux nodes beside Windows", `apiVersion: aksnet/v1
clusters: [{name: shop, networkPolicy: azure, ` + pools + `{name: win, osType: Windows, count: 1}]}]`,
			"LIFE002", "set networkPolicy: calico, because the Cilium data plane does not run the cluster's Windows pools"},
		{"link of the private zone", `apiVersion: aksnet/v1
vnets:
  - {name: hub, existing: true, addressPrefixes: [10.32.0.0/22]}
  - {name: net, addressPrefixes: [10.40.0.0/20], peerings: [hub], dnsServers: [10.32.0.4, 10.32.0.5]}
clusters: [{name: shop, vnet: net, privateCluster: true, nodePools: [{name: system, count: 3}]}]`, "AKS109",
			`forward azmk8s.io to 168.63.129.16 on the DNS servers, and link the private DNS zone to network "hub"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, r := check(t, c.spec, validate.Options{Only: []string{c.rule}, Today: exampleDay})
			if len(r.Findings) != 1 {
				t.Fatalf("findings %+v, want one", r.Findings)
			}
			if got := r.Findings[0].Remedy(); got != c.want {
				t.Errorf("fix %q, want %q", got, c.want)
			}
		})
	}
}
