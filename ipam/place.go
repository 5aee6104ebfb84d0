package ipam

import (
	"net/netip"
	"slices"
)

// Place allocates a prefix of each length from pool with BestFit, the largest first and equal lengths in the given
// order. The results are in the order of lengths; a length that did not fit gives the zero Prefix. If all lengths fit
// together, all are placed.
func Place(pool *Pool, lengths []int) []netip.Prefix {
	order := make([]int, len(lengths))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return lengths[a] - lengths[b] })
	placed := make([]netip.Prefix, len(lengths))
	for _, i := range order {
		placed[i], _ = pool.Allocate(lengths[i])
	}
	return placed
}

// Sequence places a prefix of each length in p one after the other, each at the next address that its alignment allows;
// gaps stay empty. Appending to the list moves nothing. It reports false when p is full before the end of the list.
func Sequence(p netip.Prefix, lengths []int) ([]netip.Prefix, bool) {
	pool, err := NewPool(p)
	if err != nil {
		return nil, false
	}
	placed := make([]netip.Prefix, 0, len(lengths))
	for _, length := range lengths {
		got, ok := pool.AllocateWith(length, FirstFit)
		if !ok {
			return placed, false
		}
		// Nothing may be placed in the gap before it.
		pool.reserve(blockOf(p).addr, blockOf(got).last())
		placed = append(placed, got)
	}
	return placed, true
}
