package plan

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSortedRangesMeetWhatOverlaps compares the search with a look at every range.
func TestSortedRangesMeetWhatOverlaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(drawRange(), 0, 20).Draw(t, "ranges")
		p := drawRange().Draw(t, "range")
		sorted := sortRanges(all)
		if got, want := sorted.meets(p), overlapsAny(p, all); got != want {
			t.Errorf("%s meets %v: %v, want %v", p, all, got, want)
		}
		for _, m := range sorted {
			if got, want := slices.Contains(sorted.meeting(p), m), m.Overlaps(p); got != want {
				t.Errorf("%s is found for %s: %v, want %v", m, p, got, want)
			}
		}
	})
}

// TestSpaceAvoids compares a space with one made of the same ranges at once, and checks that it does not change.
func TestSpaceAvoids(t *testing.T) {
	pools := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/28"), netip.MustParsePrefix("10.0.1.0/28")}
	rapid.Check(t, func(t *rapid.T) {
		shared := rapid.SliceOfN(drawRange(), 0, 5).Draw(t, "shared")
		own := rapid.SliceOfN(drawRange(), 0, 5).Draw(t, "own")
		bits := rapid.IntRange(26, 32).Draw(t, "bits")
		base := newSpace(pools, shared)
		base.without(own...)
		atOnce := newSpace(pools, append(slices.Clone(own), shared...))
		got, ok := base.without(own...).first(bits, 32)
		want, wantOK := atOnce.first(bits, 32)
		if got != want || ok != wantOK {
			t.Errorf("first: %s, %v; want %s, %v", got, ok, want, wantOK)
		}
		if ok && overlapsAny(got, slices.Concat(shared, own)) {
			t.Errorf("%s is not clear of %v and %v", got, shared, own)
		}
		if got, want := base.largest(), newSpace(pools, shared).largest(); got != want {
			t.Errorf("taking ranges out of copies changed the space: largest is /%d, want /%d", got, want)
		}
	})
}

// drawRange draws ranges of both families close to each other, and invalid ones.
func drawRange() *rapid.Generator[netip.Prefix] {
	return rapid.Custom(func(t *rapid.T) netip.Prefix {
		last := rapid.Byte().Draw(t, "last")
		switch rapid.IntRange(0, 9).Draw(t, "family") {
		case 0:
			return netip.Prefix{}
		case 1:
			a := netip.MustParseAddr("fd00::").As16()
			a[15] = last
			return netip.PrefixFrom(netip.AddrFrom16(a), rapid.IntRange(120, 128).Draw(t, "bits")).Masked()
		}
		a := netip.AddrFrom4([4]byte{10, 0, rapid.ByteRange(0, 1).Draw(t, "third"), last})
		return netip.PrefixFrom(a, rapid.IntRange(23, 32).Draw(t, "bits")).Masked()
	})
}
