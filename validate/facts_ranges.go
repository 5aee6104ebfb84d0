package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// claim is a range that a cluster takes outside of the subnets: a pod CIDR or a service CIDR.
type claim struct {
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

func (c *claim) what() string {
	if c.pod {
		return "pod CIDR"
	}
	return "service CIDR"
}

func (c *claim) kind() aks.RangeKind {
	switch {
	case !c.pod:
		return aks.RangeService
	case c.cluster.Model.Facts().OwnRouteTable:
		return aks.RangePodKubenet
	}
	return aks.RangePodOverlay
}

func (c *claim) use() aks.Use {
	if c.pod {
		return aks.UsePod
	}
	return aks.UseService
}

// claimsOf returns the pod CIDRs and then the service CIDRs of a cluster.
func claimsOf(c *plan.Cluster) (out []*claim) {
	add := func(pod bool, prefixes, listed []netip.Prefix, key string) {
		for _, p := range prefixes {
			path := c.Path + "." + key
			if i := slices.Index(listed, p); i >= 0 {
				path = fmt.Sprintf("%ss[%d]", path, i)
			}
			if p.IsValid() {
				out = append(out, &claim{cluster: c, pod: pod, prefix: p, path: path})
			}
		}
	}
	add(true, c.PodCIDRs, c.Spec.PodCIDRs, "podCidr")
	add(false, c.ServiceCIDRs, c.Spec.ServiceCIDRs, "serviceCidr")
	return out
}

// claims returns the pod and service CIDRs of all clusters with what they meet.
func (p *Pass) claims() []*claim {
	if p.kept.claims != nil {
		return p.kept.claims
	}
	for _, c := range p.Plan.Clusters {
		for _, cl := range claimsOf(c) {
			cl.meets = p.met(c, cl.prefix)
			cl.forbidden, cl.public = p.kept.forbiddenFor(cl), p.kept.isPublic(cl.prefix)
			p.kept.claims = append(p.kept.claims, cl)
		}
	}
	return p.kept.claims
}

// met returns what a range meets in a cluster's network and among the reserved ranges. Clusters of one network often
// have the same ranges, so that what they meet is looked up once.
func (p *Pass) met(c *plan.Cluster, prefix netip.Prefix) []plan.RangeOwner {
	key := metKey{c.VNet(), prefix}
	hits, ok := p.kept.met[key]
	if !ok {
		hits = append(p.indexOf(c.VNet()).overlapping(prefix), p.reserved().overlapping(prefix)...)
		p.kept.met[key] = hits
	}
	return hits
}

// metKey is a range in a network; nil for one that AKS makes.
type metKey struct {
	network *plan.VNet
	prefix  netip.Prefix
}

// ranges returns who owns which range in the plan.
func (p *Pass) ranges() *plan.Ranges {
	if p.kept.ranges == nil {
		p.kept.ranges = plan.NewRanges(p.Plan)
	}
	return p.kept.ranges
}

// indexOf returns the ranges of a network of the plan, and of one that AKS makes for nil: its subnets, its address
// space, and that of the networks it is peered with.
func (p *Pass) indexOf(v *plan.VNet) *index {
	x := p.kept.networks[v]
	if x == nil {
		x = newIndex(p.ranges().Owners(v))
		p.kept.networks[v] = x
	}
	return x
}

// reserved returns the ranges that the spec reserves.
func (p *Pass) reserved() *index {
	if p.kept.reserved == nil {
		p.kept.reserved = newIndex(p.ranges().Reserved())
	}
	return p.kept.reserved
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

func podClaim(c *plan.Cluster) *claim {
	for _, cl := range claimsOf(c) {
		if cl.pod && cl.prefix == c.PodCIDR {
			return cl
		}
	}
	return &claim{cluster: c, pod: true, prefix: c.PodCIDR, path: c.Path + ".podCidr"}
}

// isFree reports whether pods or Services of a cluster may have a range.
func (p *Pass) isFree(c *claim, prefix netip.Prefix) bool {
	return !slices.ContainsFunc(p.ranges().Obstacles(c.cluster, c.use()), prefix.Overlaps) && !p.kept.isPublic(prefix)
}
