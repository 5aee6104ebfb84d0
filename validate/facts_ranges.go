package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// clusterCIDR is a range that a cluster uses outside the subnets: a pod CIDR or a service CIDR.
type clusterCIDR struct {
	cluster *plan.Cluster
	pod     bool
	prefix  netip.Prefix
	path    string
	// meets holds what it overlaps, except ranges of its own cluster.
	meets []plan.RangeOwner
	// forbidden holds the ranges that it must not contain but does; public reports whether part of it is outside the
	// private ranges.
	forbidden []aks.ForbiddenRange
	public    bool
}

func (c *clusterCIDR) label() string {
	if c.pod {
		return "pod CIDR"
	}
	return "service CIDR"
}

func (c *clusterCIDR) overlapKind() aks.RangeKind {
	switch {
	case !c.pod:
		return aks.RangeService
	case c.cluster.Model.Facts().OwnRouteTable:
		return aks.RangePodKubenet
	}
	return aks.RangePodOverlay
}

func (c *clusterCIDR) planUse() aks.Use {
	if c.pod {
		return aks.UsePod
	}
	return aks.UseService
}

// clusterCIDRsOf returns the pod CIDRs and then the service CIDRs of a cluster.
func clusterCIDRsOf(c *plan.Cluster) (out []*clusterCIDR) {
	add := func(pod bool, prefixes, listed []netip.Prefix, key string) {
		for _, p := range prefixes {
			path := c.Path + "." + key
			if i := slices.Index(listed, p); i >= 0 {
				path = fmt.Sprintf("%ss[%d]", path, i)
			}
			if p.IsValid() {
				out = append(out, &clusterCIDR{cluster: c, pod: pod, prefix: p, path: path})
			}
		}
	}
	add(true, c.PodCIDRs, c.Spec.PodCIDRs, "podCidr")
	add(false, c.ServiceCIDRs, c.Spec.ServiceCIDRs, "serviceCidr")
	return out
}

// clusterCIDRs returns the pod and service CIDRs of all clusters with the ranges that they overlap.
func (p *Pass) clusterCIDRs() []*clusterCIDR {
	if p.facts.cidrs != nil {
		return p.facts.cidrs
	}
	for _, c := range p.Plan.Clusters {
		for _, cl := range clusterCIDRsOf(c) {
			cl.meets = p.met(c, cl.prefix)
			cl.forbidden, cl.public = p.facts.forbiddenFor(cl), p.facts.isPublic(cl.prefix)
			p.facts.cidrs = append(p.facts.cidrs, cl)
		}
	}
	return p.facts.cidrs
}

// met returns the owners of the ranges that a prefix overlaps in a cluster's network and among the reserved ranges.
// Clusters of one network often have the same CIDRs, so the result is cached.
func (p *Pass) met(c *plan.Cluster, prefix netip.Prefix) []plan.RangeOwner {
	key := metKey{c.VNet(), prefix}
	hits, ok := p.facts.met[key]
	if !ok {
		hits = append(p.indexOf(c.VNet()).overlapping(prefix), p.reservedRanges().overlapping(prefix)...)
		p.facts.met[key] = hits
	}
	return hits
}

// metKey is a range in a network; the network is nil if AKS creates it.
type metKey struct {
	network *plan.VNet
	prefix  netip.Prefix
}

// rangesOf returns the ranges of the plan and their owners.
func (p *Pass) rangesOf() *plan.Ranges {
	if p.facts.ranges == nil {
		p.facts.ranges = plan.NewRanges(p.Plan)
	}
	return p.facts.ranges
}

// indexOf returns the ranges of a planned network, or of a managed one if v is nil: its subnets, its address space,
// and the address spaces of peered networks.
func (p *Pass) indexOf(v *plan.VNet) *rangeIndex {
	x := p.facts.networks[v]
	if x == nil {
		x = newRangeIndex(p.rangesOf().Owners(v))
		p.facts.networks[v] = x
	}
	return x
}

// reservedRanges returns the ranges that the spec reserves.
func (p *Pass) reservedRanges() *rangeIndex {
	if p.facts.reserved == nil {
		p.facts.reserved = newRangeIndex(p.rangesOf().Reserved())
	}
	return p.facts.reserved
}

// sharedSpace is the shared address space for carriers (RFC 6598).
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

func ownersOf(all []plan.RangeOwner, kind plan.OwnerKind) (out []plan.RangeOwner) {
	for _, h := range all {
		if h.Kind == kind {
			out = append(out, h)
		}
	}
	return out
}

func podCIDROf(c *plan.Cluster) *clusterCIDR {
	for _, cl := range clusterCIDRsOf(c) {
		if cl.pod && cl.prefix == c.PodCIDR {
			return cl
		}
	}
	return &clusterCIDR{cluster: c, pod: true, prefix: c.PodCIDR, path: c.Path + ".podCidr"}
}

// isFree reports whether the pods or Services of a cluster can use a range.
func (p *Pass) isFree(c *clusterCIDR, prefix netip.Prefix) bool {
	return p.rangesOf().IsClear(c.cluster, c.planUse(), prefix) && !p.facts.isPublic(prefix)
}
