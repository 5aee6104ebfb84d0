package aks

import "net/netip"

// DefaultPodCIDR returns the pod CIDR that Azure takes when none is given: 10.244.0.0/16.
// API 2025-10-01, https://github.com/Azure/azure-rest-api-specs (read 2026-11-22)
func DefaultPodCIDR() netip.Prefix { return v4(10, 244, 0, 0, 16) }

// DefaultServiceCIDR returns the service CIDR that Azure takes when none is given: 10.0.0.0/16.
// API 2025-10-01, https://github.com/Azure/azure-rest-api-specs (read 2026-11-22)
func DefaultServiceCIDR() netip.Prefix { return v4(10, 0, 0, 0, 16) }

// DNSServiceIPOffset is the convention for the DNS service IP: the tenth address after the service CIDR's first.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const DNSServiceIPOffset = 10

// DefaultPodCIDR6 returns the IPv6 pod CIDR that Azure takes for a dual-stack cluster: fd12:3456:789a::/64.
// [PageDualStack] (read 2026-11-22)
func DefaultPodCIDR6() netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom16([16]byte{0xfd, 0x12, 0x34, 0x56, 0x78, 0x9a}), 64)
}

// DefaultServiceCIDR6 returns the IPv6 service CIDR that Azure takes for a dual-stack cluster: fd12:3456:789a:1::/108.
// [PageDualStack] (read 2026-11-22)
func DefaultServiceCIDR6() netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom16([16]byte{0xfd, 0x12, 0x34, 0x56, 0x78, 0x9a, 0, 1}), 108)
}

// ManagedVNet returns the address space of the VNet that AKS makes when it is given none: 10.224.0.0/12.
// Seen on live clusters and not documented; clusters from before 2022 have 10.0.0.0/8.
// https://github.com/Azure/AKS/issues/2727 (read 2026-11-22)
func ManagedVNet() netip.Prefix { return v4(10, 224, 0, 0, 12) }

// ManagedSubnet returns the node subnet of the VNet that AKS makes: 10.224.0.0/16. The grade is that of ManagedVNet.
// https://github.com/Azure/AKS/issues/2727 (read 2026-11-22)
func ManagedSubnet() netip.Prefix { return v4(10, 224, 0, 0, 16) }

// PlatformAddress returns Azure's own DNS and health address, which must stay reachable: 168.63.129.16.
// [PageVNetFAQ] (read 2026-11-22)
func PlatformAddress() netip.Addr { return netip.AddrFrom4([4]byte{168, 63, 129, 16}) }

// DefaultOutboundType is the outbound type that Azure takes when none is given.
// API 2025-10-01, https://github.com/Azure/azure-rest-api-specs (read 2026-11-22)
const DefaultOutboundType = OutboundLoadBalancer

// DefaultModel is the model that Azure takes when none is given.
// [PageOverlaySetup] (text 2026-07-31, read 2026-11-22)
const DefaultModel = Overlay

func v4(a, b, c, d byte, bits int) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{a, b, c, d}), bits)
}
