package validate

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// facts caches what several rules of a run look up, and the tables that they consult for every cluster.
type facts struct {
	cidrs    []*clusterCIDR
	met      map[metKey][]plan.RangeOwner
	networks map[*plan.VNet]*rangeIndex
	reserved *rangeIndex
	ranges   *plan.Ranges // nil until used
	names    []specName
	guarded  map[string][]*plan.Subnet // subnets by the lower-case name of their security group; nil until used
	space    *ipam.Pool                // address space that is free for networks; nil until used

	security  *plan.Security // nil until used
	effective map[*spec.NetworkSecurityGroup][]spec.SecurityRule

	compared *comparison // with the older plan; nil until used

	lookups lookups

	forbidden []aks.ForbiddenRange
	private   []aks.PrivateRange
	outbounds map[aks.OutboundType]aks.Outbound
}

func newFacts() *facts {
	return &facts{
		met: map[metKey][]plan.RangeOwner{}, networks: map[*plan.VNet]*rangeIndex{},
		outbounds: map[aks.OutboundType]aks.Outbound{},
		effective: map[*spec.NetworkSecurityGroup][]spec.SecurityRule{},
		forbidden: aks.ForbiddenRanges(), private: aks.PrivateRanges(),
	}
}

// forbiddenFor returns the ranges that a pod or service CIDR must not overlap but does.
func (k *facts) forbiddenFor(c *clusterCIDR) (out []aks.ForbiddenRange) {
	for _, f := range k.forbidden {
		if f.Forbids(c.planUse()) && f.Prefix.Overlaps(c.prefix) {
			out = append(out, f)
		}
	}
	return out
}

// isPublic reports whether part of an IPv4 range is outside the private ranges.
func (k *facts) isPublic(prefix netip.Prefix) bool {
	return prefix.Addr().Is4() && !slices.ContainsFunc(k.private, func(r aks.PrivateRange) bool {
		return ipam.Covers(r.Prefix, prefix)
	})
}

// outboundFacts returns the facts of an outbound type, and false for a type that does not exist.
func (p *Pass) outboundFacts(t aks.OutboundType) (aks.Outbound, bool) {
	o, ok := p.facts.outbounds[t]
	if !ok {
		if o, ok = aks.OutboundOf(t); ok {
			p.facts.outbounds[t] = o
		}
	}
	return o, ok
}

// specName is a name in the spec.
type specName struct {
	path, text string
	kind       aks.NameKind
}
