package plan

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// ground is the address space of one network while subnets are placed in it.
type ground struct {
	b        *builder
	vnet     *VNet
	requests map[*Subnet]*subnetRequest
	four     *ipam.Pool
	six      *ipam.Pool
	// taken is every range in use, for when the network grows and four is made anew.
	taken []netip.Prefix
	// chosen is whether the last address prefix was chosen by the plan, so that it may grow where it lies.
	chosen bool
}

func newGround(b *builder, v *VNet) *ground {
	g := &ground{b: b, vnet: v, requests: map[*Subnet]*subnetRequest{}}
	for _, r := range b.spec.AddressSpace.Reserved {
		if r.AddressPrefix.IsValid() {
			g.taken = append(g.taken, r.AddressPrefix)
		}
	}
	g.rebuild()
	return g
}

// rebuild makes the pools of the network anew from its address prefixes and what is taken.
func (g *ground) rebuild() {
	var four, six []netip.Prefix
	for _, p := range g.vnet.AddressPrefixes {
		switch {
		case !p.IsValid():
		case p.Addr().Is4():
			four = append(four, p)
		default:
			six = append(six, p)
		}
	}
	g.four, g.six = newPool(four), newPool(six)
	for _, p := range g.taken {
		space{g.four, g.six}.reserve(p)
	}
}

// take marks ranges as in use.
func (g *ground) take(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() {
			g.taken = append(g.taken, p)
			space{g.four, g.six}.reserve(p)
		}
	}
}

// pin marks the ranges of subnets that the spec pins. A network that the plan sizes comes to hold them.
func (g *ground) pin(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if !p.IsValid() {
			continue
		}
		if g.vnet.Sized && !g.holds(p) {
			g.b.space.reserve(p)
			g.vnet.AddressPrefixes = append(g.vnet.AddressPrefixes, p)
			g.chosen = false
			g.rebuild()
		}
		g.take(p)
	}
}

func (g *ground) holds(p netip.Prefix) bool {
	for _, own := range g.vnet.AddressPrefixes {
		if own.Overlaps(p) && own.Bits() <= p.Bits() {
			return true
		}
	}
	return false
}

// place finds a range for a subnet of so many bits: in the network, or where the plan sizes the network, by growing it. room is
// the size of a block that holds this subnet and those that are asked for with it.
func (g *ground) place(bits, room int) (netip.Prefix, bool) {
	p, ok := g.four.Allocate(bits)
	if !ok && g.vnet.Sized && g.grow(bits, room) {
		p, ok = g.four.Allocate(bits)
	}
	if ok {
		g.taken = append(g.taken, p)
	}
	return p, ok
}

// grow gives the network room for a block of so many bits: by widening its last prefix where it lies when the space beside it is
// free, else by a further prefix.
func (g *ground) grow(bits, room int) bool {
	if g.widen(bits) {
		return true
	}
	tight := g.b.step == aks.SmallestSubnetBits
	ask := min(room, g.b.step)
	if tight {
		ask = bits
	}
	p, ok := g.b.space.four.Allocate(ask)
	if !ok && ask != bits {
		p, ok = g.b.space.four.Allocate(bits)
	}
	if !ok {
		return false
	}
	g.vnet.AddressPrefixes = append(g.vnet.AddressPrefixes, p)
	g.chosen = true
	g.rebuild()
	return true
}

// groupBits is the size of the smallest block that holds the first subnet and all that follow it in its group.
func groupBits(ahead []*subnetRequest) int {
	sum := 0
	for _, w := range ahead {
		if w.group != ahead[0].group || w.subnet.VNet != ahead[0].subnet.VNet {
			break
		}
		if bits := bitsOf(w); bits > 0 && !w.subnet.pinned {
			sum += ipam.PrefixSize(bits)
		}
	}
	return BitsFor(sum)
}

// widestVNet is as far as a prefix is widened in place. Wider ones are placed as a further prefix.
const widestVNet = 12

// widen doubles the last prefix until the half that is new holds a block of so many bits.
//
//	|--last--|--half--|-------half-------|
func (g *ground) widen(bits int) bool {
	n := len(g.vnet.AddressPrefixes)
	if !g.chosen || n == 0 || g.b.step == aks.SmallestSubnetBits {
		return false
	}
	wide := g.vnet.AddressPrefixes[n-1]
	var halves []netip.Prefix
	for wide.Bits() > widestVNet {
		half := buddy(wide)
		if !g.b.space.four.IsFree(half) {
			return false
		}
		halves = append(halves, half)
		wide = netip.PrefixFrom(wide.Addr(), wide.Bits()-1).Masked()
		if half.Bits() <= bits {
			g.b.space.reserve(halves...)
			g.vnet.AddressPrefixes[n-1] = wide
			g.rebuild()
			return true
		}
	}
	return false
}

// buddy is the other half of the prefix that is one bit shorter than p.
func buddy(p netip.Prefix) netip.Prefix {
	a := p.Addr().As4()
	bit := p.Bits() - 1
	a[bit/8] ^= 0x80 >> (bit % 8)
	return netip.PrefixFrom(netip.AddrFrom4(a), p.Bits())
}

// place6 finds an IPv6 range for a subnet.
func (g *ground) place6() (netip.Prefix, bool) {
	p, ok := g.six.Allocate(aks.SubnetBits6)
	if !ok && g.vnet.Sized {
		var more netip.Prefix
		if more, ok = g.b.space.six.Allocate(vnetBits6); ok {
			// The IPv6 space goes in front, so that the last prefix stays the one that may grow.
			g.vnet.AddressPrefixes = append([]netip.Prefix{more}, g.vnet.AddressPrefixes...)
			g.rebuild()
			p, ok = g.six.Allocate(aks.SubnetBits6)
		}
	}
	if ok {
		g.taken = append(g.taken, p)
	}
	return p, ok
}

// sortFamilies puts the IPv4 prefixes in front of the IPv6 ones, otherwise as they were.
func sortFamilies(prefixes []netip.Prefix) {
	slices.SortStableFunc(prefixes, func(a, b netip.Prefix) int { return a.Addr().BitLen() - b.Addr().BitLen() })
}

// place gives every subnet its range, in order.
func (b *builder) place() {
	for _, c := range b.plan.Clusters {
		b.takePinnedCIDRs(c)
	}
	for _, w := range b.requests {
		w.subnet.setDemand(w.demand.terms())
	}
	for i, w := range b.requests {
		b.placeOne(w, b.requests[i:])
	}
	for _, v := range b.plan.VNets {
		sortFamilies(v.AddressPrefixes)
		if v.Sized && len(v.Subnets) == 0 {
			b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
				Name: v.Name, For: "vnet", Path: v.Path,
				Reason: "nothing in the spec says how large it is: give it addressPrefixes, a subnet or a cluster",
			})
		}
	}
}

// takePinnedCIDRs keeps subnets off the pod and service CIDRs that a cluster pins, which may lie in its own network.
func (b *builder) takePinnedCIDRs(c *Cluster) {
	if c.Network != nil {
		b.grounds[c.Network].take(pinnedCIDRs(c.Spec)...)
	}
}

// placeOne gives one subnet its range; ahead is it and the ones after it.
func (b *builder) placeOne(w *subnetRequest, ahead []*subnetRequest) {
	s, g := w.subnet, b.grounds[w.subnet.VNet]
	bits := bitsOf(w)
	if s.pinned {
		s.AddressPrefixes = append(s.AddressPrefixes, w.pinned...)
	} else if bits == 0 {
		b.unplaced(s, aks.SmallestSubnetBits, "nothing in the spec says how large it is: give addresses, prefixLength or addressPrefix")
	} else if p, ok := g.place(bits, groupBits(ahead)); ok {
		s.AddressPrefixes = append(s.AddressPrefixes, p)
	} else {
		b.unplaced(s, bits, g.shortage(bits))
	}
	if w.dual && !slices.ContainsFunc(s.AddressPrefixes, isIPv6) {
		if p, ok := g.place6(); ok {
			s.AddressPrefixes = append(s.AddressPrefixes, p)
		} else {
			b.unplaced(s, aks.SubnetBits6, fmt.Sprintf("needs an IPv6 /%d, and %s has no IPv6 address prefix with room", aks.SubnetBits6, s.VNet.Name))
		}
	}
	s.measure()
}

func (b *builder) unplaced(s *Subnet, bits int, reason string) {
	b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
		Name: s.Name, For: string(s.Purpose) + " in " + s.VNet.Name, Addresses: s.Demand.Total, PrefixLength: bits, Reason: reason, Path: s.Path,
	})
}

// shortage says what is missing for a block of so many bits.
func (g *ground) shortage(bits int) string {
	where, pool := g.vnet.Name, g.four
	if g.vnet.Sized {
		where, pool = "addressSpace.pools", g.b.space.four
	}
	largest, any := pool.Largest()
	if !any {
		return fmt.Sprintf("needs a /%d (%d addresses), and %s has no free address", bits, ipam.PrefixSize(bits), where)
	}
	return fmt.Sprintf("needs a /%d (%d addresses), and the largest free block of %s is a /%d (%d addresses), %d short",
		bits, ipam.PrefixSize(bits), where, largest, ipam.PrefixSize(largest), ipam.PrefixSize(bits)-ipam.PrefixSize(largest))
}

// measure sets what follows from the range and the demand of a subnet.
func (s *Subnet) measure() {
	for _, p := range s.AddressPrefixes {
		if p.Addr().Is4() && !s.AddressPrefix.IsValid() {
			s.AddressPrefix = p
		}
	}
	if s.AddressPrefix.IsValid() {
		s.Usable = max(0, ipam.PrefixSize(s.AddressPrefix.Bits())-aks.ReservedPerSubnet)
	}
	s.Headroom = s.Usable - (s.Demand.Total - s.Demand.Reserved)
}
