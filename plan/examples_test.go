package plan_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// build plans a spec written as YAML and fails on any problem of the text.
func build(t *testing.T, text string) *plan.Plan {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte("apiVersion: aksnet/v1\n" + text)})
	for _, p := range s.Problems {
		t.Fatalf("%s: %s [%s]", p.Position, p.Message, p.Rule)
	}
	return plan.Build(s)
}

// one is a spec with one cluster: its own settings, and its pools in flow style.
func one(settings string, pools ...string) string {
	out := "clusters:\n  - name: shop\n"
	for line := range strings.SplitSeq(strings.TrimSpace(settings), "\n") {
		out += "    " + strings.TrimSpace(line) + "\n"
	}
	out += "    nodePools:\n"
	for i, p := range pools {
		out += fmt.Sprintf("      - {name: pool%d, %s}\n", i, p)
	}
	return out
}

func subnet(t *testing.T, p *plan.Plan, name string) *plan.Subnet {
	t.Helper()
	for _, v := range p.VNets {
		for _, s := range v.Subnets {
			if s.Name == name {
				return s
			}
		}
	}
	t.Fatalf("no subnet %s in the plan", name)
	return nil
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// fits is the prefix length of the subnet a demand is placed in.
func fits(t *testing.T, p *plan.Plan, name string) int {
	t.Helper()
	return subnet(t, p, name).AddressPrefix.Bits()
}

func TestE1(t *testing.T) {
	p := build(t, one("model: node-subnet", "count: 50, maxSurge: 1, maxPods: 30"))
	d := subnet(t, p, "snet-shop-nodes").Demand
	equal(t, "demand without the reserved addresses", d.Total-d.Reserved, 1581)
	equal(t, "prefix length", fits(t, p, "snet-shop-nodes"), 21)
}

func TestE2(t *testing.T) {
	p := build(t, one("model: node-subnet\ngrowth: 10", "count: 50, maxSurge: 1, maxPods: 30"))
	d := subnet(t, p, "snet-shop-nodes").Demand
	equal(t, "demand without the reserved addresses", d.Total-d.Reserved, 1891)
	equal(t, "prefix length", fits(t, p, "snet-shop-nodes"), 21)
}

func TestE3(t *testing.T) {
	p := build(t, one("model: kubenet\nnodeSubnet: {addressPrefix: 10.1.0.0/24}", "count: 3, maxPods: 110"))
	equal(t, "nodes", p.Clusters[0].Capacity.Nodes, 251)
	equal(t, "pods", p.Clusters[0].Capacity.Pods, 27610)
	equal(t, "limited by", p.Clusters[0].Capacity.LimitedBy, plan.LimitNodeSubnet)
}

func TestE4(t *testing.T) {
	p := build(t, one("model: node-subnet\nnodeSubnet: {addressPrefix: 10.1.0.0/24}", "count: 3, maxPods: 30"))
	equal(t, "nodes", p.Clusters[0].Capacity.Nodes, 8)
	equal(t, "pods", p.Clusters[0].Capacity.Pods, 240)
}

func TestE5(t *testing.T) {
	p := build(t, one("model: kubenet\nnodeSubnet: {addressPrefix: 10.1.0.0/27}", "count: 3, maxPods: 110"))
	nodes := p.Clusters[0].Capacity.NodesWithSurge
	if nodes < 20 || nodes > 25 {
		t.Errorf("nodes with room to upgrade: %d, want 20 to 25", nodes)
	}
	if pods := nodes * 110; pods < 2200 || pods > 2750 {
		t.Errorf("pods: %d, want 2,200 to 2,750", pods)
	}
}

func TestE6(t *testing.T) {
	p := build(t, one("nodeSubnet: {addressPrefix: 10.1.0.0/24}", "count: 3"))
	equal(t, "addresses of the network", p.VNets[0].Addresses, 256)
	equal(t, "usable", subnet(t, p, "snet-shop-nodes").Usable, 251)
}

func TestE7(t *testing.T) {
	p := build(t, one("podCidr: 10.244.0.0/16", "count: 3"))
	equal(t, "node blocks", p.Clusters[0].PodBlocks.Available, 256)
	equal(t, "prefix length of a block", p.Clusters[0].PodBlocks.PrefixLength, 24)
}

func TestE8(t *testing.T) {
	p := build(t, one("model: kubenet", "count: 3"))
	equal(t, "pod CIDR", p.Clusters[0].PodCIDR.String(), "10.244.0.0/16")
	for i, want := range []string{"10.244.0.0/24", "10.244.1.0/24", "10.244.2.0/24"} {
		block, ok := p.Clusters[0].PodBlock(i)
		if !ok || block.String() != want {
			t.Errorf("block of node %d is %v, %v, want %s", i+1, block, ok, want)
		}
	}
}

func TestE9(t *testing.T) {
	equal(t, "fewest nodes at 10 pods", plan.FewestNodes(10), 3)
	equal(t, "fewest nodes at 29 pods", plan.FewestNodes(29), 2)
	equal(t, "fewest nodes at 30 pods", plan.FewestNodes(30), 1)
}

func TestE10(t *testing.T) {
	pool := "count: 4, maxSurge: 50%"
	p := build(t, one("model: overlay", pool, pool, pool, pool, pool))
	for _, np := range p.Clusters[0].NodePools {
		equal(t, "surge of "+np.Name, np.SurgeNodes, 2)
	}
	equal(t, "extra nodes", p.Clusters[0].SurgeNodes, 10)
	equal(t, "surge addresses", subnet(t, p, "snet-shop-nodes").Demand.Surge, 10)
}

// E11 to E13: static blocks.
func TestE11(t *testing.T) { staticBlocks(t, 30, 2, 31, 1) }
func TestE12(t *testing.T) { staticBlocks(t, 31, 2, 31, 0) }
func TestE13(t *testing.T) { staticBlocks(t, 32, 3, 47, 15) }

func staticBlocks(t *testing.T, maxPods, blocks, forPods, wasted int) {
	t.Helper()
	p := build(t, one("model: pod-subnet\npodIPAllocationMode: StaticBlock",
		fmt.Sprintf("count: 10, maxSurge: 0, maxUnavailable: 1, maxPods: %d", maxPods)))
	equal(t, "blocks of ten nodes", p.Clusters[0].PodBlocks.Needed, 10*blocks)
	equal(t, "addresses in the pod subnet", subnet(t, p, "snet-shop-pods").Demand.Pods, 10*blocks*16)
	c := plan.NodeCost(aks.PodSubnet, aks.StaticBlock, maxPods)
	equal(t, "addresses for pods", c.Blocks*16-1, forPods)
	equal(t, "wasted", c.Blocks*16-1-maxPods, wasted)
}

func TestE21(t *testing.T) {
	for _, vnet := range []string{"vnet: managed", "growth: 0"} {
		c := build(t, one(vnet+"\nipFamilies: [IPv4, IPv6]", "count: 3")).Clusters[0]
		equal(t, "pod CIDRs", fmt.Sprint(c.PodCIDRs), "[10.244.0.0/16 fd12:3456:789a::/64]")
		equal(t, "service CIDRs", fmt.Sprint(c.ServiceCIDRs), "[10.0.0.0/16 fd12:3456:789a:1::/108]")
		equal(t, "DNS service IP", c.DNSServiceIP, netip.MustParseAddr("10.0.0.10"))
	}
}

func TestE22(t *testing.T) { equal(t, "ports of each of 48 nodes", ports(t, 48), 1024) }

func TestE23(t *testing.T) {
	equal(t, "ports of each of 48 nodes", ports(t, 48), 1024)
	equal(t, "ports of each of 52 nodes", ports(t, 52), 512)
}

func ports(t *testing.T, nodes int) int {
	t.Helper()
	return build(t, one("outboundType: loadBalancer", fmt.Sprintf("count: %d", nodes))).Clusters[0].Egress.PortsPerNode
}

func TestE24(t *testing.T) { maxNodes(t, 1000, 2, 128) }
func TestE25(t *testing.T) { maxNodes(t, 1000, 7, 448) }
func TestE26(t *testing.T) { maxNodes(t, 4000, 2, 32) }
func TestE27(t *testing.T) { maxNodes(t, 4000, 7, 112) }

func maxNodes(t *testing.T, ports, ips, want int) {
	t.Helper()
	profile := fmt.Sprintf("loadBalancerProfile: {managedOutboundIPs: %d, allocatedOutboundPorts: %d}", ips, ports)
	c := build(t, one(profile+"\nnodeSubnet: {addressPrefix: 10.1.0.0/22}", "count: 3")).Clusters[0]
	equal(t, "nodes the ports serve", c.Egress.MaxNodes, want)
	equal(t, "ceiling of the cluster", c.Capacity.Nodes, min(want, 256))
}

func TestE28(t *testing.T) {
	p := build(t, one("loadBalancerProfile: {managedOutboundIPs: 7, allocatedOutboundPorts: 4000}",
		"count: 100, maxSurge: 2"))
	e := p.Clusters[0].Egress
	equal(t, "ports needed", e.PortsNeeded, 400_000+8_000)
	equal(t, "ports available", e.PortsAvailable, 448_000)
	equal(t, "spare before the upgrade", e.PortsAvailable-100*e.PortsPerNode, 48_000)
}

func TestE29(t *testing.T) {
	rows := []struct{ nodes, ports int }{
		{
			50,
			1024,
		}, {51, 512}, {100, 512}, {101, 256}, {200, 256}, {201, 128}, {400, 128}, {401, 64}, {800, 64}, {801, 32},
		{1000, 32},
	}
	for _, r := range rows {
		equal(t, fmt.Sprintf("ports of each of %d nodes", r.nodes), ports(t, r.nodes), r.ports)
	}
}

func TestE30(t *testing.T) {
	p := build(t, one("services: {publicLoadBalancers: 1, ports: 5}", "count: 1000, maxSurge: 0, maxUnavailable: 1",
		"count: 1000, maxSurge: 0, maxUnavailable: 1"))
	equal(t, "backend IP configurations", p.Clusters[0].Egress.BackendIPConfigs, aks.BackendIPsPerFrontend)
}

func TestE31(t *testing.T) {
	for bits, want := range map[int]int{28: 16, 29: 8, 30: 4, 31: 2} {
		p := build(t, one("staticEgressGateway: true", "count: 3",
			fmt.Sprintf("mode: Gateway, count: 2, gatewayProfile: {publicIPPrefixSize: %d}", bits)))
		equal(t, fmt.Sprintf("gateway nodes of a /%d", bits), p.Clusters[0].NodePools[1].GatewayNodes, want)
	}
}

// TestOwnNamesAreUnique has two clusters and two subnets of the same name whose networks share a resource group.
func TestOwnNamesAreUnique(t *testing.T) {
	p := build(t, `
resourceGroup: rg-net
natGateways: [{name: rt-shop}]
vnets:
  - {name: a}
  - {name: b}
clusters:
  - {name: shop, resourceGroup: rg-1, vnet: a, model: kubenet, nodeSubnet: {name: snet-nodes}, nodePools: [{name: p, count: 3}]}
  - {name: shop, resourceGroup: rg-2, vnet: b, model: kubenet, nodeSubnet: {name: snet-nodes}, nodePools: [{name: p, count: 3}]}
`)
	one, two := p.VNets[0].Subnets[0], p.VNets[1].Subnets[0]
	equal(t, "first NSG", one.NetworkSecurityGroup, "nsg-nodes")
	equal(t, "second NSG", two.NetworkSecurityGroup, "nsg-nodes-2")
	equal(t, "first route table", one.RouteTable, "rt-shop-2")
	equal(t, "second route table", two.RouteTable, "rt-shop-3")
}

func TestOwnNamesFitALabel(t *testing.T) {
	long := strings.Repeat("x", 63)
	p := build(t, "clusters:\n  - {name: "+long+", apiServerVnetIntegration: true, nodePools: [{name: p, count: 3}]}\n")
	names := []string{p.VNets[0].Name}
	for _, s := range p.VNets[0].Subnets {
		names = append(names, s.Name, s.NetworkSecurityGroup)
	}
	for i, n := range names {
		if len(n) > aks.MaxLabel || !aks.LabelCharactersOK(n) || slices.Contains(names[:i], n) {
			t.Errorf("name %q of %d characters is no label or not unique", n, len(n))
		}
	}
}
