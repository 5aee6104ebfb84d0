package validate

import (
	"iter"
	"net/netip"
	"slices"
)

// matchIndex finds the rules that match some traffic of another rule, without a look at every rule.
type matchIndex struct {
	rules            []*groupRule
	sources, targets meetIndex
}

func newMatchIndex() *matchIndex {
	return &matchIndex{sources: newMeetIndex(), targets: newMeetIndex()}
}

func (x *matchIndex) add(r *groupRule) {
	x.sources.add(len(x.rules), r.sources)
	x.targets.add(len(x.rules), r.targets)
	x.rules = append(x.rules, r)
}

// matching returns the rules, in the order in which they were added, whose sources overlap those of a rule, or whose
// targets do: whichever are fewer.
func (x *matchIndex) matching(r *groupRule) (out []*groupRule) {
	index, ranges := x.sources, r.sources
	if x.targets.count(r.targets) < x.sources.count(r.sources) {
		index, ranges = x.targets, r.targets
	}
	for _, i := range index.meeting(ranges) {
		out = append(out, x.rules[i])
	}
	return out
}

// meetIndex finds things by the ranges that they have. Two ranges overlap only if one is in the other, so it is enough
// to know what has a range and what has one inside it.
type meetIndex struct{ at, inside map[netip.Prefix][]int }

func newMeetIndex() meetIndex { return meetIndex{map[netip.Prefix][]int{}, map[netip.Prefix][]int{}} }

// add adds a thing with its ranges.
func (x meetIndex) add(i int, prefixes []netip.Prefix) {
	for _, p := range prefixes {
		x.at[p] = append(x.at[p], i)
		for bits := range p.Bits() {
			around := netip.PrefixFrom(p.Addr(), bits).Masked()
			x.inside[around] = append(x.inside[around], i)
		}
	}
}

// lists yields the things with a range that overlaps one of some ranges, some of them several times.
func (x meetIndex) lists(prefixes []netip.Prefix) iter.Seq[[]int] {
	return func(yield func([]int) bool) {
		for _, p := range prefixes {
			if !yield(x.inside[p]) {
				return
			}
			for bits := range p.Bits() + 1 {
				if !yield(x.at[netip.PrefixFrom(p.Addr(), bits).Masked()]) {
					return
				}
			}
		}
	}
}

// count returns how long the lists are together.
func (x meetIndex) count(prefixes []netip.Prefix) (n int) {
	for list := range x.lists(prefixes) {
		n += len(list)
	}
	return n
}

// meeting returns the things with a range that overlaps one of some ranges, sorted.
func (x meetIndex) meeting(prefixes []netip.Prefix) (found []int) {
	for list := range x.lists(prefixes) {
		found = append(found, list...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
