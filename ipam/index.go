package ipam

import (
	"net/netip"
)

const (
	indexBits = 16
	buckets   = 1 << indexBits
)

// Index speeds up many lookups in one set. It takes a quarter of a megabyte in addition to the set.
type Index struct {
	set *Set
	// from maps each value of an address's upper half to the first IPv4 span that ends there or later.
	from [buckets + 1]uint32
}

// Index returns an index of s for many lookups: for an IPv4 address, it searches only the spans around the upper half.
func (s *Set) Index() *Index {
	x := &Index{set: s}
	n := 0
	for b := range buckets {
		for n < len(s.v4) && uint32(s.v4[n].Hi)>>indexBits < uint32(b) {
			n++
		}
		x.from[b] = uint32(n)
	}
	x.from[buckets] = uint32(len(s.v4))
	return x
}

// ContainsPrefix reports whether all of p is in the set. It returns false for an invalid prefix.
func (x *Index) ContainsPrefix(p netip.Prefix) bool {
	if !p.IsValid() {
		return false
	}
	b := blockOf(p)
	return x.contains(b.addr, b.last(), p.Addr().Is6())
}

// ContainsItem reports whether all of i is in the set.
func (x *Index) ContainsItem(i Item) bool { return x.contains(i.first, i.last, i.is6) }

func (x *Index) contains(first, last key, is6 bool) bool {
	if is6 {
		return covers(x.set.v6, span[key]{Lo: first, Hi: last})
	}
	lo, hi := first.addr4(), last.addr4()
	bucket := uint32(lo) >> indexBits
	from, to := x.from[bucket], x.from[bucket+1]
	for from < to { // the first span that ends at lo or later
		mid := (from + to) / 2
		if x.set.v4[mid].Hi < lo {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return int(from) < len(x.set.v4) && x.set.v4[from].Lo <= lo && hi <= x.set.v4[from].Hi
}
