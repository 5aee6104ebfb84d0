package ipam

import (
	"iter"
	"net/netip"
	"slices"
)

// Nest is entries put into each other. It keeps one small record for each different prefix; the free
// space between them is worked out when it is asked for. The zero value is empty.
type Nest struct {
	list   []nested // once sorted, what lies inside a prefix follows it
	sorted bool
	labels map[netip.Prefix][]string
	said   map[said]bool // which labels a prefix has, once it has many
}

// said is a label of a prefix.
type said struct {
	prefix netip.Prefix
	label  string
}

// manyLabels is from how many labels on they are looked up and not gone through.
const manyLabels = 16

// nested is a prefix that so many entries name, in three words.
type nested struct {
	addr  key
	times int32
	bits  uint8
	is6   bool
}

func (n nested) block() block { return block{n.addr, n.bits} }

// Nested is a prefix of a Nest, or free space between two of them.
type Nested struct {
	nest     *Nest
	block    block
	is6      bool
	at, next int // its place in the list, and that of the first behind all inside; equal for free space
}

// Grow makes room for so many prefixes to come. It only saves time and memory.
func (n *Nest) Grow(prefixes int) { n.list = slices.Grow(n.list, max(prefixes, 0)) }

// Add puts i in. A range that is no prefix comes in as the fewest prefixes that make it up.
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

// has reports whether a prefix has a label, and notes it where there are many.
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

// foldEqual counts equal neighbours instead of repeating them.
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

// Roots yields the prefixes that no other one holds, sorted, IPv4 first.
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

// node is the prefix at a place of the list, of which the part up to end is worth looking at.
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

// Prefix is the prefix itself.
func (n Nested) Prefix() netip.Prefix { return n.block.prefix(n.is6) }

// Free reports whether this is space that no entry names.
func (n Nested) Free() bool { return n.at == n.next }

// Times is how many entries name this prefix; 0 for free space.
func (n Nested) Times() int {
	if n.Free() {
		return 0
	}
	return int(n.nest.list[n.at].times)
}

// Labels is the comments of the entries that name this prefix, in their order, none twice.
func (n Nested) Labels() []string {
	if n.Free() {
		return nil
	}
	return n.nest.labels[n.Prefix()]
}

// Leaf reports whether no other entry lies inside.
func (n Nested) Leaf() bool { return n.next <= n.at+1 }

// Inside yields what lies directly inside, sorted by address, together with the free space between:
// the parts make up the prefix exactly. A leaf has no parts.
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
