package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var subnetOutside = &Rule{
	ID: "VNET001", Title: "subnet is outside its network", Severity: Error,
	Explanation: "A subnet must be entirely inside one of the address prefixes of its virtual network.",
	Fix:         "use a range inside the network, or add the range to addressPrefixes",
	Source:      aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkSubnetOutside,
}

var subnetsOverlap = &Rule{
	ID: "VNET002", Title: "overlapping subnets", Severity: Error,
	Explanation: "Subnets of a virtual network must not share addresses. Azure rejects the second one.",
	Fix:         "use a range that no other subnet has", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkSubnetsOverlap,
}

var spacesOverlap = &Rule{
	ID: "VNET003", Title: "overlapping address prefixes in a network", Severity: Error,
	Explanation: "The address prefixes of a virtual network must not share addresses.",
	Fix:         "remove the smaller prefix", Source: aks.PageVNetFAQ, Since: "v0.1.0",
	Check: checkSpacesOverlap,
}

var peersOverlap = &Rule{
	ID: "VNET004", Title: "overlapping peered networks", Severity: Error,
	Explanation: "Azure rejects a peering between networks that share addresses. It also rejects such an " +
		"address when it is added later.",
	Fix: "give one of the two networks another address space", Source: aks.PagePeerings, Since: "v0.1.0",
	Check: checkPeersOverlap,
}

var peerUnknown = &Rule{
	ID: "VNET005", Title: "peering with an unknown network", Severity: Error,
	Explanation: "A peering names a network of the spec, or another network by its resource id. Without " +
		"the other network's address space, aksnet cannot check for overlaps.",
	Fix:    "add the network with existing: true and its addressPrefixes, or use its resource id",
	Source: aks.PagePeerings, Since: "v0.1.0",
	Check: checkPeerUnknown,
}

var vnetUnknown = &Rule{
	ID: "VNET006", Title: "cluster uses an unknown network", Severity: Error,
	Explanation: "In a spec that lists networks, vnet must name one of them. A cluster without vnet, and every " +
		"cluster of a spec without vnets, gets a network of its own.",
	Fix:    "set vnet to a network of the spec, add the network, or remove vnet to plan one",
	Source: docsSpec, Since: "v0.1.0",
	Check: checkVNetUnknown,
}

var peerTwice = &Rule{
	ID: "VNET007", Title: "invalid peering", Severity: Error,
	Explanation: "A network cannot be peered with itself, and it can be peered with another network only " +
		"once.",
	Fix: "remove the peering", Source: aks.PagePeerings, Since: "v0.1.0",
	Check: checkPeerTwice,
}

var peerBlind = &Rule{
	ID: "VNET008", Title: "peered network with an unknown address space", Severity: Warning,
	Explanation: "The address space of the other network is not in the spec, so aksnet cannot detect " +
		"overlaps with it: Azure would reject the peering, and pods or Services could hide its hosts.",
	Fix:    "add addressPrefixes to the peering, or describe the network with existing: true",
	Source: aks.PagePeerings, Since: "v0.1.0",
	Check: checkPeerBlind,
}

var networkLarge = &Rule{
	ID:       "VNET009",
	Title:    english.Text("network or subnet is larger than /%v", aks.LargestAdvisedBits),
	Severity: Warning,
	Explanation: english.Text("The AKS page and older pages allow up to a /%v; a newer page allows subnets up "+
		"to a /%v. In any case, at most %v addresses of a network can be in use.",
		aks.LargestAdvisedBits, aks.LargestSubnetBits, aks.AddressesPerVNet),
	Fix: english.Text(
		"use a prefix length of at least %v",
		aks.LargestAdvisedBits,
	), Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkNetworkLarge,
}

var existingBlind = &Rule{
	ID: "VNET010", Title: "existing network or subnet without a range", Severity: Error,
	Explanation: "Networks and subnets that exist already have ranges, which the plan must avoid: an " +
		"existing network needs addressPrefixes, and an existing subnet needs addressPrefix.",
	Fix: "add the range that az network vnet show prints", Source: docsSpec, Since: "v0.1.0",
	Check: checkExistingBlind,
}

func checkSubnetOutside(p *Pass) {
	for _, v := range p.Plan.VNets {
		if v.Sized || !v.SpaceKnown() {
			continue
		}
		for _, s := range v.Subnets {
			for _, prefix := range s.AddressPrefixes {
				if !withinSpaces(prefix, v.AddressPrefixes) {
					p.reportOutside(v, s, prefix)
				}
			}
		}
	}
}

func withinSpaces(p netip.Prefix, spaces []netip.Prefix) bool {
	return slices.ContainsFunc(spaces, func(space netip.Prefix) bool { return ipam.Covers(space, p) })
}

func (p *Pass) reportOutside(v *plan.VNet, s *plan.Subnet, prefix netip.Prefix) {
	f := p.Reportf(p.pathOf(s, prefix), "subnet %q (%s) is outside network %q (%s)", s.Name, prefix, v.Name,
		joined(v.AddressPrefixes))
	f.AzureError = &AzureError{Code: aks.CodeNetcfgSubnetRangeOutsideVnet}
	p.putFree(f, v, prefix)
}

// putFree proposes a free range of the network that is as large as an IPv4 prefix.
func (p *Pass) putFree(f *Finding, v *plan.VNet, prefix netip.Prefix) {
	if prefix.Addr().Is6() || !p.Spec.Has(f.Path) {
		return
	}
	if pool, err := ipam.NewPool(v.FreePrefixes...); err == nil {
		if free, ok := pool.Allocate(prefix.Bits()); ok {
			f.Edit = set(free)
		}
	}
}

func joined(ps []netip.Prefix) string {
	if len(ps) == 0 {
		return "no address space"
	}
	words := make([]string, min(len(ps), 3))
	for i := range words {
		words[i] = ps[i].String()
	}
	if more := len(ps) - len(words); more > 0 {
		words = append(words, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(words, ", ")
}

func checkSubnetsOverlap(p *Pass) {
	for _, v := range p.Plan.VNets {
		var subnets []*plan.Subnet
		var prefixes []netip.Prefix
		for _, s := range v.Subnets {
			for _, prefix := range s.AddressPrefixes {
				subnets, prefixes = append(subnets, s), append(prefixes, prefix)
			}
		}
		for _, pair := range firstPairs(prefixes) {
			a, b := subnets[pair.first], subnets[pair.later]
			if a == b || strings.EqualFold(a.Name, b.Name) {
				continue
			}
			f := p.Reportf(p.pathOf(b, prefixes[pair.later]), "subnet %q (%s) overlaps subnet %q (%s) of network %q",
				b.Name, prefixes[pair.later], a.Name, prefixes[pair.first], v.Name)
			p.Relate(f, a.Path, "subnet %q is here", a.Name)
			f.AzureError = &AzureError{Code: aks.CodeNetcfgSubnetRangesOverlap}
			p.putFree(f, v, prefixes[pair.later])
		}
	}
}

func checkSpacesOverlap(p *Pass) {
	for _, v := range p.Plan.VNets {
		for _, pair := range firstPairs(v.AddressPrefixes) {
			a, b := v.AddressPrefixes[pair.first], v.AddressPrefixes[pair.later]
			p.Report(Finding{
				Path:    fmt.Sprintf("%s.addressPrefixes[%d]", v.Path, pair.later),
				Message: fmt.Sprintf("address prefixes %s and %s of network %q overlap", a, b, v.Name),
				Edit:    setAt(v.Path+".addressPrefixes", flowList(withoutSmaller(v.AddressPrefixes, pair))),
			})
		}
	}
}

// withoutSmaller returns a list without the smaller prefix of a pair, or without the later one if both are equal.
func withoutSmaller(list []netip.Prefix, p pair) []netip.Prefix {
	smaller := p.later
	if list[p.first].Bits() > list[p.later].Bits() {
		smaller = p.first
	}
	return slices.Delete(slices.Clone(list), smaller, smaller+1)
}

func checkPeersOverlap(p *Pass) {
	for i, v := range p.Plan.VNets {
		if len(v.Peerings) == 0 {
			continue
		}
		seen := map[string]bool{}
		for j, prefix := range v.AddressPrefixes {
			for _, h := range ownersOf(p.indexOf(v).overlapping(prefix), plan.OwnerPeer) {
				other := p.rangesOf().VNet(h.Name)
				if seen[h.Name] || other != nil && p.place(other) < i {
					continue
				}
				seen[h.Name] = true
				f := p.Reportf(p.peeringPath(v, other, h.Name), "network %q (%s) overlaps peered network %q (%s)",
					v.Name, prefix, h.Name, h.Prefix)
				p.Relate(f, h.Path, "network %q is here", h.Name)
				f.AzureError = &AzureError{Code: aks.CodeVnetAddressSpacesOverlap}
				p.proposeSpace(f, v, j)
				if f.Edit.Value == "" && other != nil {
					p.proposeSpace(f, other, slices.Index(other.AddressPrefixes, h.Prefix))
				}
			}
		}
	}
}

// eachPeering calls check for every peering of the spec.
func (p *Pass) eachPeering(check func(v *plan.VNet, path string, peering spec.Peering)) {
	for _, v := range p.Plan.VNets {
		if v.Spec == nil {
			continue
		}
		for i, peering := range v.Spec.Peerings {
			if peering.VNet != "" {
				check(v, fmt.Sprintf("%s.peerings[%d]", v.Path, i), peering)
			}
		}
	}
}

func checkPeerUnknown(p *Pass) {
	p.eachPeering(func(v *plan.VNet, path string, peering spec.Peering) {
		if isResourceID(peering.VNet) || p.rangesOf().VNet(peering.VNet) != nil || len(peering.AddressPrefixes) > 0 {
			return
		}
		f := p.Reportf(path, "network %q is peered with %q, which the spec does not describe", v.Name, peering.VNet)
		if near := spec.Nearest(peering.VNet, p.vnetNames(v)); near != "" && p.Spec.Text(path) != "" {
			f.Edit = set(near)
		}
	})
}

// vnetNames returns the names of the networks of the spec, except one.
func (p *Pass) vnetNames(but *plan.VNet) (out []string) {
	if len(p.Plan.VNets) > mostNames {
		return nil
	}
	for _, v := range p.Plan.VNets {
		if v.Spec != nil && v != but {
			out = append(out, v.Name)
		}
	}
	return out
}

func checkVNetUnknown(p *Pass) {
	if len(p.Spec.VNets) == 0 {
		return
	}
	for _, c := range p.Plan.Clusters {
		path := c.Path + ".vnet"
		if c.VNet() == nil || c.VNet().Spec != nil || !p.Spec.Has(path) {
			continue
		}
		f := p.Reportf(path, "network %q of cluster %q is not in vnets", c.VNetName, c.Name)
		if near := spec.Nearest(c.VNetName, p.vnetNames(nil)); near != "" {
			f.Edit = set(near)
		}
	}
}

func checkPeerTwice(p *Pass) {
	seen := map[string]bool{}
	p.eachPeering(func(v *plan.VNet, path string, peering spec.Peering) {
		other := p.rangesOf().VNet(peering.VNet)
		key := v.Path + " " + p.peerName(peering.VNet)
		switch {
		case other == v || strings.EqualFold(peering.VNet, v.Name):
			p.Reportf(path, "network %q is peered with itself", v.Name)
		case seen[key]:
			p.Reportf(path, "network %q is peered with %q twice", v.Name, peering.VNet)
		}
		seen[key] = true
	})
}

func checkPeerBlind(p *Pass) {
	p.eachPeering(func(v *plan.VNet, path string, peering spec.Peering) {
		if isResourceID(peering.VNet) && p.rangesOf().VNet(peering.VNet) == nil && len(peering.AddressPrefixes) == 0 {
			p.Reportf(path, "network %q is peered with a network whose address space is unknown", v.Name)
		}
	})
	for _, v := range p.Plan.VNets {
		if v.Spec != nil && v.Spec.VirtualHub.ID != "" && !v.Spec.VirtualHub.AddressPrefix.IsValid() {
			p.Report(Finding{
				Path:    v.Path + ".virtualHub.id",
				Message: fmt.Sprintf("network %q is connected to a virtual hub whose address space is unknown", v.Name),
				Advice:  "set virtualHub.addressPrefix to the range that az network vhub show prints",
			})
		}
	}
}

func checkNetworkLarge(p *Pass) {
	for _, v := range p.Plan.VNets {
		for i, prefix := range v.AddressPrefixes {
			if prefix.Addr().Is4() && prefix.Bits() < aks.LargestAdvisedBits {
				p.Reportf(fmt.Sprintf("%s.addressPrefixes[%d]", v.Path, i),
					"address space %s of network %q is larger than a /%d", prefix, v.Name, aks.LargestAdvisedBits)
			}
		}
		for _, s := range v.Subnets {
			if bits, known := s.PrefixLength(); known && bits < aks.LargestAdvisedBits {
				p.Reportf(p.prefixPath(s), "subnet %q (%s) is larger than a /%d", s.Name, rangeText(s),
					aks.LargestAdvisedBits)
			}
		}
	}
}

func checkExistingBlind(p *Pass) {
	for _, v := range p.Plan.VNets {
		if v.Spec == nil {
			continue
		}
		if v.Existing && v.SpaceKnown() && len(v.Spec.AddressPrefixes) == 0 && !p.Spec.Has(v.Path+".addressPrefixes") {
			p.Reportf(v.Path+".name", "network %q exists, but its addressPrefixes are not set", v.Name)
		}
		for _, s := range v.Subnets {
			if s.Existing && s.Spec != nil && !s.Pinned() && !p.Spec.Has(s.Path+".addressPrefix") &&
				!p.Spec.Has(s.Path+".addressPrefixes") {
				p.Reportf(s.Path+".name", "subnet %q exists, but its addressPrefix is not set", s.Name)
			}
		}
	}
}
