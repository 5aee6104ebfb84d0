package ipam

import (
	"net/netip"
	"slices"
)

// Merge returns the fewest prefixes that cover the addresses in ps, sorted, IPv4 first. Invalid prefixes are ignored.
func Merge(ps []netip.Prefix) []netip.Prefix {
	return slices.Collect(SetOf(ps...).Prefixes())
}

// Subtract returns the fewest prefixes that cover the addresses in ps but not in less, sorted, IPv4 first.
func Subtract(ps, less []netip.Prefix) []netip.Prefix {
	return slices.Collect(SetOf(ps...).Subtract(SetOf(less...)).Prefixes())
}

// Intersect returns the fewest prefixes that cover the addresses in both a and b, sorted, IPv4 first.
func Intersect(a, b []netip.Prefix) []netip.Prefix {
	return slices.Collect(SetOf(a...).Intersect(SetOf(b...)).Prefixes())
}
