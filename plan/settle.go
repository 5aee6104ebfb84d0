package plan

import (
	"fmt"
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// settle gives a subnet the ranges that were found for it, and records what is missing.
func (b *builder) settle(r *subnetRequest) {
	s := r.subnet
	s.AddressPrefixes = append(s.AddressPrefixes, r.pinned...)
	switch {
	case s.held:
		s.how = "held in the ledger"
	case len(r.pinned) > 0:
		s.how = "pinned by the spec"
	case r.bits == 0:
		b.unplaced(s, aks.SmallestSubnetBits,
			"nothing in the spec says how large it is: give addresses, prefixLength or addressPrefix")
	case s.IPAMPoolAddresses > 0:
	case r.at.IsValid():
		s.AddressPrefixes = append(s.AddressPrefixes, r.at)
	default:
		b.unplaced(s, r.least, r.shortage)
	}
	if r.at6.IsValid() {
		s.AddressPrefixes = append(s.AddressPrefixes, r.at6)
	} else if r.shortage6 != "" {
		b.unplaced(s, aks.SubnetBits6, r.shortage6)
	}
	s.finalize()
}

func (b *builder) unplaced(s *Subnet, bits int, reason string) {
	b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
		Name: s.Name, For: string(s.Purpose) + " in " + s.VNet.Name, Addresses: s.Demand.Total, PrefixLength: bits,
		Reason: reason, Path: s.Path,
	})
}

// unplacedVNet records a network that the plan sizes and that has no place, or no size.
func (b *builder) unplacedVNet(v *VNet) {
	u := Unplaced{Name: v.Name, For: "vnet", Path: v.Path, Reason: v.shortage}
	switch {
	case v.shortage != "":
		u.PrefixLength, u.Addresses = v.Spec.PrefixLength, ipam.PrefixSize(v.Spec.PrefixLength)
	case len(v.Subnets) > 0 || len(v.AddressPrefixes) > 0:
		return
	default:
		u.Reason = "nothing in the spec says how large it is: give it addressPrefixes, prefixLength, a subnet or a cluster"
	}
	b.plan.Unplaced = append(b.plan.Unplaced, u)
}

// shortageIn says what areas lack for a block of a prefix length.
func shortageIn(bits int, where string, areas []*area) string {
	largest, any := 0, false
	for _, s := range areas {
		if l, ok := s.free.Largest(); ok && (!any || l < largest) {
			largest, any = l, true
		}
	}
	if !any {
		return fmt.Sprintf("needs a /%d (%d addresses), and %s has no free address", bits, ipam.PrefixSize(bits), where)
	}
	return fmt.Sprintf("needs a /%d (%d addresses), and the largest free block of %s is a /%d (%d addresses), %d short",
		bits, ipam.PrefixSize(bits), where, largest, ipam.PrefixSize(largest),
		ipam.PrefixSize(bits)-ipam.PrefixSize(largest))
}

// finalize sets what follows from the range and the demand of a subnet.
func (s *Subnet) finalize() {
	for _, p := range s.AddressPrefixes {
		if p.Addr().Is4() && !s.AddressPrefix.IsValid() {
			s.AddressPrefix = p
		}
	}
	for _, p := range s.prefixes4() {
		s.Usable += max(0, ipam.PrefixSize(p.Bits())-aks.ReservedPerSubnet)
	}
	s.Usable += max(0, s.IPAMPoolAddresses-aks.ReservedPerSubnet)
	s.Headroom = s.Usable - (s.Demand.Total - s.Demand.Reserved)
}

// prefixes4 returns the IPv4 prefixes of a subnet: one, unless the spec pins several.
func (s *Subnet) prefixes4() (out []netip.Prefix) {
	for _, p := range s.AddressPrefixes {
		if p.Addr().Is4() {
			out = append(out, p)
		}
	}
	return out
}

// addresses returns the number of IPv4 addresses of a subnet.
func (s *Subnet) addresses() (n int) {
	n = s.IPAMPoolAddresses
	for _, p := range s.prefixes4() {
		n += ipam.PrefixSize(p.Bits())
	}
	return n
}
