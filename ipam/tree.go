package ipam

import "slices"

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
	root  *node // nil while empty
}

// owner tells the nodes that one tree may change in place from those it shares with a clone.
type owner struct{ _ byte }

type node struct {
	owner  *owner
	blocks []block // of a leaf, in address order
	kids   []kid   // of an inner node, in address order; nil in a leaf
}

type kid struct {
	first key   // address of the first block below
	sizes sizes // of all blocks below
	node  *node
}

// newTree takes disjoint blocks in address order and keeps the slice.
func newTree(blocks []block) tree {
	var t tree
	if len(blocks) > 0 {
		root := &node{blocks: blocks}
		t.root = t.raise(root, t.splitLeaf(root))
	}
	return t
}

// clone costs the same for any tree: both sides lose the right to change the nodes they now share.
func (t *tree) clone() tree {
	t.owner = new(owner)
	return tree{new(owner), t.root}
}

// floor is the last block that starts at or before k.
func (t *tree) floor(k key) (block, bool) {
	n := t.root
	if n == nil || k.less(n.first()) {
		return block{}, false
	}
	for n.kids != nil {
		n = n.kids[n.kidFor(k)].node
	}
	i := n.indexOf(k)
	if i < len(n.blocks) && n.blocks[i].addr == k {
		return n.blocks[i], true
	}
	return n.blocks[i-1], true
}

// overlapping is the last block that shares an address with first…last.
func (t *tree) overlapping(first, last key) (block, bool) {
	b, ok := t.floor(last)
	return b, ok && !b.last().less(first)
}

// sizes is the set of lengths of all blocks.
func (t *tree) sizes() sizes {
	if t.root == nil {
		return sizes{}
	}
	return t.root.sizes()
}

// lowest is the first block in address order whose length is in want; highest the last one.
func (t *tree) lowest(want sizes) (block, bool) {
	n := t.root
	if n == nil {
		return block{}, false
	}
	for n.kids != nil {
		i := slices.IndexFunc(n.kids, func(k kid) bool { return k.sizes.meets(want) })
		if i < 0 {
			return block{}, false
		}
		n = n.kids[i].node
	}
	for _, b := range n.blocks {
		if want.has(b.bits) {
			return b, true
		}
	}
	return block{}, false
}

func (t *tree) highest(want sizes) (block, bool) {
	n := t.root
	if n == nil {
		return block{}, false
	}
	for n.kids != nil {
		i := len(n.kids) - 1
		for i >= 0 && !n.kids[i].sizes.meets(want) {
			i--
		}
		if i < 0 {
			return block{}, false
		}
		n = n.kids[i].node
	}
	for _, b := range slices.Backward(n.blocks) {
		if want.has(b.bits) {
			return b, true
		}
	}
	return block{}, false
}

func (t *tree) insert(b block) { t.edit(b.addr, 0, []block{b}) }

func (t *tree) remove(b block) { t.edit(b.addr, 1, nil) }

// replace puts blocks, in order and all inside b, where b was.
func (t *tree) replace(b block, with []block) { t.edit(b.addr, 1, with) }

// edit drops the given number of blocks (0 or 1) at address at and puts the new ones there.
func (t *tree) edit(at key, drop int, with []block) {
	if t.root == nil {
		t.root = &node{owner: t.owner}
	}
	root, more := t.editNode(t.root, at, drop, with)
	root = t.raise(root, more)
	for len(root.kids) == 1 {
		root = root.kids[0].node
	}
	if root.size() == 0 {
		root = nil
	}
	t.root = root
}

// editNode returns the node to use from now on and those split off to its right.
func (t *tree) editNode(n *node, at key, drop int, with []block) (*node, []kid) {
	n = t.own(n)
	if n.kids == nil {
		i := n.indexOf(at)
		n.blocks = slices.Replace(n.blocks, i, i+drop, with...)
		return n, t.splitLeaf(n)
	}
	i := n.kidFor(at)
	below, more := t.editNode(n.kids[i].node, at, drop, with)
	if below.size() == 0 {
		n.kids = slices.Delete(n.kids, i, i+1)
		return n, nil
	}
	n.kids[i] = kidOf(below)
	n.kids = slices.Insert(n.kids, i+1, more...)
	t.join(n, i)
	return n, t.splitInner(n)
}

// own is n itself when t may change it, else a copy.
func (t *tree) own(n *node) *node {
	if n.owner == t.owner {
		return n
	}
	return &node{t.owner, slices.Clone(n.blocks), slices.Clone(n.kids)}
}

// raise builds levels above root and its new right neighbours until one node is left.
func (t *tree) raise(root *node, more []kid) *node {
	for len(more) > 0 {
		root = &node{owner: t.owner, kids: append([]kid{kidOf(root)}, more...)}
		more = t.splitInner(root)
	}
	return root
}

// splitLeaf shortens an overfull leaf and returns the rest as new leaves, all about equally full.
func (t *tree) splitLeaf(n *node) []kid {
	if len(n.blocks) <= maxBlocks {
		return nil
	}
	var more []kid
	size := evenly(len(n.blocks), maxBlocks)
	for part := range slices.Chunk(n.blocks[size:], size) {
		more = append(more, kidOf(&node{owner: t.owner, blocks: slices.Clone(part)}))
	}
	n.blocks = slices.Clone(n.blocks[:size])
	return more
}

func (t *tree) splitInner(n *node) []kid {
	if len(n.kids) <= maxKids {
		return nil
	}
	var more []kid
	size := evenly(len(n.kids), maxKids)
	for part := range slices.Chunk(n.kids[size:], size) {
		more = append(more, kidOf(&node{owner: t.owner, kids: slices.Clone(part)}))
	}
	n.kids = slices.Clone(n.kids[:size])
	return more
}

// evenly is the largest part when n things are cut into as few equal parts of at most limit as possible.
func evenly(n, limit int) int {
	parts := (n + limit - 1) / limit
	return (n + parts - 1) / parts
}

// join merges child i with a neighbour when the two fill half a node or less.
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
		a.blocks = append(a.blocks, b.blocks...)
		a.kids = append(a.kids, b.kids...)
		n.kids[left] = kidOf(a)
		n.kids = slices.Delete(n.kids, left+1, left+2)
		return
	}
}

func kidOf(n *node) kid { return kid{n.first(), n.sizes(), n} }

// first is the address of the first block below n, which is not empty.
func (n *node) first() key {
	if n.kids != nil {
		return n.kids[0].first
	}
	return n.blocks[0].addr
}

func (n *node) sizes() sizes {
	var s sizes
	for i := range n.blocks {
		s.add(n.blocks[i].bits)
	}
	for i := range n.kids {
		s.union(n.kids[i].sizes)
	}
	return s
}

func (n *node) size() int { return len(n.blocks) + len(n.kids) }

func (n *node) limit() int {
	if n.kids != nil {
		return maxKids
	}
	return maxBlocks
}

// indexOf is the position of the first block at or after k.
func (n *node) indexOf(k key) int {
	low, high := 0, len(n.blocks)
	for low < high {
		mid := (low + high) / 2
		if n.blocks[mid].addr.less(k) {
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

// appendTo appends all blocks below n in address order.
func (n *node) appendTo(to []block) []block {
	if n == nil {
		return to
	}
	to = append(to, n.blocks...)
	for _, k := range n.kids {
		to = k.node.appendTo(to)
	}
	return to
}
