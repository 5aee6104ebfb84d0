package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/ipam"
)

// A seat is the place that is kept for one thing of a list: for the third network in a pool, for the second cluster in
// a network. It follows from the position in the list and from the size of the space, not from what the others of the
// list are or how large they are. So whatever is added to a list, and whatever grows within its seat, moves nothing.

// half is the half of a pool in which networks have their seats.
type half int

// The halves: networks that clusters get of their own take the lower one, networks that the spec lists the upper one.
// The two lists grow independently.
const (
	ownNetworks half = iota
	listedNetworks
)

// Sizes of seats in a pool, as prefix lengths: a 64th of the pool, but nothing larger than a /16, which is what
// networks usually have at most, and at first nothing smaller than a /24. A pool has four of them at least.
const (
	seatsOfPool      = 6 // as a number of bits
	leastSeatsOfPool = 2 // likewise
	largestSeat      = 16
	usualSeat        = 24
	smallestSeat     = 28
)

// firstSeats returns the size of the first seats of a pool, and the one down to which seats are halved.
func firstSeats(pool netip.Prefix) (bits, smallest int) {
	if pool.Addr().Is6() {
		return vnetBits6, vnetBits6
	}
	bits = min(max(pool.Bits()+seatsOfPool, largestSeat), usualSeat)
	return max(bits, pool.Bits()+leastSeatsOfPool), smallestSeat
}

// poolSeat returns the n-th seat in a half of a pool, as large as the space up to the next one. It reports false when
// the pool has none.
//
//	|0-------1-------2-------3-------|  the first round
//	|0---4---1---5---2---6---3---7---|  the next round stands half-way between
func poolSeat(pool netip.Prefix, h half, n int) (netip.Prefix, bool) {
	part, ok := ipam.NthSubnet(pool, pool.Bits()+1, uint64(h))
	bits, smallest := firstSeats(pool)
	if !ok {
		return netip.Prefix{}, false
	}
	return seatIn(part, bits, smallest, n)
}

// seatIn returns the n-th seat in a range, of a size first and then of half of it, down to the smallest.
func seatIn(part netip.Prefix, bits, smallest, n int) (netip.Prefix, bool) {
	if part.Bits() > bits || bits > smallest {
		return netip.Prefix{}, false
	}
	round := 1 << (bits - part.Bits())
	if n < round {
		return ipam.NthSubnet(part, bits, uint64(n))
	}
	n -= round
	for bits++; n >= round; bits++ {
		n -= round
		round *= 2
	}
	if bits > smallest {
		return netip.Prefix{}, false
	}
	return ipam.NthSubnet(part, bits, uint64(2*n+1))
}

// roomyVNet is the size of networks that the plan sizes, at least, while their pool is large: 1,024 addresses.
const roomyVNet = 22

// leastVNet returns the size that a network with a seat gets at least: a quarter of the seat, up to roomyVNet.
func leastVNet(seat netip.Prefix) int { return max(roomyVNet, seat.Bits()+2) }

// Seats of clusters in a network, of which the first quarter is for the subnets that the network lists: the second
// quarter has up to eight. A network smaller than seatedBits has none.
const (
	seatedBits  = 22
	seatsOfVNet = 5  // a seat is a 32nd of the network, as a number of bits,
	clusterSeat = 25 // but not smaller than this
)

// clusterSeatIn returns the n-th seat for a cluster in a network. A network that a cluster got of its own is a seat.
func clusterSeatIn(network netip.Prefix, v *VNet, n int) (netip.Prefix, bool) {
	if v.Spec == nil {
		return network, n == 0
	}
	if network.Bits() > seatedBits {
		return netip.Prefix{}, false
	}
	bits := min(network.Bits()+seatsOfVNet, clusterSeat)
	quarter := 1 << (bits - network.Bits() - 2)
	if n >= quarter {
		return netip.Prefix{}, false
	}
	first := quarter
	if v.lastFit() {
		first = 2 * quarter
	}
	return ipam.NthSubnet(network, bits, uint64(first+n))
}
