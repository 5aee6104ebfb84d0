package ipam

import (
	"bytes"
	"iter"
	"slices"
)

// A full node is split, an almost empty one joined with a neighbour. Wide nodes keep the tree three
// or four levels deep at a million blocks, where each level is a likely cache miss.
const (
	maxBlocks = 64
	maxKids   = 32
)

// tree keeps disjoint blocks in address order: a B+ tree whose inner nodes also know which sizes lie
// below each child, so that the lowest or highest block of a size is found on one way down.
// Nodes are shared between clones and copied before the first change.
type tree struct {
	owner *owner
	root  kid // its node is nil while the tree is empty
}

// owner tells the nodes that one tree may change in place from those it shares with a clone.
type owner struct{ _ byte }

// node is a leaf with blocks or an inner node with kids, both in address order.
type node struct {
	owner *owner
	addrs []key   // of the blocks of a leaf
	bits  []uint8 // of the same blocks; apart, because a search for a size then reads one cache line
	kids  []kid   // nil in a leaf
}

// kid is a node with what its parent must know of it.
type kid struct {
	first key   // address of the first block below
	sizes sizes // of all blocks below
	node  *node
}

// newTree takes disjoint blocks in address order, with nothing to coalesce.
func newTree(blocks iter.Seq[block]) tree {
	var level []kid
	leaf := &node{}
	for b := range blocks {
		if leaf.size() == maxBlocks {
			level = append(level, kidOf(leaf))
			leaf = &node{addrs: make([]key, 0, maxBlocks), bits: make([]uint8, 0, maxBlocks)}
		}
		leaf.addrs, leaf.bits = append(leaf.addrs, b.addr), append(leaf.bits, b.bits)
	}
	if leaf.size() == 0 {
		return tree{}
	}
	level = append(level, kidOf(leaf))
	for len(level) > 1 {
		below := level
		level = nil
		for kids := range slices.Chunk(below, maxKids) {
			level = append(level, kidOf(&node{kids: slices.Clone(kids)}))
		}
	}
	return tree{root: level[0]}
}

// smallTree is newTree for what fits in one leaf, in fewer allocations: plans make many small pools.
func smallTree(blocks []block) tree {
	n := &node{}
	n.insert(0, blocks)
	return tree{root: kidOf(n)}
}

// clone costs the same for any tree: both sides lose the right to change the nodes they now share.
func (t *tree) clone() tree {
	t.owner = new(owner)
	return tree{new(owner), t.root}
}

// floor is the last block that starts at or before k.
func (t *tree) floor(k key) (block, bool) {
	n := t.root.node
	if n == nil || k.less(t.root.first) {
		return block{}, false
	}
	for n.kids != nil {
		n = n.kids[n.kidFor(k)].node
	}
	i := n.indexOf(k)
	if i == len(n.addrs) || n.addrs[i] != k {
		i--
	}
	return n.block(i), true
}

// overlapping is the last block that shares an address with first…last.
func (t *tree) overlapping(first, last key) (block, bool) {
	b, ok := t.floor(last)
	return b, ok && !b.last().less(first)
}

// lowest is the first block in address order whose length is in want; highest the last one.
func (t *tree) lowest(want sizes) (block, bool) {
	if !t.root.sizes.meets(want) {
		return block{}, false
	}
	n := t.root.node
	for n.kids != nil {
		i := 0
		for !n.kids[i].sizes.meets(want) {
			i++
		}
		n = n.kids[i].node
	}
	i := 0
	for !want.has(n.bits[i]) {
		i++
	}
	return n.block(i), true
}

func (t *tree) highest(want sizes) (block, bool) {
	if !t.root.sizes.meets(want) {
		return block{}, false
	}
	n := t.root.node
	for n.kids != nil {
		i := len(n.kids) - 1
		for !n.kids[i].sizes.meets(want) {
			i--
		}
		n = n.kids[i].node
	}
	i := len(n.bits) - 1
	for !want.has(n.bits[i]) {
		i--
	}
	return n.block(i), true
}

func (t *tree) insert(b block) { t.edit(b.addr, 0, []block{b}) }

func (t *tree) remove(b block) { t.edit(b.addr, 1, nil) }

// replace puts blocks, in order and all inside b, where b was.
func (t *tree) replace(b block, with []block) { t.edit(b.addr, 1, with) }

// edit drops the given number of blocks (0 or 1) at address at and puts the new ones there.
func (t *tree) edit(at key, drop int, with []block) {
	root := t.root
	if root.node == nil {
		root.node = &node{owner: t.owner}
	}
	root, more := t.editKid(root, at, drop, with)
	for len(more) > 0 {
		root, more = t.grown(&node{owner: t.owner, kids: append([]kid{root}, more...)})
	}
	for len(root.node.kids) == 1 {
		root = root.node.kids[0]
	}
	if root.node.size() == 0 {
		root = kid{}
	}
	t.root = root
}

// editKid returns what stands in the parent for k from now on, and the nodes split off to its right.
// A node that has become empty is for the parent to drop.
func (t *tree) editKid(k kid, at key, drop int, with []block) (kid, []kid) {
	k.node = t.own(k.node)
	if k.node.kids == nil {
		return t.editLeaf(k, at, drop, with)
	}
	n := k.node
	i := n.kidFor(at)
	old := n.kids[i]
	now, more := t.editKid(old, at, drop, with)
	switch {
	case now.node.size() == 0:
		n.kids = slices.Delete(n.kids, i, i+1)
	case len(more) > 0:
		n.kids[i] = now
		n.kids = slices.Insert(n.kids, i+1, more...)
	default:
		n.kids[i] = now
		if drop > len(with) {
			t.join(n, i)
		}
		if now.sizes == old.sizes {
			k.first = n.kids[0].first
			return k, nil
		}
	}
	return t.grown(n)
}

func (t *tree) editLeaf(k kid, at key, drop int, with []block) (kid, []kid) {
	n := k.node
	i := n.indexOf(at)
	if drop == 1 {
		dropped := n.bits[i]
		n.addrs, n.bits = slices.Delete(n.addrs, i, i+1), slices.Delete(n.bits, i, i+1)
		k.sizes = n.without(k.sizes, dropped)
	}
	n.insert(i, with)
	if n.size() > maxBlocks {
		return t.grown(n)
	}
	for _, b := range with {
		k.sizes.add(b.bits)
	}
	if n.size() > 0 {
		k.first = n.addrs[0]
	}
	return k, nil
}

func (n *node) insert(i int, with []block) {
	old, more := len(n.addrs), len(with)
	n.addrs = slices.Grow(n.addrs, more)[:old+more]
	n.bits = slices.Grow(n.bits, more)[:old+more]
	copy(n.addrs[i+more:], n.addrs[i:old])
	copy(n.bits[i+more:], n.bits[i:old])
	for j, b := range with {
		n.addrs[i+j], n.bits[i+j] = b.addr, b.bits
	}
}

// without is s less a length that one block of the leaf had, unless another has it.
func (n *node) without(s sizes, length uint8) sizes {
	if bytes.IndexByte(n.bits, length) < 0 {
		s.drop(length)
	}
	return s
}

// own is n itself when t may change it, else a copy.
func (t *tree) own(n *node) *node {
	if n.owner == t.owner {
		return n
	}
	return &node{t.owner, slices.Clone(n.addrs), slices.Clone(n.bits), slices.Clone(n.kids)}
}

// grown is n for its parent; an overfull node is cut into about equal parts first.
func (t *tree) grown(n *node) (kid, []kid) {
	if n.size() <= n.limit() {
		return kidOf(n), nil
	}
	parts := (n.size() + n.limit() - 1) / n.limit()
	size := (n.size() + parts - 1) / parts
	more := make([]kid, 0, parts-1)
	for from := size; from < n.size(); from += size {
		more = append(more, kidOf(n.part(t.owner, from, min(from+size, n.size()))))
	}
	return kidOf(n.part(t.owner, 0, size)), more
}

// part is a node of its own with what n has from one position to another.
func (n *node) part(o *owner, from, to int) *node {
	if n.kids != nil {
		return &node{owner: o, kids: slices.Clone(n.kids[from:to])}
	}
	return &node{owner: o, addrs: slices.Clone(n.addrs[from:to]), bits: slices.Clone(n.bits[from:to])}
}

// join merges child i, when it is a quarter full or less, with a neighbour if the two fill half a node.
func (t *tree) join(n *node, i int) {
	if n.kids[i].node.size() > n.kids[i].node.limit()/4 {
		return
	}
	for _, left := range [2]int{i - 1, i} {
		if left < 0 || left+1 >= len(n.kids) {
			continue
		}
		a, b := n.kids[left].node, n.kids[left+1].node
		if a.size()+b.size() > a.limit()/2 {
			continue
		}
		a = t.own(a)
		a.addrs, a.bits = append(a.addrs, b.addrs...), append(a.bits, b.bits...)
		a.kids = append(a.kids, b.kids...)
		n.kids[left] = kidOf(a)
		n.kids = slices.Delete(n.kids, left+1, left+2)
		return
	}
}

// kidOf looks at all of n. An empty node has no first block.
func kidOf(n *node) kid {
	k := kid{node: n}
	if n.kids == nil && len(n.addrs) > 0 {
		k.first = n.addrs[0]
	} else if len(n.kids) > 0 {
		k.first = n.kids[0].first
	}
	for _, length := range n.bits {
		k.sizes.add(length)
	}
	for i := range n.kids {
		k.sizes.union(n.kids[i].sizes)
	}
	return k
}

func (n *node) block(i int) block { return block{n.addrs[i], n.bits[i]} }

func (n *node) size() int { return len(n.addrs) + len(n.kids) }

func (n *node) limit() int {
	if n.kids != nil {
		return maxKids
	}
	return maxBlocks
}

// indexOf is the position of the first block at or after k.
func (n *node) indexOf(k key) int {
	low, high := 0, len(n.addrs)
	for low < high {
		mid := (low + high) / 2
		if n.addrs[mid].less(k) {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

// kidFor is the child that holds k, or the place for it.
func (n *node) kidFor(k key) int {
	low, high := 1, len(n.kids)
	for low < high {
		mid := (low + high) / 2
		if k.less(n.kids[mid].first) {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low - 1
}

// blocks is every block in address order.
func (t *tree) blocks() []block { return t.root.node.appendTo(nil) }

func (n *node) appendTo(to []block) []block {
	if n == nil {
		return to
	}
	for i := range n.addrs {
		to = append(to, n.block(i))
	}
	for _, k := range n.kids {
		to = k.node.appendTo(to)
	}
	return to
}
