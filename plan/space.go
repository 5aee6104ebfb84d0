package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// Where networks are carved from when the spec names no pools. Both are ours to choose: the IPv4 range touches none of the
// ranges that AKS takes by default (10.0.0.0/16, 10.224.0.0/12, 10.244.0.0/16); the IPv6 range is a unique local one.
func defaultPool() netip.Prefix  { return netip.MustParsePrefix("10.128.0.0/10") }
func defaultPool6() netip.Prefix { return netip.MustParsePrefix("fd00:db8::/32") }

// vnetBits6 is the size of the IPv6 space of a dual-stack network, as in Azure's own examples.
// https://learn.microsoft.com/azure/virtual-network/ip-services/ipv6-overview (read 2026-11-22)
const vnetBits6 = 48

// space is what networks without address prefixes are carved from.
type space struct {
	four, six *ipam.Pool
}

// newSpace is the pools of a spec less everything that is spoken for: ranges in use elsewhere, ranges that Azure forbids,
// networks and CIDRs that the spec pins, wherever in the spec they stand.
func newSpace(s *spec.Spec, forbidden []netip.Prefix) space {
	four, six := Pools(s)
	sp := space{newPool(four), newPool(six)}
	sp.reserve(forbidden...)
	for i := range s.VNets {
		sp.reserve(s.VNets[i].AddressPrefixes...)
		for _, p := range s.VNets[i].Peerings {
			sp.reserve(p.AddressPrefixes...)
		}
	}
	for i := range s.Clusters {
		sp.reserve(pinnedCIDRs(&s.Clusters[i])...)
	}
	return sp
}

// Pools returns the ranges that networks are carved from, by family: those of the spec, or the defaults for a family without.
func Pools(s *spec.Spec) (four, six []netip.Prefix) {
	for _, p := range s.AddressSpace.Pools {
		switch {
		case !p.IsValid():
		case p.Addr().Is4():
			four = append(four, p)
		default:
			six = append(six, p)
		}
	}
	if four == nil {
		four = []netip.Prefix{defaultPool()}
	}
	if six == nil {
		six = []netip.Prefix{defaultPool6()}
	}
	return four, six
}

// newPool makes a pool of prefixes of one family, which cannot fail.
func newPool(prefixes []netip.Prefix) *ipam.Pool {
	p, err := ipam.NewPool(prefixes...)
	if err != nil {
		panic("plan: pool of several families: " + err.Error())
	}
	return p
}

func (sp space) reserve(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() {
			sp.of(p).Reserve(p)
		}
	}
}

func (sp space) of(p netip.Prefix) *ipam.Pool {
	if p.Addr().Is4() {
		return sp.four
	}
	return sp.six
}

// pinnedCIDRs is the pod and service CIDRs that a cluster's spec gives.
func pinnedCIDRs(c *spec.Cluster) []netip.Prefix {
	out := []netip.Prefix{c.PodCIDR, c.ServiceCIDR}
	out = append(append(out, c.PodCIDRs...), c.ServiceCIDRs...)
	kept := out[:0]
	for _, p := range out {
		if p.IsValid() {
			kept = append(kept, p)
		}
	}
	return kept
}
