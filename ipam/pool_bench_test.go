package ipam

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"

	"go4.org/netipx"
)

// crowded returns a pool of n /28 in use with holes between them, and what is in use, shuffled.
func crowded(b *testing.B, n int) (*Pool, []netip.Prefix) {
	p, err := NewPool(netip.MustParsePrefix("10.0.0.0/6"))
	if err != nil {
		b.Fatal(err)
	}
	all := allocateN(b, p, 28, 2*n)
	r := rand.New(rand.NewPCG(1, 2))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, pfx := range all[n:] {
		if err := p.Release(pfx); err != nil {
			b.Fatal(err)
		}
	}
	return p, all[:n]
}

func eachSize(b *testing.B, run func(b *testing.B, n int)) {
	for _, n := range []int{1_000, 10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { run(b, n) })
	}
}

// BenchmarkAllocate takes 100 prefixes from a pool with n in use and holes between them.
func BenchmarkAllocate(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		base, _ := crowded(b, n)
		p := base.Clone()
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if i++; i%(n/4) == 0 {
				b.StopTimer()
				p = base.Clone()
				b.StartTimer()
			}
			if _, ok := p.Allocate(28); !ok {
				b.Fatal("full")
			}
		}
	})
}

// BenchmarkReallocate releases a random prefix and allocates one of its size: two operations a turn. BestFit fills the
// lowest hole each time and so tidies up; every n/4 turns it therefore starts anew with the crowded pool, in another
// order, or small pools would be measured tidy and large ones as they were.
func BenchmarkReallocate(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		base, used := crowded(b, n)
		r := rand.New(rand.NewPCG(3, 4))
		p, i := base, n/4
		b.ReportAllocs()
		for b.Loop() {
			if i == n/4 {
				b.StopTimer()
				r.Shuffle(n, func(i, j int) { used[i], used[j] = used[j], used[i] })
				p, i = base.Clone(), 0
				b.StartTimer()
			}
			if err := p.Release(used[i]); err != nil {
				b.Fatal(err)
			}
			if _, ok := p.Allocate(28); !ok {
				b.Fatal("full")
			}
			i++
		}
	})
}

// BenchmarkReleaseReserve releases a random prefix and reserves the same one again.
func BenchmarkReleaseReserve(b *testing.B) {
	eachSize(b, func(b *testing.B, n int) {
		p, used := crowded(b, n)
		i := 0
		for b.Loop() {
			if err := p.Release(used[i%n]); err != nil {
				b.Fatal(err)
			}
			p.Reserve(used[i%n])
			i++
		}
	})
}

func BenchmarkNetipxRemoveFreePrefix(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			p, _ := crowded(b, n)
			var builder netipx.IPSetBuilder
			for _, pfx := range p.Free() {
				builder.AddPrefix(pfx)
			}
			set, err := builder.IPSet()
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				_, next, ok := set.RemoveFreePrefix(28)
				if !ok {
					b.Fatal("full")
				}
				set = next
			}
		})
	}
}

// BenchmarkSmallPool is what a plan does for each VNet: make a pool, take a few prefixes.
func BenchmarkSmallPool(b *testing.B) {
	pfx := netip.MustParsePrefix("10.0.0.0/16")
	b.Run("new", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			NewPool(pfx)
		}
	})
	b.Run("four", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p, _ := NewPool(pfx)
			for length := 24; length < 28; length++ {
				p.Allocate(length)
			}
		}
	})
}
