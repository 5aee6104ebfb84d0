package ipam

import (
	"net/netip"
	"slices"
)

// block is a prefix in key form: 2^(128-bits) keys from addr on, addr aligned to its size.
type block struct {
	addr key
	bits uint8
}

// blockOf returns p, masked. p must be valid.
func blockOf(p netip.Prefix) block {
	bits := uint8(p.Bits())
	return block{keyOf(p.Addr()).andNot(hostBits(bits)), bits}
}

func (b block) prefix(is6 bool) netip.Prefix {
	return netip.PrefixFrom(b.addr.addr(is6), int(b.bits))
}

func (b block) last() key { return b.addr.or(hostBits(b.bits)) }

func (b block) contains(o block) bool {
	return b.bits <= o.bits && o.addr.andNot(hostBits(b.bits)) == b.addr
}

// buddy returns the other half of the next larger block. A block of length 0 has none.
func (b block) buddy() block { return block{b.addr.xor(bitAt(b.bits)), b.bits} }

func (b block) parent() block { return block{b.addr.andNot(bitAt(b.bits)), b.bits - 1} }

func (b block) halves() (low, high block) {
	bits := b.bits + 1
	return block{b.addr, bits}, block{b.addr.or(bitAt(bits)), bits}
}

// appendOutside appends the part of b outside first…last, as the fewest blocks, in order.
//
//	b            |---------------|
//	first…last         |-|
//	appended     |--|-|   |-|----|
func (b block) appendOutside(to []block, first, last key) []block {
	switch {
	case b.last().Less(first) || last.Less(b.addr):
		return append(to, b)
	case !b.addr.Less(first) && !last.Less(b.last()):
		return to
	}
	low, high := b.halves()
	return high.appendOutside(low.appendOutside(to, first, last), first, last)
}

// compareBlocks orders by address; at one address the larger block comes first.
func compareBlocks(a, b block) int {
	if c := a.addr.compare(b.addr); c != 0 {
		return c
	}
	return int(a.bits) - int(b.bits)
}

// coalesce sorts bs in place and returns the fewest blocks that cover the same addresses, in order.
func coalesce(bs []block) []block {
	slices.SortFunc(bs, compareBlocks)
	out := bs[:0]
	for _, b := range bs {
		if n := len(out); n > 0 && out[n-1].contains(b) {
			continue
		}
		for n := len(out); n > 0 && b.bits > 0 && out[n-1] == b.buddy(); n = len(out) {
			out, b = out[:n-1], b.parent()
		}
		out = append(out, b)
	}
	return out
}
