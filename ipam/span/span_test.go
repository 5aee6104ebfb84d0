package span

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// lists draws spans near the lower and the upper end of the address space, in any order and overlapping.
func lists() *rapid.Generator[[]Span[Addr4]] {
	return rapid.Custom(func(t *rapid.T) []Span[Addr4] {
		base := rapid.SampledFrom([]Addr4{0, ^Addr4(0) - twin + 1}).Draw(t, "base")
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Span[Addr4] {
			lo := Addr4(rapid.IntRange(0, twin-1).Draw(t, "lo"))
			hi := Addr4(rapid.IntRange(int(lo), twin-1).Draw(t, "hi"))
			return Span[Addr4]{base + lo, base + hi}
		}), 0, 12).Draw(t, "spans")
	})
}

// twin is how many addresses at each end of the address space the sets below are written out for.
const twin = 48

// set is the twin of a list of spans: every address, one by one.
type set map[Addr4]bool

func setOf(spans []Span[Addr4]) set {
	s := set{}
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

func (s set) where(keep func(Addr4) bool) set {
	out := set{}
	for a := range s {
		if keep(a) {
			out[a] = true
		}
	}
	return out
}

// TestSets compares with sets of single addresses.
func TestSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := lists().Draw(t, "a"), lists().Draw(t, "b")
		ta, tb := setOf(a), setOf(b)
		ua, ub := Union(Sort4(append([]Span[Addr4]{}, a...))), Union(Sort4(append([]Span[Addr4]{}, b...)))
		same := func(name string, got []Span[Addr4], want set) {
			for i, s := range got {
				if s.Hi < s.Lo || i > 0 && (got[i-1].Hi >= s.Lo || got[i-1].Hi.Next() == s.Lo) {
					t.Fatalf("%s of %v and %v is out of order: %v", name, a, b, got)
				}
			}
			if d := cmp.Diff(want, setOf(got)); d != "" {
				t.Fatalf("%s of %v and %v is %v: %s", name, a, b, got, d)
			}
		}
		same("union", ua, ta)
		same("subtract", Subtract(ua, ub), ta.where(func(x Addr4) bool { return !tb[x] }))
		same("intersect", Intersect(ua, ub), ta.where(func(x Addr4) bool { return tb[x] }))
		for _, s := range b {
			if got, want := Covers(ua, s), len(setOf([]Span[Addr4]{s}).where(func(x Addr4) bool { return !ta[x] })) == 0; got != want {
				t.Fatalf("%v covers %v: %v", ua, s, got)
			}
		}
	})
}

// TestSort4 sorts long lists, which are sorted otherwise than short ones, and keeps every span.
func TestSort4(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SampledFrom([]int{0, 1, 2, radixFrom - 1, radixFrom, 3 * radixFrom}).Draw(t, "n")
		seed := rapid.Uint32().Draw(t, "seed")
		spans, count := make([]Span[Addr4], n), map[Span[Addr4]]int{}
		for i := range spans {
			seed = seed*1664525 + 1013904223
			spans[i] = Span[Addr4]{Addr4(seed) &^ 0xff, Addr4(seed)}
			count[spans[i]]++
		}
		sorted := Sort4(spans)
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
