package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

// proposeSpace proposes a free range to replace one address prefix of a network. It proposes nothing for an existing
// network, nor if a subnet is pinned inside the prefix: the subnet would be outside the new range.
func (p *Pass) proposeSpace(f *Finding, v *plan.VNet, i int) {
	path := fmt.Sprintf("%s.addressPrefixes[%d]", v.Path, i)
	prefix := v.AddressPrefixes[i]
	if v.Existing || !p.Spec.Has(path) || prefix.Addr().Is6() || holdsPinned(v, prefix) {
		return
	}
	if free, ok := p.freeSpace(prefix.Bits()); ok {
		f.Edit = setAt(path, free)
	}
}

func holdsPinned(v *plan.VNet, prefix netip.Prefix) bool {
	return slices.ContainsFunc(v.Subnets,
		func(s *plan.Subnet) bool { return s.Pinned() && s.AddressPrefix.Overlaps(prefix) })
}

// freeSpace returns an IPv4 range of a prefix length that no network, cluster or reserved range overlaps. It searches
// the pools of the spec, or the ranges where the planner places networks.
func (p *Pass) freeSpace(bits int) (netip.Prefix, bool) {
	if p.facts.space == nil {
		p.facts.space = p.freePool()
	}
	return p.facts.space.Clone().AllocateWith(bits, ipam.FirstFit)
}

// freePool returns a pool of all free ranges. The pool is empty if networks have IPv6 pools.
func (p *Pass) freePool() *ipam.Pool {
	candidates, _ := plan.Pools(p.Spec)
	pool, err := ipam.NewPool(candidates...)
	if err != nil || pool.Is6() {
		return &ipam.Pool{}
	}
	for _, o := range p.allTaken() {
		if o.IsValid() && o.Addr().Is4() {
			pool.Reserve(o)
		}
	}
	return pool
}

// allTaken returns the ranges of all networks, peers and clusters, and the ranges that are reserved or forbidden for
// networks.
func (p *Pass) allTaken() []netip.Prefix {
	out := p.rangesOf().Forbidden(aks.UseVNet)
	for _, v := range p.Plan.VNets {
		out = append(out, v.AddressPrefixes...)
		for _, peer := range p.rangesOf().Peers(v) {
			out = append(out, peer.Prefixes...)
		}
	}
	for _, c := range p.clusterCIDRs() {
		out = append(out, c.prefix)
	}
	return out
}

// roomFor returns a range of a prefix length for a subnet in its network: one that contains its current range, or
// else a free one.
func (p *Pass) roomFor(s *plan.Subnet, bits int) (netip.Prefix, bool) {
	if !s.AddressPrefix.IsValid() {
		return netip.Prefix{}, false
	}
	wide := netip.PrefixFrom(s.AddressPrefix.Addr(), bits).Masked()
	if p.fitsIn(s, wide) {
		return wide, true
	}
	pool, err := ipam.NewPool(s.VNet.FreePrefixes...)
	if err != nil {
		return netip.Prefix{}, false
	}
	return pool.Allocate(bits)
}

// fitsIn reports whether a subnet can use a range: one inside its network that overlaps nothing but the subnet
// itself.
func (p *Pass) fitsIn(s *plan.Subnet, wide netip.Prefix) bool {
	inside := s.VNet.Sized
	for _, h := range p.indexOf(s.VNet).overlapping(wide) {
		switch {
		case h.Kind == plan.OwnerVNet:
			inside = inside || h.Prefix.Bits() <= wide.Bits()
		case h.Kind != plan.OwnerSubnet || h.Name != s.Name:
			return false
		}
	}
	return inside && len(p.reservedRanges().overlapping(wide)) == 0
}

// proposeCIDR proposes a range of a prefix length to replace a pod or service CIDR: one that contains it if that is
// free, or else another free range. If the DNS address is pinned outside the range, no single value helps.
func (p *Pass) proposeCIDR(f *Finding, c *clusterCIDR, bits int) {
	if c.prefix.Addr().Is6() {
		return
	}
	if !c.pod && bits < aks.LargestServiceBits {
		bits = aks.DefaultServiceCIDR().Bits()
	}
	free, ok := p.around(c, bits)
	if !ok {
		free, ok = p.rangesOf().Free(c.cluster, c.planUse(), bits)
	}
	dns := c.cluster.Spec.DNSServiceIP
	switch {
	case !ok:
	case !c.pod && dns.IsValid() && !free.Contains(dns):
		f.Advice = fmt.Sprintf("set serviceCidr to %s, and dnsServiceIP to %s", free, plan.DNSServiceIP(free))
	default:
		f.Edit = set(free)
	}
}

// around returns the range of a prefix length that contains a cluster's CIDR, and whether it is larger and free.
func (p *Pass) around(c *clusterCIDR, bits int) (netip.Prefix, bool) {
	if bits >= c.prefix.Bits() {
		return netip.Prefix{}, false
	}
	wider := netip.PrefixFrom(c.prefix.Addr(), bits).Masked()
	return wider, p.isFree(c, wider)
}

// proposePods proposes a pod CIDR for a number of nodes. It prefers one that contains the old CIDR, because a running
// cluster can change to it.
func (p *Pass) proposePods(f *Finding, cl *clusterCIDR, nodes int) {
	bits := min(ipam.BitsFor(uint64(nodes)*aks.PodBlockAddresses, false), aks.PodBlockBits)
	if bits < 0 {
		return
	}
	if wide := netip.PrefixFrom(cl.prefix.Addr(), bits).Masked(); bits < cl.prefix.Bits() && p.isFree(cl, wide) {
		f.Edit = set(wide)
		return
	}
	p.proposeCIDR(f, cl, bits)
}

// putLarger proposes a size for a subnet, under the key that the spec uses.
func (p *Pass) putLarger(f *Finding, s *plan.Subnet, bits int) {
	if strings.HasSuffix(f.Path, ".prefixLength") {
		f.Edit = set(bits)
		return
	}
	if room, ok := p.roomFor(s, bits); ok && p.Spec.Has(f.Path) && !s.Existing {
		f.Edit = set(room)
	}
}
