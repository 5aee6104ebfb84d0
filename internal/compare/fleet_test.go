package compare

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// TestAloneIsAsInTheFleet compares every cluster of random fleets twice: planned alone in its place, and with the whole
// spec planned anew around it. All but the ranges must be the same.
func TestAloneIsAsInTheFleet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawFleet(t, 8)
		f := NewFleet(s)
		for i := range s.Clusters {
			got, want := f.Compare(i), anew(f, i)
			if diff := cmp.Diff(want, got, cmp.Transformer("sizes", sizesOnly), cmp.AllowUnexported(Need{})); diff != "" {
				t.Fatalf("cluster %d: with the fleet planned anew (-), alone (+):\n%s", i, diff)
			}
		}
	})
}

// sizesOnly leaves out which ranges a subnet and the pods have.
func sizesOnly(o Option) []string {
	var out []string
	for _, s := range slices.Concat(o.NodeSubnets, o.PodSubnets) {
		s.AddressPrefix = netip.Prefix{}
		out = append(out, fmt.Sprintf("%+v", s))
	}
	bits := o.PodCIDR.Bits()
	o.NodeSubnets, o.PodSubnets, o.PodCIDR = nil, nil, netip.Prefix{}
	return append(out, fmt.Sprintf("/%d %+v", bits, o))
}

// anew compares a cluster as Compare does, but plans the whole spec for every variant.
func anew(f *Fleet, i int) Cluster {
	out := f.Under(i, func(aks.Variant) bool { return false })
	out.Options = nil
	for _, v := range aks.Variants() {
		c := &candidate{Fleet: f, index: i, variant: v, needs: out.Needs, place: &place{}}
		if c.current() {
			c.asItIs()
		} else {
			whole := *f.spec
			whole.Clusters = slices.Clone(whole.Clusters)
			whole.Clusters[i] = c.derive()
			p := plan.Build(&whole)
			c.cluster = p.Clusters[i]
			c.shortages = shortagesOf(p).of(c.cluster, subnetsOf(c.cluster))
		}
		o := c.option()
		o.Current = v.ID == out.Current
		out.Options = append(out.Options, o)
	}
	out.Recommendation = recommend(out)
	return out
}

// drawFleet draws a spec with enough addresses for whatever its clusters become.
func drawFleet(t *rapid.T, most int) *spec.Spec {
	text := "apiVersion: aksnet/v1\nlocation: westeurope\naddressSpace:\n  pools: [10.0.0.0/9, 'fd00:1::/32']\n"
	if rapid.Bool().Draw(t, "pod pools") {
		text += "  podPools: [100.64.0.0/10]\n"
	}
	text += "  reserved: [{name: there, addressPrefix: 10.0.16.0/20}, {name: elsewhere, addressPrefix: 172.20.0.0/16}]\n" +
		"vnets:\n" +
		"  - {name: hub, existing: true, addressPrefixes: [100.64.0.0/16], subnets: [{name: fw, prefixLength: 26}]}\n" +
		"  - {name: fixed, addressPrefixes: [11.0.0.0/8, 'fd00:2::/48'], peerings: [hub], subnets: " +
		"[{name: AzureBastionSubnet, prefixLength: 26}, {name: listed, addresses: 20}, {name: given, prefixLength: 18}]}\n" +
		"  - {name: sized, peerings: [hub], subnets: [{name: other, addresses: 30}]}\n" +
		"clusters:\n"
	for i := range rapid.IntRange(1, most).Draw(t, "clusters") {
		text += drawCluster(t, i)
	}
	s := spec.Parse(spec.Source{Name: "fleet.yaml", Data: []byte(text)})
	for _, p := range s.Problems {
		t.Fatalf("%s: %s\n%s", p.Position, p.Message, text)
	}
	return s
}

func drawCluster(t *rapid.T, i int) string {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	network := pick("network", "", "", "managed", "hub", "fixed", "fixed", "sized", "shared")
	settings := []string{
		fmt.Sprintf("name: c%d", i),
		pick("model", "model: kubenet", "model: node-subnet", "model: overlay", "model: cilium", "model: byo",
			"model: pod-subnet", "model: pod-subnet, podIPAllocationMode: StaticBlock", ""),
		pick("growth", "", "", "growth: 25%", "growth: 9"),
		pick("families", "", "", "ipFamilies: [IPv4, IPv6]"),
		pick("balancers", "", "", "services: {internalLoadBalancers: 6}"),
		pick("policy", "", "", "networkPolicy: calico", "requirements: {podsReachableFromVnet: true}"),
	}
	if network != "" {
		settings = append(settings, "vnet: "+network)
	}
	if network != "managed" {
		settings = append(settings, pick("API server", "", "", "apiServerVnetIntegration: true"))
	}
	switch network {
	case "fixed":
		settings = append(settings, pick("subnet", "", "nodeSubnet: {name: listed}", "nodeSubnet: {name: common}"),
			pick("pod subnet", "", "podSubnet: {name: given}", "podSubnet: {name: pods}"))
	case "sized", "shared":
		settings = append(settings, pick("subnet", "", "nodeSubnet: {name: common}"))
	}
	pools := []string{fmt.Sprintf("{name: system, count: %d}", rapid.IntRange(1, 40).Draw(t, "count"))}
	if rapid.Bool().Draw(t, "second pool") {
		pools = append(pools, fmt.Sprintf("{name: apps, minCount: 1, maxCount: %d, maxPods: %s}",
			rapid.IntRange(1, 60).Draw(t, "max"), pick("maxPods", "30", "110")))
	}
	settings = slices.DeleteFunc(settings, func(s string) bool { return s == "" })
	return "  - {" + strings.Join(settings, ", ") + ", nodePools: [" + strings.Join(pools, ", ") + "]}\n"
}

// TestOthersStay checks that no variant of a cluster takes what another has, however little is free.
func TestOthersStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawFleet(t, 4)
		bits := rapid.IntRange(18, 22).Draw(t, "bits")
		s.AddressSpace.Pools[0].AddressPrefix = netip.PrefixFrom(s.AddressSpace.Pools[0].AddressPrefix.Addr(), bits)
		s.VNets[1].AddressPrefixes[0] = netip.PrefixFrom(s.VNets[1].AddressPrefixes[0].Addr(), bits)
		f := NewFleet(s)
		for i := range s.Clusters {
			own := rangesOf(f.base.Clusters[i])
			for _, o := range f.Compare(i).Options {
				for _, sub := range slices.Concat(o.NodeSubnets, o.PodSubnets) {
					checkFree(t, f.base, sub, own)
				}
				checkPods(t, f, f.base.Clusters[i], o)
			}
		}
	})
}

// rangesOf returns the subnets that a cluster uses: those it may have again.
func rangesOf(c *plan.Cluster) map[string]bool {
	out := map[string]bool{}
	for _, s := range append(subnetsOf(c), c.APIServerSubnet, c.FrontendSubnet()) {
		if s != nil {
			out[s.Path+s.Name] = true
		}
	}
	return out
}

func checkFree(t *rapid.T, p *plan.Plan, got Subnet, own map[string]bool) {
	for _, v := range p.VNets {
		for _, s := range v.Subnets {
			if own[s.Path+s.Name] || s.Name == got.Name || !s.AddressPrefix.IsValid() || !got.AddressPrefix.IsValid() {
				continue
			}
			if s.AddressPrefix.Overlaps(got.AddressPrefix) {
				t.Fatalf("subnet %s is put at %s, where %s of %s has %s", got.Name, got.AddressPrefix, s.Name, v.Name,
					s.AddressPrefix)
			}
		}
	}
}

// checkPods checks that a pod CIDR is clear of what nobody may touch, the cluster's Services, and the hub.
func checkPods(t *rapid.T, f *Fleet, c *plan.Cluster, o Option) {
	avoid := append(f.ranges.Forbidden(aks.UsePod), c.ServiceCIDR)
	if v := c.VNet(); v != nil {
		for _, peer := range f.ranges.Peers(v) {
			avoid = append(avoid, peer.Prefixes...)
		}
	}
	if i := slices.IndexFunc(avoid, o.PodCIDR.Overlaps); o.PodCIDR.IsValid() && i >= 0 {
		t.Fatalf("%s of %s has pod CIDR %s, which overlaps %s", o.Variant, c.Name, o.PodCIDR, avoid[i])
	}
}

// TestCostOfOneCluster counts what a cluster costs in a small fleet and in one twenty times as large, in every shape.
func TestCostOfOneCluster(t *testing.T) {
	for name, c := range map[string]struct{ head, settings string }{
		"own networks": {"addressSpace: {pools: [10.0.0.0/8], podPools: [100.64.0.0/10]}", ""},
		"one network":  {"vnets: [{name: v, addressPrefixes: [10.0.0.0/8]}]", "vnet: v, "},
		"one sized":    {"addressSpace: {pools: [10.0.0.0/8]}", "vnet: v, "},
		"one subnet":   {"vnets: [{name: v, addressPrefixes: [10.0.0.0/8]}]", "vnet: v, nodeSubnet: {name: s}, "},
		"kubenet":      {"vnets: [{name: v, addressPrefixes: [10.0.0.0/8]}]", "vnet: v, model: kubenet, "},
	} {
		cost := func(n int) float64 {
			text := "apiVersion: aksnet/v1\n" + c.head + "\nclusters:\n"
			for i := range n {
				text += fmt.Sprintf("  - {name: c%d, %snodePools: [{name: x, count: 3}]}\n", i, c.settings)
			}
			f := NewFleet(spec.Parse(spec.Source{Name: "x.yaml", Data: []byte(text)}))
			f.Compare(0)
			return testing.AllocsPerRun(1, func() { f.Compare(n / 2) })
		}
		if few, many := cost(20), cost(400); many > 1.5*few {
			t.Errorf("%s: %v allocations in a fleet of 20, %v in one of 400", name, few, many)
		}
	}
}
