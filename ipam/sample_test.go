package ipam

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSampleStandsForThePool allocates from a pool and from a pool of its sample, and compares every answer.
func TestSampleStandsForThePool(t *testing.T) {
	often(t, func(t *rapid.T) {
		whole := MustPool(netip.MustParsePrefix("10.0.0.0/20"), netip.MustParsePrefix("10.0.64.0/22"))
		for range rapid.IntRange(0, 60).Draw(t, "in use") {
			at := rapid.Uint16Range(0, 1<<12-1).Draw(t, "at")
			addr := netip.AddrFrom4([4]byte{10, 0, byte(at >> 8), byte(at)})
			whole.Reserve(netip.PrefixFrom(addr, rapid.IntRange(24, 32).Draw(t, "bits")).Masked())
		}
		n := rapid.IntRange(0, 5).Draw(t, "n")
		sample := MustPool(whole.Sample(n)...)
		for range n {
			bits := rapid.IntRange(18, 32).Draw(t, "length")
			s := rapid.SampledFrom([]Strategy{BestFit, FirstFit, LastFit, Sparse}).Draw(t, "strategy")
			got, ok := sample.AllocateWith(bits, s)
			if want, fits := whole.AllocateWith(bits, s); got != want || ok != fits {
				t.Fatalf("a /%d by strategy %d: %v %v from the sample, %v %v from the pool", bits, s, got, ok, want, fits)
			}
		}
	})
}

// TestSampleIsSmall takes a sample of a pool with a hole for every other address.
func TestSampleIsSmall(t *testing.T) {
	p := MustPool(netip.MustParsePrefix("10.0.0.0/20"), netip.MustParsePrefix("10.1.0.0/24"))
	for i := range 1 << 11 {
		p.Reserve(netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(i >> 7), byte(i << 1)}), 32))
	}
	want := parse("10.0.0.1/32", "10.0.0.3/32", "10.0.15.253/32", "10.0.15.255/32", "10.1.0.0/24")
	if got := p.Sample(2); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if free := p.Free(); len(free) != 1<<11+1 {
		t.Errorf("the sample took from its pool: %d free blocks", len(free))
	}
	if got := new(Pool).Sample(3); len(got) != 0 {
		t.Errorf("an empty pool has the sample %v", got)
	}
}
