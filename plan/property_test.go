package plan_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var models = []string{"kubenet", "node-subnet", "pod-subnet", "overlay", "byo", "cilium"}

// anyCluster draws the YAML of a cluster with small pools, in a network that exists, one of the sized ones, or one of
// its own.
func anyCluster(t *rapid.T, name string) string {
	return clusterIn(t, name, "", "vnet-fixed", "vnet-a", "vnet-b", "managed")
}

// clusterIn draws the YAML of a cluster in one of some networks.
func clusterIn(t *rapid.T, name string, vnets ...string) string {
	vnet := rapid.SampledFrom(vnets).Draw(t, "vnet")
	var b strings.Builder
	fmt.Fprintf(&b, "  - name: %s\n    model: %s\n", name, rapid.SampledFrom(models).Draw(t, "model"))
	if vnet != "" {
		fmt.Fprintf(&b, "    vnet: %s\n", vnet)
	}
	if rapid.Bool().Draw(t, "dual") {
		b.WriteString("    ipFamilies: [IPv4, IPv6]\n")
	}
	if rapid.Bool().Draw(t, "apiServer") {
		b.WriteString("    apiServerVnetIntegration: true\n")
	}
	b.WriteString("    nodePools:\n")
	for i := range rapid.IntRange(1, 3).Draw(t, "pools") {
		b.WriteString(anyPool(t, i))
	}
	return b.String()
}

func anyPool(t *rapid.T, i int) string {
	return fmt.Sprintf("      - {name: p%d, count: %d, maxPods: %d, maxSurge: %d%%}\n", i,
		rapid.IntRange(1, 12).Draw(t, "count"), rapid.IntRange(10, 60).Draw(t, "maxPods"),
		rapid.IntRange(1, 100).Draw(t, "surge"))
}

// roomySpec draws a spec with plenty of address space: networks that the plan sizes have seats for one more cluster.
func roomySpec(t *rapid.T, clusters int) string {
	text := specIn(t, 0, rapid.IntRange(10, 12).Draw(t, "pool"), rapid.IntRange(16, 18).Draw(t, "fixed"),
		25)
	for i := range clusters {
		name := fmt.Sprintf("c%02d", i)
		if i == 0 {
			text += anyCluster(t, name)
		} else {
			text += clusterIn(t, name, "", "vnet-fixed", "managed")
		}
	}
	return text
}

// anySpec draws a spec whose address space may or may not be large enough.
func anySpec(t *rapid.T, clusters int) string {
	return specIn(t, clusters, rapid.IntRange(14, 22).Draw(t, "pool"), rapid.IntRange(18, 24).Draw(t, "fixed"),
		300)
}

func specIn(t *rapid.T, clusters, bits, fixed, addresses int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "apiVersion: aksnet/v1\naddressSpace:\n  pools: [10.64.0.0/%d, fd00:1::/40]\n"+
		"  podPools: [100.64.0.0/17]\n", bits)
	fmt.Fprintf(&b, "vnets:\n  - {name: vnet-fixed, addressPrefixes: [10.1.0.0/%d]}\n",
		fixed)
	for _, v := range []string{"vnet-a", "vnet-b"} {
		fmt.Fprintf(&b, "  - name: %s\n    subnets:\n", v)
		for i := range rapid.IntRange(1, 3).Draw(t, "subnets") {
			fmt.Fprintf(&b, "      - {name: s%d, addresses: %d}\n", i, rapid.IntRange(1, addresses).Draw(t, "addresses"))
		}
	}
	b.WriteString("clusters:\n")
	for i := range clusters {
		b.WriteString(anyCluster(t, fmt.Sprintf("c%02d", i)))
	}
	return b.String()
}

func planOf(t *rapid.T, text string) *plan.Plan { return plan.Build(parsed(t, text)) }

func parsed(t *rapid.T, text string) *spec.Spec {
	s := spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(text)})
	for _, p := range s.Problems {
		t.Fatalf("%s: %s\n%s", p.Position, p.Message, text)
	}
	return s
}

// places is where everything of a plan lies, by name.
func places(p *plan.Plan, skip func(cluster string) bool) map[string]string {
	out := map[string]string{}
	for _, v := range p.VNets {
		for _, s := range v.Subnets {
			if !slices.ContainsFunc(s.Clusters, skip) {
				out[v.Name+"/"+s.Name] = fmt.Sprint(s.AddressPrefixes)
			}
		}
	}
	for _, c := range p.Clusters {
		if !skip(c.Name) {
			out["pods of "+c.Name] = fmt.Sprint(c.PodCIDRs)
			out["services of "+c.Name] = fmt.Sprint(c.ServiceCIDRs)
		}
	}
	return out
}

// tightened reports whether a plan gave up room that an earlier one had.
func tightened(earlier, later *plan.Plan) bool {
	confined := func(p *plan.Plan) (names []string) {
		for _, v := range p.VNets {
			for _, s := range v.Subnets {
				if s.Confined() {
					names = append(names, v.Name+"/"+s.Name)
				}
			}
		}
		return names
	}
	return earlier.Tightness != later.Tightness || !slices.Equal(confined(earlier), confined(later))
}

// TestAppendMovesNothing adds a cluster to the end of a spec: whatever stood before it stays where it was.
func TestAppendMovesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := roomySpec(t, rapid.IntRange(0, 4).Draw(t, "clusters"))
		after := before + anyCluster(t, "added")
		p, q := planOf(t, before), planOf(t, after)
		if tightened(p, q) {
			t.Skip("the address space ran short, so ranges were tightened")
		}
		none := func(string) bool { return false }
		added := func(c string) bool { return c == "added" }
		if d := cmp.Diff(places(p, none), places(q, added)); d != "" {
			t.Fatalf("adding a cluster moved something (-before +after):\n%s\n%s", d, after)
		}
	})
}

// TestAppendPoolMovesNothingElse adds a pool to the last cluster: only that cluster's own ranges may change.
func TestAppendPoolMovesNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := roomySpec(t, rapid.IntRange(1, 4).Draw(t, "clusters"))
		after := before + strings.Replace(anyPool(t, 7), "p7", "added", 1)
		p, q := planOf(t, before), planOf(t, after)
		if tightened(p, q) {
			t.Skip("the address space ran short, so ranges were tightened")
		}
		last := p.Clusters[len(p.Clusters)-1].Name
		own := func(c string) bool { return c == last }
		if d := cmp.Diff(places(p, own), places(q, own)); d != "" {
			t.Fatalf("adding a pool to %s moved something else (-before +after):\n%s\n%s", last, d, after)
		}
	})
}

// TestAppendSubnetMovesNothing adds a pool with subnets of its own to the last cluster, or a subnet to the last network
// of a spec without clusters: every subnet that was there stays where it was.
func TestAppendSubnetMovesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clusters := rapid.IntRange(0, 4).Draw(t, "clusters")
		before := roomySpec(t, clusters)
		after := before + "      - {name: p7, count: 3, nodeSubnet: {name: snet-added}, podSubnet: {name: snet-added-pods}}\n"
		if clusters == 0 {
			after = strings.Replace(before, "clusters:\n",
				fmt.Sprintf("      - {name: added, addresses: %d}\n", rapid.IntRange(1, 600).Draw(t, "addresses")), 1)
		}
		p, q := planOf(t, before), planOf(t, after)
		if tightened(p, q) {
			t.Skip("the address space ran short, so ranges were tightened")
		}
		now := map[string]string{}
		for _, v := range q.VNets {
			for _, s := range v.Subnets {
				now[v.Name+"/"+s.Name] = fmt.Sprint(s.AddressPrefixes)
			}
		}
		for _, v := range p.VNets {
			for _, s := range v.Subnets {
				if name, was := v.Name+"/"+s.Name, fmt.Sprint(s.AddressPrefixes); now[name] != was {
					t.Fatalf("%s moved from %s to %s:\n%s", name, was, now[name], after)
				}
			}
		}
	})
}

// TestSharedPools takes networks, pods and Services from one range: whatever a cluster has is disjoint all the same,
// and nothing is missing while the range is large.
func TestSharedPools(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.SampledFrom([]int{10, 14, 20}).Draw(t, "pool")
		text := fmt.Sprintf("apiVersion: aksnet/v1\naddressSpace: {pools: [10.64.0.0/%d], podPools: [10.64.0.0/%d], "+
			"servicePools: [10.64.0.0/%d]}\n", bits,
			rapid.SampledFrom([]int{bits, bits + 1}).Draw(t, "pods"),
			rapid.SampledFrom([]int{bits, bits + 2}).Draw(t, "services"))
		text += "vnets: [{name: vnet-a, subnets: [{name: s, addresses: 9}]}, {name: vnet-b, subnets: [{name: s, " +
			"addresses: " +
			"9}]}, {name: vnet-fixed, addressPrefixes: [10.1.0.0/20]}]\nclusters:\n"
		for i := range rapid.IntRange(1, 4).Draw(t, "clusters") {
			text += anyCluster(t, fmt.Sprintf("c%d", i))
		}
		p := planOf(t, text)
		for _, c := range p.Clusters {
			checkCluster(t, c)
		}
		for _, u := range p.Unplaced {
			if bits == 10 && (u.For == "podCidr" || u.For == "serviceCidr") {
				t.Fatalf("not placed: %+v\n%s", u, text)
			}
		}
	})
}

// TestPlanIsSound checks what must hold of every plan: subnets lie in their networks, networks and subnets are
// disjoint, nothing takes a reserved range, and every subnet holds what it must.
func TestPlanIsSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anySpec(t, rapid.IntRange(0, 6).Draw(t, "clusters"))
		p := planOf(t, text)
		var nets []netip.Prefix
		for _, v := range p.VNets {
			nets = append(nets, v.AddressPrefixes...)
			checkVNet(t, v)
		}
		disjoint(t, "networks", nets)
		for _, c := range p.Clusters {
			checkCluster(t, c)
		}
		if first, second := encode(t, p), encode(t, planOf(t, text)); first != second {
			t.Fatal("the same spec gave two plans")
		}
	})
}

func checkVNet(t *rapid.T, v *plan.VNet) {
	var subnets []netip.Prefix
	for _, s := range v.Subnets {
		for _, p := range s.AddressPrefixes {
			if !slices.ContainsFunc(v.AddressPrefixes,
				func(a netip.Prefix) bool { return a.Overlaps(p) && a.Bits() <= p.Bits() }) {
				t.Fatalf("subnet %s %s lies outside %s %v", s.Name, p, v.Name, v.AddressPrefixes)
			}
		}
		subnets = append(subnets, s.AddressPrefixes...)
		if s.AddressPrefix.IsValid() && s.Headroom < 0 {
			t.Fatalf("subnet %s %s was placed too small: %+v", s.Name, s.AddressPrefix, s.Demand)
		}
	}
	disjoint(t, "subnets of "+v.Name, subnets)
	disjoint(t, "free space of "+v.Name, append(slices.Clone(v.FreePrefixes), subnets...))
}

func checkCluster(t *rapid.T, c *plan.Cluster) {
	var all []netip.Prefix
	all = append(append(all, c.PodCIDRs...), c.ServiceCIDRs...)
	if c.VNet() != nil {
		all = append(all, c.VNet().AddressPrefixes...)
	}
	disjoint(t, "ranges of "+c.Name, all)
	if c.PodCIDR.IsValid() && c.PodBlocks.Available < c.PodBlocks.Needed {
		t.Fatalf("pod CIDR of %s was chosen too small: %+v", c.Name, c.PodBlocks)
	}
}

func disjoint(t *rapid.T, what string, ps []netip.Prefix) {
	for i, p := range ps {
		for _, q := range ps[i+1:] {
			if p.Overlaps(q) {
				t.Fatalf("%s overlap: %s and %s", what, p, q)
			}
		}
	}
}

func encode(t *rapid.T, p *plan.Plan) string {
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPlacesWhatFits is the brute-force twin: on a network of 64 addresses it tries every way to place the subnets, and
// the plan must place all of them whenever one of the ways does.
func TestPlacesWhatFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		taken := rapid.SliceOfN(rapid.IntRange(0, 7), 0, 3).Draw(t, "taken")
		sizes := rapid.SliceOfN(rapid.SampledFrom([]int{27, 28, 29}), 0, 6).Draw(t, "sizes")
		var b strings.Builder
		b.WriteString("apiVersion: aksnet/v1\nvnets:\n  - name: v\n    addressPrefixes: [10.0.0.0/26]\n    subnets:\n")
		var used [8]bool
		for i, at := range taken {
			if !used[at] {
				fmt.Fprintf(&b, "      - {name: old%d, addressPrefix: 10.0.0.%d/29, existing: true}\n", i, at*8)
			}
			used[at] = true
		}
		for i, bits := range sizes {
			fmt.Fprintf(&b, "      - {name: new%d, prefixLength: %d}\n", i, bits)
		}
		b.WriteString("clusters: []\n")
		p := planOf(t, b.String())
		if can := placeableIn(used[:], sizes); can != (len(p.Unplaced) == 0) {
			t.Fatalf("a way to place all exists: %v, unplaced: %v\n%s", can, p.Unplaced, b.String())
		}
	})
}

// placeableIn tries every aligned place for every size, on blocks of eight addresses.
func placeableIn(used []bool, sizes []int) bool {
	if len(sizes) == 0 {
		return true
	}
	n := 1 << (29 - sizes[0])
	for at := 0; at+n <= len(used); at += n {
		if slices.Contains(used[at:at+n], true) {
			continue
		}
		next := slices.Clone(used)
		for i := at; i < at+n; i++ {
			next[i] = true
		}
		if placeableIn(next, sizes[1:]) {
			return true
		}
	}
	return false
}
