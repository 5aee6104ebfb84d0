package validate

import (
	"cmp"
	"net/netip"
	"slices"
	"sort"
)

// held is a range that somebody holds.
type held struct {
	prefix netip.Prefix
	kind   holder
	name   string
	path   string
}

// holder is what holds a range.
type holder string

const (
	inSubnet   holder = "subnet"
	inSpace    holder = "address space of network"
	inPeer     holder = "peered network"
	inReserved holder = "reserved range"
)

// index finds the ranges that overlap another one, without looking at all of them: prefixes nest or do not meet.
type index struct {
	sorted []held
	at     map[netip.Prefix][]int
}

func newIndex(ranges []held) *index {
	x := &index{at: make(map[netip.Prefix][]int, len(ranges))}
	for _, h := range ranges {
		if h.prefix.IsValid() {
			x.sorted = append(x.sorted, h)
		}
	}
	slices.SortStableFunc(x.sorted, func(a, b held) int {
		return cmp.Or(a.prefix.Addr().Compare(b.prefix.Addr()), cmp.Compare(a.prefix.Bits(), b.prefix.Bits()))
	})
	for i, h := range x.sorted {
		x.at[h.prefix] = append(x.at[h.prefix], i)
	}
	return x
}

// overlapping returns what overlaps q: what holds it, largest first, then what it holds, by address.
func (x *index) overlapping(q netip.Prefix) (out []held) {
	if !q.IsValid() || len(x.sorted) == 0 {
		return nil
	}
	for bits := range q.Bits() {
		for _, i := range x.at[netip.PrefixFrom(q.Addr(), bits).Masked()] {
			out = append(out, x.sorted[i])
		}
	}
	from := sort.Search(len(x.sorted), func(i int) bool { return x.sorted[i].prefix.Addr().Compare(q.Addr()) >= 0 })
	for _, h := range x.sorted[from:] {
		if !q.Contains(h.prefix.Addr()) {
			break
		}
		if h.prefix.Bits() >= q.Bits() {
			out = append(out, h)
		}
	}
	return out
}
