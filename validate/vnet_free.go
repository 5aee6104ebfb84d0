package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

// proposeSpace puts a range that nothing else has in place of one address prefix of a network. It proposes nothing for a network that
// exists, nor where a subnet is pinned inside the prefix: the subnet would be left outside.
func (p *Pass) proposeSpace(f *Finding, v *plan.VNet, i int) {
	path := fmt.Sprintf("%s.addressPrefixes[%d]", v.Path, i)
	prefix := v.AddressPrefixes[i]
	if v.Existing || !p.Spec.Has(path) || prefix.Addr().Is6() || holdsPinned(v, prefix) {
		return
	}
	if free, ok := p.freeSpace(prefix.Bits()); ok {
		f.PutAt(path, free)
	}
}

func holdsPinned(v *plan.VNet, prefix netip.Prefix) bool {
	return slices.ContainsFunc(v.Subnets, func(s *plan.Subnet) bool { return s.Pinned && s.AddressPrefix.Overlaps(prefix) })
}

// freeSpace finds an IPv4 range of so many bits that no network, cluster or reserved range has, in the pools of the spec or where the
// planner places networks.
func (p *Pass) freeSpace(bits int) (netip.Prefix, bool) {
	if p.kept.space == nil {
		p.kept.space = p.space()
	}
	return p.kept.space.Clone().AllocateWith(bits, ipam.FirstFit)
}

// space is a pool of all that is free. It is empty where networks have IPv6 pools.
func (p *Pass) space() *ipam.Pool {
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

// allTaken is every range that networks, peers and clusters have, and what is reserved or forbidden for networks.
func (p *Pass) allTaken() []netip.Prefix {
	out := p.takenFor(aks.UseVNet)
	for _, v := range p.Plan.VNets {
		out = append(out, v.AddressPrefixes...)
		for _, peer := range p.peersOf(v) {
			out = append(out, peer.prefixes...)
		}
	}
	for _, c := range p.claims() {
		out = append(out, c.prefix)
	}
	return out
}
