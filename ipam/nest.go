package ipam

import (
	"net/netip"
	"slices"
)

// Nested is a prefix with what lies directly inside it.
type Nested struct {
	Prefix netip.Prefix
	Labels []string // comments of the items that name this prefix, in their order, none twice
	Times  int      // how many items name this prefix; 0 for free space
	Inside []Nested // sorted by address, free space included; empty when no other item lies inside
}

// Free tells whether n is space that no item names.
func (n Nested) Free() bool { return n.Times == 0 }

// Nest puts items into each other: the prefixes that no other one holds, sorted, IPv4 first, and all
// the rest inside. A range that is no prefix comes in as the fewest prefixes that make it up.
// Where a prefix holds others, what they leave of it is in the tree as free space.
func Nest(items []Item) []Nested {
	var stack []*Nested // the prefixes around the current one, outermost first
	top := &Nested{}
	closeLast := func() {
		n := len(stack)
		done, outer := stack[n-1], top
		if stack = stack[:n-1]; n > 1 {
			outer = stack[n-2]
		}
		outer.Inside = append(outer.Inside, done.withFree())
	}
	for _, p := range nestOrder(items) {
		for len(stack) > 0 && !covering(stack[len(stack)-1].Prefix, p.Prefix) {
			closeLast()
		}
		if n := len(stack); n > 0 && stack[n-1].Prefix == p.Prefix {
			stack[n-1].name(p.Labels)
			continue
		}
		stack = append(stack, &Nested{Prefix: p.Prefix, Labels: p.Labels, Times: 1})
	}
	for len(stack) > 0 {
		closeLast()
	}
	return top.Inside
}

func nestOrder(items []Item) []Nested {
	var all []Nested
	for _, i := range items {
		var labels []string
		if len(i.label) > 0 {
			labels = []string{i.Label()}
		}
		if p, ok := i.Prefix(); ok {
			all = append(all, Nested{Prefix: p, Labels: labels})
			continue
		}
		for p := range i.Set().Prefixes() {
			all = append(all, Nested{Prefix: p, Labels: labels})
		}
	}
	slices.SortStableFunc(all, func(a, b Nested) int {
		if c := a.Prefix.Addr().Compare(b.Prefix.Addr()); c != 0 {
			return c
		}
		return a.Prefix.Bits() - b.Prefix.Bits()
	})
	return all
}

func covering(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

func (n *Nested) name(labels []string) {
	n.Times++
	for _, l := range labels {
		if !slices.Contains(n.Labels, l) {
			n.Labels = append(n.Labels, l)
		}
	}
}

// withFree is n with the space between its children.
func (n *Nested) withFree() Nested {
	if len(n.Inside) == 0 {
		return *n
	}
	inside := make([]netip.Prefix, len(n.Inside))
	for i, c := range n.Inside {
		inside[i] = c.Prefix
	}
	for _, free := range Subtract([]netip.Prefix{n.Prefix}, inside) {
		n.Inside = append(n.Inside, Nested{Prefix: free})
	}
	slices.SortFunc(n.Inside, func(a, b Nested) int { return a.Prefix.Addr().Compare(b.Prefix.Addr()) })
	return *n
}
