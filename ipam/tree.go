package ipam

import (
	"bytes"
	"iter"
	"math/bits"
	"slices"
)

// A full node is split, an almost empty one joined with a neighbour. Wide nodes keep the tree three levels deep at a
// million blocks, where each level is a likely cache miss. An inner node represents sets of its kids as the bits of a
// word, the last bit for the kid that makes it overfull.
const (
	maxBlocks = 432
	maxKids   = 63
)

// tree keeps disjoint blocks in address order: a B+ tree whose inner nodes also record which sizes are below which
// child, so that one descent finds the lowest or highest block of a size. Nodes are shared between clones and copied
// before the first change.
type tree struct {
	is6   bool
	owner *owner
	root  *node // nil while the tree is empty
}

// owner distinguishes the nodes that a tree may change in place from those it shares with a clone.
type owner struct{ _ byte }

// node is a leaf with blocks or an inner node with kids, both in address order.
type node struct {
	// The fields for searches come first, in one cache line.
	kids  []*node // of an inner node; nil in a leaf
	addrs addrs   // of the blocks of a leaf; of the first block below each kid
	owner *owner

	sizes sizes    // of all blocks below
	bits  []uint8  // of the blocks of a leaf; separate, so that a search for a size reads one cache line
	with  kidsWith // of an inner node
}

// newTree returns a tree of disjoint blocks of one family, which must be in address order and coalesced.
func newTree(blocks iter.Seq[block], is6 bool) tree {
	t := tree{is6: is6}
	leaf := newLeaf(nil, is6)
	level := []*node{leaf}
	for b := range blocks {
		if leaf.size() == maxBlocks {
			leaf = newLeaf(nil, is6)
			level = append(level, leaf)
		}
		leaf.insertBlocks(leaf.size(), []block{b})
	}
	if leaf.size() == 0 {
		return t
	}
	for len(level) > 1 {
		below := level
		level = nil
		for kids := range slices.Chunk(below, maxKids) {
			n := newInner(nil, is6)
			for _, kid := range kids {
				n.insertKid(n.size(), kid)
			}
			level = append(level, n)
		}
	}
	t.root = level[0]
	return t
}

// treeOf returns a tree of blocks, which are disjoint and in order.
func treeOf(blocks []block, is6 bool) tree {
	if len(blocks) <= maxBlocks {
		return smallTree(blocks, is6)
	}
	return newTree(slices.Values(blocks), is6)
}

// smallTree returns newTree for blocks that fit in one leaf, with fewer allocations: plans create many small pools.
func smallTree(blocks []block, is6 bool) tree {
	n := &node{addrs: addrs{is6: is6}}
	n.insertBlocks(0, blocks)
	return tree{is6: is6, root: n}
}

// clone takes constant time: neither side may change the shared nodes any more.
func (t *tree) clone() tree {
	t.owner = new(owner)
	return tree{t.is6, new(owner), t.root}
}

// sizes returns the sizes that occur in the whole tree.
func (t *tree) sizes() sizes {
	if t.root == nil {
		return sizes{}
	}
	return t.root.sizes
}

// floor returns the last block that starts at or before k.
func (t *tree) floor(k key) (block, bool) {
	n := t.root
	if n == nil {
		return block{}, false
	}
	for n.kids != nil {
		n = n.kids[n.kidFor(k)]
	}
	i := n.addrs.upTo(k) - 1
	if i < 0 {
		return block{}, false
	}
	return n.block(i), true
}

// overlapping returns the last block that shares an address with first…last.
func (t *tree) overlapping(first, last key) (block, bool) {
	b, ok := t.floor(last)
	return b, ok && !b.last().Less(first)
}

// lowest returns the first block in address order whose length is in want, highest the last one.
func (t *tree) lowest(want sizes) (block, bool) {
	n := t.root
	if n == nil || !n.sizes.meets(want) {
		return block{}, false
	}
	for n.kids != nil {
		n = n.kids[bits.TrailingZeros64(n.with.any(want))]
	}
	i := 0
	for !want.has(n.bits[i]) {
		i++
	}
	return n.block(i), true
}

func (t *tree) highest(want sizes) (block, bool) {
	n := t.root
	if n == nil || !n.sizes.meets(want) {
		return block{}, false
	}
	for n.kids != nil {
		n = n.kids[bits.Len64(n.with.any(want))-1]
	}
	i := len(n.bits) - 1
	for !want.has(n.bits[i]) {
		i--
	}
	return n.block(i), true
}

func (t *tree) insert(b block) { t.edit(b.addr, 0, []block{b}) }

func (t *tree) remove(b block) { t.edit(b.addr, 1, nil) }

// replace replaces b with blocks, which must be in order and inside b.
func (t *tree) replace(b block, with []block) { t.edit(b.addr, 1, with) }

// edit replaces the given number of blocks (0 or 1) at address at with the new ones.
func (t *tree) edit(at key, drop int, with []block) {
	if t.root == nil {
		t.root = &node{owner: t.owner, addrs: addrs{is6: t.is6}}
	}
	t.root = t.own(t.root)
	t.editBelow(t.root, at, drop, with)
	for t.root.size() > t.root.limit() {
		top := newInner(t.owner, t.is6)
		for i, part := range t.split(t.root) {
			top.insertKid(i, part)
		}
		t.root = top
	}
	for len(t.root.kids) == 1 {
		t.root = t.root.kids[0]
	}
	if t.root.size() == 0 {
		t.root = nil
	}
}

// editBelow changes n, which t must own, and the nodes below it. It may leave n overfull or empty, which the node above
// must handle.
func (t *tree) editBelow(n *node, at key, drop int, with []block) {
	if n.kids == nil {
		i := n.addrs.upTo(at) - drop
		if drop == 1 {
			n.deleteBlock(i)
		}
		n.insertBlocks(i, with)
		return
	}
	i := n.kidFor(at)
	kid := t.own(n.kids[i])
	before := kid.sizes
	t.editBelow(kid, at, drop, with)
	switch {
	case kid.size() == 0:
		n.deleteKid(i, before)
	case kid.size() > kid.limit():
		n.deleteKid(i, before)
		for j, part := range t.split(kid) {
			n.insertKid(i+j, part)
		}
	default:
		n.kids[i] = kid
		n.addrs.set(i, kid.addrs.at(0))
		n.resize(i, before, kid.sizes)
		if drop > len(with) {
			t.join(n, i)
		}
	}
}

func (n *node) insertBlocks(i int, more []block) {
	n.addrs.open(i, len(more))
	old := len(n.bits)
	n.bits = slices.Grow(n.bits, len(more))[:old+len(more)]
	copy(n.bits[i+len(more):], n.bits[i:old])
	for j, b := range more {
		n.addrs.set(i+j, b.addr)
		n.bits[i+j] = b.bits
		n.sizes.add(b.bits)
	}
}

func (n *node) deleteBlock(i int) {
	length := n.bits[i]
	n.addrs.delete(i)
	n.bits = slices.Delete(n.bits, i, i+1)
	if bytes.IndexByte(n.bits, length) < 0 {
		n.sizes.drop(length)
	}
}

func (n *node) insertKid(i int, kid *node) {
	n.addrs.open(i, 1)
	n.addrs.set(i, kid.addrs.at(0))
	n.kids = slices.Insert(n.kids, i, kid)
	n.with.open(i)
	n.resize(i, sizes{}, kid.sizes)
}

// deleteKid removes kid i.
func (n *node) deleteKid(i int, had sizes) {
	n.resize(i, had, sizes{})
	n.addrs.delete(i)
	n.kids = slices.Delete(n.kids, i, i+1)
	n.with.close(i)
}

// resize updates n after the sizes below kid i have changed.
func (n *node) resize(i int, before, now sizes) {
	if before == now {
		return
	}
	for c := range before.xor(now).classes() {
		n.with[c] ^= 1 << i
		n.sizes.put(c, n.with[c] != 0)
	}
}

// own returns n if t may change it, else a copy.
func (t *tree) own(n *node) *node {
	if n.owner == t.owner {
		return n
	}
	return n.part(t.owner, 0, n.size())
}

// split divides an overfull node into about equal parts.
func (t *tree) split(n *node) []*node {
	parts := (n.size() + n.limit() - 1) / n.limit()
	size := (n.size() + parts - 1) / parts
	all := make([]*node, 0, parts)
	for from := 0; from < n.size(); from += size {
		all = append(all, n.part(t.owner, from, min(from+size, n.size())))
	}
	return all
}

// part returns a new node with the content of n between two positions.
func (n *node) part(o *owner, from, to int) *node {
	p := &node{owner: o, addrs: addrs{is6: n.addrs.is6}} // for a small pool, which takes no more memory than it needs
	if n.kids != nil {
		p = newInner(o, n.addrs.is6)
	} else if to-from > maxBlocks/4 {
		p = newLeaf(o, n.addrs.is6)
	}
	p.append(n, from, to)
	return p
}

// append appends the content of o between two positions to n.
func (n *node) append(o *node, from, to int) {
	words := o.addrs.words[o.addrs.wordsOf(from):o.addrs.wordsOf(to)]
	n.addrs.words = append(n.addrs.words, words...)
	if n.kids == nil {
		n.bits = append(n.bits, o.bits[from:to]...)
		for _, length := range o.bits[from:to] {
			n.sizes.add(length)
		}
		return
	}
	n.with.append(len(n.kids), o.with, from, to)
	n.kids = append(n.kids, o.kids[from:to]...)
	for c, kids := range n.with {
		n.sizes.put(c, kids != 0)
	}
}

// newLeaf returns an empty leaf with full capacity. For IPv4 it is a single allocation: access to a leaf of a large
// tree then touches one page instead of three.
func newLeaf(o *owner, is6 bool) *node {
	if is6 {
		return &node{owner: o, addrs: addrs{make([]uint32, 0, 4*maxBlocks), true}, bits: make([]uint8, 0, maxBlocks)}
	}
	leaf := &struct {
		node
		words [maxBlocks]uint32
		bits  [maxBlocks]uint8
	}{}
	leaf.node = node{owner: o, addrs: addrs{words: leaf.words[:0]}, bits: leaf.bits[:0]}
	return &leaf.node
}

func newInner(o *owner, is6 bool) *node {
	a := addrs{is6: is6}
	a.words = make([]uint32, 0, a.wordsOf(maxKids))
	return &node{owner: o, addrs: a, kids: make([]*node, 0, maxKids), with: newKidsWith(is6)}
}

// join merges child i, if it is at most a quarter full, with a neighbour if the two fill at most half a node.
func (t *tree) join(n *node, i int) {
	if n.kids[i].size() > n.kids[i].limit()/4 {
		return
	}
	for _, left := range [2]int{i - 1, i} {
		if left < 0 || left+1 >= len(n.kids) {
			continue
		}
		a, b := n.kids[left], n.kids[left+1]
		if a.size()+b.size() > a.limit()/2 {
			continue
		}
		a = t.own(a)
		before := a.sizes
		a.append(b, 0, b.size())
		n.kids[left] = a
		n.resize(left, before, a.sizes)
		n.deleteKid(left+1, b.sizes)
		return
	}
}

func (n *node) block(i int) block { return block{n.addrs.at(i), n.bits[i]} }

func (n *node) size() int { return len(n.bits) + len(n.kids) }

func (n *node) limit() int {
	if n.kids != nil {
		return maxKids
	}
	return maxBlocks
}

// kidFor returns the index of the child that contains k, or where k belongs.
func (n *node) kidFor(k key) int { return max(n.addrs.upTo(k)-1, 0) }

// blocks returns all blocks in address order.
func (t *tree) blocks() []block { return t.root.appendTo(nil) }

func (n *node) appendTo(to []block) []block {
	if n == nil {
		return to
	}
	for i := range n.bits {
		to = append(to, n.block(i))
	}
	for _, kid := range n.kids {
		to = kid.appendTo(to)
	}
	return to
}
