package plan

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// layout places the subnets of one network in its areas. A later area is used only when no earlier one has room.
//
// What the network lists is placed as if the list had been written entry by entry: each subnet takes the best fitting
// block of what its forerunners left, and whatever a pin displaces finds another place at that point of the list. So an
// entry at the end moves only what it is pinned onto. Best fit places a list whenever it can be placed (see package
// ipam), as long as pins and ranges in use come before what they confine.
//
// Subnets of clusters do not wait for that list: they have seats behind its quarter of the network, and where those do
// not do, the end of the network, so that neither list moves the other while there is space.
type layout struct {
	vnet  *VNet
	areas []*area
	// blind holds, by area, what the listed subnets alone leave: they look where they would be if nothing else were in
	// the network, so that a range which touches none of them moves none of them.
	blind map[*area]*ipam.Pool
	// endless is whether the network has no size yet: when an area is full, another one of the size of all follows, up to
	// a network of the size widest.
	endless bool
	widest  int
	// full is whether there are no more of them, so that subnets of clusters look between the seats too.
	full bool
}

// newLayout returns the layout of a network in its address prefixes, of which the part in open is free.
func newLayout(v *VNet, prefixes []netip.Prefix, open *ipam.Pool) *layout {
	l := &layout{vnet: v, blind: map[*area]*ipam.Pool{}}
	for _, p := range prefixes {
		if p.IsValid() && p.Addr().Is6() == open.Is6() {
			s := areaOf(p, open)
			for _, earlier := range l.areas {
				s.take(earlier.prefix)
			}
			if !s.free.IsFree(p) {
				l.blind[s] = ipam.MustPool(p)
			}
			l.areas = append(l.areas, s)
		}
	}
	return l
}

// endlessLayout returns the layout of a network that has no size yet, at address 0. It starts with an area that has
// seats for clusters, and grows up to the size widest.
func endlessLayout(v *VNet, widest int) *layout {
	l := &layout{vnet: v, endless: true, widest: widest}
	l.add(netip.PrefixFrom(netip.IPv4Unspecified(), max(roomyVNet, widest)))
	return l
}

func (l *layout) add(p netip.Prefix) {
	l.areas = append(l.areas, &area{prefix: p, free: ipam.MustPool(p)})
}

// take marks ranges as in use by something that the network does not list.
func (l *layout) take(prefixes ...netip.Prefix) {
	for _, s := range l.areas {
		for _, p := range prefixes {
			if !p.IsValid() || !p.Overlaps(s.prefix) {
				continue
			}
			if l.blind[s] == nil {
				l.blind[s] = ipam.MustPool(s.prefix)
			}
			s.take(p)
		}
	}
}

// find calls place with one area after the other until it finds a range.
func (l *layout) find(place func(n int, s *area) (netip.Prefix, bool)) (netip.Prefix, bool) {
	for n := 0; ; n++ {
		if n == len(l.areas) {
			if !l.endless || l.full {
				return netip.Prefix{}, false
			}
			if next := following(l.areas); offset(next) < ipam.PrefixSize(l.widest) {
				l.add(next)
			} else {
				l.full, n = true, 0
			}
		}
		if p, ok := place(n, l.areas[n]); ok {
			return p, true
		}
	}
}

// following returns the area that doubles those of an endless layout.
//
//	|0|1|-2-|---3---|
func following(areas []*area) netip.Prefix {
	last := areas[len(areas)-1].prefix
	if len(areas) > 1 {
		last = netip.PrefixFrom(last.Addr(), last.Bits()-1).Masked()
	}
	return buddy(last)
}

// place finds ranges for the subnets of the network: first for those that it lists, then for those of clusters.
func (l *layout) place(requests []*subnetRequest) {
	requests = inOrder(requests)
	n, _ := slices.BinarySearchFunc(
		requests,
		ofFirstPool,
		func(r *subnetRequest, rank rank) int { return int(r.rank - rank) },
	)
	for i, r := range requests[:n] {
		if len(r.pinned) > 0 {
			l.pin(r, requests[:i])
		} else if r.bits > 0 {
			l.choose(r, l.listed)
		}
	}
	for _, r := range requests[n:] {
		if len(r.pinned) == 0 && r.bits > 0 {
			l.choose(r, l.ofCluster)
		}
	}
}

// inOrder returns the subnets of a network in the order in which they get their ranges.
func inOrder(requests []*subnetRequest) []*subnetRequest {
	return slices.SortedStableFunc(slices.Values(requests), func(a, b *subnetRequest) int {
		return cmp.Or(int(a.rank-b.rank), a.order()-b.order())
	})
}

// order is the order of subnets of one rank: those of further pools come by the number of the pool, so that a pool at
// the end of one cluster does not precede the pools of the next.
func (r *subnetRequest) order() int {
	if r.rank == ofFurtherPool {
		return r.place
	}
	return 0
}

// choose finds a range for a subnet, of the size that it asks for or else of the largest one that there is room for.
func (l *layout) choose(r *subnetRequest, place func(r *subnetRequest, bits, n int, s *area) (netip.Prefix, bool)) {
	wanted, least := l.wanted(r), r.least
	if l.endless {
		least = wanted
	}
	l.full = false
	r.at, _ = l.find(func(n int, s *area) (p netip.Prefix, ok bool) {
		for bits := wanted; bits <= least && !ok; bits++ {
			p, ok = place(r, bits, n, s)
		}
		return p, ok
	})
	if !r.at.IsValid() {
		r.shortage = shortageIn(r.least, l.vnet.Name, l.areas)
	}
}

// wanted returns the size that a subnet asks for: with room for growth only while the ones up to it take no more than a
// quarter of the network with such room, so that what comes later has a place.
func (l *layout) wanted(r *subnetRequest) int {
	if l.endless || len(l.areas) == 0 {
		return r.bits
	}
	upTo := r.seat + 1
	if r.rank == ofList {
		upTo = r.place + 1
	}
	if more := r.bits - l.areas[0].prefix.Bits(); more < 0 || upTo*shareOfRoom > 1<<min(more, 30) {
		return r.least
	}
	return r.bits
}

// shareOfRoom is what part of a network subnets may have together, at most, when each has room for growth: a quarter.
const shareOfRoom = 4

// pin marks the ranges of a pinned subnet of the list. Subnets before it that are in one of them move.
func (l *layout) pin(r *subnetRequest, before []*subnetRequest) {
	var moving []*subnetRequest
	for _, p := range r.pinned {
		if !p.IsValid() || l.free(p) {
			continue
		}
		for _, d := range before {
			if len(d.pinned) == 0 && d.at.IsValid() && d.at.Overlaps(p) {
				l.release(d.at)
				d.at = netip.Prefix{}
				moving = append(moving, d)
			}
		}
	}
	for _, s := range l.areas {
		for _, p := range r.pinned {
			if p.IsValid() && p.Overlaps(s.prefix) {
				l.takeListed(s, p)
			}
		}
	}
	for _, d := range moving {
		l.choose(d, l.listed)
		d.subnet.how = "moved out of the range of " + r.subnet.Name
	}
}

func (l *layout) free(p netip.Prefix) bool {
	return slices.ContainsFunc(l.areas, func(s *area) bool { return s.free.IsFree(p) })
}

// release gives a range back to the first area that holds it: where address prefixes overlap, it stays taken in others.
func (l *layout) release(p netip.Prefix) {
	for _, s := range l.areas {
		if ipam.Covers(s.prefix, p) {
			s.release(p)
			if b := l.blind[s]; b != nil {
				giveBack(b, p)
			}
			return
		}
	}
}

func (l *layout) takeListed(s *area, p netip.Prefix) {
	s.take(p)
	if b := l.blind[s]; b != nil {
		b.Reserve(p)
	}
}

// listed places a subnet of the list in an area.
func (l *layout) listed(r *subnetRequest, bits, _ int, s *area) (netip.Prefix, bool) {
	strategy := ipam.BestFit
	r.subnet.how = "the best fitting block of what the subnets listed before it leave"
	if l.vnet.lastFit() {
		strategy = ipam.LastFit
		r.subnet.how = "the last block of what the subnets listed before it leave"
	}
	blind := l.blind[s]
	if blind != nil {
		p, ok := blind.AllocateWith(bits, strategy)
		switch {
		case !ok:
			return p, false
		case s.at(p):
			return p, true
		}
		mustRelease(blind, p)
	}
	p, ok := s.fit(bits, strategy)
	if ok && blind != nil {
		blind.Reserve(p)
	}
	return p, ok
}

// ofCluster places a subnet of a cluster in an area: in the seat of the cluster, else at the end of the network. What a
// cluster may get at any time looks from the middle of the network instead.
func (l *layout) ofCluster(r *subnetRequest, bits, n int, s *area) (netip.Prefix, bool) {
	if n == 0 {
		r.subnet.how = "the place that the network keeps for each cluster"
		if p, ok := l.inSeat(r, bits, s); ok || l.endless && !l.full {
			return p, ok
		}
	}
	if l.vnet.Spec == nil {
		r.subnet.how = "the first free block"
		return s.fit(bits, ipam.FirstFit)
	}
	if r.rank != ofFirstPool && !l.vnet.lastFit() {
		if p, ok := l.besideMiddle(r, bits, n, s); ok {
			r.subnet.how = "a free block beside the middle of the network"
			return p, true
		}
	}
	r.subnet.how = "the last free block"
	return s.fit(bits, ipam.LastFit)
}

// besideMiddle takes a block beside the middle of an area: behind it for a further pool, and before it for what a
// setting asks for, or before the seats where those are.
func (l *layout) besideMiddle(r *subnetRequest, bits, n int, s *area) (netip.Prefix, bool) {
	if r.rank == ofFurtherPool {
		return s.fitHalf(1, bits, ipam.FirstFit)
	}
	if _, seats := clusterSeatIn(s.prefix, l.vnet, 0); seats && n == 0 {
		return s.fitIn(s.part(s.prefix.Bits()+2, 0), bits, ipam.LastFit)
	}
	return s.fitHalf(0, bits, ipam.LastFit)
}

// inSeat places a subnet in the seat of its cluster. The subnets of the first pool have the first half of the seat, and
// stay there while they grow; those of further pools have the third quarter, and what settings ask for has the last.
func (l *layout) inSeat(r *subnetRequest, bits int, s *area) (netip.Prefix, bool) {
	seat, ok := clusterSeatIn(s.prefix, l.vnet, r.seat)
	if !ok || bits <= seat.Bits() {
		return netip.Prefix{}, false
	}
	part, n := seat.Bits()+2, 3
	switch r.rank {
	case ofFirstPool:
		part, n = seat.Bits()+1, 0
	case ofFurtherPool:
		n = 2
	}
	p, _ := ipam.NthSubnet(seat, part, uint64(n))
	return s.fitIn(p, bits, ipam.FirstFit)
}

// lastFit reports whether subnets are placed from the end of the network.
func (v *VNet) lastFit() bool { return v.Spec != nil && v.Spec.Placement == spec.LastFit }
