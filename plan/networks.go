package plan

import (
	"fmt"
	"iter"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// networks places the subnets of all networks, and the networks that the plan sizes.
type networks struct {
	pools vnetPools
	// open4 and open6 are what the spec does not reserve, by family.
	open4, open6 *ipam.Pool
	requests     map[*VNet][]*subnetRequest
	// inUse is, by network, the CIDRs that its clusters pin.
	inUse map[*VNet][]netip.Prefix
	// taken is what networks cannot be carved from; anywhere is whether the spec names no pools for them.
	taken    []netip.Prefix
	anywhere bool
	// asked is what the plan gives up from the start; tightness is what it comes to give up.
	asked, tightness Tightness
	// spilling is, by network, the subnets for which its seat has no space.
	spilling map[*VNet][]*subnetRequest
	// seats6 is, by network, its seats in the IPv6 pools, which it has even if it has no use for them yet.
	seats6 map[*VNet]iter.Seq2[*area, netip.Prefix]
}

// place gives every subnet its range and adds up what the networks hold.
func (b *builder) place() {
	taken := b.ranges.taken()
	n := &networks{
		pools: newPools(b.spec, taken), requests: b.requestsByVNet(), inUse: b.ranges.pinnedIn(), taken: taken,
		anywhere: len(
			b.spec.AddressSpace.Pools,
		) == 0, asked: b.plan.Tightness, tightness: b.plan.Tightness, spilling: map[*VNet][]*subnetRequest{},
		seats6: map[*VNet]iter.Seq2[*area, netip.Prefix]{},
	}
	n.open4, n.open6 = openPools(append(b.ranges.reserved(), b.ranges.foreign(aks.UseVNet)...))
	for _, v := range b.plan.VNets {
		if v.Sized {
			n.holdPins(v)
		}
	}
	for _, v := range b.plan.VNets {
		if v.Sized {
			n.seats6[v] = seatsIn(n.pools.of(v, true), v)
		}
		switch {
		case v.InIPAMPool():
			n.allocate(v)
		case v.held:
			n.keep(v)
		case v.Sized:
			n.size(v)
		default:
			n.fill(v)
		}
	}
	for _, v := range b.plan.VNets {
		if n.spilling[v] != nil {
			n.spill(v)
		}
		if v.Sized {
			n.moveToStatics(v, unpinned(n.requests[v]))
		}
		if v.Sized || v.InIPAMPool() && !v.Existing {
			b.unplacedVNet(v)
		}
		n.place6(v)
	}
	b.plan.Tightness = n.tightness
	for _, r := range b.requests {
		b.settle(r)
	}
	for _, v := range b.plan.VNets {
		sortFamilies(v.AddressPrefixes)
		n.finish(v)
	}
}

// requestsByVNet returns the subnets that need a range, by network, in their order.
func (b *builder) requestsByVNet() map[*VNet][]*subnetRequest {
	out := map[*VNet][]*subnetRequest{}
	for _, r := range b.requests {
		v := r.subnet.VNet
		out[v] = append(out[v], r)
	}
	return out
}

// holdPins has a network that the plan sizes hold the subnets that the spec pins in it.
func (n *networks) holdPins(v *VNet) {
	for _, r := range n.requests[v] {
		n.hold(v, r.pinned...)
	}
}

func (n *networks) hold(v *VNet, prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() && !v.holds(p) {
			n.pools.take(p)
			v.AddressPrefixes = append(v.AddressPrefixes, p)
		}
	}
}

// holds reports whether a range is in one of the network's address prefixes.
func (v *VNet) holds(p netip.Prefix) bool {
	return slices.ContainsFunc(v.AddressPrefixes, func(own netip.Prefix) bool { return ipam.Covers(own, p) })
}

// fill places subnets in the address prefixes that a network has.
func (n *networks) fill(v *VNet) {
	l := newLayout(v, v.AddressPrefixes, n.open4)
	l.take(n.foreign(v)...)
	if n.asked > Spacious {
		l.repack(n.requests[v])
	} else {
		l.place(n.requests[v])
	}
	l.moveToStatics(n.requests[v])
}

// keep places subnets in the blocks that a network has already, and gives it another one for those that have no place.
func (n *networks) keep(v *VNet) {
	v.how = "held in the ledger"
	n.fill(v)
	if rest := unplaced(unpinned(n.requests[v])); len(rest) > 0 {
		n.spilling[v] = rest
	}
}

// foreign returns the ranges of a network that others than its listed subnets have.
func (n *networks) foreign(v *VNet) []netip.Prefix {
	out := slices.Clone(n.inUse[v])
	for _, r := range n.requests[v] {
		if r.rank != ofList {
			out = append(out, r.pinned...)
		}
	}
	return out
}

// place6 gives the dual-stack subnets of a network an IPv6 range: by their numbers, which leaves a place for everything
// that may come between them.
func (n *networks) place6(v *VNet) {
	wants := func(r *subnetRequest) bool { return r.dual && !slices.ContainsFunc(r.pinned, isIPv6) }
	if !slices.ContainsFunc(n.requests[v], wants) {
		return
	}
	l := newLayout(v, v.AddressPrefixes, n.open6)
	for _, r := range n.requests[v] {
		l.take(r.pinned...)
	}
	for _, r := range n.requests[v] {
		if !wants(r) {
			continue
		}
		if len(l.areas) == 0 && v.Sized {
			l = n.own6(v)
		}
		place := func(_ int, s *area) (netip.Prefix, bool) { return s.place6(r) }
		if r.at6, _ = l.find(place); !r.at6.IsValid() {
			if r.shortage6 = noPool6(v); r.shortage6 != "" {
				continue
			}
			r.shortage6 = fmt.Sprintf(
				"needs an IPv6 /%d, and %s has no free IPv6 address prefix",
				aks.SubnetBits6,
				v.Name,
			)
		}
	}
}

// own6 gives a network an IPv6 block.
func (n *networks) own6(v *VNet) *layout {
	for pool, seat := range n.seats6[v] {
		if p, ok := pool.carve(v, seat, vnetBits6); ok {
			n.own(v, p)
			return newLayout(v, []netip.Prefix{p}, n.open6)
		}
	}
	return &layout{vnet: v}
}

// Numbers of IPv6 subnets: each list has 256, of which each rank has 64.
const (
	subnets6PerList = 256
	subnets6PerRank = 64
)

// place6 takes the IPv6 range with the number of a subnet, else the first one that is free.
func (s *area) place6(r *subnetRequest) (netip.Prefix, bool) {
	number := r.place
	if r.rank != ofList {
		number = (r.seat+1)*subnets6PerList + int(r.rank)*subnets6PerRank + r.place
	}
	if p, ok := ipam.NthSubnet(s.prefix, aks.SubnetBits6, uint64(number)); ok && s.at(p) {
		return p, true
	}
	return s.fit(aks.SubnetBits6, ipam.FirstFit)
}

// sortFamilies puts the IPv4 prefixes in front of the IPv6 ones, otherwise as they were.
func sortFamilies(prefixes []netip.Prefix) {
	slices.SortStableFunc(prefixes, func(a, b netip.Prefix) int { return a.Addr().BitLen() - b.Addr().BitLen() })
}

// finish adds up what a network holds and what its subnets take.
func (n *networks) finish(v *VNet) {
	l := newLayout(v, v.AddressPrefixes, n.open4)
	l.take(n.inUse[v]...)
	for _, s := range v.Subnets {
		l.take(s.AddressPrefixes...)
		v.UsedAddresses += s.addresses()
	}
	for _, p := range v.AddressPrefixes {
		if p.Addr().Is4() {
			v.Addresses += ipam.PrefixSize(p.Bits())
		}
	}
	if !v.InIPAMPool() {
		v.FreePrefixes = append(v.FreePrefixes, l.freePrefixes()...)
	}
}

// freePrefixes returns what nothing has, sorted.
func (l *layout) freePrefixes() []netip.Prefix {
	var b ipam.Builder
	for _, s := range l.areas {
		for _, p := range s.free.Free() {
			b.Add(p)
		}
	}
	return slices.Collect(b.Set().Prefixes())
}
