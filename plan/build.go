package plan

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// VNetStep is the size in which virtual networks that the plan sizes grow, as a prefix length: a network of 256
// addresses leaves space for subnets that come later.
const VNetStep = 24

// Build plans the network of a spec. It cannot fail; what does not fit is in Plan.Unplaced.
//
// Things are placed in the order of the spec: for every network its subnets, then cluster by cluster what the cluster
// needs. Each takes the best fitting free block. Nothing that is placed depends on what comes after it, so that adding
// to the end moves nothing; and since all sizes are powers of two, best fit places everything if anything can (see
// package ipam).
//
// While there is space, networks without address prefixes grow in steps of a /24, subnets of nodes get NodeSubnetBits
// and pod CIDRs twice what their nodes need. When that leaves something without a place, everything is placed anew in
// the sizes that are needed, and then with networks sized to the address. Then, and when a network of fixed size must
// give back what it gave to subnets of nodes, adding to the end can move what stood before.
func Build(s *spec.Spec) *Plan {
	p := build(s, Spacious)
	for _, t := range []Tightness{NothingSpare, ToTheAddress} {
		if len(p.Unplaced) == 0 {
			break
		}
		if tighter := build(s, t); len(tighter.Unplaced) < len(p.Unplaced) {
			p = tighter
		}
	}
	return p
}

// builder holds what is looked up while a plan is made.
type builder struct {
	spec  *spec.Spec
	plan  *Plan
	pools addressPools
	// reserved is what the spec reserves.
	reserved sortedRanges
	// vnets finds networks by name, lower case; subnets finds what is asked of a subnet.
	vnets   map[string]*VNet
	subnets map[subnetKey]*subnetRequest
	// nameOwners is who has each name of a resource group that the plan must not give out twice.
	nameOwners map[string]any
	// names is the names that were given out; tried is how many names of each stem are known to be taken, which keeps
	// many clusters of one name from being counted through again and again.
	names map[nameKey]string
	tried map[string]int
	// requests is every subnet that needs a range, in the order in which they get it.
	requests   []*subnetRequest
	ranges     *Ranges
	cidrFinder *cidrFinder
	// step is the size in which networks grow, as a prefix length.
	step int
}

// subnetKey is a subnet's network and its name, lower case: Azure does not distinguish case.
type subnetKey struct {
	vnet *VNet
	name string
}

func build(s *spec.Spec, t Tightness) *Plan {
	b := &builder{
		spec: s,
		plan: &Plan{APIVersion: APIVersion, Kind: Kind, VNets: []*VNet{}, Clusters: []*Cluster{},
			Unplaced: []Unplaced{}, Spec: s, Tightness: t},
		vnets:      map[string]*VNet{},
		subnets:    map[subnetKey]*subnetRequest{},
		nameOwners: map[string]any{},
		names:      map[nameKey]string{},
		tried:      map[string]int{},
		step:       VNetStep,
	}
	if t == ToTheAddress {
		b.step = aks.SmallestSubnetBits
	}
	b.ranges = newRanges(b.plan, b.vnets)
	four, six := Pools(s)
	taken := b.ranges.taken()
	b.pools = newAddressPools(four, six, taken)
	b.reserved = sortRanges(b.ranges.reserved())
	b.reserveSpecNames()
	for i := range s.VNets {
		b.addVNet(&s.VNets[i], fmt.Sprintf("vnets[%d]", i))
	}
	for i := range s.Clusters {
		b.addCluster(&s.Clusters[i], fmt.Sprintf("clusters[%d]", i))
	}
	b.joinPeerings()
	for _, r := range b.requests {
		r.setSize(t == Spacious)
	}
	pinned := b.ranges.pinnedIn()
	b.place(pinned)
	b.cidrFinder = newCIDRFinder(b.ranges, t == Spacious)
	for _, c := range b.plan.Clusters {
		b.chooseCIDRs(c)
	}
	for _, c := range b.plan.Clusters {
		c.Egress = egressOf(c)
		c.PodBlocks = podBlocksOf(c)
		c.Capacity = capacityOf(c)
	}
	return b.plan
}
