package validate

import (
	"cmp"
	"net/netip"
	"slices"
	"sort"

	"github.com/aksnet/aksnet/plan"
)

// rangeIndex finds the ranges that overlap another one without looking at all of them: two prefixes either nest or
// are disjoint.
type rangeIndex struct {
	sorted []plan.RangeOwner
	at     map[netip.Prefix][]int
}

func newRangeIndex(ranges []plan.RangeOwner) *rangeIndex {
	x := &rangeIndex{at: make(map[netip.Prefix][]int, len(ranges))}
	for _, h := range ranges {
		if h.Prefix.IsValid() {
			x.sorted = append(x.sorted, h)
		}
	}
	slices.SortStableFunc(x.sorted, func(a, b plan.RangeOwner) int {
		return cmp.Or(a.Prefix.Addr().Compare(b.Prefix.Addr()), cmp.Compare(a.Prefix.Bits(), b.Prefix.Bits()))
	})
	for i, h := range x.sorted {
		x.at[h.Prefix] = append(x.at[h.Prefix], i)
	}
	return x
}

// overlapping returns the ranges that overlap q: those that contain it, largest first, then those inside it, by
// address.
func (x *rangeIndex) overlapping(q netip.Prefix) (out []plan.RangeOwner) {
	if !q.IsValid() || len(x.sorted) == 0 {
		return nil
	}
	for bits := range q.Bits() {
		for _, i := range x.at[netip.PrefixFrom(q.Addr(), bits).Masked()] {
			out = append(out, x.sorted[i])
		}
	}
	from := sort.Search(len(x.sorted), func(i int) bool { return x.sorted[i].Prefix.Addr().Compare(q.Addr()) >= 0 })
	for _, h := range x.sorted[from:] {
		if !q.Contains(h.Prefix.Addr()) {
			break
		}
		if h.Prefix.Bits() >= q.Bits() {
			out = append(out, h)
		}
	}
	return out
}
