package plan

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// chooseCIDRs gives a cluster its service and pod CIDRs and the address of its DNS: as the spec pins them, else chosen
// so that they collide with nothing known.
//
// A Service address means nothing outside its cluster, so service CIDRs may repeat from cluster to cluster. Pod CIDRs
// are taken from podPools one after another while there is space, and repeat for overlay clusters afterwards, as AKS
// allows.
func (b *builder) chooseCIDRs(c *Cluster) {
	c.ServiceCIDRs = b.cidrs(c, cidrRequest{
		use: aks.UseService, pinned: pinned(c.Spec.ServiceCIDR, c.Spec.ServiceCIDRs), addresses: serviceAddresses(c),
		six: aks.DefaultServiceCIDR6(),
	})
	c.ServiceCIDR = first4(c.ServiceCIDRs)
	c.PodCIDRs = []netip.Prefix{}
	if c.facts.NeedsPodCIDR {
		c.PodCIDRs = b.cidrs(c, cidrRequest{
			use: aks.UsePod, pinned: pinned(c.Spec.PodCIDR, c.Spec.PodCIDRs), addresses: podAddresses(c),
			six: aks.DefaultPodCIDR6(),
		})
		c.PodCIDR = first4(c.PodCIDRs)
	}
	c.DNSServiceIP = c.Spec.DNSServiceIP
	if !c.DNSServiceIP.IsValid() && c.ServiceCIDR.IsValid() {
		c.DNSServiceIP = DNSServiceIP(c.ServiceCIDR)
	}
}

// cidrRequest is what a cluster asks for: a CIDR for its pods or for its Services.
type cidrRequest struct {
	use       aks.Use
	pinned    []netip.Prefix // by the spec
	addresses int            // that the IPv4 CIDR must hold
	six       netip.Prefix   // the IPv6 CIDR of a dual-stack cluster whose spec pins none
}

// pinned returns the CIDRs of a spec: the list, or else the single one.
func pinned(one netip.Prefix, list []netip.Prefix) []netip.Prefix {
	if one.IsValid() && len(list) == 0 {
		return []netip.Prefix{one}
	}
	return append([]netip.Prefix{}, list...)
}

// serviceAddresses returns how many addresses the Services of a cluster take: the API server's own and the DNS come on
// top.
func serviceAddresses(c *Cluster) int {
	s := c.Spec.Services
	return s.ClusterIPs + s.Balancers() + 2
}

// podAddresses returns how many addresses a pod CIDR needs at least: a /24 for every node and surge node.
// [aks.PageOverlay] (read 2026-11-22)
func podAddresses(c *Cluster) int { return max(1, c.Nodes+c.SurgeNodes) * aks.PodBlockAddresses }

// cidrs returns the CIDRs of a cluster for a use: those that the spec pins, and one for each family that it does not.
func (b *builder) cidrs(c *Cluster, r cidrRequest) []netip.Prefix {
	out := r.pinned
	if len(out) == 0 {
		out = slices.Clone(c.held[r.use])
	}
	if !slices.ContainsFunc(out, isIPv4) {
		bits := BitsFor(r.addresses)
		if p, ok := b.cidrFinder.find(c, r.use, bits); ok {
			out = append([]netip.Prefix{p}, out...)
		} else {
			b.noCIDR(c, r, bits, b.ranges.clear(c, r.use).largest())
		}
	}
	if c.Spec.DualStack() && !slices.ContainsFunc(out, isIPv6) {
		out = append(out, r.six)
	}
	return out
}

// noCIDR records that no range is free for a use. largest is the prefix length of the largest block that is, 0 without
// any.
func (b *builder) noCIDR(c *Cluster, r cidrRequest, bits, largest int) {
	key, pools := "podCidr", "podPools"
	if r.use == aks.UseService {
		key, pools = "serviceCidr", "servicePools"
	}
	most := "nothing of addressSpace." + pools + " is"
	if largest > 0 {
		most = fmt.Sprintf("the largest such block of addressSpace.%s is a /%d (%d addresses)", pools, largest,
			ipam.PrefixSize(largest))
	}
	addresses := r.addresses
	if r.use == aks.UsePod {
		addresses = ipam.PrefixSize(bits)
	}
	b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
		Name: c.Name, For: key, Addresses: addresses, PrefixLength: bits, Path: c.Path + "." + key,
		Reason: fmt.Sprintf("needs a /%d (%d addresses) clear of networks, peers and reserved ranges, and %s",
			bits, ipam.PrefixSize(bits), most),
	})
}

// DNSServiceIP returns the DNS address of a service CIDR by convention: its eleventh address, or the third of a range
// too small for that (the second is the API server's). It is not valid for ranges of fewer than four addresses.
func DNSServiceIP(service netip.Prefix) netip.Addr {
	host := aks.DNSServiceIPOffset
	switch spare := service.Addr().BitLen() - service.Bits(); {
	case spare < 2:
		return netip.Addr{}
	case spare < 4:
		host = 2
	}
	a := service.Masked().Addr()
	for range host {
		a = a.Next()
	}
	return a
}

// first4 returns the first IPv4 prefix of a list; the zero Prefix when there is none.
func first4(prefixes []netip.Prefix) netip.Prefix {
	if i := slices.IndexFunc(prefixes, isIPv4); i >= 0 {
		return prefixes[i]
	}
	return netip.Prefix{}
}

func isIPv4(p netip.Prefix) bool { return p.IsValid() && p.Addr().Is4() }

func isIPv6(p netip.Prefix) bool { return p.Addr().Is6() }
