package ipam

import (
	"math/bits"
	"slices"
)

// number is what the set algorithms need of an address: addr4 keeps IPv4 in half a word, key is for IPv6.
type number[K any] interface {
	comparable
	less(K) bool
	next() K
	prev() K
}

// addr4 is an IPv4 address as a number.
type addr4 uint32

func (a addr4) less(b addr4) bool { return a < b }
func (a addr4) next() addr4       { return a + 1 }
func (a addr4) prev() addr4       { return a - 1 }

// addr4 takes the address out of a key that holds an IPv4 one.
func (k key) addr4() addr4 { return addr4(k.hi >> 32) }

// key is the lowest key of the address; lastKey the highest.
func (a addr4) key() key     { return key{hi: uint64(a) << 32} }
func (a addr4) lastKey() key { return a.key().or(hostBits(32)) }

// span is lo…hi, both included.
type span[K number[K]] struct{ lo, hi K }

// union makes spans sorted by lo disjoint, with an address between any two. It works in place.
func union[K number[K]](spans []span[K]) []span[K] {
	out := spans[:0]
	for _, s := range spans {
		n := len(out)
		switch {
		case n == 0 || out[n-1].hi.less(s.lo) && out[n-1].hi != s.lo.prev():
			out = append(out, s)
		case out[n-1].hi.less(s.hi):
			out[n-1].hi = s.hi
		}
	}
	return out
}

// subtract is a without b. Both are as union leaves them, and so is the answer.
//
//	a    |-------|  |-|  |---|
//	b      |-|     |---|
//	out  |-| |---|       |---|
func subtract[K number[K]](a, b []span[K]) []span[K] {
	out := make([]span[K], 0, len(a))
	for _, s := range a {
		for len(b) > 0 && b[0].hi.less(s.lo) {
			b = b[1:]
		}
		left := true
		for left && len(b) > 0 && !s.hi.less(b[0].lo) {
			if s.lo.less(b[0].lo) {
				out = append(out, span[K]{s.lo, b[0].lo.prev()})
			}
			if left = b[0].hi.less(s.hi); left {
				s.lo, b = b[0].hi.next(), b[1:]
			}
		}
		if left {
			out = append(out, s)
		}
	}
	return out
}

// intersect is what a and b share. Both are as union leaves them, and so is the answer.
func intersect[K number[K]](a, b []span[K]) []span[K] {
	out := make([]span[K], 0, min(len(a), len(b)))
	for len(a) > 0 && len(b) > 0 {
		s := a[0]
		if s.lo.less(b[0].lo) {
			s.lo = b[0].lo
		}
		if b[0].hi.less(s.hi) {
			s.hi = b[0].hi
		}
		if !s.hi.less(s.lo) {
			out = append(out, s)
		}
		if a[0].hi.less(b[0].hi) {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// covers tells whether one of spans, which are as union leaves them, holds all of s.
func covers[K number[K]](spans []span[K], s span[K]) bool {
	i, found := slices.BinarySearchFunc(spans, s.lo, func(have span[K], lo K) int {
		switch {
		case have.hi.less(lo):
			return -1
		case lo.less(have.lo):
			return 1
		}
		return 0
	})
	return found && !spans[i].hi.less(s.hi)
}

// blocks4 yields the fewest prefixes that make up s, in order.
func blocks4(s span[addr4], yield func(a addr4, length int) bool) bool {
	for {
		host := min(bits.TrailingZeros64(uint64(s.lo)|1<<32), bits.Len64(uint64(s.hi-s.lo)+1)-1)
		last := s.lo | addr4(uint64(1)<<host-1)
		if !yield(s.lo, 32-host) {
			return false
		}
		if last == s.hi {
			return true
		}
		s.lo = last + 1
	}
}

// blocks6 is blocks4 for IPv6.
func blocks6(s span[key], yield func(a key, length int) bool) bool {
	for {
		length := max(128-s.lo.trailingZeros(), 128-s.hi.minus(s.lo).next().floorLog2())
		last := s.lo.or(hostBits(uint8(length)))
		if !yield(s.lo, length) {
			return false
		}
		if last == s.hi {
			return true
		}
		s.lo = last.next()
	}
}

func (k key) minus(o key) key {
	lo, borrow := bits.Sub64(k.lo, o.lo, 0)
	hi, _ := bits.Sub64(k.hi, o.hi, borrow)
	return key{hi, lo}
}

// trailingZeros is 128 for zero.
func (k key) trailingZeros() int {
	if k.lo != 0 {
		return bits.TrailingZeros64(k.lo)
	}
	return 64 + bits.TrailingZeros64(k.hi)
}

// floorLog2 reads zero as 2^128: that is what next makes of the last key.
func (k key) floorLog2() int {
	switch {
	case k == key{}:
		return 128
	case k.hi != 0:
		return 63 + bits.Len64(k.hi)
	}
	return bits.Len64(k.lo) - 1
}
