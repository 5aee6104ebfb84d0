package ipam

import (
	"iter"
	"net/netip"
	"slices"
)

// Nest is a tree of entries by containment. It keeps one small record for each distinct prefix; the free space between
// them is computed on demand. The zero value is empty.
type Nest struct {
	list   []nested // once sorted, the prefixes inside a prefix follow it
	sorted bool
	labels map[netip.Prefix][]string
	said   map[said]bool // labels of prefixes with many labels
}

// said is a label of a prefix.
type said struct {
	prefix netip.Prefix
	label  string
}

// manyLabels is the number of labels above which a map replaces the linear search.
const manyLabels = 16

// nested is a prefix and its number of entries, in three words.
type nested struct {
	addr  key
	times int32
	bits  uint8
	is6   bool
}

func (n nested) block() block { return block{n.addr, n.bits} }

// Nested is a prefix of a Nest, or free space between two prefixes.
type Nested struct {
	nest     *Nest
	block    block
	is6      bool
	at, next int // index in the list, and that of the first entry after its descendants; equal for free space
}

// Grow makes room for n more prefixes. It only saves time and memory.
func (n *Nest) Grow(prefixes int) { n.list = slices.Grow(n.list, max(prefixes, 0)) }

// Add adds i. It adds a range that is not a prefix as the fewest prefixes that cover it exactly.
func (n *Nest) Add(i Item) {
	if p, ok := i.Prefix(); ok {
		n.add(p, i)
		return
	}
	for p := range i.Set().Prefixes() {
		n.add(p, i)
	}
}

func (n *Nest) add(p netip.Prefix, i Item) {
	b := blockOf(p)
	n.list, n.sorted = append(n.list, nested{b.addr, 1, b.bits, i.is6}), false
	if label := i.Label(); label != "" && !n.has(p, label) {
		if n.labels == nil {
			n.labels = map[netip.Prefix][]string{}
		}
		n.labels[p] = append(n.labels[p], label)
	}
}

// has reports whether a prefix has a label, and records the label if there are many.
func (n *Nest) has(p netip.Prefix, label string) bool {
	have := n.labels[p]
	if len(have) < manyLabels {
		return slices.Contains(have, label)
	}
	if n.said == nil {
		n.said = map[said]bool{}
	}
	if len(have) == manyLabels {
		for _, l := range have {
			n.said[said{p, l}] = true
		}
	}
	known := n.said[said{p, label}]
	n.said[said{p, label}] = true
	return known
}

func (n *Nest) sort() {
	if n.sorted {
		return
	}
	slices.SortFunc(n.list, func(a, b nested) int {
		switch {
		case a.is6 == b.is6:
			return compareBlocks(a.block(), b.block())
		case b.is6:
			return -1
		}
		return 1
	})
	n.list, n.sorted = foldEqual(n.list), true
}

// foldEqual replaces equal neighbours by one with their count.
func foldEqual(list []nested) []nested {
	out := list[:0]
	for _, b := range list {
		if n := len(out); n > 0 && out[n-1].block() == b.block() && out[n-1].is6 == b.is6 {
			out[n-1].times += b.times
			continue
		}
		out = append(out, b)
	}
	return out
}

// Roots yields the prefixes that no other prefix contains, sorted, IPv4 first.
func (n *Nest) Roots() iter.Seq[Nested] {
	return func(yield func(Nested) bool) {
		n.sort()
		for at := 0; at < len(n.list); {
			root := n.node(at, len(n.list))
			if !yield(root) {
				return
			}
			at = root.next
		}
	}
}

// node returns the prefix at a position in the list. Its descendants are before end.
func (n *Nest) node(at, end int) Nested {
	b := n.list[at]
	last := b.block().last()
	inside, _ := slices.BinarySearchFunc(n.list[at:end], last, func(c nested, last key) int {
		if c.is6 != b.is6 || last.Less(c.addr) {
			return 1
		}
		return -1
	})
	return Nested{n, b.block(), b.is6, at, at + inside}
}

// Prefix returns the prefix itself.
func (n Nested) Prefix() netip.Prefix { return n.block.prefix(n.is6) }

// Free reports whether this is free space, without an entry.
func (n Nested) Free() bool { return n.at == n.next }

// Times returns the number of entries with this prefix; 0 for free space.
func (n Nested) Times() int {
	if n.Free() {
		return 0
	}
	return int(n.nest.list[n.at].times)
}

// Labels returns the distinct comments of the entries with this prefix, in their order.
func (n Nested) Labels() []string {
	if n.Free() {
		return nil
	}
	return n.nest.labels[n.Prefix()]
}

// Leaf reports whether there is no other entry inside.
func (n Nested) Leaf() bool { return n.next <= n.at+1 }

// Inside yields the direct children, sorted by address, and the free space between them: together they cover the prefix
// exactly. A leaf has none.
func (n Nested) Inside() iter.Seq[Nested] {
	return func(yield func(Nested) bool) {
		if n.Leaf() {
			return
		}
		from, last := n.block.addr, n.block.last()
		for at := n.at + 1; at < n.next; {
			child := n.nest.node(at, n.next)
			if from.Less(child.block.addr) && !n.free(from, child.block.addr.Prev(), yield) || !yield(child) {
				return
			}
			if child.block.last() == last {
				return
			}
			from, at = child.block.last().Next(), child.next
		}
		n.free(from, last, yield)
	}
}

// free yields the space from one address to another as prefixes. It reports false when yield did.
func (n Nested) free(from, to key, yield func(Nested) bool) bool {
	return blocks6(span[key]{Lo: from, Hi: to}, func(a key, length int) bool {
		return yield(Nested{n.nest, block{a, uint8(length)}, n.is6, 0, 0})
	})
}
