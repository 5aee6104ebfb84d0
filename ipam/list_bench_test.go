package ipam

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/gaissmai/bart"
)

// randomPrefixes returns n masked IPv4 prefixes, mostly /24 and longer, as lists in the wild are.
func randomPrefixes(n int) []netip.Prefix {
	r := rand.New(rand.NewPCG(3, 4))
	lengths := []int{16, 20, 22, 24, 24, 24, 24, 25, 26, 27, 28, 29, 30, 32, 32}
	ps := make([]netip.Prefix, n)
	for i := range ps {
		a := key4(addr4(r.Uint32())).addr(false)
		ps[i] = netip.PrefixFrom(a, lengths[r.IntN(len(lengths))]).Masked()
	}
	return ps
}

func listOf(ps []netip.Prefix) []byte {
	var b bytes.Buffer
	for _, p := range ps {
		fmt.Fprintln(&b, p)
	}
	return b.Bytes()
}

// BenchmarkMergeList reads a list, merges it and writes it: all that "ip merge" does after its start.
func BenchmarkMergeList(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		list := listOf(randomPrefixes(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var all Builder
				if err := ReadList(bytes.NewReader(list), "list", all.AddItem); err != nil {
					b.Fatal(err)
				}
				if err := all.Set().WritePrefixes(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkMerge(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		ps := randomPrefixes(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				Merge(ps)
			}
		})
	}
}

func BenchmarkSubtract(b *testing.B) {
	ps := randomPrefixes(2_000_000)
	one, two := SetOf(ps[:1_000_000]...), SetOf(ps[1_000_000:]...)
	for b.Loop() {
		one.Subtract(two)
	}
}

func BenchmarkIntersect(b *testing.B) {
	ps := randomPrefixes(2_000_000)
	one, two := SetOf(ps[:1_000_000]...), SetOf(ps[1_000_000:]...)
	for b.Loop() {
		one.Intersect(two)
	}
}

func BenchmarkOverlapPairs(b *testing.B) {
	ps := randomPrefixes(100_000)
	b.ReportAllocs()
	pairs := 0
	for b.Loop() {
		pairs = len(overlapPairs(ps))
	}
	b.ReportMetric(float64(pairs), "pairs")
}

// BenchmarkLookup asks for random addresses in a set of a million prefixes, and for the narrowest of the prefixes
// around them, beside a bart table of the same.
func BenchmarkLookup(b *testing.B) {
	ps := randomPrefixes(1_000_000)
	r := rand.New(rand.NewPCG(11, 12))
	const n = 1 << 16
	asked := make([]netip.Prefix, n)
	for i := range asked {
		asked[i] = netip.PrefixFrom(key4(addr4(r.Uint32())).addr(false), 32)
	}
	look := func(name string, prepare func() func(p netip.Prefix)) {
		b.Run(name, func(b *testing.B) {
			one := prepare()
			for i := 0; b.Loop(); i++ {
				one(asked[i%n])
			}
		})
	}
	bartTable := func() *bart.Lite {
		table := &bart.Lite{}
		for _, p := range ps {
			table.Insert(p)
		}
		return table
	}
	look("set", func() func(netip.Prefix) {
		set := SetOf(ps...)
		return func(p netip.Prefix) { set.ContainsPrefix(p) }
	})
	look("index", func() func(netip.Prefix) {
		index := SetOf(ps...).Index()
		return func(p netip.Prefix) { index.ContainsPrefix(p) }
	})
	look("bart", func() func(netip.Prefix) {
		table := bartTable()
		return func(p netip.Prefix) { table.Contains(p.Addr()) }
	})
	look("narrowest/table", func() func(netip.Prefix) {
		var table Table
		for _, p := range ps {
			table.Add(p)
		}
		return func(p netip.Prefix) { table.Narrowest(p) }
	})
	look("narrowest/bart", func() func(netip.Prefix) {
		table := bartTable()
		return func(p netip.Prefix) { table.LookupPrefixLPM(p) }
	})
}
