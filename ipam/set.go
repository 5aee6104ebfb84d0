package ipam

import (
	"net/netip"
	"slices"
)

// Merge is the fewest prefixes that cover the same addresses as ps, sorted, IPv4 first.
// Invalid prefixes are left out.
func Merge(ps []netip.Prefix) []netip.Prefix {
	v4, v6 := byFamily(ps)
	return join(coalesce(v4), coalesce(v6))
}

// Subtract is the fewest prefixes that cover what is in ps and not in less, sorted, IPv4 first.
func Subtract(ps, less []netip.Prefix) []netip.Prefix {
	return combine(ps, less, subtract)
}

// Intersect is the fewest prefixes that cover what is both in a and in b, sorted, IPv4 first.
func Intersect(a, b []netip.Prefix) []netip.Prefix {
	return combine(a, b, intersect)
}

func combine(a, b []netip.Prefix, op func(a, b []block) []block) []netip.Prefix {
	a4, a6 := byFamily(a)
	b4, b6 := byFamily(b)
	return join(op(coalesce(a4), coalesce(b4)), op(coalesce(a6), coalesce(b6)))
}

// subtract takes and returns coalesced blocks.
//
//	a    |-------|  |-|  |---|
//	b      |-|     |---|
//	out  |-| |---|       |---|
func subtract(a, b []block) []block {
	var out []block
	for _, x := range a {
		for len(b) > 0 && b[0].last().less(x.addr) {
			b = b[1:]
		}
		out, b = appendWithout(out, x, b)
	}
	return out
}

// appendWithout appends x without bs, of which none ends before x, and returns the bs from x's end on.
func appendWithout(to []block, x block, bs []block) ([]block, []block) {
	switch {
	case len(bs) == 0 || x.last().less(bs[0].addr):
		return append(to, x), bs
	case bs[0].contains(x):
		return to, bs
	}
	low, high := x.halves()
	to, bs = appendWithout(to, low, bs)
	for len(bs) > 0 && bs[0].last().less(high.addr) {
		bs = bs[1:]
	}
	return appendWithout(to, high, bs)
}

// intersect takes and returns coalesced blocks: of two that meet, the smaller one is what they share.
func intersect(a, b []block) []block {
	var out []block
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].contains(b[0]):
			out, b = append(out, b[0]), b[1:]
		case b[0].contains(a[0]):
			out, a = append(out, a[0]), a[1:]
		case a[0].addr.less(b[0].addr):
			a = a[1:]
		default:
			b = b[1:]
		}
	}
	return out
}

func byFamily(ps []netip.Prefix) (v4, v6 []block) {
	n := 0
	for _, p := range ps {
		if p.Addr().Is4() {
			n++
		}
	}
	v4, v6 = make([]block, 0, n), make([]block, 0, len(ps)-n)
	for _, p := range ps {
		switch {
		case !p.IsValid():
		case p.Addr().Is4():
			v4 = append(v4, blockOf(p))
		default:
			v6 = append(v6, blockOf(p))
		}
	}
	return v4, v6
}

func join(v4, v6 []block) []netip.Prefix {
	out := slices.Grow([]netip.Prefix(nil), len(v4)+len(v6))
	return prefixesOf(prefixesOf(out, v4, false), v6, true)
}
