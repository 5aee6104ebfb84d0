package ipam

import (
	"math/bits"
	"slices"
)

// addr4 is an IPv4 address as a number.
type addr4 uint32

// Less reports whether a comes before b.
func (a addr4) Less(b addr4) bool { return a < b }

// Next returns the address after a, wrapping from the last to the first.
func (a addr4) Next() addr4 { return a + 1 }

// Prev returns the address before a, wrapping from the first to the last.
func (a addr4) Prev() addr4 { return a - 1 }

// blocks4 yields the fewest prefixes that cover s exactly, in order. It reports false as soon as yield does.
func blocks4(s span[addr4], yield func(a addr4, length int) bool) bool {
	for {
		host := min(bits.TrailingZeros64(uint64(s.Lo)|1<<32), bits.Len64(uint64(s.Hi-s.Lo)+1)-1)
		last := s.Lo | addr4(uint64(1)<<host-1)
		if !yield(s.Lo, 32-host) {
			return false
		}
		if last == s.Hi {
			return true
		}
		s.Lo = last + 1
	}
}

const (
	// radixFrom is the minimum list length for which three passes over 2048 counters pay off.
	radixFrom  = 512
	digitBits  = 11
	digits     = 1 << digitBits
	radixSteps = 3 // radixSteps * digitBits >= 32
)

// sortSpans4 sorts by Lo. It may return a slice other than its argument.
func sortSpans4(spans []span[addr4]) []span[addr4] {
	byLo := func(a, b span[addr4]) int { return int(int64(a.Lo) - int64(b.Lo)) }
	switch {
	case slices.IsSortedFunc(spans, byLo):
		return spans
	case len(spans) < radixFrom:
		slices.SortFunc(spans, byLo)
		return spans
	}
	other := make([]span[addr4], len(spans))
	for step := range radixSteps {
		radixPass(other, spans, uint(step*digitBits))
		spans, other = other, spans
	}
	return spans
}

// radixPass copies from into to, stably sorted by one digit of Lo.
func radixPass(to, from []span[addr4], shift uint) {
	var at [digits]uint32
	for _, s := range from {
		at[uint32(s.Lo)>>shift%digits]++
	}
	sum := uint32(0)
	for d := range at {
		at[d], sum = sum, sum+at[d]
	}
	for _, s := range from {
		d := uint32(s.Lo) >> shift % digits
		to[at[d]] = s
		at[d]++
	}
}
