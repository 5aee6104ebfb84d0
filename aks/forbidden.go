package aks

import "net/netip"

// Use is what a range of addresses is meant for.
type Use string

// The uses that Azure restricts.
const (
	UseVNet    Use = "vnet"    // address space of a VNet, and so of its subnets
	UseService Use = "service" // service CIDR of a cluster
	UsePod     Use = "pod"     // pod CIDR of a cluster
)

// ForbiddenRange is a range that must not be used, nor be part of a larger range that is used.
type ForbiddenRange struct {
	Prefix  netip.Prefix `json:"prefix"`
	VNet    bool         `json:"vnet"`    // forbidden in VNet address spaces
	Service bool         `json:"service"` // forbidden in service CIDRs
	Pod     bool         `json:"pod"`     // forbidden in pod CIDRs
	Why     string       `json:"why"`
	Source  Source       `json:"source"`
}

// Forbids reports whether the range is forbidden for the use.
func (r ForbiddenRange) Forbids(use Use) bool {
	switch use {
	case UseVNet:
		return r.VNet
	case UseService:
		return r.Service
	case UsePod:
		return r.Pod
	}
	return false
}

// ForbiddenRanges returns every forbidden range: AKS's own first, then Azure's for VNets.
func ForbiddenRanges() []ForbiddenRange {
	aks := srcModels()
	faq := srcVNetFAQ()
	return []ForbiddenRange{
		{v4(169, 254, 0, 0, 16), true, true, true, "link-local, where Azure answers metadata requests", aks},
		{v4(172, 30, 0, 0, 16), true, true, true, "kept by AKS for itself", aks},
		{v4(172, 31, 0, 0, 16), true, true, true, "kept by AKS for itself", aks},
		{v4(192, 0, 2, 0, 24), true, true, true, "kept by AKS for itself", aks},
		{v4(224, 0, 0, 0, 4), true, true, false, "multicast", faq},
		{v4(255, 255, 255, 255, 32), true, false, false, "broadcast", faq},
		{v4(127, 0, 0, 0, 8), true, false, false, "loopback", faq},
		{v4(168, 63, 129, 16, 32), true, false, false, "Azure's own DNS and health address", faq},
	}
}

// ForbiddenFor returns the forbidden ranges that the prefix overlaps when it serves the use, in the order of the table.
// A prefix that contains a forbidden range overlaps it too. An invalid prefix overlaps nothing.
func ForbiddenFor(prefix netip.Prefix, use Use) []ForbiddenRange {
	var hits []ForbiddenRange
	for _, r := range ForbiddenRanges() {
		if r.Forbids(use) && r.Prefix.Overlaps(prefix) {
			hits = append(hits, r)
		}
	}
	return hits
}

// PrivateRange is a range meant for private networks.
type PrivateRange struct {
	Prefix netip.Prefix `json:"prefix"`
	Name   string       `json:"name"`
	Source Source       `json:"source"`
}

// PrivateRanges returns the ranges that pod and service CIDRs are to be taken from. AKS refuses a public service CIDR
// since 2023-10-01; it takes a public pod CIDR, but does not support it.
func PrivateRanges() []PrivateRange {
	return []PrivateRange{
		{v4(10, 0, 0, 0, 8), "RFC 1918", srcOverlay()},
		{v4(172, 16, 0, 0, 12), "RFC 1918", srcOverlay()},
		{v4(192, 168, 0, 0, 16), "RFC 1918", srcOverlay()},
		{v4(100, 64, 0, 0, 10), "RFC 6598", srcOverlay()},
		{netip.PrefixFrom(netip.AddrFrom16([16]byte{0xfc}), 7), "RFC 4193", srcDualStack()},
	}
}

// PrivateRangeOf returns the private range that holds the whole prefix, and false if part of it is outside all of them.
func PrivateRangeOf(prefix netip.Prefix) (PrivateRange, bool) {
	for _, r := range PrivateRanges() {
		if prefix.Bits() >= r.Prefix.Bits() && r.Prefix.Contains(prefix.Addr()) {
			return r, true
		}
	}
	return PrivateRange{}, false
}
