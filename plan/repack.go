package plan

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/ipam"
)

// repack places the subnets of a network anew, the largest first and each in the best fitting block, wherever they
// were. It places everything that can be placed at all.
func (l *layout) repack(requests []*subnetRequest) {
	for _, r := range requests {
		l.take(r.pinned...)
	}
	fitSizes(l.freePrefixes(), requests)
	sorted := unpinned(requests)
	slices.SortStableFunc(sorted, func(a, b *subnetRequest) int { return a.bits - b.bits })
	for _, r := range sorted {
		r.subnet.how = "repacked: the best fitting block, the largest subnets first"
		if r.at = l.bestFit(r.bits); !r.at.IsValid() {
			r.shortage = shortageIn(r.least, l.vnet.Name, l.areas)
		}
	}
}

// bestFit takes the smallest free block of all areas that holds one of a prefix length.
func (l *layout) bestFit(bits int) (p netip.Prefix) {
	var best *area
	for _, s := range l.areas {
		if n, ok := s.free.Fit(bits); ok && (best == nil || cmp.Compare(n, mustFit(best, bits)) > 0) {
			best = s
		}
	}
	if best != nil {
		p, _ = best.fit(bits, ipam.BestFit)
	}
	return p
}

func mustFit(s *area, bits int) int {
	n, _ := s.free.Fit(bits)
	return n
}

// fitSizes sets the sizes of subnets that share the free area of a network of fixed size. First everything gets a
// place that fits at its least size; then, in their order, subnets get what they ask for as long as all of those keep
// their place.
func fitSizes(free []netip.Prefix, requests []*subnetRequest) {
	var has, wants blockCounts
	for _, p := range free {
		has[p.Bits()]++
	}
	var placed []*subnetRequest
	for _, r := range requests {
		if r.bits < 1 || r.least >= len(wants) || len(r.pinned) > 0 {
			continue // nothing to choose, or no IPv4 prefix
		}
		if wants[r.least]++; has.hold(wants) {
			placed = append(placed, r)
		} else {
			wants[r.least]--
		}
	}
	for _, r := range placed {
		wants[r.least]--
		for ; r.bits < r.least; r.bits++ {
			if wants[r.bits]++; has.hold(wants) {
				break
			}
			wants[r.bits]--
		}
		if r.bits == r.least {
			wants[r.least]++
		}
	}
}

// blockCounts is how many aligned IPv4 blocks there are of each prefix length.
type blockCounts [33]int

// hold reports whether blocks can be cut so that all that is wanted has a place: what is left of the larger sizes, cut
// in two, is there for the smaller ones.
func (has *blockCounts) hold(wants blockCounts) bool {
	left := 0
	for bits := range has {
		if left = 2*left + has[bits] - wants[bits]; left < 0 {
			return false
		}
	}
	return true
}
