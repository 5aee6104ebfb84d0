// This file contains operations on lists of spans, which are ranges of addresses as numbers.

package ipam

import "slices"

// number are the operations that a list of spans needs on addresses of either family.
type number[K any] interface {
	comparable
	Less(K) bool
	Next() K
	Prev() K
}

// span is Lo…Hi, both included.
type span[K number[K]] struct{ Lo, Hi K }

// unionSpans merges spans sorted by Lo that overlap or are adjacent. It works in place.
func unionSpans[K number[K]](spans []span[K]) []span[K] {
	out := spans[:0]
	for _, s := range spans {
		n := len(out)
		switch {
		case n == 0 || out[n-1].Hi.Less(s.Lo) && out[n-1].Hi != s.Lo.Prev():
			out = append(out, s)
		case out[n-1].Hi.Less(s.Hi):
			out[n-1].Hi = s.Hi
		}
	}
	return out
}

// subtractSpans returns a without b. The arguments and the result are in the form that unionSpans returns.
//
//	a    |-------|  |-|  |---|
//	b      |-|     |---|
//	out  |-| |---|       |---|
func subtractSpans[K number[K]](a, b []span[K]) []span[K] {
	out := make([]span[K], 0, len(a))
	for _, s := range a {
		for len(b) > 0 && b[0].Hi.Less(s.Lo) {
			b = b[1:]
		}
		left := true
		for left && len(b) > 0 && !s.Hi.Less(b[0].Lo) {
			if s.Lo.Less(b[0].Lo) {
				out = append(out, span[K]{s.Lo, b[0].Lo.Prev()})
			}
			if left = b[0].Hi.Less(s.Hi); left {
				s.Lo, b = b[0].Hi.Next(), b[1:]
			}
		}
		if left {
			out = append(out, s)
		}
	}
	return out
}

// intersectSpans returns the intersection of a and b. The arguments and the result are in the form that unionSpans
// returns.
func intersectSpans[K number[K]](a, b []span[K]) []span[K] {
	out := make([]span[K], 0, min(len(a), len(b)))
	for len(a) > 0 && len(b) > 0 {
		s := a[0]
		if s.Lo.Less(b[0].Lo) {
			s.Lo = b[0].Lo
		}
		if b[0].Hi.Less(s.Hi) {
			s.Hi = b[0].Hi
		}
		if !s.Hi.Less(s.Lo) {
			out = append(out, s)
		}
		if a[0].Hi.Less(b[0].Hi) {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return out
}

// covers reports whether one of spans contains s. spans are in the form that unionSpans returns.
func covers[K number[K]](spans []span[K], s span[K]) bool {
	i, found := slices.BinarySearchFunc(spans, s.Lo, func(have span[K], lo K) int {
		switch {
		case have.Hi.Less(lo):
			return -1
		case lo.Less(have.Lo):
			return 1
		}
		return 0
	})
	return found && !spans[i].Hi.Less(s.Hi)
}
