package ipam

import (
	"iter"
	"math/big"
	"net/netip"

	"go4.org/netipx"
)

// Set is an immutable set of addresses of both families. The zero value is the empty set.
type Set struct {
	v4 []span[addr4]
	v6 []span[key]
}

// Builder collects addresses for a Set, in any order and with duplicates. The zero value is ready for use.
type Builder struct {
	v4   []span[addr4]
	v6   []span[key]
	room int // initial capacity for the first entry of a family
}

// Grow makes room for n more entries. It only saves time and memory.
func (b *Builder) Grow(n int) { b.room = n }

// Add adds all addresses of p. An invalid prefix adds nothing.
func (b *Builder) Add(p netip.Prefix) {
	if p.IsValid() {
		k := blockOf(p)
		b.add(k.addr, k.last(), p.Addr().Is6())
	}
}

// AddItem adds all addresses of i.
func (b *Builder) AddItem(i Item) { b.add(i.first, i.last, i.is6) }

func (b *Builder) add(first, last key, is6 bool) {
	if is6 {
		b.v6 = append(withRoom(b.v6, b.room), span[key]{Lo: first, Hi: last})
	} else {
		b.v4 = append(withRoom(b.v4, b.room), span[addr4]{Lo: first.addr4(), Hi: last.addr4()})
	}
}

// withRoom returns list, or an empty list with capacity n if list is nil.
func withRoom[E any](list []E, n int) []E {
	if list == nil {
		list = make([]E, 0, max(n, 0))
	}
	return list
}

// Set returns the set of all added addresses and empties the builder.
func (b *Builder) Set() *Set {
	s := &Set{unionSpans(sortSpans4(b.v4)), unionSpans(sortSpans6(b.v6))}
	*b = Builder{}
	return s
}

// SetOf returns the set of all addresses in ps. Invalid prefixes are ignored.
func SetOf(ps ...netip.Prefix) *Set {
	var b Builder
	for _, p := range ps {
		b.Add(p)
	}
	return b.Set()
}

// Union returns the addresses in s or o.
func (s *Set) Union(o *Set) *Set {
	b := Builder{v4: append(s.v4[:len(s.v4):len(s.v4)], o.v4...), v6: append(s.v6[:len(s.v6):len(s.v6)], o.v6...)}
	return b.Set()
}

// Subtract returns the addresses in s but not in o.
func (s *Set) Subtract(o *Set) *Set {
	return &Set{subtractSpans(s.v4, o.v4), subtractSpans(s.v6, o.v6)}
}

// Intersect returns the addresses in both s and o.
func (s *Set) Intersect(o *Set) *Set {
	return &Set{intersectSpans(s.v4, o.v4), intersectSpans(s.v6, o.v6)}
}

// IsEmpty reports whether the set has no address.
func (s *Set) IsEmpty() bool { return len(s.v4)+len(s.v6) == 0 }

// ContainsPrefix reports whether all of p is in the set. It returns false for an invalid prefix.
func (s *Set) ContainsPrefix(p netip.Prefix) bool {
	if !p.IsValid() {
		return false
	}
	b := blockOf(p)
	return s.contains(b.addr, b.last(), p.Addr().Is6())
}

// ContainsItem reports whether all of i is in the set.
func (s *Set) ContainsItem(i Item) bool { return s.contains(i.first, i.last, i.is6) }

func (s *Set) contains(first, last key, is6 bool) bool {
	if is6 {
		return covers(s.v6, span[key]{Lo: first, Hi: last})
	}
	return covers(s.v4, span[addr4]{Lo: first.addr4(), Hi: last.addr4()})
}

// Ranges yields the fewest ranges that cover the set exactly, sorted, IPv4 first.
func (s *Set) Ranges() iter.Seq[netipx.IPRange] {
	return func(yield func(netipx.IPRange) bool) {
		for _, r := range s.v4 {
			if !yield(netipx.IPRangeFrom(key4(r.Lo).addr(false), key4(r.Hi).addr(false))) {
				return
			}
		}
		for _, r := range s.v6 {
			if !yield(netipx.IPRangeFrom(r.Lo.addr(true), r.Hi.addr(true))) {
				return
			}
		}
	}
}

// blocks returns Prefixes in key form.
func (s *Set) blocks() iter.Seq[block] {
	return func(yield func(block) bool) {
		one4 := func(a addr4, length int) bool { return yield(block{key4(a), uint8(length)}) }
		one6 := func(a key, length int) bool { return yield(block{a, uint8(length)}) }
		for _, r := range s.v4 {
			if !blocks4(r, one4) {
				return
			}
		}
		for _, r := range s.v6 {
			if !blocks6(r, one6) {
				return
			}
		}
	}
}

// Prefixes yields the fewest prefixes that cover the set exactly, sorted, IPv4 first.
func (s *Set) Prefixes() iter.Seq[netip.Prefix] {
	return func(yield func(netip.Prefix) bool) {
		for b := range (&Set{v4: s.v4}).blocks() {
			if !yield(b.prefix(false)) {
				return
			}
		}
		for b := range (&Set{v6: s.v6}).blocks() {
			if !yield(b.prefix(true)) {
				return
			}
		}
	}
}

// Count returns the number of addresses in the set, of both families together.
func (s *Set) Count() *big.Int {
	var v4 uint64
	for _, r := range s.v4 {
		v4 += uint64(r.Hi-r.Lo) + 1
	}
	sum := new(big.Int).SetUint64(v4)
	for _, r := range s.v6 {
		sum.Add(sum, countKeys(r.Lo, r.Hi))
	}
	return sum
}

// countKeys returns the number of keys in first…last.
func countKeys(first, last key) *big.Int {
	d := last.minus(first)
	n := new(big.Int).SetUint64(d.hi)
	n.Lsh(n, 64).Add(n, new(big.Int).SetUint64(d.lo))
	return n.Add(n, big.NewInt(1))
}
