package plan

import (
	"iter"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/ipam"
)

// poolsKey is where networks that the plan sizes come from.
const poolsKey = "addressSpace.pools"

// largestVNet is the largest network that the plan sizes, as a prefix length.
const largestVNet = 8

// size gives a network without address prefixes one block for all subnets that are not pinned, or one of the size that
// the spec asks for.
func (n *networks) size(v *VNet) {
	pools := n.pools.of(v, false)
	seats := seatsIn(pools, v)
	if v.Spec != nil && v.Spec.PrefixLength > 0 {
		n.sizeAsAsked(v, v.Spec.PrefixLength, seats)
		return
	}
	rest := unpinned(n.requests[v])
	if n.asked == Spacious {
		rest = n.sizeWithRoom(v, rest, seats)
	}
	if n.spilling[v] == nil && len(rest) > 0 && !n.sizeToFit(v, rest, pools) {
		n.scatter(v, rest, pools)
	}
}

// spill gives a network that has outgrown its first block a second one, after all networks have their first.
func (n *networks) spill(v *VNet) {
	pools, rest := n.pools.of(v, false), n.spilling[v]
	for _, pool := range pools {
		rest = n.inOneBlock(v, rest, pool, spillSeat(pool.prefix, v.half(), v.seat), smallestSeat)
	}
	if len(rest) > 0 && !n.sizeToFit(v, rest, pools) {
		n.scatter(v, rest, pools)
	}
}

// spillSeat returns the seat for the second block of the n-th network in a half of a pool: seats from the end of the
// half, which networks reach last.
func spillSeat(pool netip.Prefix, h half, n int) netip.Prefix {
	bits, _ := firstSeats(pool)
	if last := 1<<max(0, bits-pool.Bits()-1) - 1; 2*n < last {
		seat, _ := poolSeat(pool, h, last-n)
		return seat
	}
	return netip.Prefix{}
}

// unpinned returns the requests for which the plan chooses an IPv4 range.
func unpinned(requests []*subnetRequest) (out []*subnetRequest) {
	for _, r := range requests {
		if len(r.pinned) == 0 && r.bits > 0 {
			out = append(out, r)
		}
	}
	return out
}

// sizeAsAsked gives a network one block of a prefix length, and places its subnets in it.
func (n *networks) sizeAsAsked(v *VNet, bits int, seats iter.Seq2[*area, netip.Prefix]) {
	v.shortage = shortageIn(bits, poolsKey, n.pools.of(v, false))
	for pool, seat := range seats {
		if p, ok := pool.carve(v, seat, bits); ok {
			n.own(v, p)
			v.shortage = ""
			break
		}
	}
	n.fill(v)
}

// own gives a network a block of the pools.
func (n *networks) own(v *VNet, p netip.Prefix) {
	n.pools.take(p)
	v.AddressPrefixes = append(v.AddressPrefixes, p)
}

// sizeWithRoom gives a network one block with as much space again as its subnets take, or less where a pool has no
// larger one. It returns the subnets that have no place then.
//
// The block stays where it is while the network grows up to its seat, or, of a network that began larger than its seat,
// up to twice of what it began with. What comes after that goes to a second block.
func (n *networks) sizeWithRoom(v *VNet, rest []*subnetRequest, seats iter.Seq2[*area, netip.Prefix]) []*subnetRequest {
	for pool, seat := range seats {
		if len(rest) == 0 {
			break
		}
		if !seat.IsValid() {
			continue
		}
		floor, most := leastVNet(seat), seat.Bits()
		if began := beganWith(rest); began < most {
			seat, floor, most = netip.Prefix{}, began, began
		}
		endlessLayout(v, most).place(rest)
		if len(unplaced(rest)) > 0 {
			floor = most
		}
		least, roomy := extent(rest, floor)
		for bits := max(roomy, most); bits <= least; bits++ {
			if !pool.affords(v, bits) {
				continue
			}
			if p, ok := pool.carve(v, seat, bits); ok {
				n.spilling[v] = n.moveInto(v, p, rest)
				return nil
			}
		}
	}
	return rest
}

// affords reports whether a pool has so much space that a network and those before it can have blocks of a size: half
// of it at most. Others take no more than they need, so that what comes later has a place.
func (a *area) affords(v *VNet, bits int) bool {
	return bits > a.prefix.Bits() && v.seat+1 <= 1<<min(bits-a.prefix.Bits()-1, 30)
}

// unplaced returns the requests that have no place.
func unplaced(requests []*subnetRequest) (out []*subnetRequest) {
	for _, r := range requests {
		if !r.at.IsValid() {
			out = append(out, r)
		}
	}
	return out
}

// beganWith returns the size of a block that holds what a network began with, with as much space again: its first
// subnet, or all that its first cluster needs with its first pool.
func beganWith(requests []*subnetRequest) int {
	sorted := inOrder(requests)
	sum := 0
	for i, r := range sorted {
		if i == 0 || r.rank == ofFirstPool && sorted[0].rank == ofFirstPool && r.seat == sorted[0].seat {
			sum += ipam.PrefixSize(r.bits)
		}
	}
	return BitsFor(2 * sum)
}

// inOneBlock gives a network a block of a pool for subnets, not smaller than floor. It returns the subnets that have no
// place then.
func (n *networks) inOneBlock(
	v *VNet,
	rest []*subnetRequest,
	pool *area,
	seat netip.Prefix,
	floor int,
) []*subnetRequest {
	if len(rest) == 0 {
		return nil
	}
	endlessLayout(v, largestVNet).place(rest)
	least, roomy := extent(rest, floor)
	for bits := roomy; bits <= least; bits++ {
		if p, ok := pool.carve(v, seat, bits); ok {
			return n.moveInto(v, p, rest)
		}
	}
	return rest
}

// extent returns the size of a block at address 0 that holds what was placed, and of one with as much space again, but
// not smaller than floor.
func extent(requests []*subnetRequest, floor int) (least, roomy int) {
	end, sum := 1, 0
	for _, r := range requests {
		if r.at.IsValid() {
			size := ipam.PrefixSize(r.at.Bits())
			end = max(end, offset(r.at)+size)
			sum += size
		}
	}
	least = BitsFor(end)
	return least, min(least, BitsFor(2*sum), floor)
}

// offset returns an IPv4 range's first address as a number.
func offset(p netip.Prefix) int {
	a := p.Addr().As4()
	return int(a[0])<<24 | int(a[1])<<16 | int(a[2])<<8 | int(a[3])
}

// moveInto gives a network a block, and moves into it the subnets that were placed from address 0 on. It returns those
// that have no place.
func (n *networks) moveInto(v *VNet, block netip.Prefix, requests []*subnetRequest) (rest []*subnetRequest) {
	n.own(v, block)
	for _, r := range requests {
		if r.at.IsValid() {
			r.at, _ = ipam.NthSubnet(block, r.at.Bits(), uint64(offset(r.at)>>(32-r.at.Bits())))
		}
	}
	return unplaced(requests)
}

// sizeToFit gives a network the smallest block that holds its subnets in the sizes that they need.
func (n *networks) sizeToFit(v *VNet, requests []*subnetRequest, pools []*area) bool {
	if n.asked == ToTheAddress {
		return false
	}
	sum := 0
	for _, r := range requests {
		sum += ipam.PrefixSize(r.least)
	}
	for _, pool := range pools {
		p, ok := pool.fit(BitsFor(sum), ipam.BestFit)
		if !ok {
			continue
		}
		n.tighten(NothingSpare)
		v.how = "the best fitting block, without room to grow"
		n.own(v, p)
		block := ipam.MustPool(p)
		for _, r := range requests {
			r.at, _ = block.Allocate(r.least)
			r.subnet.how = v.how
		}
		return true
	}
	return false
}

// tighten records what a network had to give up.
func (n *networks) tighten(t Tightness) { n.tightness = max(n.tightness, t) }

// scatter gives every subnet a block of the pools for itself, in a network for which they have none that holds all of
// them.
func (n *networks) scatter(v *VNet, requests []*subnetRequest, pools []*area) {
	n.tighten(ToTheAddress)
	v.how = "several blocks, since none holds all of its subnets"
	var own []netip.Prefix
	for _, r := range requests {
		r.at = netip.Prefix{}
		for _, pool := range pools {
			if p, ok := pool.fit(r.least, ipam.BestFit); ok {
				r.at, r.subnet.how = p, "the best fitting block of the pools"
				n.pools.take(p)
				own = append(own, p)
				break
			}
		}
		if !r.at.IsValid() {
			r.shortage = shortageIn(r.least, poolsKey, pools)
		}
	}
	v.AddressPrefixes = append(v.AddressPrefixes, slices.Collect(ipam.SetOf(own...).Prefixes())...)
}
