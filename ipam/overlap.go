package ipam

import (
	"iter"
	"net/netip"
	"slices"
)

// OverlapPairs is every pair of positions i < j in ps whose prefixes share an address, sorted.
// Invalid prefixes overlap with nothing. The work is n·log n plus the pairs, of which there may be
// n²/2: Overlaps hands them out one at a time.
func OverlapPairs(ps []netip.Prefix) [][2]int {
	var packed []uint64
	for i, j := range Overlaps(ps) {
		packed = append(packed, uint64(i)<<32|uint64(j))
	}
	slices.Sort(packed)
	pairs := make([][2]int, len(packed))
	for n, v := range packed {
		pairs[n] = [2]int{int(v >> 32), int(v & 0xffffffff)}
	}
	return pairs
}

// placed is a block that knows where in the caller's list it stood.
type placed struct {
	block
	is6   bool
	index int32
}

func comparePlaced(a, b placed) int {
	if a.is6 != b.is6 {
		if b.is6 {
			return -1
		}
		return 1
	}
	if c := compareBlocks(a.block, b.block); c != 0 {
		return c
	}
	return int(a.index) - int(b.index)
}

// Overlaps yields every pair of positions i < j in ps whose prefixes share an address, in order of
// the address where the smaller prefix starts, IPv4 first. It keeps a few words for each prefix.
func Overlaps(ps []netip.Prefix) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		var around []placed // the prefixes that hold the current one, outermost first
		for _, p := range sortedByAddress(ps) {
			for n := len(around); n > 0 && !holds(around[n-1], p); n = len(around) {
				around = around[:n-1]
			}
			for _, a := range around {
				i, j := int(a.index), int(p.index)
				if !yield(min(i, j), max(i, j)) {
					return
				}
			}
			around = append(around, p)
		}
	}
}

func holds(a, b placed) bool { return a.is6 == b.is6 && a.contains(b.block) }

func sortedByAddress(ps []netip.Prefix) []placed {
	sorted := make([]placed, 0, len(ps))
	for i, p := range ps {
		if p.IsValid() {
			sorted = append(sorted, placed{blockOf(p), p.Addr().Is6(), int32(i)})
		}
	}
	slices.SortFunc(sorted, comparePlaced)
	return sorted
}
