package plan

import "net/netip"

// requestsByVNet returns the subnets that need a range, by network, in the order in which they get it.
func (b *builder) requestsByVNet() map[*VNet][]*subnetRequest {
	out := map[*VNet][]*subnetRequest{}
	for _, r := range b.requests {
		v := r.subnet.VNet
		out[v] = append(out[v], r)
	}
	return out
}

// fitSizes sets the sizes of subnets that share the free space of a network of fixed size. First everything gets a
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
