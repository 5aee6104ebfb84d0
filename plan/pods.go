package plan

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// podLayers hands out pod CIDRs from podPools: from a further copy of the pools once the first is full. A later pool is
// used only when no earlier one has room.
//
// Each cluster has a seat in the first pool, see poolSeat, so that no cluster moves the pods of another when it grows.
type podLayers struct {
	pools []netip.Prefix
	// open is what no network has, nor AKS or the spec keeps.
	open   *ipam.Pool
	layers []layer
	// full is, by size, how many layers have no such block any more: the first ones, since blocks never come back.
	full map[int]int
	// seated is whether clusters have seats; else each takes the best fitting block.
	seated bool
}

// newPodLayers returns the layers of a spec; nil when it names no pools for pods.
func newPodLayers(r *Ranges, seated bool) *podLayers {
	pools := IPv4(r.spec.AddressSpace.PodPools)
	if len(pools) == 0 {
		return nil
	}
	open, _ := openPools(append(r.avoidedByAll(aks.UsePod), r.pinned()...))
	return &podLayers{pools: pools, open: open, full: map[int]int{}, seated: seated}
}

// layer is one copy of the pools.
type layer []*area

// has reports whether a pool of the layer has a block of a prefix length.
func (l layer) has(bits int) bool {
	return slices.ContainsFunc(l, func(pool *area) bool {
		_, ok := pool.free.Fit(bits)
		return ok
	})
}

// podRequest is what a cluster asks of the pools: a block of wide bits, or else of narrow bits, that is clear. Number
// is that of the cluster in the spec. Only with mayRepeat it may be one that another cluster has.
type podRequest struct {
	number, wide, narrow int
	clear                func(netip.Prefix) bool
	mayRepeat            bool
}

func (l *podLayers) allocate(r podRequest) (netip.Prefix, bool) {
	for i := l.firstWith(r.narrow); i == 0 || r.mayRepeat; i++ {
		fresh := i == len(l.layers)
		if fresh {
			l.layers = append(l.layers, l.layer())
		}
		for j, pool := range l.layers[i] {
			number := pool.asked[0]
			if pool.asked[0]++; i == 0 && j == 0 {
				number = r.number
			}
			if p, ok := l.allocateIn(pool, number, r); ok {
				return p, true
			}
		}
		if fresh {
			l.layers = l.layers[:i]
			break
		}
	}
	return netip.Prefix{}, false
}

// firstWith returns the first layer that has a block of a prefix length, or the one that follows all.
func (l *podLayers) firstWith(bits int) int {
	for l.full[bits] < len(l.layers) && !l.layers[l.full[bits]].has(bits) {
		l.full[bits]++
	}
	return l.full[bits]
}

// allocateIn takes the block of a cluster from a pool: in its seat, with as much room as the seat has, else from the
// end of the pool.
func (l *podLayers) allocateIn(pool *area, number int, r podRequest) (p netip.Prefix, ok bool) {
	sizes, strategy := []int{r.wide, r.narrow}, ipam.BestFit
	if l.seated {
		strategy = ipam.LastFit
		if usual := podSeatBits(pool.prefix) + 2; r.narrow >= usual {
			// A quarter of a first seat does, so that a larger number of nodes changes nothing until it is used up.
			sizes = []int{usual, r.wide, r.narrow}
		}
		if seat, has := podSeat(pool.prefix, number); has && r.narrow >= seat.Bits() {
			p = netip.PrefixFrom(seat.Addr(), max(seat.Bits(), sizes[0]))
			if r.clear(p) && pool.at(p) {
				return p, true
			}
		}
	}
	for _, bits := range sizes {
		if p, ok = allocateClear(pool.free, bits, strategy, r.clear); ok {
			break
		}
	}
	return p, ok
}

// seatsOfPodPool is how many seats a pool has for pods at first, as a number of bits.
const seatsOfPodPool = 4

// podSeatBits returns the size of the first seats for pods in a pool.
func podSeatBits(pool netip.Prefix) int { return max(pool.Bits()+seatsOfPodPool, defaultCIDRBits) }

// podSeat returns the seat of the n-th cluster in a pool; false when it has none.
func podSeat(pool netip.Prefix, n int) (netip.Prefix, bool) {
	return seatIn(pool, podSeatBits(pool), aks.PodBlockBits, n)
}

func (l *podLayers) layer() layer {
	out := make(layer, len(l.pools))
	for i, p := range l.pools {
		out[i] = areaOf(p, l.open)
		for _, earlier := range out[:i] {
			out[i].take(earlier.prefix)
		}
	}
	return out
}

// allocateClear takes a block that is clear. Blocks that are not go back.
func allocateClear(
	pool *ipam.Pool,
	bits int,
	how ipam.Strategy,
	clear func(netip.Prefix) bool,
) (found netip.Prefix, ok bool) {
	var back []netip.Prefix
	for {
		p, more := pool.AllocateWith(bits, how)
		if !more {
			break
		}
		if clear(p) {
			found, ok = p, true
			break
		}
		back = append(back, p)
	}
	for _, p := range back {
		mustRelease(pool, p)
	}
	return found, ok
}
