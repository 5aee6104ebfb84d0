package ipam

import (
	"math/bits"
	"slices"
)

// sortSpans6 sorts by Lo, in place.
func sortSpans6(spans []span[key]) []span[key] {
	byLo := func(a, b span[key]) int { return a.Lo.compare(b.Lo) }
	if !slices.IsSortedFunc(spans, byLo) {
		slices.SortFunc(spans, byLo)
	}
	return spans
}

// blocks6 returns blocks4 for IPv6.
func blocks6(s span[key], yield func(a key, length int) bool) bool {
	for {
		length := max(128-s.Lo.trailingZeros(), 128-s.Hi.minus(s.Lo).Next().floorLog2())
		last := s.Lo.or(hostBits(uint8(length)))
		if !yield(s.Lo, length) {
			return false
		}
		if last == s.Hi {
			return true
		}
		s.Lo = last.Next()
	}
}

func (k key) minus(o key) key {
	lo, borrow := bits.Sub64(k.lo, o.lo, 0)
	hi, _ := bits.Sub64(k.hi, o.hi, borrow)
	return key{hi, lo}
}

// trailingZeros returns the number of trailing zero bits, 128 for zero.
func (k key) trailingZeros() int {
	if k.lo != 0 {
		return bits.TrailingZeros64(k.lo)
	}
	return 64 + bits.TrailingZeros64(k.hi)
}

// floorLog2 returns the logarithm rounded down. It treats zero as 2^128, which Next returns for the last key.
func (k key) floorLog2() int {
	switch {
	case k == key{}:
		return 128
	case k.hi != 0:
		return 63 + bits.Len64(k.hi)
	}
	return bits.Len64(k.lo) - 1
}
