package compare

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// fleet is a spec as it is, and what every candidate looks up in it.
type fleet struct {
	spec *spec.Spec
	base *plan.Plan // of the spec
	// taken is the address space of all networks, merged: neighbours in one pool are few ranges.
	taken []netip.Prefix
	// places is where each network stands in base; named is where those of a name do, lower case, and clusters is where
	// the clusters in a network do.
	places   map[*plan.VNet]int
	named    map[string][]int
	clusters map[*plan.VNet][]int
}

func newFleet(s *spec.Spec) *fleet {
	f := &fleet{
		spec: s, base: plan.Build(s), places: map[*plan.VNet]int{}, named: map[string][]int{},
		clusters: map[*plan.VNet][]int{},
	}
	var all []netip.Prefix
	for i, v := range f.base.VNets {
		all = append(all, v.AddressPrefixes...)
		name := strings.ToLower(v.Name)
		f.places[v], f.named[name] = i, append(f.named[name], i)
	}
	f.taken = ipam.Merge(all)
	for i, c := range f.base.Clusters {
		f.clusters[c.VNet()] = append(f.clusters[c.VNet()], i)
	}
	return f
}

// neighbours returns the clusters in the network of a cluster, itself among them. In a network that AKS manages it is
// alone.
func (f *fleet) neighbours(cluster int) []int {
	if network := f.base.Clusters[cluster].VNet(); network != nil {
		return f.clusters[network]
	}
	return []int{cluster}
}

// near returns a network and its peers, in the order of the plan. It is empty for nil.
func (f *fleet) near(own *plan.VNet) []*plan.VNet {
	if own == nil {
		return nil
	}
	places := []int{f.places[own]}
	for _, name := range own.Peerings {
		places = append(places, f.named[strings.ToLower(name)]...)
	}
	slices.Sort(places)
	var near []*plan.VNet
	for _, i := range slices.Compact(places) {
		near = append(near, f.base.VNets[i])
	}
	return near
}
