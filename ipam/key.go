package ipam

import (
	"encoding/binary"
	"net/netip"
)

// key is an address as a 128-bit number. An IPv4 address is in the top 32 bits, so that the n-th bit from the left
// means prefix length n in both families and the same algorithms work for both.
type key struct{ hi, lo uint64 }

func keyOf(a netip.Addr) key {
	if a.Is4() {
		b := a.As4()
		return key{hi: uint64(binary.BigEndian.Uint32(b[:])) << 32}
	}
	b := a.As16()
	return key{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// lastKeyOf returns keyOf for the upper end of a range: the bits that an IPv4 address does not have are ones.
func lastKeyOf(a netip.Addr) key {
	k := keyOf(a)
	if a.Is4() {
		k = k.or(hostBits(32))
	}
	return k
}

func (k key) addr(is6 bool) netip.Addr {
	if !is6 {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(k.hi>>32))
		return netip.AddrFrom4(b)
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], k.hi)
	binary.BigEndian.PutUint64(b[8:], k.lo)
	return netip.AddrFrom16(b)
}

// Less reports whether k is the lower address.
func (k key) Less(o key) bool {
	return k.hi < o.hi || k.hi == o.hi && k.lo < o.lo
}

func (k key) compare(o key) int {
	switch {
	case k.Less(o):
		return -1
	case o.Less(k):
		return 1
	}
	return 0
}

func (k key) or(o key) key     { return key{k.hi | o.hi, k.lo | o.lo} }
func (k key) xor(o key) key    { return key{k.hi ^ o.hi, k.lo ^ o.lo} }
func (k key) andNot(o key) key { return key{k.hi &^ o.hi, k.lo &^ o.lo} }

// next returns k+1, wrapping to zero after the last key.
func (k key) Next() key {
	k.lo++
	if k.lo == 0 {
		k.hi++
	}
	return k
}

// prev returns k-1, wrapping to the last key before zero.
func (k key) Prev() key {
	if k.lo == 0 {
		k.hi--
	}
	k.lo--
	return k
}

// hostBits returns a key with all host bits of a prefix of the given length set.
func hostBits(bits uint8) key {
	if bits < 64 {
		return key{^uint64(0) >> bits, ^uint64(0)}
	}
	return key{0, ^uint64(0) >> (bits - 64)}
}

// bitAt returns the last network bit of a prefix of the given length, 1 to 128.
func bitAt(bits uint8) key {
	if bits <= 64 {
		return key{hi: 1 << (64 - bits)}
	}
	return key{lo: 1 << (128 - bits)}
}

// key4 returns the lowest key of an IPv4 address, lastKey4 the highest.
func key4(a addr4) key     { return key{hi: uint64(a) << 32} }
func lastKey4(a addr4) key { return key4(a).or(hostBits(32)) }

// addr4 returns the address of an IPv4 key.
func (k key) addr4() addr4 { return addr4(k.hi >> 32) }
