package ipam

import (
	"net/netip"
	"slices"
)

// Sample returns the n lowest and the n highest free blocks of every size, sorted. A pool of a sample answers n
// allocations, by any strategy, exactly as the whole pool does: each takes one of the lowest or highest blocks of a
// size, and at most one of them. So a few blocks stand for a large pool where little is allocated.
func (p *Pool) Sample(n int) []netip.Prefix {
	rest := p.Clone()
	var out []block
	for class := range p.free.sizes().classes() {
		var one sizes
		one.put(class, true)
		for range n {
			if b, ok := rest.free.lowest(one); ok {
				rest.free.remove(b)
				out = append(out, b)
			}
			if b, ok := rest.free.highest(one); ok {
				rest.free.remove(b)
				out = append(out, b)
			}
		}
	}
	slices.SortFunc(out, compareBlocks)
	return prefixesOf(out, p.is6)
}
