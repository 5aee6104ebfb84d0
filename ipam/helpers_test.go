package ipam

import (
	"net/netip"
	"slices"
	"testing"
)

// allocateN allocates n prefixes of the given length, all of which must fit.
func allocateN(t testing.TB, p *Pool, length, n int) []netip.Prefix {
	t.Helper()
	got := make([]netip.Prefix, n)
	for i := range got {
		var ok bool
		if got[i], ok = p.Allocate(length); !ok {
			t.Fatalf("only %d of %d /%d fit", i, n, length)
		}
	}
	return got
}

// take reserves pfx if all of it is free, and reports whether it was.
func take(p *Pool, pfx netip.Prefix) bool {
	free := p.IsFree(pfx)
	if free {
		p.Reserve(pfx)
	}
	return free
}

// remaining returns how many prefixes of the given length still fit into a pool, or the largest uint64 where there are
// more.
func remaining(p *Pool, length int) (n uint64) {
	for _, free := range p.Free() {
		switch more := length - free.Bits(); {
		case more >= 64:
			return ^uint64(0)
		case more >= 0:
			n += 1 << more
		}
	}
	return n
}

// overlapPairs returns the positions i < j of all prefixes in ps that overlap, sorted. Invalid ones overlap nothing.
func overlapPairs(ps []netip.Prefix) [][2]int {
	var list Overlaps
	for n, p := range ps {
		if p.IsValid() {
			i := ItemOf(p)
			i.Line = n
			list.Add(i)
		}
	}
	var pairs [][2]int
	for a, b := range list.Pairs() {
		pairs = append(pairs, [2]int{min(a.Line, b.Line), max(a.Line, b.Line)})
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return pairs
}
