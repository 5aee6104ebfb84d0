package resource_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/resource"
)

// rulesOf returns the rules of a group, one line each: "in 100 Allow AllowPodsToPods * 10.244.0.0/16 -> 10.244.0.0/16
// *".
func rulesOf(t *testing.T, g *resource.Graph, name string) (out []string) {
	t.Helper()
	one := func(single *string, many []*string) string {
		if single != nil {
			return *single
		}
		var all []string
		for _, s := range many {
			all = append(all, *s)
		}
		return strings.Join(all, ",")
	}
	for _, r := range body[armnetwork.SecurityGroup](t, g, resource.TypeNSG, name).Properties.SecurityRules {
		p := r.Properties
		dir := "in"
		if *p.Direction == armnetwork.SecurityRuleDirectionOutbound {
			dir = "out"
		}
		out = append(out, fmt.Sprintf(
			"%s %d %s %s %s %s -> %s %s",
			dir,
			*p.Priority,
			*p.Access,
			*r.Name,
			*p.Protocol,
			one(
				p.SourceAddressPrefix,
				p.SourceAddressPrefixes,
			),
			one(p.DestinationAddressPrefix, p.DestinationAddressPrefixes),
			one(p.DestinationPortRange, p.DestinationPortRanges),
		))
	}
	return out
}

func TestSecurityRules(t *testing.T) {
	overlay := `
vnets: [{name: v, addressPrefixes: [10.2.0.0/16]}]
clusters: [{name: a, vnet: v, podCidr: 10.244.0.0/16, nodeSubnet: {addressPrefix: 10.2.0.0/24}, nodePools: [{name: p, count: 3}]}]
`
	denied := `
vnets:
  - name: v
    addressPrefixes: [10.2.0.0/16]
    subnets: [{name: nodes, addressPrefix: 10.2.0.0/24, networkSecurityGroup: own}]
networkSecurityGroups:
  - name: own
    rules: [{name: deny, priority: 105, direction: Inbound, access: Deny, sources: [Internet]}, {name: web, priority: 101, direction: Inbound, access: Allow}]
clusters: [{name: a, vnet: v, podCidr: 10.244.0.0/16, nodeSubnet: {name: nodes}, nodePools: [{name: p, count: 3}]}]
`
	nodePorts := `
vnets:
  - name: v
    addressPrefixes: [10.2.0.0/16]
    subnets: [{name: nodes, addressPrefix: 10.2.0.0/24, networkSecurityGroup: own}]
networkSecurityGroups:
  - name: own
    rules: [{name: deny, priority: 4000, direction: Inbound, access: Deny, sources: [VirtualNetwork]}]
clusters: [{name: a, vnet: v, podCidr: 10.244.0.0/16, nodeSubnet: {name: nodes}, services: {nodePorts: [30080, 30443]},
  nodePools: [{name: p, count: 3}]}]
`
	apiServer := `
vnets: [{name: v, addressPrefixes: [10.2.0.0/16]}]
clusters: [{name: a, vnet: v, model: node-subnet, apiServerVnetIntegration: true, apiServerSubnet: {addressPrefix: 10.2.9.0/28},
  nodeSubnet: {addressPrefix: 10.2.0.0/24}, nodePools: [{name: p, count: 3}]}]
`
	tests := []struct {
		name, spec, group string
		options           resource.Options
		want              []string
	}{
		{"pods outside the network", overlay, "nsg-a-nodes", resource.Options{}, []string{
			"in 100 Allow AllowNodesToPods * 10.2.0.0/24 -> 10.244.0.0/16 *",
			"in 110 Allow AllowPodsToPods * 10.244.0.0/16 -> 10.244.0.0/16 *",
			"in 120 Allow AllowPodsToNodes * 10.244.0.0/16 -> 10.2.0.0/24 *",
		}},
		{"before the first deny", denied, "own", resource.Options{}, []string{
			"in 100 Allow AllowNodesToNodes * 10.2.0.0/24 -> 10.2.0.0/24 *",
			"in 101 Allow web * * -> * *",
			"in 102 Allow AllowNodesToPods * 10.2.0.0/24 -> 10.244.0.0/16 *",
			"in 103 Allow AllowPodsToPods * 10.244.0.0/16 -> 10.244.0.0/16 *",
			"in 104 Allow AllowPodsToNodes * 10.244.0.0/16 -> 10.2.0.0/24 *",
			"in 105 Deny deny * Internet -> * *",
			"in 106 Allow AllowLoadBalancerProbes * AzureLoadBalancer -> * *",
		}},
		{"node ports", nodePorts, "own", resource.Options{}, []string{
			"in 100 Allow AllowNodesToNodes * 10.2.0.0/24 -> 10.2.0.0/24 *",
			"in 110 Allow AllowNodesToPods * 10.2.0.0/24 -> 10.244.0.0/16 *",
			"in 120 Allow AllowPodsToPods * 10.244.0.0/16 -> 10.244.0.0/16 *",
			"in 130 Allow AllowPodsToNodes * 10.244.0.0/16 -> 10.2.0.0/24 *",
			"in 140 Allow AllowLoadBalancerProbes * AzureLoadBalancer -> * *",
			"in 150 Allow AllowNetworkToNodePorts * VirtualNetwork -> * 30080,30443",
			"in 4000 Deny deny * VirtualNetwork -> * *",
		}},
		{"API server", apiServer, "nsg-a-apiserver", resource.Options{}, []string{
			"in 100 Allow AllowNodesToAPIServer Tcp 10.2.0.0/24 -> 10.2.9.0/28 443,4443",
			"in 110 Allow AllowProbesToAPIServer Tcp AzureLoadBalancer -> 10.2.9.0/28 9988",
		}},
		{"lockdown", overlay, "nsg-a-nodes", resource.Options{Lockdown: true}, []string{
			"in 100 Allow AllowNodesToNodes * 10.2.0.0/24 -> 10.2.0.0/24 *",
			"in 110 Allow AllowNodesToPods * 10.2.0.0/24 -> 10.244.0.0/16 *",
			"in 120 Allow AllowPodsToPods * 10.244.0.0/16 -> 10.244.0.0/16 *",
			"in 130 Allow AllowPodsToNodes * 10.244.0.0/16 -> 10.2.0.0/24 *",
			"in 140 Allow AllowLoadBalancerProbes * AzureLoadBalancer -> * *",
			"in 4096 Deny DenyAllInbound * * -> * *",
			"out 100 Allow AllowNodesToNodesOut * 10.2.0.0/24 -> 10.2.0.0/24 *",
			"out 110 Allow AllowNodesToPodsOut * 10.2.0.0/24 -> 10.244.0.0/16 *",
			"out 120 Allow AllowPodsToPodsOut * 10.244.0.0/16 -> 10.244.0.0/16 *",
			"out 130 Allow AllowPodsToNodesOut * 10.244.0.0/16 -> 10.2.0.0/24 *",
			"out 140 Allow AllowHTTPSToInternetOut Tcp * -> Internet 443",
			"out 150 Allow AllowHTTPSToNetworkOut Tcp * -> VirtualNetwork 443",
			"out 160 Allow AllowTimeOut Udp * -> Internet 123",
			"out 170 Allow AllowTunnelUDPOut Udp * -> AzureCloud 1194",
			"out 180 Allow AllowTunnelTCPOut Tcp * -> AzureCloud 9000",
			"out 4096 Deny DenyAllOutbound * * -> * *",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, rulesOf(t, build(t, tt.spec, tt.options), tt.group)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestRoutes(t *testing.T) {
	const spec = `
vnets: [{name: v, addressPrefixes: [10.2.0.0/16]}]
clusters:
  - {name: k, vnet: v, model: kubenet, outboundType: userDefinedRouting, egress: {nextHopIP: 10.9.0.4}, nodePools: [{name: p, count: 3}]}
  - {name: f, vnet: v, outboundType: userDefinedRouting, egress: {nextHopIP: 10.9.0.4, firewallPublicIPs: [20.1.1.1]}, nodePools: [{name: p, count: 3}]}
`
	g := build(t, spec, resource.Options{})
	kubenet := g.Find(g.Target.ID() + "/providers/Microsoft.Network/routeTables/rt-k")
	if kubenet == nil || !kubenet.Once {
		t.Errorf("the kubenet route table is %+v, want one that is sent once", kubenet)
	}
	if routes := body[armnetwork.RouteTable](t, g, resource.TypeRouteTable, "rt-k").Properties.Routes; routes != nil {
		t.Errorf("kubenet's table has %d routes of ours in it, want none", len(routes))
	}
	if r := body[armnetwork.Route](t, g, resource.TypeRoute, "rt-k/default"); *r.Properties.AddressPrefix != "0.0.0.0/0" {
		t.Errorf("kubenet's default route is for %s", *r.Properties.AddressPrefix)
	}
	var got []string
	for _, r := range body[armnetwork.RouteTable](t, g, resource.TypeRouteTable, "rt-f").Properties.Routes {
		via := ""
		if r.Properties.NextHopIPAddress != nil {
			via = *r.Properties.NextHopIPAddress
		}
		got = append(got, strings.TrimSpace(fmt.Sprint(*r.Properties.AddressPrefix, " ", *r.Properties.NextHopType, " ",
			via)))
	}
	if diff := cmp.Diff([]string{"0.0.0.0/0 VirtualAppliance 10.9.0.4", "20.1.1.1/32 Internet"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestPeerings(t *testing.T) {
	const far = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/far"
	tests := []struct {
		name, spec string
		want       []string
	}{
		{
			"both ways",
			"vnets: [{name: a, addressPrefixes: [10.1.0.0/16], peerings: [b]}, {name: b, addressPrefixes: [10.2.0.0/16]}]",
			[]string{"a/a-to-b", "b/b-to-a"},
		},
		{
			"to one that exists",
			"vnets: [{name: a, addressPrefixes: [10.1.0.0/16], peerings: [b]}, {name: b, existing: true, addressPrefixes: " +
				"[10.2.0.0/16]}]",
			[]string{"a/a-to-b", "b/b-to-a"},
		},
		{
			"between two that exist",
			"vnets: [{name: a, existing: true, addressPrefixes: [10.1.0.0/16], peerings: [b]}, {name: b, existing: true, " +
				"addressPrefixes: [10.2.0.0/16]}]",
			nil,
		},
		{
			"to somebody else's", "vnets: [{name: a, addressPrefixes: [10.1.0.0/16], peerings: [" + far + "]}]",
			[]string{"a/a-to-far"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, n := range build(t, tt.spec, resource.Options{}).Nodes {
				if n.Type == resource.TypePeering {
					got = append(got, n.Name)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestNATGatewayServesNodesAndPods(t *testing.T) {
	g := build(t, `
vnets: [{name: v, addressPrefixes: [10.2.0.0/16]}]
clusters: [{name: a, vnet: v, model: pod-subnet, outboundType: userAssignedNATGateway, natGateway: {publicIPs: 3}, nodePools: [{name: p, count: 3}]}]
`, resource.Options{})
	for _, name := range []string{"v/snet-a-nodes", "v/snet-a-pods"} {
		if body[armnetwork.Subnet](t, g, resource.TypeSubnet, name).Properties.NatGateway == nil {
			t.Errorf("%s has no NAT gateway", name)
		}
	}
	if ips := body[armnetwork.NatGateway](t, g, resource.TypeNATGateway,
		"ng-a").Properties.PublicIPAddresses; len(ips) != 3 {
		t.Errorf("%d public addresses, want 3", len(ips))
	}
}

func TestFirewallPolicyNamesTheCloudsEndpoints(t *testing.T) {
	const spec = `
location: chinanorth3
vnets: [{name: v, addressPrefixes: [10.2.0.0/16]}]
clusters: [{name: f, vnet: v, outboundType: userDefinedRouting, egress: {nextHopIP: 10.9.0.4}, nodePools: [{name: p, count: 3}]}]
`
	tests := []struct {
		cloud aks.Cloud
		want  string
	}{
		{aks.CloudPublic, "*.hcp.chinanorth3.azmk8s.io"},
		{aks.CloudChina, "*.hcp.chinanorth3.cx.prod.service.azk8s.cn"},
		{aks.CloudUSGov, "*.hcp.chinanorth3.cx.aks.containerservice.azure.us"},
	}
	for _, tt := range tests {
		g := build(t, spec, resource.Options{Lockdown: true, Cloud: tt.cloud})
		data, err := json.Marshal(body[armnetwork.FirewallPolicyRuleCollectionGroup](t, g, resource.TypeFirewallRules,
			"afwp-aks-egress/aks-egress"))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), tt.want) {
			t.Errorf("%s: %s is not let through", tt.cloud, tt.want)
		}
	}
	if g := build(t, spec, resource.Options{}); g.Find(g.Target.ID()+
		"/providers/Microsoft.Network/firewallPolicies/afwp-aks-egress") != nil {
		t.Error("there is a firewall policy without lockdown")
	}
}

// An empty list is sent, and deletes what it names; so no body holds one.
func TestBodiesHoldNoEmptyLists(t *testing.T) {
	g := build(t, liveSpec, resource.Options{Lockdown: true, Clusters: true, RoleAssignments: true})
	for _, n := range g.Nodes {
		if n.Body != nil {
			if path := emptyList(reflect.ValueOf(n.Body), ""); path != "" {
				t.Errorf("%s: %s is an empty list", n.ID, path)
			}
		}
	}
}

// emptyList finds an empty slice that is not nil.
func emptyList(v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			return emptyList(v.Elem(), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if found := emptyList(v.Field(i), path+"."+v.Type().Field(i).Name); found != "" {
				return found
			}
		}
	case reflect.Slice:
		if !v.IsNil() && v.Len() == 0 {
			return path
		}
		for i := range v.Len() {
			if found := emptyList(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); found != "" {
				return found
			}
		}
	}
	return ""
}

func TestSameSpecGivesTheSameGraph(t *testing.T) {
	ids := func() (out []string) {
		for _, n := range build(t, liveSpec, resource.Options{Clusters: true, RoleAssignments: true, Lockdown: true}).Nodes {
			out = append(out, n.ID+" "+n.Symbol)
		}
		return out
	}
	if first, second := ids(), ids(); !slices.Equal(first, second) {
		t.Error(cmp.Diff(first, second))
	}
}

func TestEveryNodeComesAfterWhatItNeeds(t *testing.T) {
	g := build(t, liveSpec, resource.Options{Clusters: true, RoleAssignments: true, Lockdown: true})
	for i, n := range g.Nodes {
		for _, need := range n.Needs() {
			if slices.Index(g.Nodes, need) >= i {
				t.Errorf("%s stands before %s, which it needs", n.ID, need.ID)
			}
		}
	}
}
