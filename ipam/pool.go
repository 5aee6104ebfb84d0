// Package ipam calculates with IP prefixes and allocates them.
//
// Everything is exact for both families, deterministic, and independent of what the addresses are used for. Prefixes
// are masked on input. An IPv4 address in IPv6 notation (::ffff:10.0.0.1) counts as IPv6.
package ipam

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
)

// Pool allocates aligned prefixes of one address family from any number of disjoint prefixes. The zero value is an
// empty pool, from which nothing can be allocated. Each operation costs O(log n) in the number of free blocks, plus the
// blocks it removes. A Pool is not safe for concurrent use.
//
// # Placement is complete
//
// BestFit places a list of requests, one at a time and in any order, whenever the list can be placed at all. All blocks
// are aligned powers of two, so any two of them are nested or disjoint. Suppose the remaining requests can be placed
// according to some plan S, BestFit puts the next one at B, the low end of the smallest free block F that fits, and S
// has it at A, in a free block G. G fits it as well, so G is at least as large as F.
//
//  1. Let A' be the aligned part of G that is as large as F and holds A. No other request of S
//     reaches into A' from outside: it would hold all of A', and A with it. So S may exchange what it
//     has in A' for what it has in F, which moves A into F.
//  2. While A is in the upper half of F, S may exchange the two halves: a request across both
//     would hold A. Repeat with the lower half in place of F until A is B.
//
// S remains valid for the other requests, so they still fit after BestFit's choice, and the claim follows by induction.
// BestFit therefore refuses only requests that cannot be placed without moving an earlier allocation. The other
// strategies trade this guarantee for other goals.
type Pool struct {
	prefixes []block // the prefixes of the pool: sorted, disjoint, coalesced; never changed
	is6      bool
	free     tree // maximal blocks: never contains both of two buddies
}

// Strategy selects the free block that Pool.AllocateWith uses.
type Strategy int

const (
	// BestFit takes the lowest part of the smallest free block that fits, the lowest among equals.
	// It is the only strategy that places everything that can be placed.
	BestFit Strategy = iota
	// FirstFit takes the lowest address where the prefix fits.
	FirstFit
	// LastFit takes the highest address where the prefix fits.
	LastFit
	// Sparse takes the lowest part of the largest free block, so that every prefix keeps as much
	// free space above it as possible. From an empty prefix it yields the order of RFC 3531,
	// section 3: first the start, then the middle, then the quarters.
	Sparse
)

// ErrNotInUse is returned by Pool.Release for a prefix that is wholly or partly free, or not in the pool.
var ErrNotInUse = errors.New("not in use")

// MustPool returns NewPool for prefixes of one family; it panics when there are both.
func MustPool(prefixes ...netip.Prefix) *Pool {
	p, err := NewPool(prefixes...)
	if err != nil {
		panic(err)
	}
	return p
}

// NewPool returns a pool in which all prefixes are free. Overlapping and adjacent prefixes are merged. Prefixes of both
// families, or an invalid one, are an error.
func NewPool(prefixes ...netip.Prefix) (*Pool, error) {
	if len(prefixes) == 0 {
		return &Pool{}, nil
	}
	blocks := make([]block, len(prefixes))
	is6 := prefixes[0].Addr().Is6()
	for i, p := range prefixes {
		if !p.IsValid() {
			return nil, fmt.Errorf("prefix %d of the pool is invalid", i+1)
		}
		if p.Addr().Is6() != is6 {
			return nil, fmt.Errorf("a pool must have one address family, but has %s and %s", prefixes[0], p)
		}
		blocks[i] = blockOf(p)
	}
	blocks = coalesce(blocks)
	return &Pool{prefixes: blocks, is6: is6, free: treeOf(blocks, is6)}, nil
}

// PoolWithout returns a pool of in where used is in use from the start; parts of used outside in are ignored. It is
// equivalent to NewPool and many calls of Reserve. Addresses of both families in the pool are an error.
func PoolWithout(in, used *Set) (*Pool, error) {
	if len(in.v4) > 0 && len(in.v6) > 0 {
		return nil, errors.New("a pool must have one address family")
	}
	free := in.Subtract(used)
	p := &Pool{prefixes: slices.Collect(in.blocks()), is6: len(in.v6) > 0}
	p.free = newTree(free.blocks(), p.is6)
	return p, nil
}

// Is6 reports whether the pool holds IPv6 addresses. It returns false for an empty pool.
func (p *Pool) Is6() bool { return p.is6 }

// Reserve marks the free part of pfx as in use. Any part outside the pool is ignored.
func (p *Pool) Reserve(pfx netip.Prefix) {
	if p.accepts(pfx) {
		b := blockOf(pfx)
		p.reserve(b.addr, b.last())
	}
}

func (p *Pool) reserve(first, last key) {
	var buf [32]block
	for {
		b, ok := p.free.overlapping(first, last)
		if !ok {
			return
		}
		p.free.replace(b, b.appendOutside(buf[:0], first, last))
	}
}

// Allocate allocates a prefix of the given length with BestFit. It reports false when none is free.
func (p *Pool) Allocate(bits int) (netip.Prefix, bool) { return p.AllocateWith(bits, BestFit) }

// AllocateWith allocates a prefix of the given length with strategy s. It reports false when none is free, or when the
// family has no such length.
func (p *Pool) AllocateWith(bits int, s Strategy) (netip.Prefix, bool) {
	b, ok := p.pick(bits, s)
	if !ok {
		return netip.Prefix{}, false
	}
	got := block{b.addr, uint8(bits)}
	if s == LastFit {
		got.addr = b.last().andNot(hostBits(got.bits))
	}
	p.carve(b, got)
	return got.prefix(p.is6), true
}

// carve removes got from the free block b.
func (p *Pool) carve(b, got block) {
	var buf [32]block
	p.free.replace(b, b.appendOutside(buf[:0], got.addr, got.last()))
}

// pick returns the free block from which s allocates a prefix of the given length.
func (p *Pool) pick(bits int, s Strategy) (block, bool) {
	if bits < 0 || bits > p.width() {
		return block{}, false
	}
	fit := p.free.sizes().upTo(uint8(bits))
	var b block
	var ok bool
	switch s {
	case BestFit:
		b, ok = p.free.lowest(fit.smallest())
	case FirstFit:
		b, ok = p.free.lowest(fit)
	case LastFit:
		b, ok = p.free.highest(fit)
	case Sparse:
		b, ok = p.free.lowest(fit.largest())
	}
	return b, ok && int(b.bits) <= bits
}

// Fit returns the length of the free block from which BestFit would allocate a prefix of the given length. It reports
// false when none is free.
func (p *Pool) Fit(bits int) (int, bool) {
	b, ok := p.pick(bits, BestFit)
	return int(b.bits), ok
}

// IsFree reports whether all of pfx is in the pool and free.
func (p *Pool) IsFree(pfx netip.Prefix) bool {
	_, ok := p.holding(pfx)
	return ok
}

// holding returns the free block that contains pfx, if any. There is at most one, because free blocks are maximal.
func (p *Pool) holding(pfx netip.Prefix) (block, bool) {
	if !p.accepts(pfx) {
		return block{}, false
	}
	want := blockOf(pfx)
	b, ok := p.free.floor(want.addr)
	return b, ok && b.contains(want)
}

// Release frees pfx, all of which must be allocated or reserved; it may also be part of an allocated prefix, or span
// several. Adjacent free blocks are merged. The error is ErrNotInUse, and nothing changes, when part of pfx is free or
// outside the pool.
func (p *Pool) Release(pfx netip.Prefix) error {
	if !p.accepts(pfx) {
		return fmt.Errorf("releasing %s: %w: not of this pool's address family", pfx, ErrNotInUse)
	}
	b := blockOf(pfx)
	if !p.owns(b) {
		return fmt.Errorf("releasing %s: %w: not in the pool", pfx, ErrNotInUse)
	}
	if f, ok := p.free.overlapping(b.addr, b.last()); ok {
		return fmt.Errorf("releasing %s: %w: %s is free", pfx, ErrNotInUse, f.prefix(p.is6))
	}
	p.release(b)
	return nil
}

func (p *Pool) release(b block) {
	for b.bits > 0 {
		buddy := b.buddy()
		if f, ok := p.free.floor(buddy.addr); !ok || f != buddy {
			break
		}
		p.free.remove(buddy)
		b = b.parent()
	}
	p.free.insert(b)
}

// owns reports whether b is in one of the pool's prefixes.
func (p *Pool) owns(b block) bool {
	i, ok := slices.BinarySearchFunc(p.prefixes, b.addr, func(have block, k key) int { return have.addr.compare(k) })
	if !ok {
		i--
	}
	return i >= 0 && p.prefixes[i].contains(b)
}

// Free returns all free blocks, each as large as alignment allows, sorted.
func (p *Pool) Free() []netip.Prefix {
	return prefixesOf(p.free.blocks(), p.is6)
}

// Largest returns the length of the largest free block. It reports false when nothing is free.
func (p *Pool) Largest() (bits int, ok bool) {
	b, ok := p.free.lowest(p.free.sizes().largest())
	return int(b.bits), ok
}

// Within returns a pool of the free part of pfx, which later changes of p do not affect. It costs time in proportion to
// the number of free blocks there.
func (p *Pool) Within(pfx netip.Prefix) *Pool {
	if !p.accepts(pfx) {
		return &Pool{}
	}
	b := blockOf(pfx)
	var blocks []block
	for first, last := b.addr, b.last(); ; {
		f, ok := p.free.overlapping(first, last)
		if !ok {
			break
		}
		if f.contains(b) {
			blocks = append(blocks, b)
			break
		}
		blocks = append(blocks, f)
		if f.addr == first {
			break
		}
		last = f.addr.Prev()
	}
	slices.Reverse(blocks)
	return &Pool{prefixes: []block{b}, is6: p.is6, free: treeOf(blocks, p.is6)}
}

// Clone returns an independent copy of the pool in constant time: the two share what neither has changed.
func (p *Pool) Clone() *Pool {
	c := *p
	c.free = p.free.clone()
	return &c
}

func (p *Pool) width() int {
	if p.is6 {
		return 128
	}
	return 32
}

// accepts reports whether pfx is a prefix of the pool's family.
func (p *Pool) accepts(pfx netip.Prefix) bool {
	return pfx.IsValid() && pfx.Addr().Is6() == p.is6
}

func prefixesOf(blocks []block, is6 bool) []netip.Prefix {
	if len(blocks) == 0 {
		return nil
	}
	out := make([]netip.Prefix, len(blocks))
	for i, b := range blocks {
		out[i] = b.prefix(is6)
	}
	return out
}
