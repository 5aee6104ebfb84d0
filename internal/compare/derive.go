package compare

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// candidate is one cluster under one variant while it is looked at.
type candidate struct {
	*Fleet
	index   int
	variant aks.Variant
	needs   []Need
	place   *place

	shortages []plan.Unplaced // of the cluster
	cluster   *plan.Cluster
	// unpinned says what the spec pins and the variant cannot keep.
	unpinned []string
}

// current reports whether the spec has the cluster in this variant already, with all that it needs.
func (c *candidate) current() bool {
	sc := &c.spec.Clusters[c.index]
	now, exact := aks.VariantOf(sc.Model, sc.PodIPAllocationMode, sc.NetworkDataplane)
	want := policyNeed(c.needs)
	return c.variant.ID == now.ID && exact && !mixedModes(sc) && (want == "" || want == sc.NetworkPolicy)
}

// asItIs looks at the cluster in the plan of the fleet.
func (c *candidate) asItIs() {
	c.cluster = c.base.Clusters[c.index]
	c.shortages = c.Fleet.shortages.of(c.cluster, subnetsOf(c.cluster))
}

// build plans the cluster under the variant: first in the ranges that the spec pins, and if those are too small without
// them.
func (c *candidate) build() {
	c.plan(nil)
	if tight := c.tightPins(); len(tight) > 0 {
		c.unpinned = tight
		c.plan(func(sc *spec.Cluster) {
			sc.PodCIDR, sc.PodCIDRs = netip.Prefix{}, nil
			for _, s := range clusterSubnets(sc) {
				s.AddressPrefix = netip.Prefix{}
			}
		})
	}
}

// tightPins lists the pinned ranges of the cluster that are too small.
func (c *candidate) tightPins() (tight []string) {
	for _, s := range subnetsOf(c.cluster) {
		if s.Pinned() && s.Headroom < 0 && c.pins(s) {
			tight = append(tight, fmt.Sprintf("subnet %s (%s)", s.Name, s.AddressPrefix))
		}
	}
	if c.pinsPodCIDR() && c.shortOfBlocks() {
		tight = append(tight, fmt.Sprintf("pod CIDR %s", c.cluster.PodCIDR))
	}
	return tight
}

// pins reports whether the spec of the cluster, and not a network, says where a subnet is.
func (c *candidate) pins(s *plan.Subnet) bool {
	listed := s.Spec != nil && slices.ContainsFunc(c.place.vnets[0].Subnets, func(l spec.Subnet) bool {
		return l.Name == s.Name && (l.AddressPrefix.IsValid() || len(l.AddressPrefixes) > 0)
	})
	return !listed
}

func (c *candidate) pinsPodCIDR() bool {
	sc := &c.spec.Clusters[c.index]
	return sc.PodCIDR.IsValid() || len(sc.PodCIDRs) > 0
}

// shortOfBlocks reports whether a pod CIDR is missing or too small.
func (c *candidate) shortOfBlocks() bool {
	b := c.cluster.PodBlocks
	return c.cluster.Model.Facts().NeedsPodCIDR && b.Needed > b.Available
}

// plan plans the cluster in its place, with a pod CIDR from the first source that has one.
func (c *candidate) plan(change func(*spec.Cluster)) {
	for _, source := range c.podSources() {
		sc := c.derive()
		c.anchor(&sc)
		if source == podsAsTheyAre {
			c.keepPodCIDR(&sc)
		}
		if change != nil {
			change(&sc)
		}
		if c.planIn(sc, source); !c.shortOfBlocks() {
			return
		}
	}
}

// planIn plans a cluster in the ranges that it has, and if those are too small in all that is free.
func (c *candidate) planIn(sc spec.Cluster, source podSource) {
	for _, r := range c.place.rooms {
		result := c.planWithin(sc, r, source)
		c.cluster = result.Clusters[0]
		c.shortages = shortagesOf(result).of(c.cluster, subnetsOf(c.cluster))
		if c.settled(result, r) {
			return
		}
	}
}

// settled reports whether a cluster has all the space that it asks for.
func (c *candidate) settled(p *plan.Plan, r room) bool {
	return p.Tightness == plan.Spacious && len(p.Unplaced) == 0 && (!r.stay || c.place.rightSize(p.VNets[0])) &&
		!slices.ContainsFunc(subnetsOf(c.cluster), (*plan.Subnet).Confined)
}

// planWithin plans a cluster within a space.
func (c *candidate) planWithin(sc spec.Cluster, r room, source podSource) *plan.Plan {
	s := &spec.Spec{
		Location: c.spec.Location, ResourceGroup: c.spec.ResourceGroup, Subscription: c.spec.Subscription,
		AddressSpace: c.spec.AddressSpace, Clusters: []spec.Cluster{sc},
	}
	s.AddressSpace.Pools, s.AddressSpace.Reserved = nil, nil
	for _, p := range r.pools {
		s.AddressSpace.Pools = append(s.AddressSpace.Pools, spec.Pool{AddressPrefix: p})
	}
	for _, p := range append(c.besidePods(source, r.pools), r.reserved...) {
		s.AddressSpace.Reserved = append(s.AddressSpace.Reserved, spec.Reserved{AddressPrefix: p})
	}
	if sc.VNet != "" && !sc.Managed() {
		s.VNets = c.place.network(c.place.others, c.variant.Mode, r.stay)
	}
	return plan.Build(s)
}

// derive returns the cluster with the variant's settings and everything else as it was.
func (c *candidate) derive() spec.Cluster {
	sc := c.spec.Clusters[c.index]
	facts := c.variant.Model.Facts()
	sc.Model, sc.NetworkDataplane, sc.PodIPAllocationMode = c.variant.Model, c.variant.Dataplane, c.variant.Mode
	sc.NetworkPolicy = c.policy()
	if sc.Managed() && facts.NeedsPodSubnet {
		sc.VNet = ""
	}
	if !facts.NeedsPodCIDR {
		sc.PodCIDR, sc.PodCIDRs = netip.Prefix{}, nil
	}
	sc.NodePools = slices.Clone(sc.NodePools)
	for i := range sc.NodePools {
		sc.NodePools[i].PodIPAllocationMode = ""
		if !c.spec.Has(fmt.Sprintf("clusters[%d].nodePools[%d].maxPods", c.index, i)) {
			sc.NodePools[i].MaxPods = facts.DefaultMaxPods
		}
	}
	return sc
}

// anchor pins what the variant does not change: the network and the service CIDRs that the plan chose.
func (c *candidate) anchor(sc *spec.Cluster) {
	base := c.base.Clusters[c.index]
	if v := base.VNet(); v != nil {
		sc.VNet = v.Name
	}
	if !sc.ServiceCIDR.IsValid() && len(sc.ServiceCIDRs) == 0 && base.ServiceCIDR.IsValid() {
		sc.ServiceCIDRs = base.ServiceCIDRs
	}
}

// policy returns the policy engine of the variant: Cilium's own with its dataplane, else the one that is needed where
// the model has it.
func (c *candidate) policy() aks.Policy {
	profile := aks.ProfileOf(c.variant.Model, c.variant.Mode)
	want := policyNeed(c.needs)
	switch {
	case c.variant.Dataplane == aks.DataplaneCilium:
		return aks.PolicyCilium
	case slices.Contains(profile.Policies, want):
		return want
	}
	return aks.PolicyNone
}

// subnetsOf returns the subnets of a cluster's nodes and pods, each once.
func subnetsOf(c *plan.Cluster) (out []*plan.Subnet) {
	for _, p := range c.Pools() {
		for _, s := range []*plan.Subnet{p.NodeSubnet(), p.PodSubnet()} {
			if s != nil && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	}
	return out
}
