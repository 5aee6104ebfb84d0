package plan

import (
	"net/netip"
	"slices"

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

// addressPools is what networks without address prefixes are carved from, by family.
type addressPools struct {
	four, six *ipam.Pool
}

// newAddressPools returns the pools of a spec without everything that is in use: ranges that are forbidden, networks and CIDRs
// that the spec pins, wherever in the spec they are.
func newAddressPools(s *spec.Spec, forbidden []netip.Prefix) addressPools {
	taken := slices.Clone(forbidden)
	for i := range s.VNets {
		taken = append(taken, s.VNets[i].AddressPrefixes...)
		for _, p := range s.VNets[i].Peerings {
			taken = append(taken, p.AddressPrefixes...)
		}
	}
	for i := range s.Clusters {
		taken = append(taken, pinnedCIDRs(&s.Clusters[i])...)
	}
	four, six := Pools(s)
	pools := addressPools{newPool(four), newPool(six)}
	pools.reserve(taken...)
	return pools
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

// reserve marks ranges as in use.
func (a addressPools) reserve(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() {
			a.of(p).Reserve(p)
		}
	}
}

func (a addressPools) of(p netip.Prefix) *ipam.Pool {
	if p.Addr().Is4() {
		return a.four
	}
	return a.six
}

// pinnedCIDRs returns the pod and service CIDRs that a cluster's spec gives.
func pinnedCIDRs(c *spec.Cluster) []netip.Prefix {
	all := slices.Concat([]netip.Prefix{c.PodCIDR, c.ServiceCIDR}, c.PodCIDRs, c.ServiceCIDRs)
	return slices.DeleteFunc(all, func(p netip.Prefix) bool { return !p.IsValid() })
}
