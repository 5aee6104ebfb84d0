package validate

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// The types of DNS zones.
const (
	dnsZones        = "Microsoft.Network/dnsZones"
	privateDNSZones = "Microsoft.Network/privateDnsZones"
)

// azureResolves reports whether a DNS server of a network is a service of Azure: Azure DNS itself, the DNS proxy of the
// firewall that clusters of the network send their traffic to, or an address in the subnet of an Azure Firewall or a
// DNS resolver. Each of them is redundant and asks Azure DNS unless it is told otherwise.
func azureResolves(p *Pass, v *plan.VNet, server netip.Addr) bool {
	if server == aks.PlatformAddress() {
		return true
	}
	nextHop := func(c *plan.Cluster) bool { return c.VNet() == v && c.Spec.Egress.NextHopIP == server }
	if slices.ContainsFunc(p.Plan.Clusters, nextHop) {
		return true
	}
	at := subnetOf(p, server)
	return at != nil && (subnetKindID(at) == "firewall" || subnetKindID(at) == "dns-resolver")
}

// subnetOf returns the subnet of the plan that holds an address, or nil if none does.
func subnetOf(p *Pass, a netip.Addr) (at *plan.Subnet) {
	p.eachSubnet(func(s *plan.Subnet) {
		if at == nil && slices.ContainsFunc(s.AddressPrefixes, func(r netip.Prefix) bool { return r.Contains(a) }) {
			at = s
		}
	})
	return at
}

// networkOf returns the network of the plan that holds an address, or nil if none does.
func networkOf(p *plan.Plan, a netip.Addr) *plan.VNet {
	for _, v := range p.VNets {
		if slices.ContainsFunc(v.AddressPrefixes, func(r netip.Prefix) bool { return r.Contains(a) }) {
			return v
		}
	}
	return nil
}
