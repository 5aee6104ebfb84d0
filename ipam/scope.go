package ipam

import "net/netip"

// Scope is the purpose that a range of addresses is reserved for.
type Scope struct {
	Prefix netip.Prefix
	Name   string // a short description
	Source string // such as "RFC 1918"
}

// Scopes returns the special ranges of both families, sorted, as the IANA registries for special-purpose addresses and
// for multicast list them. Assignments of single addresses inside 192.0.0.0/24 and 2001::/23 are omitted.
//
// https://www.iana.org/assignments/iana-ipv4-special-registry
// https://www.iana.org/assignments/iana-ipv6-special-registry
func Scopes() []Scope {
	table := [...][3]string{
		{"0.0.0.0/8", "this network", "RFC 791"},
		{"10.0.0.0/8", "private", "RFC 1918"},
		{"100.64.0.0/10", "carrier-grade NAT", "RFC 6598"},
		{"127.0.0.0/8", "loopback", "RFC 1122"},
		{"169.254.0.0/16", "link-local", "RFC 3927"},
		{"172.16.0.0/12", "private", "RFC 1918"},
		{"192.0.0.0/24", "protocol assignments", "RFC 6890"},
		{"192.0.2.0/24", "documentation", "RFC 5737"},
		{"192.31.196.0/24", "AS112 reverse DNS", "RFC 7535"},
		{"192.52.193.0/24", "automatic multicast tunneling", "RFC 7450"},
		{"192.88.99.0/24", "6to4 relays, withdrawn", "RFC 7526"},
		{"192.168.0.0/16", "private", "RFC 1918"},
		{"192.175.48.0/24", "AS112 reverse DNS", "RFC 7534"},
		{"198.18.0.0/15", "benchmarking", "RFC 2544"},
		{"198.51.100.0/24", "documentation", "RFC 5737"},
		{"203.0.113.0/24", "documentation", "RFC 5737"},
		{"224.0.0.0/4", "multicast", "RFC 5771"},
		{"240.0.0.0/4", "reserved", "RFC 1112"},
		{"255.255.255.255/32", "limited broadcast", "RFC 8190"},
		{"::/128", "unspecified", "RFC 4291"},
		{"::1/128", "loopback", "RFC 4291"},
		{"::ffff:0:0/96", "IPv4-mapped", "RFC 4291"},
		{"64:ff9b::/96", "IPv4 translation", "RFC 6052"},
		{"64:ff9b:1::/48", "IPv4 translation, local", "RFC 8215"},
		{"100::/64", "discard only", "RFC 6666"},
		{"2000::/3", "global unicast", "RFC 4291"},
		{"2001::/23", "protocol assignments", "RFC 2928"},
		{"2001::/32", "Teredo", "RFC 4380"},
		{"2001:2::/48", "benchmarking", "RFC 5180"},
		{"2001:3::/32", "automatic multicast tunneling", "RFC 7450"},
		{"2001:4:112::/48", "AS112 reverse DNS", "RFC 7535"},
		{"2001:10::/28", "ORCHID, withdrawn", "RFC 4843"},
		{"2001:20::/28", "ORCHID", "RFC 7343"},
		{"2001:30::/28", "drone remote identification", "RFC 9374"},
		{"2001:db8::/32", "documentation", "RFC 3849"},
		{"2002::/16", "6to4", "RFC 3056"},
		{"2620:4f:8000::/48", "AS112 reverse DNS", "RFC 7534"},
		{"3fff::/20", "documentation", "RFC 9637"},
		{"5f00::/16", "segment routing", "RFC 9602"},
		{"fc00::/7", "unique local", "RFC 4193"},
		{"fe80::/10", "link-local", "RFC 4291"},
		{"ff00::/8", "multicast", "RFC 4291"},
	}
	scopes := make([]Scope, len(table))
	for i, row := range table {
		scopes[i] = Scope{netip.MustParsePrefix(row[0]), row[1], row[2]}
	}
	return scopes
}

// ScopeOf returns the narrowest special range that contains p, and all special ranges strictly inside p. Outside any
// special range, IPv4 is "public" and IPv6 "unassigned", or "mixed" if p contains special ranges; the scope's prefix is
// then the zero value.
func ScopeOf(p netip.Prefix) (around Scope, inside []Scope) {
	around.Name = "public"
	if p.Addr().Is6() {
		around.Name = "unassigned"
	}
	for _, s := range Scopes() {
		switch {
		case !s.Prefix.Overlaps(p):
		case s.Prefix.Bits() <= p.Bits():
			around = s // sorted: a narrower one comes later
		default:
			inside = append(inside, s)
		}
	}
	if len(inside) > 0 && !around.Prefix.IsValid() {
		around.Name = "mixed"
	}
	return around, inside
}
