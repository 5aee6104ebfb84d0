package ipam

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"
)

// Overlaps is a list of entries to search for overlaps. It takes 17 bytes for an IPv4 entry, 53 for an IPv6 one, and
// the labels. The zero value is an empty list.
type Overlaps struct {
	v4     []indexed[addr4]
	v6     []indexed[key]
	kinds  []Kind
	lines  []int32
	labels map[int32][]byte
	files  []fileFrom // in the order of the entries
	room   int        // initial capacity for the first entry of a family
}

// fileFrom is a file and the index of its first entry.
type fileFrom struct {
	first int32
	name  string
}

// indexed is a span with its index in the list.
type indexed[K number[K]] struct {
	lo, hi K
	index  int32
}

// Add appends i to the list.
func (o *Overlaps) Add(i Item) {
	n := int32(len(o.kinds))
	o.kinds = append(withRoom(o.kinds, o.room), i.Kind)
	o.lines = append(withRoom(o.lines, o.room), int32(i.Line))
	if last := len(o.files) - 1; last < 0 || o.files[last].name != i.File {
		o.files = append(o.files, fileFrom{n, i.File})
	}
	if len(i.label) > 0 {
		if o.labels == nil {
			o.labels = map[int32][]byte{}
		}
		o.labels[n] = slices.Clone(i.label)
	}
	if i.is6 {
		o.v6 = append(withRoom(o.v6, o.room), indexed[key]{i.first, i.last, n})
	} else {
		o.v4 = append(withRoom(o.v4, o.room), indexed[addr4]{i.first.addr4(), i.last.addr4(), n})
	}
}

// Grow makes room for n more entries. It only saves time and memory.
func (o *Overlaps) Grow(n int) { o.room = n }

// Pairs yields every pair of entries that share an address, ordered by the start of the second, IPv4 first. The first
// of a pair is the one that starts lower, is larger, or was added earlier, in this order. It takes O(n·log n) plus the
// number of pairs, which may be n²/2.
func (o *Overlaps) Pairs() iter.Seq2[Item, Item] {
	return func(yield func(Item, Item) bool) {
		ok := sweep(o.v4, compareIndexed4, func(a, b indexed[addr4]) bool { return yield(o.item4(a), o.item4(b)) })
		if ok {
			sweep(
				o.v6,
				compareIndexed6,
				func(a, b indexed[key]) bool { return yield(o.item(a, true), o.item(b, true)) },
			)
		}
	}
}

func (o *Overlaps) item4(e indexed[addr4]) Item {
	return o.item(indexed[key]{key4(e.lo), lastKey4(e.hi), e.index}, false)
}

func (o *Overlaps) item(e indexed[key], is6 bool) Item {
	i := Item{
		first: e.lo,
		last:  e.hi,
		addr:  e.lo,
		is6:   is6,
		Kind:  o.kinds[e.index],
		Line:  int(o.lines[e.index]),
		label: o.labels[e.index],
	}
	at, found := slices.BinarySearchFunc(
		o.files,
		e.index,
		func(f fileFrom, n int32) int { return cmp.Compare(f.first, n) },
	)
	if !found {
		at--
	}
	i.File = o.files[at].name
	if i.Kind == PrefixItem {
		i.bits = uint8(e.lo.xor(e.hi).leadingZeros())
	}
	return i
}

// sweep sorts list, by the low end, the larger first, and yields its overlapping pairs. It reports false when yield
// did.
func sweep[K number[K]](list []indexed[K], compare func(a, b indexed[K]) int, yield func(a, b indexed[K]) bool) bool {
	slices.SortFunc(list, compare)
	var open []indexed[K] // spans that may overlap the current one
	for _, e := range list {
		still := open[:0]
		for _, a := range open {
			if a.hi.Less(e.lo) {
				continue
			}
			still = append(still, a)
			if !yield(a, e) {
				return false
			}
		}
		open = append(still, e)
	}
	return true
}

func compareIndexed4(a, b indexed[addr4]) int {
	if c := cmp.Compare(a.lo, b.lo); c != 0 {
		return c
	}
	if c := cmp.Compare(b.hi, a.hi); c != 0 {
		return c
	}
	return cmp.Compare(a.index, b.index)
}

func compareIndexed6(a, b indexed[key]) int {
	if c := a.lo.compare(b.lo); c != 0 {
		return c
	}
	if c := b.hi.compare(a.hi); c != 0 {
		return c
	}
	return cmp.Compare(a.index, b.index)
}

// leadingZeros returns the number of leading zero bits, 128 for zero.
func (k key) leadingZeros() int {
	if k.hi != 0 {
		return bits.LeadingZeros64(k.hi)
	}
	return 64 + bits.LeadingZeros64(k.lo)
}
