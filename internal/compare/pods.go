package compare

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// podSource is where a pod CIDR comes from.
type podSource int

// The sources, in the order in which they are tried.
const (
	podsAsTheyAre podSource = iota // the spec pins it, or the plan chose it for the cluster
	podsFresh                      // a range that no other cluster has
	podsRepeated                   // a range that other clusters may have
)

// podSources returns the sources of the pod CIDR of a variant.
func (c *candidate) podSources() []podSource {
	facts := c.variant.Model.Facts()
	switch {
	case !facts.NeedsPodCIDR, c.pinsPodCIDR() && len(c.unpinned) == 0:
		return []podSource{podsAsTheyAre}
	case facts.OwnRouteTable && !c.canRoute():
		return []podSource{podsFresh}
	case facts.OwnRouteTable:
		return []podSource{podsAsTheyAre, podsFresh}
	case !c.hasPodCIDR():
		return []podSource{podsFresh, podsRepeated}
	}
	return []podSource{podsAsTheyAre, podsFresh, podsRepeated}
}

// hasPodCIDR reports whether the plan chose a pod CIDR for the cluster as it is.
func (c *candidate) hasPodCIDR() bool {
	return c.base.Clusters[c.index].PodCIDR.IsValid() && !c.pinsPodCIDR()
}

// canRoute reports whether routes of the network can lead to the cluster's pod CIDR: to no other cluster's yet.
func (c *candidate) canRoute() bool {
	routed := func(p netip.Prefix) bool { return c.place.unrouted != nil && !c.place.unrouted.IsFree(p) }
	return c.hasPodCIDR() && !slices.ContainsFunc(plan.IPv4(c.base.Clusters[c.index].PodCIDRs), routed)
}

// keepPodCIDR pins the pod CIDR that the plan chose for the cluster as it is.
func (c *candidate) keepPodCIDR(sc *spec.Cluster) {
	if c.variant.Model.Facts().NeedsPodCIDR && c.hasPodCIDR() {
		sc.PodCIDRs = c.base.Clusters[c.index].PodCIDRs
	}
}

// besidePods returns what of the pools of pod CIDRs a pod CIDR from a source cannot have. The pools of networks and the
// network itself stay out: pod CIDRs avoid them anyway, and subnets must not.
func (c *candidate) besidePods(source podSource, pools []netip.Prefix) []netip.Prefix {
	pods := c.place.pods
	if c.variant.Model.Facts().OwnRouteTable {
		pods = c.place.routed
	}
	var free space
	switch source {
	case podsFresh:
		free = pods.fresh
	case podsRepeated:
		free = pods.repeated
	default:
		return nil
	}
	open := append(free.sample(c.place.ranges), pools...)
	for _, v := range c.place.vnets {
		open = append(open, v.AddressPrefixes...)
	}
	return ipam.Subtract(c.ranges.Pools(aks.UsePod), open)
}
