package compare

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// candidate is one cluster under one variant while it is looked at.
type candidate struct {
	*fleet
	index   int
	variant aks.Variant
	needs   []Need

	result  *plan.Plan
	cluster *plan.Cluster
	// unpinned says what the spec pins and the variant cannot keep.
	unpinned []string
}

// build plans the cluster under the variant: first in the ranges that the spec pins, and if those are too small without
// them.
func (c *candidate) build() {
	c.plan(nil)
	if tight := c.tightPins(); len(tight) > 0 {
		c.unpinned = tight
		c.plan(func(sc *spec.Cluster) {
			sc.PodCIDR, sc.PodCIDRs = netip.Prefix{}, nil
			unpin(&sc.NodeSubnet, &sc.PodSubnet)
			for i := range sc.NodePools {
				unpin(&sc.NodePools[i].NodeSubnet, &sc.NodePools[i].PodSubnet)
			}
		})
	}
}

func unpin(subnets ...*spec.ClusterSubnet) {
	for _, s := range subnets {
		s.AddressPrefix = netip.Prefix{}
	}
}

// tightPins lists the pinned ranges of the cluster that are too small.
func (c *candidate) tightPins() (tight []string) {
	for _, s := range subnetsOf(c.cluster) {
		if s.Pinned() && s.Spec == nil && s.Headroom < 0 {
			tight = append(tight, fmt.Sprintf("subnet %s (%s)", s.Name, s.AddressPrefix))
		}
	}
	pinned := c.cluster.Spec.PodCIDR.IsValid() || len(c.cluster.Spec.PodCIDRs) > 0
	if b := c.cluster.PodBlocks; pinned && c.cluster.Model.Facts().NeedsPodCIDR && b.Needed > b.Available {
		tight = append(tight, fmt.Sprintf("pod CIDR %s", c.cluster.PodCIDR))
	}
	return tight
}

// plan builds the plan of the derived spec. Only what the cluster shares a network with is planned along, so that
// comparing many clusters stays cheap; the networks of all others keep their place as reserved ranges.
func (c *candidate) plan(change func(*spec.Cluster)) {
	derived := *c.spec
	network := c.base.Clusters[c.index].VNet()
	derived.VNets, derived.AddressSpace.Reserved = c.networks(network)
	derived.Clusters = nil
	at := 0
	for _, i := range c.neighbours(c.index) {
		if i == c.index {
			at = len(derived.Clusters)
			derived.Clusters = append(derived.Clusters, c.derive(change))
		} else {
			derived.Clusters = append(derived.Clusters, c.spec.Clusters[i])
		}
	}
	c.result = plan.Build(&derived)
	c.cluster = c.result.Clusters[at]
}

// networks returns the network of the cluster and its peers, and everybody else's ranges as reserved.
func (f *fleet) networks(own *plan.VNet) (near []spec.VNet, reserved []spec.Reserved) {
	var mine []netip.Prefix
	for _, v := range f.near(own) {
		if v.Spec != nil {
			near = append(near, *v.Spec)
		}
		if v.Spec != nil || v == own {
			mine = append(mine, v.AddressPrefixes...)
		}
	}
	reserved = slices.Clone(f.spec.AddressSpace.Reserved)
	for _, p := range ipam.Subtract(f.taken, mine) {
		reserved = append(reserved, spec.Reserved{AddressPrefix: p})
	}
	return near, reserved
}

// derive returns the cluster with the variant's settings and everything else as it was.
func (c *candidate) derive(change func(*spec.Cluster)) spec.Cluster {
	sc := c.spec.Clusters[c.index]
	facts := c.variant.Model.Facts()
	sc.Model, sc.NetworkDataplane, sc.PodIPAllocationMode = c.variant.Model, c.variant.Dataplane, c.variant.Mode
	sc.NetworkPolicy = c.policy()
	if sc.Managed() && c.variant.Model.Facts().NeedsPodSubnet {
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
	if change != nil {
		change(&sc)
	}
	return sc
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
