package calc

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// Info describes an entry. What does not apply to the entry is empty.
type Info struct {
	Input       string       `json:"input"`
	Address     string       `json:"address,omitempty"` // as written, if it is not the network's
	Family      string       `json:"family"`
	Prefix      string       `json:"prefix,omitempty"`
	Prefixes    []string     `json:"prefixes"`
	Network     string       `json:"network,omitempty"`
	Broadcast   string       `json:"broadcast,omitempty"` // IPv4 up to /30
	Length      *int         `json:"prefixLength,omitempty"`
	Netmask     string       `json:"netmask,omitempty"`
	Wildcard    string       `json:"wildcard,omitempty"`
	First       string       `json:"first"`
	Last        string       `json:"last"`
	Addresses   Count        `json:"addresses"`
	FirstUsable string       `json:"firstUsable,omitempty"`
	LastUsable  string       `json:"lastUsable,omitempty"`
	Usable      *Count       `json:"usable,omitempty"`
	Azure       *AzureSubnet `json:"azure,omitempty"`
	Scope       string       `json:"scope,omitempty"`
	ScopeSource string       `json:"scopeSource,omitempty"`
	Holds       []string     `json:"holds,omitempty"` // special ranges strictly inside
	Binary      string       `json:"binary,omitempty"`
	Hex         string       `json:"hex"`
	Integer     Count        `json:"integer"`
	Reverse     []string     `json:"reverse,omitempty"`
}

// AzureSubnet is a prefix as a subnet in Azure.
type AzureSubnet struct {
	Usable      Count    `json:"usable"`
	FirstUsable string   `json:"firstUsable,omitempty"`
	LastUsable  string   `json:"lastUsable,omitempty"`
	Reserved    []string `json:"reserved,omitempty"`
	Problem     string   `json:"problem,omitempty"`   // why Azure accepts no such subnet
	Forbidden   []string `json:"forbidden,omitempty"` // ranges in it that the network of a cluster must not contain
}

// InfoOf describes an entry; with azure also as a subnet in Azure.
func InfoOf(i ipam.Item, azure bool) Info {
	r := i.Range()
	info := Info{
		Input: i.String(), Family: "IPv4", First: r.From().String(), Last: r.To().String(),
		Addresses: Count{i.Count()}, Hex: fmt.Sprintf("0x%x", r.From().AsSlice()),
		Integer: Count{new(big.Int).SetBytes(r.From().AsSlice())}, Prefixes: prefixesOf(i),
	}
	if i.Is6() {
		info.Family = "IPv6"
	}
	if p, ok := i.Prefix(); ok {
		info.describe(p)
		if i.HasHostBits() {
			info.Input, info.Address = fmt.Sprintf("%s/%d", i.Addr(), p.Bits()), i.Addr().String()
		}
		if azure {
			info.Azure = azureOf(p)
		}
	} else if azure {
		info.Azure = &AzureSubnet{Usable: CountOf(0), Problem: "a subnet must be a single prefix"}
	}
	return info
}

// describe fills in what only a single prefix has.
func (info *Info) describe(p netip.Prefix) {
	length := p.Bits()
	info.Prefix, info.Network, info.Length = p.String(), p.Addr().String(), &length
	mask := netip.PrefixFrom(allOnes(p.Addr()), length).Masked().Addr()
	if p.Addr().Is4() {
		info.Netmask, info.Wildcard = mask.String(), inverse(mask).String()
	}
	first, last := usableOf(p)
	usable := Count{new(big.Int).Set(info.Addresses.Int)}
	if p.Addr().Is4() && length < 31 {
		info.Broadcast = last.Next().String()
		usable.Sub(usable.Int, big.NewInt(2))
	}
	info.FirstUsable, info.LastUsable, info.Usable = first.String(), last.String(), &usable
	scope, inside := ipam.ScopeOf(p)
	info.Scope, info.ScopeSource = scope.Name, scope.Source
	for _, s := range inside {
		info.Holds = append(info.Holds, fmt.Sprintf("%s %s (%s)", s.Prefix, s.Name, s.Source))
	}
	info.Binary = binaryOf(p)
	info.Reverse = ipam.ReverseZones(p)
}

// usableOf returns the first and the last address for hosts: all but network and broadcast in IPv4, where RFC 3021
// allows both addresses of a /31; all in IPv6.
func usableOf(p netip.Prefix) (first, last netip.Addr) {
	first, last = p.Addr(), ipam.Last(p)
	if p.Addr().Is4() && p.Bits() < 31 {
		return first.Next(), last.Prev()
	}
	return first, last
}

// azureOf describes a prefix as a subnet in Azure.
func azureOf(p netip.Prefix) *AzureSubnet {
	a := &AzureSubnet{Usable: CountOf(0)}
	for _, f := range aks.ForbiddenFor(p, aks.UseVNet) {
		a.Forbidden = append(a.Forbidden, fmt.Sprintf("%s (%s)", f.Prefix, f.Why))
	}
	switch {
	case p.Addr().Is6() && p.Bits() != aks.SubnetBits6:
		a.Problem = fmt.Sprintf("an IPv6 subnet in Azure must be a /%d", aks.SubnetBits6)
		return a
	case p.Addr().Is4() && p.Bits() > aks.SmallestSubnetBits:
		a.Problem = fmt.Sprintf("the smallest IPv4 subnet in Azure is a /%d", aks.SmallestSubnetBits)
		return a
	case p.Addr().Is4() && p.Bits() < aks.LargestSubnetBits:
		a.Problem = fmt.Sprintf("the largest IPv4 subnet in Azure is a /%d", aks.LargestSubnetBits)
		return a
	}
	first, last := p.Addr(), ipam.Last(p)
	for range aks.ReservedPerSubnet - 1 {
		a.Reserved = append(a.Reserved, first.String())
		first = first.Next()
	}
	a.Reserved = append(a.Reserved, last.String())
	a.FirstUsable, a.LastUsable = first.String(), last.Prev().String()
	a.Usable.Sub(ipam.Count(p), big.NewInt(aks.ReservedPerSubnet))
	return a
}

// allOnes returns the last address of the family of a.
func allOnes(a netip.Addr) netip.Addr {
	return ipam.Last(netip.PrefixFrom(a, 0))
}

// inverse returns an IPv4 address with all bits inverted.
func inverse(a netip.Addr) netip.Addr {
	b := a.As4()
	binary.BigEndian.PutUint32(b[:], ^binary.BigEndian.Uint32(b[:]))
	return netip.AddrFrom4(b)
}

// binaryOf returns an IPv4 network in bits, with dots between octets and a bar after the last network bit.
func binaryOf(p netip.Prefix) string {
	if p.Addr().Is6() {
		return ""
	}
	var b strings.Builder
	for n, octet := range p.Addr().AsSlice() {
		if n > 0 {
			b.WriteByte('.')
		}
		for bit := range 8 {
			if n*8+bit == p.Bits() && p.Bits() > 0 {
				b.WriteByte('|')
			}
			b.WriteByte('0' + octet>>(7-bit)&1)
		}
	}
	return b.String()
}
