package plan_test

import (
	"net/netip"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func TestStaticIPsPlaceTheirSubnet(t *testing.T) {
	const pool = ", nodePools: [{name: system, count: 3}]}]"
	tests := []struct {
		name, text, vnet, subnet string
	}{
		{
			"in the space of the network",
			"vnets: [{name: vn, addressPrefixes: [10.40.0.0/20]}]\n" +
				"clusters: [{name: a, vnet: vn, services: {staticIPs: [10.40.1.200, 10.40.1.205]}" + pool,
			"10.40.0.0/20", "10.40.1.192/",
		},
		{
			"a network that the plan sizes lies around them",
			"clusters: [{name: a, services: {staticIPs: [10.77.1.200]}" + pool, "10.77.1.0/24", "10.77.1.192/",
		},
		{
			"in the pools",
			"addressSpace: {pools: [10.40.0.0/16]}\nclusters: [{name: a, services: {staticIPs: [10.40.9.100]}" + pool,
			"10.40.9.0/24", "10.40.9.",
		},
		{
			"outside the pools: as without them",
			"addressSpace: {pools: [10.40.0.0/16]}\nclusters: [{name: a, services: {staticIPs: [10.41.9.100]}" + pool,
			"10.40.0.0/24", "10.40.0.0/",
		},
		{
			"in use elsewhere: as without them",
			"addressSpace: {reserved: [{name: x, addressPrefix: 10.77.0.0/16}]}\n" +
				"clusters: [{name: a, services: {staticIPs: [10.77.1.200]}" + pool,
			"10.128.0.0/22", "10.128.0.0/",
		},
		{
			"a pinned subnet stays",
			"vnets: [{name: vn, addressPrefixes: [10.40.0.0/20]}]\nclusters: [{name: a, vnet: vn, " +
				"nodeSubnet: {addressPrefix: 10.40.2.0/24}, services: {staticIPs: [10.40.1.200]}" + pool,
			"10.40.0.0/20", "10.40.2.0/24",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := spec.Parse(spec.Source{Name: "t.yaml", Data: []byte("apiVersion: aksnet/v1\n" + test.text + "\n")})
			if len(s.Problems) > 0 {
				t.Fatal(s.Problems)
			}
			p := plan.Build(s)
			subnet := p.Clusters[0].FrontendSubnet()
			got := subnet.AddressPrefix.String()
			if p.VNets[0].AddressPrefixes[0].String() != test.vnet ||
				got[:min(len(got), len(test.subnet))] != test.subnet ||
				len(p.Unplaced) > 0 {
				t.Errorf("network %v, subnet %s, unplaced %v; want %s, %s", p.VNets[0].AddressPrefixes, got, p.Unplaced,
					test.vnet, test.subnet)
			}
			if subnet.Demand.InternalLoadBalancers != len(p.Clusters[0].Spec.Services.StaticIPs) {
				t.Errorf("%d internal load balancers", subnet.Demand.InternalLoadBalancers)
			}
		})
	}
}

func TestUsable(t *testing.T) {
	subnet := netip.MustParsePrefix("10.0.0.16/28")
	for addr, want := range map[string]bool{
		"10.0.0.15": false, "10.0.0.16": false, "10.0.0.19": false, "10.0.0.20": true, "10.0.0.30": true,
		"10.0.0.31": false, "10.0.0.32": false,
	} {
		if got := plan.Usable(subnet, netip.MustParseAddr(addr)); got != want {
			t.Errorf("%s: %v", addr, got)
		}
	}
}
