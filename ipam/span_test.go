package ipam

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// spanLists draws spans near the lower and the upper end of the address space, in any order and overlapping.
func spanLists() *rapid.Generator[[]span[addr4]] {
	return rapid.Custom(func(t *rapid.T) []span[addr4] {
		base := rapid.SampledFrom([]addr4{0, ^addr4(0) - edge + 1}).Draw(t, "base")
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) span[addr4] {
			lo := addr4(rapid.IntRange(0, edge-1).Draw(t, "lo"))
			hi := addr4(rapid.IntRange(int(lo), edge-1).Draw(t, "hi"))
			return span[addr4]{base + lo, base + hi}
		}), 0, 12).Draw(t, "spans")
	})
}

// edge is how many addresses at each end of the address space the sets below are written out for.
const edge = 48

// addr4Set is the twin of a list of spans: every address, one by one.
type addr4Set map[addr4]bool

func addr4SetOf(spans []span[addr4]) addr4Set {
	s := addr4Set{}
	for _, one := range spans {
		for a := one.Lo; ; a++ {
			s[a] = true
			if a == one.Hi {
				break
			}
		}
	}
	return s
}

func (s addr4Set) where(keep func(addr4) bool) addr4Set {
	out := addr4Set{}
	for a := range s {
		if keep(a) {
			out[a] = true
		}
	}
	return out
}

// TestSpans compares with sets of single addresses.
func TestSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := spanLists().Draw(t, "a"), spanLists().Draw(t, "b")
		ta, tb := addr4SetOf(a), addr4SetOf(b)
		ua, ub := unionSpans(
			sortSpans4(append([]span[addr4]{}, a...)),
		), unionSpans(
			sortSpans4(append([]span[addr4]{}, b...)),
		)
		same := func(name string, got []span[addr4], want addr4Set) {
			for i, s := range got {
				if s.Hi < s.Lo || i > 0 && (got[i-1].Hi >= s.Lo || got[i-1].Hi.Next() == s.Lo) {
					t.Fatalf("%s of %v and %v is out of order: %v", name, a, b, got)
				}
			}
			if d := cmp.Diff(want, addr4SetOf(got)); d != "" {
				t.Fatalf("%s of %v and %v is %v: %s", name, a, b, got, d)
			}
		}
		same("union", ua, ta)
		same("subtract", subtractSpans(ua, ub), ta.where(func(x addr4) bool { return !tb[x] }))
		same("intersect", intersectSpans(ua, ub), ta.where(func(x addr4) bool { return tb[x] }))
		for _, s := range b {
			if got, want := covers(ua, s),
				len(addr4SetOf([]span[addr4]{s}).where(func(x addr4) bool { return !ta[x] })) == 0; got != want {
				t.Fatalf("%v covers %v: %v", ua, s, got)
			}
		}
	})
}

// TestSortSpans4 sorts long lists, which are sorted otherwise than short ones, and keeps every span.
func TestSortSpans4(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 2, radixFrom - 1, radixFrom, 3 * radixFrom}).Draw(t, "n")
		seed := rapid.Uint32().Draw(t, "seed")
		spans, count := make([]span[addr4], n), map[span[addr4]]int{}
		for i := range spans {
			seed = seed*1664525 + 1013904223
			spans[i] = span[addr4]{addr4(seed) &^ 0xff, addr4(seed)}
			count[spans[i]]++
		}
		sorted := sortSpans4(spans)
		for i, s := range sorted {
			if count[s]--; count[s] < 0 || i > 0 && s.Lo < sorted[i-1].Lo {
				t.Fatalf("span %d of %d, %v, is out of order or new", i, n, s)
			}
		}
		if len(sorted) != n {
			t.Fatalf("%d of %d spans are left", len(sorted), n)
		}
	})
}
