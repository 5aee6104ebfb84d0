package validate

import (
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/plan"
)

// TestFirstPairs compares firstPairs with a comparison of all prefixes with each other.
func TestFirstPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefixes := rapid.SliceOfN(rapid.Custom(drawPrefix), 0, 20).Draw(t, "prefixes")
		var want []pair
		for j, q := range prefixes {
			for i, p := range prefixes[:j] {
				if p.Overlaps(q) {
					want = append(want, pair{i, j})
					break
				}
			}
		}
		if diff := cmp.Diff(want, firstPairs(prefixes), cmp.AllowUnexported(pair{})); diff != "" {
			t.Errorf("firstPairs(%v) (-want +got):\n%s", prefixes, diff)
		}
	})
}

// TestOverlapping compares the index with a check of every range.
func TestOverlapping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ranges []plan.RangeOwner
		for _, p := range rapid.SliceOfN(rapid.Custom(drawPrefix), 0, 20).Draw(t, "prefixes") {
			ranges = append(ranges, plan.RangeOwner{Prefix: p})
		}
		q := drawPrefix(t)
		want := map[netip.Prefix]int{}
		for _, h := range ranges {
			if h.Prefix.Overlaps(q) {
				want[h.Prefix]++
			}
		}
		got := map[netip.Prefix]int{}
		for _, h := range newRangeIndex(ranges).overlapping(q) {
			got[h.Prefix]++
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b netip.Prefix) bool { return a == b })); diff != "" {
			t.Errorf("overlapping(%s) of %v (-want +got):\n%s", q, ranges, diff)
		}
	})
}

// drawPrefix draws from a small space, so that prefixes often overlap: both families, including /0.
func drawPrefix(t *rapid.T) netip.Prefix {
	low := byte(rapid.IntRange(0, 15).Draw(t, "address")) << 4
	bits := rapid.IntRange(0, 4).Draw(t, "bits")
	if rapid.Bool().Draw(t, "six") {
		return netip.PrefixFrom(netip.AddrFrom16([16]byte{low}), bits).Masked()
	}
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{low}), bits).Masked()
}
