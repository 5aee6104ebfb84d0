package ipam

import (
	"math/big"
	"math/bits"
	"net/netip"
)

// Last returns the highest address of p, or the zero Addr for an invalid prefix.
func Last(p netip.Prefix) netip.Addr {
	if !p.IsValid() {
		return netip.Addr{}
	}
	return blockOf(p).last().addr(p.Addr().Is6())
}

// Covers reports whether all of inner is in outer. Invalid prefixes neither cover nor are covered.
func Covers(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

// Addresses returns the number of addresses in p, or the largest uint64 if it does not fit (IPv6 /64 and shorter). It
// returns 0 for an invalid prefix. Count is exact.
func Addresses(p netip.Prefix) uint64 {
	if !p.IsValid() {
		return 0
	}
	if host := p.Addr().BitLen() - p.Bits(); host < 64 {
		return 1 << host
	}
	return ^uint64(0)
}

// Count returns the number of addresses in p, or 0 for an invalid prefix.
func Count(p netip.Prefix) *big.Int {
	if !p.IsValid() {
		return new(big.Int)
	}
	return new(big.Int).Lsh(big.NewInt(1), uint(p.Addr().BitLen()-p.Bits()))
}

// PrefixSize returns the number of addresses in an IPv4 prefix of the given length.
func PrefixSize(length int) int { return 1 << (32 - length) }

// BitsFor returns the length of the smallest prefix with at least the given number of addresses. The caller must add
// the addresses that a network reserves. 0 addresses need as much as 1. It returns -1 if the whole family is too small.
func BitsFor(addresses uint64, is6 bool) int {
	host := 0
	if addresses > 1 {
		host = bits.Len64(addresses - 1)
	}
	if is6 {
		return 128 - host
	}
	return max(32-host, -1)
}

// NthSubnet returns the n-th prefix of the given length in p, counted from 0. It reports false when p has no such
// prefix.
func NthSubnet(p netip.Prefix, length int, n uint64) (netip.Prefix, bool) {
	if !p.IsValid() || length < p.Bits() || length > p.Addr().BitLen() {
		return netip.Prefix{}, false
	}
	if more := length - p.Bits(); more < 64 && n>>more != 0 {
		return netip.Prefix{}, false
	}
	b := blockOf(p)
	b.addr = b.addr.or(shiftedIndex(n, length))
	b.bits = uint8(length)
	return b.prefix(p.Addr().Is6()), true
}

// shiftedIndex returns n shifted to the last network bits of a prefix of the given length.
func shiftedIndex(n uint64, length int) key {
	switch {
	case length == 0:
		return key{}
	case length <= 64:
		return key{hi: n << (64 - length)}
	}
	return key{n >> (length - 64), n << (128 - length)}
}
