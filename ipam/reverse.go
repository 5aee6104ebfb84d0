package ipam

import (
	"fmt"
	"net/netip"
	"strings"
)

// ReverseZones returns the DNS zones that delegate the reverse names of p: one where p ends at a whole octet (IPv4) or
// nibble (IPv6), else the next longer ones, at most 128. An IPv4 prefix longer than 24 bits, other than a single
// address, gets the one name defined by RFC 2317.
func ReverseZones(p netip.Prefix) []string {
	p = p.Masked()
	if p.Addr().Is4() && p.Bits() > 24 && p.Bits() < 32 {
		last := p.Addr().As4()[3]
		return []string{fmt.Sprintf("%d/%d.%s", last, p.Bits(), zone4(p.Addr(), 3))}
	}
	step := 4
	if p.Addr().Is4() {
		step = 8
	}
	length := (p.Bits() + step - 1) / step * step
	zones := make([]string, 0, 1<<(length-p.Bits()))
	for n := range uint64(1) << (length - p.Bits()) {
		sub, _ := NthSubnet(p, length, n)
		if p.Addr().Is4() {
			zones = append(zones, zone4(sub.Addr(), length/8))
		} else {
			zones = append(zones, zone6(sub.Addr(), length/4))
		}
	}
	return zones
}

func zone4(a netip.Addr, octets int) string {
	var b strings.Builder
	for i := octets - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "%d.", a.As4()[i])
	}
	return b.String() + "in-addr.arpa"
}

func zone6(a netip.Addr, nibbles int) string {
	var b strings.Builder
	bytes := a.As16()
	for i := nibbles - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "%x.", bytes[i/2]>>(4*(1-i%2))&15)
	}
	return b.String() + "ip6.arpa"
}
