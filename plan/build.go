package plan

import (
	"fmt"

	"github.com/aksnet/aksnet/spec"
)

// Options says how a plan is made. The zero value keeps every range where it is.
type Options struct {
	// Repack lets ranges move where that places what has no place otherwise.
	Repack bool
	// Holdings is what was handed out before.
	Holdings Holdings
}

// Build plans the network of a spec: BuildWith without options.
func Build(s *spec.Spec) *Plan { return BuildWith(s, Options{}) }

// BuildWith plans the network of a spec. It cannot fail; what does not fit is in Plan.Unplaced.
//
// The plan is a function of the spec alone, and yet what is added to the end of a list moves nothing that stood before,
// nor does anything that grows within its room: see layout for subnets, poolSeat for networks, podLayers for pods.
// What has no place this way may have one when others move. The plan then says so and leaves everything where it is,
// unless Repack is set.
func BuildWith(s *spec.Spec, o Options) *Plan {
	p := build(s, Spacious, o.Holdings)
	best := p
	for _, t := range []Tightness{NothingSpare, ToTheAddress} {
		if len(best.Unplaced) == 0 {
			break
		}
		if tighter := build(s, t, o.Holdings); len(tighter.Unplaced) < len(best.Unplaced) {
			best = tighter
		}
	}
	if best != p && !o.Repack {
		p.offerRepack(best)
		return p
	}
	return best
}

// builder holds what is looked up while a plan is made.
type builder struct {
	spec *spec.Spec
	plan *Plan
	// vnets finds networks by name and by resource id, lower case; subnets finds what is asked of a subnet.
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
}

// subnetKey is a subnet's network and its name, lower case: Azure does not distinguish case.
type subnetKey struct {
	vnet *VNet
	name string
}

func build(s *spec.Spec, t Tightness, h Holdings) *Plan {
	b := &builder{
		spec: s,
		plan: &Plan{APIVersion: APIVersion, Kind: Kind, VNets: []*VNet{}, Clusters: []*Cluster{},
			Unplaced: []Unplaced{}, Spec: s, Tightness: t},
		vnets:      map[string]*VNet{},
		subnets:    map[subnetKey]*subnetRequest{},
		nameOwners: map[string]any{},
		names:      map[nameKey]string{},
		tried:      map[string]int{},
	}
	b.ranges = newRanges(b.plan, b.vnets)
	b.reserveSpecNames()
	for i := range s.VNets {
		b.addVNet(&s.VNets[i], fmt.Sprintf("vnets[%d]", i))
	}
	for i := range s.Clusters {
		b.addCluster(&s.Clusters[i], fmt.Sprintf("clusters[%d]", i))
	}
	b.joinPeerings()
	b.hold(h)
	for _, r := range b.requests {
		r.setSize()
	}
	b.place()
	b.cidrFinder = newCIDRFinder(b.ranges, t == Spacious)
	for _, c := range b.plan.Clusters {
		b.chooseCIDRs(c)
	}
	for _, c := range b.plan.Clusters {
		c.Egress = egressOf(c)
		c.PodBlocks = podBlocksOf(c)
		c.Capacity = capacityOf(c)
	}
	b.addPeeringSides()
	return b.plan
}
