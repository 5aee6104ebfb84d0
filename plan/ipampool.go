package plan

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// A network with an IPAM pool of Azure Virtual Network Manager has no place in the plan: Azure takes its addresses, and
// those of its subnets, from the pool when they are deployed. The plan says how many.
//
// Each number is a power of two, because Azure answers any other one with several prefixes, and a subnet of nodes or
// pods must have one.

// fromPool gives a network the IPAM pool that its addresses come from: its own, or the one of the spec for a network
// that the plan would size otherwise. Azure does not mix a pool with address prefixes.
func (b *builder) fromPool(v *VNet) {
	own := v.Spec != nil && v.Spec.IPAMPool != "" && (v.Existing || v.Sized)
	switch {
	case own:
		v.IPAMPool = v.Spec.IPAMPool
	case v.Sized:
		v.IPAMPool = b.spec.AddressSpace.IPAMPool
	}
	v.Sized = v.Sized && v.IPAMPool == ""
}

// InIPAMPool reports whether nobody knows the address space of the network before it is deployed.
func (v *VNet) InIPAMPool() bool { return v.IPAMPool != "" }

// SpaceKnown reports whether the address prefixes are all that the network has: not those of a network that takes its
// addresses from an IPAM pool, unless it exists and the spec lists them.
func (v *VNet) SpaceKnown() bool { return !v.InIPAMPool() || len(v.AddressPrefixes) > 0 }

// PoolName is the name of an IPAM pool in its resource id.
func (v *VNet) PoolName() string {
	id, _ := aks.ParseResourceID(v.IPAMPool)
	return id.Name
}

// allocate says how many addresses a network and its subnets take from its IPAM pool: each subnet as many as a range of
// its size has, the network as many as a range that holds those of all subnets.
func (n *networks) allocate(v *VNet) {
	sum := 0
	for _, r := range unpinned(n.requests[v]) {
		if r.subnet.Existing {
			continue
		}
		r.subnet.IPAMPoolAddresses = ipam.PrefixSize(r.bits)
		r.subnet.how = "Azure takes it from the IPAM pool of the network"
		sum += r.subnet.IPAMPoolAddresses
	}
	for _, r := range n.requests[v] {
		for _, p := range IPv4(r.pinned) {
			sum += ipam.PrefixSize(p.Bits())
		}
	}
	switch {
	case v.Existing:
	case v.Spec != nil && v.Spec.PrefixLength > 0:
		v.Addresses = ipam.PrefixSize(v.Spec.PrefixLength)
	case sum > 0:
		v.Addresses = ipam.PrefixSize(BitsFor(sum))
	}
}

// noPool6 says why a subnet has no IPv6 range in a network with an IPAM pool; it returns an empty string for others.
func noPool6(v *VNet) string {
	if !v.InIPAMPool() {
		return ""
	}
	return fmt.Sprintf("needs an IPv6 /%d, and ipamPool is a pool of IPv4 addresses", aks.SubnetBits6)
}

// poolFormula is how many addresses the network takes from its pool, from those of its subnets.
func (v *VNet) poolFormula(subnets []string) string {
	switch {
	case v.Spec != nil && v.Spec.PrefixLength > 0:
		return fmt.Sprintf("2^(32 − %d)", v.Spec.PrefixLength)
	case v.Addresses == 0:
		return "0"
	}
	return fmt.Sprintf("2^ceil(log2(%s))", plus(subnets))
}

// PrefixLength returns the size of the subnet's IPv4 range as a prefix length, and false when it has none. It is known
// before the range is for a subnet whose addresses come from an IPAM pool.
func (s *Subnet) PrefixLength() (bits int, known bool) {
	switch {
	case s.AddressPrefix.IsValid():
		return s.AddressPrefix.Bits(), true
	case s.IPAMPoolAddresses > 0:
		return BitsFor(s.IPAMPoolAddresses), true
	}
	return 0, false
}
