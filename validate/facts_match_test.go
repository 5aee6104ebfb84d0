package validate

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestMeetIndexFindsWhatOverlaps compares the index with a look at every range.
func TestMeetIndexFindsWhatOverlaps(t *testing.T) {
	some := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) netip.Prefix {
		a := netip.AddrFrom4([4]byte{10, 0, 0, rapid.Byte().Draw(t, "last")})
		return netip.PrefixFrom(a, rapid.SampledFrom([]int{0, 8, 24, 26, 28, 30, 32}).Draw(t, "bits")).Masked()
	}), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		things := rapid.SliceOfN(some, 0, 12).Draw(t, "things")
		ranges := some.Draw(t, "ranges")
		x := newMeetIndex()
		var want []int
		for i, own := range things {
			x.add(i, own)
			if slices.ContainsFunc(own, func(p netip.Prefix) bool { return slices.ContainsFunc(ranges, p.Overlaps) }) {
				want = append(want, i)
			}
		}
		if got := x.meeting(ranges); !slices.Equal(got, want) {
			t.Errorf("%v meets %v of %v, want %v", ranges, got, things, want)
		}
		if x.count(ranges) < len(want) {
			t.Errorf("counts %d, but finds %d", x.count(ranges), len(want))
		}
	})
}
