package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/ipam"
)

// vnetBits6 is the size of the IPv6 space of a dual-stack network, as in Azure's own examples.
// https://learn.microsoft.com/azure/virtual-network/ip-services/ipv6-overview (read 2026-11-22)
const vnetBits6 = 48

// addressPools is what networks without address prefixes are carved from, by family.
type addressPools struct {
	four, six *ipam.Pool
}

// newAddressPools returns pools of the ranges that networks are carved from, without those that are taken.
func newAddressPools(four, six, taken []netip.Prefix) addressPools {
	pools := addressPools{ipam.MustPool(four...), ipam.MustPool(six...)}
	pools.reserve(taken...)
	return pools
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
