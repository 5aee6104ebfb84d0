package plan

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/ipam"
)

// space is what is free of some IPv4 ranges: one pool for each, in their order. A copy costs the same at any size, so
// what all clusters have to avoid is taken out once, and what one of them has to avoid from a copy.
type space []*ipam.Pool

func newSpace(pools, obstacles []netip.Prefix) space {
	s := make(space, len(pools))
	for i, p := range pools {
		s[i] = ipam.MustPool(p)
	}
	s.take(obstacles...)
	return s
}

// take takes IPv4 ranges out of the space.
func (s space) take(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if !isIPv4(p) {
			continue
		}
		for _, pool := range s {
			pool.Reserve(p)
		}
	}
}

// without returns a copy of the space without some ranges.
func (s space) without(prefixes ...netip.Prefix) space {
	out := make(space, len(s))
	for i, pool := range s {
		out[i] = pool.Clone()
	}
	out.take(prefixes...)
	return out
}

// first returns the first free range, in the order of the pools: of wide bits if there is one, else of the largest size
// down to narrow.
func (s space) first(wide, narrow int) (netip.Prefix, bool) {
	return s.pick(wide, narrow, ipam.FirstFit)
}

// last is first from the top of each pool. It is for pools that networks are carved from as well, which start at the
// bottom: what is added later meets it last.
func (s space) last(wide, narrow int) (netip.Prefix, bool) { return s.pick(wide, narrow, ipam.LastFit) }

// pick does not change the space.
func (s space) pick(wide, narrow int, strategy ipam.Strategy) (netip.Prefix, bool) {
	for bits := min(wide, narrow); bits <= narrow; bits++ {
		for _, pool := range s {
			if p, ok := pool.Clone().AllocateWith(bits, strategy); ok {
				return p, true
			}
		}
	}
	return netip.Prefix{}, false
}

// largest returns the prefix length of the largest free block; 0 when there is none.
func (s space) largest() (bits int) {
	for _, pool := range s {
		if free, ok := pool.Largest(); ok && (bits == 0 || free < bits) {
			bits = free
		}
	}
	return bits
}

// sortedRanges is a set of ranges, disjoint and sorted, in which those that meet a range are found without a look at
// the others.
type sortedRanges []netip.Prefix

// sortRanges sorts ranges and merges what overlaps or adjoins. It drops those that are not valid.
func sortRanges(prefixes []netip.Prefix) sortedRanges { return ipam.Merge(prefixes) }

// meeting returns the ranges that overlap p.
func (s sortedRanges) meeting(p netip.Prefix) sortedRanges {
	if !p.IsValid() {
		return nil
	}
	first, _ := slices.BinarySearchFunc(s, p, func(own, p netip.Prefix) int { return ipam.Last(own).Compare(p.Addr()) })
	end := first
	for end < len(s) && s[end].Overlaps(p) {
		end++
	}
	return s[first:end]
}

// meets reports whether one of the ranges overlaps p.
func (s sortedRanges) meets(p netip.Prefix) bool { return len(s.meeting(p)) > 0 }
