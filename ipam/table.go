package ipam

import (
	"net/netip"
	"slices"
)

// Table is a list of prefixes for longest-prefix matches. It takes 12 bytes for an IPv4 prefix, 28 for an IPv6 one, and
// a quarter of a megabyte. The zero value is empty.
type Table struct {
	v4 []packed4
	v6 []block
	// around4 and around6 hold, for each sorted prefix, the index of the narrowest other one that contains it, or -1.
	around4, around6 []int32
	index            *tableIndex // nil after Add
	room             int         // initial capacity for the first prefix of a family
}

// packed4 is an IPv4 block as a number that sorts like compareBlocks: by address, then by length.
type packed4 uint64

func pack4(b block) packed4 { return packed4(b.addr.addr4())<<8 | packed4(b.bits) }

func (p packed4) unpack() block { return block{key4(addr4(p >> 8)), uint8(p)} }

// bucket returns the upper half of the address.
func (p packed4) bucket() uint32 { return uint32(p >> (8 + indexBits)) }

// tableIndex maps each value of an address's upper half to the index of the first IPv4 prefix from there on.
type tableIndex [buckets + 1]uint32

// Grow makes room for n more prefixes. It only saves time and memory.
func (t *Table) Grow(n int) { t.room = n }

// Add adds p. An invalid prefix adds nothing.
func (t *Table) Add(p netip.Prefix) {
	switch {
	case !p.IsValid():
		return
	case p.Addr().Is6():
		t.v6 = append(withRoom(t.v6, t.room), blockOf(p))
	default:
		t.v4 = append(withRoom(t.v4, t.room), pack4(blockOf(p)))
	}
	t.index = nil
}

// Narrowest returns the smallest prefix of the table that contains p, which may be p itself. It reports false when
// there is none or p is invalid. The first call after Add sorts the table.
func (t *Table) Narrowest(p netip.Prefix) (netip.Prefix, bool) {
	if !p.IsValid() {
		return netip.Prefix{}, false
	}
	if t.index == nil {
		t.prepare()
	}
	b, is6 := blockOf(p), p.Addr().Is6()
	last, around, blockAt := t.find4(b), t.around4, t.block4
	if is6 {
		last, around, blockAt = t.find6(b), t.around6, t.block6
	}
	// A prefix that contains b comes before it and contains all in between: it is the last one there, or contains that
	// one.
	for at := last; at >= 0; at = int(around[at]) {
		if near := blockAt(at); near.contains(b) {
			return near.prefix(is6), true
		}
	}
	return netip.Prefix{}, false
}

// find4 returns the index of the last IPv4 prefix not after b, or -1.
func (t *Table) find4(b block) int {
	want := pack4(b)
	from, to := t.index[want.bucket()], t.index[want.bucket()+1]
	at, _ := slices.BinarySearch(t.v4[from:to], want+1)
	return int(from) + at - 1
}

func (t *Table) find6(b block) int {
	at, found := slices.BinarySearchFunc(t.v6, b, compareBlocks)
	if found {
		return at
	}
	return at - 1
}

func (t *Table) block4(at int) block { return t.v4[at].unpack() }
func (t *Table) block6(at int) block { return t.v6[at] }

func (t *Table) prepare() {
	slices.Sort(t.v4)
	t.v4 = slices.Compact(t.v4)
	slices.SortFunc(t.v6, compareBlocks)
	t.v6 = slices.Compact(t.v6)
	t.around4, t.around6 = aroundEach(len(t.v4), t.block4), aroundEach(len(t.v6), t.block6)
	t.index = &tableIndex{}
	n := 0
	for b := range uint32(buckets) {
		for n < len(t.v4) && t.v4[n].bucket() < b {
			n++
		}
		t.index[b] = uint32(n)
	}
	t.index[buckets] = uint32(len(t.v4))
}

// aroundEach returns, for each of n distinct sorted blocks, the index of the narrowest other one that contains it, or
// -1.
func aroundEach(n int, blockAt func(int) block) []int32 {
	around := make([]int32, n)
	for i := range n {
		b, at := blockAt(i), i-1
		for at >= 0 && !blockAt(at).contains(b) {
			at = int(around[at])
		}
		around[i] = int32(at)
	}
	return around
}
