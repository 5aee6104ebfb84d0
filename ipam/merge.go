package ipam

import (
	"net/netip"
	"slices"
)

// Merge is the fewest prefixes that cover the same addresses as ps, sorted, IPv4 first.
// Invalid prefixes are left out.
func Merge(ps []netip.Prefix) []netip.Prefix {
	return slices.Collect(SetOf(ps...).Prefixes())
}

// Subtract is the fewest prefixes that cover what is in ps and not in less, sorted, IPv4 first.
func Subtract(ps, less []netip.Prefix) []netip.Prefix {
	return slices.Collect(SetOf(ps...).Subtract(SetOf(less...)).Prefixes())
}

// Intersect is the fewest prefixes that cover what is both in a and in b, sorted, IPv4 first.
func Intersect(a, b []netip.Prefix) []netip.Prefix {
	return slices.Collect(SetOf(a...).Intersect(SetOf(b...)).Prefixes())
}
