package ipam

import (
	"net/netip"
	"slices"
)

// Place takes a prefix of each length from pool, the largest first and equals in the order given,
// each by BestFit. The answers stand in the order of lengths; one that found no room is the zero
// Prefix. Whatever can be placed together is placed.
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

// Sequence puts a prefix of each length into p one behind the other, each at the next address its
// alignment allows; what that leaves in between stays empty. Lengthening the list moves nothing.
// It reports false when p is full before the list is done.
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
		// Nothing may go back into the gap before it.
		pool.reserve(blockOf(p).addr, blockOf(got).last())
		placed = append(placed, got)
	}
	return placed, true
}
