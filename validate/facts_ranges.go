package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// clusterCIDR is a range that a cluster takes outside of the subnets: a pod CIDR or a service CIDR.
type clusterCIDR struct {
	cluster *plan.Cluster
	pod     bool
	prefix  netip.Prefix
	path    string
	// meets is what it overlaps, its own cluster's ranges aside.
	meets []plan.RangeOwner
	// forbidden is the ranges it must not contain and does; public is whether it lies outside of the private ranges.
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

// clusterCIDRs returns the pod and service CIDRs of all clusters with what they meet.
func (p *Pass) clusterCIDRs() []*clusterCIDR {
	if p.facts.claims != nil {
		return p.facts.claims
	}
	for _, c := range p.Plan.Clusters {
		for _, cl := range clusterCIDRsOf(c) {
			cl.meets = p.met(c, cl.prefix)
			cl.forbidden, cl.public = p.facts.forbiddenFor(cl), p.facts.isPublic(cl.prefix)
			p.facts.claims = append(p.facts.claims, cl)
		}
	}
	return p.facts.claims
}

// met returns what a range meets in a cluster's network and among the reserved ranges. Clusters of one network often
// have the same ranges, so that what they meet is looked up once.
func (p *Pass) met(c *plan.Cluster, prefix netip.Prefix) []plan.RangeOwner {
	key := metKey{c.VNet(), prefix}
	hits, ok := p.facts.met[key]
	if !ok {
		hits = append(p.indexOf(c.VNet()).overlapping(prefix), p.reservedRanges().overlapping(prefix)...)
		p.facts.met[key] = hits
	}
	return hits
}

// metKey is a range in a network; nil for one that AKS makes.
type metKey struct {
	network *plan.VNet
	prefix  netip.Prefix
}

// rangesOf returns who owns which range in the plan.
func (p *Pass) rangesOf() *plan.Ranges {
	if p.facts.ranges == nil {
		p.facts.ranges = plan.NewRanges(p.Plan)
	}
	return p.facts.ranges
}

// indexOf returns the ranges of a network of the plan, and of one that AKS makes for nil: its subnets, its address
// space, and that of the networks it is peered with.
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

// sharedSpace is the range for carriers, RFC 6598.
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

// isFree reports whether pods or Services of a cluster may have a range.
func (p *Pass) isFree(c *clusterCIDR, prefix netip.Prefix) bool {
	return !slices.ContainsFunc(p.rangesOf().Obstacles(c.cluster, c.planUse()), prefix.Overlaps) && !p.facts.isPublic(prefix)
}
