package plan

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// vnetAllocator places the subnets of one network.
type vnetAllocator struct {
	vnet *VNet
	// pools is what the network grows from, step the size in which it grows, as a prefix length.
	pools addressPools
	step  int
	four  *ipam.Pool
	six   *ipam.Pool
	// reserved is what the spec reserves, and taken every other range in use, for when the network grows and four is
	// made anew.
	reserved sortedRanges
	taken    []netip.Prefix
	// chosen is whether the last address prefix was chosen by the plan, so that it may grow where it is.
	chosen bool
}

// newVNetAllocator returns the allocator of a network in which the ranges that the spec reserves are in use.
func (b *builder) newVNetAllocator(v *VNet) *vnetAllocator {
	a := &vnetAllocator{vnet: v, pools: b.pools, step: b.step, reserved: b.reserved}
	a.rebuild()
	return a
}

// rebuild makes the pools of the network anew from its address prefixes and what is taken.
func (a *vnetAllocator) rebuild() {
	var four, six []netip.Prefix
	for _, p := range a.vnet.AddressPrefixes {
		switch {
		case !p.IsValid():
		case p.Addr().Is4():
			four = append(four, p)
		default:
			six = append(six, p)
		}
	}
	a.four, a.six = ipam.MustPool(four...), ipam.MustPool(six...)
	for _, p := range a.vnet.AddressPrefixes {
		addressPools{a.four, a.six}.reserve(a.reserved.meeting(p)...)
	}
	addressPools{a.four, a.six}.reserve(a.taken...)
}

// take marks ranges as in use.
func (a *vnetAllocator) take(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() {
			a.taken = append(a.taken, p)
			addressPools{a.four, a.six}.reserve(p)
		}
	}
}

// pin marks the ranges of subnets that the spec pins. A network that the plan sizes comes to hold them.
func (a *vnetAllocator) pin(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if !p.IsValid() {
			continue
		}
		if a.vnet.Sized && !a.holds(p) {
			a.pools.reserve(p)
			a.vnet.AddressPrefixes = append(a.vnet.AddressPrefixes, p)
			a.chosen = false
			a.rebuild()
		}
		a.take(p)
	}
}

func (a *vnetAllocator) holds(p netip.Prefix) bool {
	for _, own := range a.vnet.AddressPrefixes {
		if own.Overlaps(p) && own.Bits() <= p.Bits() {
			return true
		}
	}
	return false
}

// place finds a range for a subnet of a prefix length: in the network, or where the plan sizes the network, by growing
// it. groupBits is the size of a block that holds this subnet and those that are asked for with it.
func (a *vnetAllocator) place(bits, groupBits int) (netip.Prefix, bool) {
	p, ok := a.four.Allocate(bits)
	if !ok && a.vnet.Sized && a.grow(bits, groupBits) {
		p, ok = a.four.Allocate(bits)
	}
	if ok {
		a.taken = append(a.taken, p)
	}
	return p, ok
}

// placeAny places a subnet in the size that it asks for, or in the largest that there is room for.
func (a *vnetAllocator) placeAny(r *subnetRequest, groupBits int) (p netip.Prefix, ok bool) {
	for bits := r.bits; bits <= r.least && !ok; bits++ {
		p, ok = a.place(bits, groupBits)
	}
	return p, ok
}

// grow extends the network by a block of a prefix length: by widening its last prefix in place when the space
// beside it is free, else by a further prefix.
func (a *vnetAllocator) grow(bits, groupBits int) bool {
	if a.widen(bits) {
		return true
	}
	tight := a.step == aks.SmallestSubnetBits
	ask := min(groupBits, a.step)
	if tight {
		ask = bits
	}
	p, ok := a.pools.four.Allocate(ask)
	if !ok && ask != bits {
		p, ok = a.pools.four.Allocate(bits)
	}
	if !ok {
		return false
	}
	a.vnet.AddressPrefixes = append(a.vnet.AddressPrefixes, p)
	a.chosen = true
	a.rebuild()
	return true
}

// groupBits returns the size of the smallest block that holds the first subnet and all that follow it in its group.
func groupBits(ahead []*subnetRequest) int {
	sum := 0
	for _, w := range ahead {
		if w.group != ahead[0].group || w.subnet.VNet != ahead[0].subnet.VNet {
			break
		}
		if w.bits > 0 && len(w.pinned) == 0 {
			sum += ipam.PrefixSize(w.bits)
		}
	}
	return BitsFor(sum)
}

// widestVNet is as far as a prefix is widened in place. Wider ones are placed as a further prefix.
const widestVNet = 12

// widen doubles the last prefix until its new half holds a block of a prefix length.
//
//	|--last--|--half--|-------half-------|
func (a *vnetAllocator) widen(bits int) bool {
	n := len(a.vnet.AddressPrefixes)
	if !a.chosen || n == 0 || a.step == aks.SmallestSubnetBits {
		return false
	}
	wide := a.vnet.AddressPrefixes[n-1]
	var halves []netip.Prefix
	for wide.Bits() > widestVNet {
		half := buddy(wide)
		if !a.pools.four.IsFree(half) {
			return false
		}
		halves = append(halves, half)
		wide = netip.PrefixFrom(wide.Addr(), wide.Bits()-1).Masked()
		if half.Bits() <= bits {
			a.pools.reserve(halves...)
			a.vnet.AddressPrefixes[n-1] = wide
			a.rebuild()
			return true
		}
	}
	return false
}

// buddy returns the other half of the prefix that is one bit shorter than p.
func buddy(p netip.Prefix) netip.Prefix {
	a := p.Addr().As4()
	bit := p.Bits() - 1
	a[bit/8] ^= 0x80 >> (bit % 8)
	return netip.PrefixFrom(netip.AddrFrom4(a), p.Bits())
}

// place6 finds an IPv6 range for a subnet.
func (a *vnetAllocator) place6() (netip.Prefix, bool) {
	p, ok := a.six.Allocate(aks.SubnetBits6)
	if !ok && a.vnet.Sized {
		var more netip.Prefix
		if more, ok = a.pools.six.Allocate(vnetBits6); ok {
			// The IPv6 space goes in front, so that the last prefix stays the one that may grow.
			a.vnet.AddressPrefixes = append([]netip.Prefix{more}, a.vnet.AddressPrefixes...)
			a.rebuild()
			p, ok = a.six.Allocate(aks.SubnetBits6)
		}
	}
	if ok {
		a.taken = append(a.taken, p)
	}
	return p, ok
}

// sortFamilies puts the IPv4 prefixes in front of the IPv6 ones, otherwise as they were.
func sortFamilies(prefixes []netip.Prefix) {
	slices.SortStableFunc(prefixes, func(a, b netip.Prefix) int { return a.Addr().BitLen() - b.Addr().BitLen() })
}

// place gives every subnet its range, in order, and adds up what the networks hold. Subnets avoid the CIDRs that
// clusters pin in their own network.
func (b *builder) place(pinned map[*VNet][]netip.Prefix) {
	allocators := map[*VNet]*vnetAllocator{}
	for _, v := range b.plan.VNets {
		allocators[v] = b.newVNetAllocator(v)
	}
	for _, r := range b.requests {
		allocators[r.subnet.VNet].pin(r.pinned...)
	}
	for v, cidrs := range pinned {
		allocators[v].take(cidrs...)
	}
	b.placeStatics(allocators)
	for v, rs := range b.requestsByVNet() {
		if !v.Sized {
			fitSizes(allocators[v].four.Free(), rs)
		}
	}
	for i, r := range b.requests {
		b.placeOne(allocators[r.subnet.VNet], r, b.requests[i:])
	}
	for _, v := range b.plan.VNets {
		sortFamilies(v.AddressPrefixes)
		allocators[v].finish()
		if v.Sized && len(v.Subnets) == 0 {
			b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
				Name: v.Name, For: "vnet", Path: v.Path,
				Reason: "nothing in the spec says how large it is: give it addressPrefixes, a subnet or a cluster",
			})
		}
	}
}

// placeOne gives one subnet its range; ahead is it and the ones after it.
func (b *builder) placeOne(a *vnetAllocator, r *subnetRequest, ahead []*subnetRequest) {
	s := r.subnet
	if len(r.pinned) > 0 {
		s.AddressPrefixes = append(s.AddressPrefixes, r.pinned...)
	} else if r.bits == 0 {
		b.unplaced(s, aks.SmallestSubnetBits,
			"nothing in the spec says how large it is: give addresses, prefixLength or "+
				"addressPrefix")
	} else if p, ok := a.placeAny(r, groupBits(ahead)); ok {
		s.AddressPrefixes = append(s.AddressPrefixes, p)
	} else {
		b.unplaced(s, r.least, a.shortage(r.least))
	}
	if r.dual && !slices.ContainsFunc(s.AddressPrefixes, isIPv6) {
		if p, ok := a.place6(); ok {
			s.AddressPrefixes = append(s.AddressPrefixes, p)
		} else {
			b.unplaced(s, aks.SubnetBits6,
				fmt.Sprintf("needs an IPv6 /%d, and %s has no free IPv6 address prefix", aks.SubnetBits6, s.VNet.Name))
		}
	}
	s.finalize()
}

func (b *builder) unplaced(s *Subnet, bits int, reason string) {
	b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
		Name: s.Name, For: string(s.Purpose) + " in " + s.VNet.Name, Addresses: s.Demand.Total, PrefixLength: bits,
		Reason: reason, Path: s.Path,
	})
}

// shortage says what is missing for a block of a prefix length.
func (a *vnetAllocator) shortage(bits int) string {
	where := a.vnet.Name
	largest, any := a.four.Largest()
	if a.vnet.Sized {
		where = "addressSpace.pools"
		largest, any = a.pools.four.Largest()
	}
	if !any {
		return fmt.Sprintf("needs a /%d (%d addresses), and %s has no free address", bits, ipam.PrefixSize(bits), where)
	}
	return fmt.Sprintf(
		"needs a /%d (%d addresses), and the largest free block of %s is a /%d (%d addresses), %d short",
		bits,
		ipam.PrefixSize(bits),
		where,
		largest,
		ipam.PrefixSize(largest),
		ipam.PrefixSize(bits)-ipam.PrefixSize(largest),
	)
}

// finalize sets what follows from the range and the demand of a subnet.
func (s *Subnet) finalize() {
	for _, p := range s.AddressPrefixes {
		if p.Addr().Is4() && !s.AddressPrefix.IsValid() {
			s.AddressPrefix = p
		}
	}
	for _, p := range s.prefixes4() {
		s.Usable += max(0, ipam.PrefixSize(p.Bits())-aks.ReservedPerSubnet)
	}
	s.Headroom = s.Usable - (s.Demand.Total - s.Demand.Reserved)
}

// prefixes4 returns the IPv4 prefixes of a subnet: one, unless the spec pins several.
func (s *Subnet) prefixes4() (out []netip.Prefix) {
	for _, p := range s.AddressPrefixes {
		if p.Addr().Is4() {
			out = append(out, p)
		}
	}
	return out
}

// addresses returns the number of IPv4 addresses of a subnet.
func (s *Subnet) addresses() (n int) {
	for _, p := range s.prefixes4() {
		n += ipam.PrefixSize(p.Bits())
	}
	return n
}

// finish adds up what the network holds and what its subnets take.
func (a *vnetAllocator) finish() {
	v := a.vnet
	for _, p := range v.AddressPrefixes {
		if p.Addr().Is4() {
			v.Addresses += ipam.PrefixSize(p.Bits())
		}
	}
	for _, s := range v.Subnets {
		v.UsedAddresses += s.addresses()
	}
	v.FreePrefixes = append(v.FreePrefixes, a.four.Free()...)
}
