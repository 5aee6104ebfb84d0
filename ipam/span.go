// Package span is addresses as numbers: lists of spans and what can be made of two of them, and IPv4 entries as text.
package ipam

import "slices"

// number is what a list of spans needs of an address, of either family.
type number[K any] interface {
	comparable
	Less(K) bool
	Next() K
	Prev() K
}

// span is Lo…Hi, both included.
type span[K number[K]] struct{ Lo, Hi K }

// unionSpans makes spans sorted by Lo disjoint, with an address between any two. It works in place.
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

// subtractSpans is a without b. Both are as unionSpans leaves them, and so is the answer.
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

// intersectSpans is what a and b share. Both are as unionSpans leaves them, and so is the answer.
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

// covers reports whether one of spans, which are as unionSpans leaves them, holds all of s.
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
