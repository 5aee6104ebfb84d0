package ipam

import "slices"

const (
	// radixFrom is the length of a list from which three passes over 2048 counters pay off.
	radixFrom  = 512
	digitBits  = 11
	digits     = 1 << digitBits
	radixSteps = 3 // times digitBits is at least 32
)

// sortSpans4 sorts by lo. It may return another slice than it got.
func sortSpans4(spans []span[addr4]) []span[addr4] {
	byLo := func(a, b span[addr4]) int { return int(int64(a.lo) - int64(b.lo)) }
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

// radixPass moves from into to, ordered by one digit of lo and otherwise as before.
func radixPass(to, from []span[addr4], shift uint) {
	var at [digits]uint32
	for _, s := range from {
		at[uint32(s.lo)>>shift%digits]++
	}
	sum := uint32(0)
	for d := range at {
		at[d], sum = sum, sum+at[d]
	}
	for _, s := range from {
		d := uint32(s.lo) >> shift % digits
		to[at[d]] = s
		at[d]++
	}
}

func sortSpans6(spans []span[key]) []span[key] {
	byLo := func(a, b span[key]) int { return a.lo.compare(b.lo) }
	if !slices.IsSortedFunc(spans, byLo) {
		slices.SortFunc(spans, byLo)
	}
	return spans
}
