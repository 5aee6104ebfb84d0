package plan

import (
	"iter"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// vnetBits6 is the size of the IPv6 area of a dual-stack network, as in Azure's own examples.
// https://learn.microsoft.com/azure/virtual-network/ip-services/ipv6-overview (read 2026-11-22)
const vnetBits6 = 48

// vnetPool is a pool that networks without address prefixes are carved from.
type vnetPool struct {
	*area
	location string // of the networks that it is for; empty for all
}

// vnetPools is the pools of a spec, in its order.
type vnetPools []vnetPool

// newPools returns the pools of a spec without the ranges that are taken.
func newPools(s *spec.Spec, taken []netip.Prefix) (out vnetPools) {
	open4, open6 := openPools(taken)
	add := func(p netip.Prefix, location string) {
		open := open4
		if p.Addr().Is6() {
			open = open6
		}
		out = append(out, vnetPool{areaOf(p, open), location})
	}
	for _, p := range s.AddressSpace.Pools {
		if p.AddressPrefix.IsValid() {
			add(p.AddressPrefix, p.Location)
		}
	}
	for _, p := range defaultPools(s) {
		add(p, "")
	}
	return out
}

// openPools returns all addresses that are not taken, by family.
func openPools(taken []netip.Prefix) (four, six *ipam.Pool) {
	used := ipam.SetOf(taken...)
	return mustPoolWithout(netip.PrefixFrom(netip.IPv4Unspecified(), 0), used),
		mustPoolWithout(netip.PrefixFrom(netip.IPv6Unspecified(), 0), used)
}

func mustPoolWithout(p netip.Prefix, used *ipam.Set) *ipam.Pool {
	pool, err := ipam.PoolWithout(ipam.SetOf(p), used)
	if err != nil {
		panic("plan: " + err.Error())
	}
	return pool
}

// take marks ranges as in use.
func (ps vnetPools) take(prefixes ...netip.Prefix) {
	for _, pool := range ps {
		for _, p := range prefixes {
			if p.IsValid() && p.Overlaps(pool.prefix) {
				pool.take(p)
			}
		}
	}
}

// release gives a block back.
func (ps vnetPools) release(p netip.Prefix) {
	for _, pool := range ps {
		if ipam.Covers(pool.prefix, p) {
			pool.release(p)
		}
	}
}

// isFree reports whether a range is free in one of the pools.
func (ps vnetPools) isFree(p netip.Prefix) bool {
	for _, pool := range ps {
		if pool.free.IsFree(p) {
			return true
		}
	}
	return false
}

// of returns the pools of a family for a network, in their order.
func (ps vnetPools) of(v *VNet, is6 bool) (out []*area) {
	for _, pool := range ps {
		if pool.prefix.Addr().Is6() == is6 && (pool.location == "" || strings.EqualFold(pool.location, v.Location)) {
			out = append(out, pool.area)
		}
	}
	return out
}

// seatsIn returns the pools one after the other, each with the next seat for a network in it; the seat is invalid where
// the pool has none. A network has its seat in the first pool even if it has no use for it yet.
func seatsIn(pools []*area, v *VNet) iter.Seq2[*area, netip.Prefix] {
	if len(pools) == 0 {
		return func(func(*area, netip.Prefix) bool) {}
	}
	seat := pools[0].nextSeat(v)
	return func(yield func(*area, netip.Prefix) bool) {
		for i, pool := range pools {
			if i > 0 {
				seat = pool.nextSeat(v)
			}
			if !yield(pool, seat) {
				return
			}
		}
	}
}

func (s *area) nextSeat(v *VNet) netip.Prefix {
	h := v.half()
	n := s.asked[h]
	s.asked[h]++
	if s.prefix.Addr().Is4() {
		v.seat = n
	}
	seat, _ := poolSeat(s.prefix, h, n)
	return seat
}

// half returns the half of pools in which a network has its seats.
func (v *VNet) half() half {
	if v.Spec == nil {
		return ownNetworks
	}
	return listedNetworks
}

// carve takes a block of a prefix length for a network from a pool: in its seat, else from the end of its half, else
// from the end of the pool.
func (s *area) carve(v *VNet, seat netip.Prefix, bits int) (p netip.Prefix, ok bool) {
	if seat.IsValid() && bits >= seat.Bits() {
		v.how = "the place that the pool keeps for each network"
		if p, ok = s.fitIn(seat, bits, ipam.FirstFit); ok {
			return p, true
		}
	}
	v.how = "the last free block of the pool"
	if p, ok = s.fitHalf(int(v.half()), bits, ipam.LastFit); ok {
		return p, true
	}
	return s.fit(bits, ipam.LastFit)
}
