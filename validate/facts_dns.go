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
	nextHop := func(c *plan.Cluster) bool { return c.Spec.Egress.NextHopIP == server }
	if slices.ContainsFunc(p.clustersOf(v), nextHop) {
		return true
	}
	at := holding(p.holders().subnets, server)
	return at != nil && (subnetKindID(at) == "firewall" || subnetKindID(at) == "dns-resolver")
}
