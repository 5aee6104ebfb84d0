package plan

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// placeStatics puts subnets that the spec does not pin around the addresses that Services ask for in them: at the size
// that they should have, else at one down to their least. A subnet for which that is not possible is placed like any
// other.
func (b *builder) placeStatics(allocators map[*VNet]*vnetAllocator) {
	for _, r := range b.requests {
		if len(r.statics) == 0 || len(r.pinned) > 0 || r.bits == 0 || r.subnet.Existing {
			continue
		}
		a := allocators[r.subnet.VNet]
		for bits := r.bits; bits <= max(r.bits, r.least); bits++ {
			if p, ok := around(r.statics, bits); ok && b.clear(a, p) {
				r.pinned = []netip.Prefix{p}
				b.stepAround(a, p)
				a.pin(p)
				break
			}
		}
	}
}

// stepAround extends a network that the plan sizes by the step around a range, where that is clear.
func (b *builder) stepAround(a *vnetAllocator, p netip.Prefix) {
	step := netip.PrefixFrom(p.Addr(), min(p.Bits(), a.step)).Masked()
	if a.vnet.Sized && !a.holds(p) && b.clear(a, step) {
		a.pools.reserve(step)
		a.vnet.AddressPrefixes = append(a.vnet.AddressPrefixes, step)
		a.rebuild()
	}
}

// around returns the smallest range, of a prefix length or larger up to VNetStep, in which all addresses are ones that
// Azure lets you use.
func around(addresses []netip.Addr, bits int) (netip.Prefix, bool) {
	if !addresses[0].Is4() {
		return netip.Prefix{}, false
	}
	for widest := min(bits, VNetStep); bits >= widest; bits-- {
		p := netip.PrefixFrom(addresses[0], bits).Masked()
		if !slices.ContainsFunc(addresses, func(a netip.Addr) bool { return !Usable(p, a) }) {
			return p, true
		}
	}
	return netip.Prefix{}, false
}

// Usable reports whether an address is in a subnet's range, and none of those that Azure reserves: the first four and
// the last.
// [aks.PageVNetFAQ] (read 2026-11-29)
func Usable(subnet netip.Prefix, a netip.Addr) bool {
	if !subnet.Contains(a) || a == ipam.Last(subnet) {
		return false
	}
	first := subnet.Addr()
	for range aks.ReservedPerSubnet - 1 {
		if a == first {
			return false
		}
		first = first.Next()
	}
	return true
}

// clear reports whether a subnet of the allocator's network may have a range: free space of the network, or of the
// pools that the network grows from. A spec without pools leaves networks anywhere that nothing else has.
func (b *builder) clear(a *vnetAllocator, p netip.Prefix) bool {
	if a.four.IsFree(p) {
		return true
	}
	if !a.vnet.Sized || a.reserved.meets(p) || overlapsAny(p, a.taken) || overlapsAny(p, a.vnet.AddressPrefixes) {
		return false
	}
	if len(b.spec.AddressSpace.Pools) > 0 {
		return a.pools.four.IsFree(p)
	}
	return !overlapsAny(p, b.ranges.taken()) && !slices.ContainsFunc(b.plan.VNets, func(v *VNet) bool {
		return overlapsAny(p, v.AddressPrefixes)
	})
}
