package validate

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

var authorizedCount = &Rule{
	ID:          "AKS100",
	Title:       "too many authorized IP ranges",
	Severity:    Error,
	Explanation: "The API server takes 200 authorized ranges, with API Server VNet Integration 2,000.",
	Source:      aks.PageAuthorizedRanges,
	Fix:         "join ranges, or use a private cluster",
	Since:       "v0.1.0",
	Check:       checkAuthorizedCount,
}

func checkAuthorizedCount(p *Pass) {
	for _, c := range p.Plan.Clusters {
		most := aks.MaxAuthorizedRanges
		if c.Spec.APIServerVnetIntegration {
			most = aks.MaxAuthorizedRangesVNet
		}
		if n := len(c.Spec.AuthorizedIPRanges); n > most {
			p.Report(c.Path+".authorizedIPRanges", "%d authorized ranges, the API server takes %d", n, most)
		}
	}
}

// closedRange is what stands for "nobody but the cluster itself" in the list of authorized ranges.
// https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges (read 2026-11-22)
var closedRange = netip.PrefixFrom(netip.IPv4Unspecified(), 32)

var authorizedClosed = &Rule{
	ID:          "AKS101",
	Title:       "0.0.0.0/32 beside other authorized ranges",
	Severity:    Error,
	Explanation: "0.0.0.0/32 lets nobody in but the cluster's own egress. It must be the only entry of the list.",
	Source:      aks.PageAuthorizedRanges,
	Fix:         "[0.0.0.0/32], or the other ranges alone",
	Since:       "v0.1.0",
	Check:       checkAuthorizedClosed,
}

func checkAuthorizedClosed(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ranges := c.Spec.AuthorizedIPRanges
		if i := slices.Index(ranges, closedRange); i >= 0 && len(ranges) > 1 {
			p.Report(indexed(c.Path+".authorizedIPRanges", i), "0.0.0.0/32 must stand alone, the list has %s", plural(len(ranges), "range")).
				PutAt(c.Path+".authorizedIPRanges", "[0.0.0.0/32]")
		}
	}
}

var authorizedPublic = &Rule{
	ID:          "AKS102",
	Title:       "authorized IP range that is no public IPv4 range",
	Severity:    Error,
	Explanation: "The public API server sees public IPv4 addresses alone. Azure refuses private and IPv6 ranges.",
	Source:      aks.PageAuthorizedRanges,
	Fix:         "name the public address behind which the clients are",
	Since:       "v0.1.0",
	Check:       checkAuthorizedPublic,
}

func checkAuthorizedPublic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for i, r := range c.Spec.AuthorizedIPRanges {
			path := indexed(c.Path+".authorizedIPRanges", i)
			switch {
			case !r.IsValid() || r == closedRange:
			case !r.Addr().Is4():
				p.Report(path, "%s is an IPv6 range, the API server takes public IPv4 ranges", r).PutAt(c.Path+".authorizedIPRanges", "null")
			case !publicRange(r):
				p.Report(path, "%s is no public range, the API server sees public addresses alone", r).PutAt(c.Path+".authorizedIPRanges", "null")
			}
		}
	}
}

// publicRange reports whether a range holds public addresses: it neither is private nor lies in one of the ranges that the
// Internet does not route.
func publicRange(r netip.Prefix) bool {
	a := r.Addr()
	return r.Bits() > 0 && !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast() && !a.IsMulticast() && a.IsValid() && !sharedSpace.Overlaps(r) &&
		!a.IsUnspecified()
}

var authorizedPrivate = &Rule{
	ID:          "AKS103",
	Title:       "authorized IP ranges of a private cluster",
	Severity:    Error,
	Explanation: "Authorized ranges are about the public API server. A private cluster has none, and the command line refuses both together.",
	Source:      aks.PageAuthorizedRanges,
	Fix:         "take authorizedIPRanges away, or make the cluster public",
	Since:       "v0.1.0",
	Check:       checkAuthorizedPrivate,
}

func checkAuthorizedPrivate(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.PrivateCluster && len(c.Spec.AuthorizedIPRanges) > 0 {
			p.ReportKey(c.Path+".authorizedIPRanges", "cluster %q is private: authorized ranges have no API server to guard", c.Name).Remove()
		}
	}
}

var apiServerOpen = &Rule{
	ID:          "AKS104",
	Title:       "API server open to the Internet",
	Severity:    Note,
	Explanation: "Without authorized ranges every address of the Internet reaches the public API server. It is said where authorizedIPRanges is written and empty, or holds everything.",
	Source:      aks.PageAuthorizedRanges,
	Fix:         "name authorizedIPRanges, or make the cluster private",
	Since:       "v0.1.0",
	Check:       checkAPIServerOpen,
}

func checkAPIServerOpen(p *Pass) {
	for _, c := range p.Plan.Clusters {
		path := c.Path + ".authorizedIPRanges"
		ranges := c.Spec.AuthorizedIPRanges
		everyone := slices.ContainsFunc(ranges, func(r netip.Prefix) bool { return r.IsValid() && r.Bits() == 0 })
		if !c.Spec.PrivateCluster && p.Spec.Has(path) && (len(ranges) == 0 || everyone) {
			p.ReportKey(path, "the API server of cluster %q is open to every address", c.Name)
		}
	}
}

var authorizedFirewall = &Rule{
	ID:       "AKS105",
	Title:    "firewall address missing from the authorized ranges",
	Severity: Warning,
	Explanation: "With userDefinedRouting nodes reach the public API server from the firewall's public addresses. AKS adds its own outbound addresses to the " +
		"list, a firewall's it cannot know: nodes fail to register. A warning, since the ranges can be added on the way and the firewall may " +
		"leave by other addresses than those named here.",
	Source: aks.PageFirewall,
	Fix:    "add the firewall's public addresses to authorizedIPRanges",
	Since:  "v0.1.0",
	Check:  checkAuthorizedFirewall,
}

func checkAuthorizedFirewall(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ranges := c.Spec.AuthorizedIPRanges
		if c.OutboundType != aks.OutboundUserDefinedRouting || len(ranges) == 0 || c.Spec.PrivateCluster || c.Spec.APIServerVnetIntegration {
			continue
		}
		for i, a := range c.Spec.Egress.FirewallPublicIPs {
			if !a.IsValid() || slices.ContainsFunc(ranges, func(r netip.Prefix) bool { return r.IsValid() && r.Contains(a) }) {
				continue
			}
			p.Report(indexed(c.Path+".egress.firewallPublicIPs", i), "nodes reach the API server from %s, which is not among its authorized ranges", a).
				PutAt(c.Path+".authorizedIPRanges", flowList(append(slices.Clone(ranges), firewallRanges(c.Spec.Egress.FirewallPublicIPs)...))).
				Azure(aks.CodeVMExtensionErrorK8SAPIServerConnFail, "")
		}
	}
}

func firewallRanges(ips []netip.Addr) (out []netip.Prefix) {
	for _, a := range ips {
		if a.IsValid() {
			out = append(out, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	return out
}

var privateZoneText = &Rule{
	ID:       "AKS106",
	Title:    "private DNS zone that AKS does not take",
	Severity: Error,
	Explanation: "privateDNSZone is system, none, or the resource id of a zone named privatelink.<region>.azmk8s.io or private.<region>.azmk8s.io, " +
		"with at most one further label of 32 characters in front.",
	Source: aks.PagePrivateClusters,
	Fix:    "system",
	Since:  "v0.1.0",
	Check:  checkPrivateZoneText,
}

// privateZone is the resource id of a DNS zone for API servers.
// https://learn.microsoft.com/azure/aks/private-clusters (read 2026-11-22)
var privateZone = form(`(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Network/privateDnsZones/` +
	`([a-z0-9-]{1,32}\.)?private(link)?\.[a-z0-9]+\.(azmk8s\.io|cx\.prod\.service\.azk8s\.cn|cx\.aks\.containerservice\.azure\.us)$`)

func checkPrivateZoneText(p *Pass) {
	for _, c := range p.Plan.Clusters {
		zone := c.Spec.PrivateDNSZone
		if zone != "" && !strings.EqualFold(zone, "system") && !strings.EqualFold(zone, "none") && !privateZone().MatchString(zone) {
			p.Report(c.Path+".privateDNSZone", "privateDNSZone %q is neither system, none nor the id of a zone such as privatelink.%s.azmk8s.io", zone, c.Location).
				Put("system")
		}
	}
}

var privateZonePublic = &Rule{
	ID:          "AKS107",
	Title:       "private DNS zone of a public cluster",
	Severity:    Error,
	Explanation: "A private DNS zone holds the name of a private API server; AKS refuses one of your own for a public cluster.",
	Source:      aks.PagePrivateClusters,
	Fix:         "set privateCluster: true, or take privateDNSZone away",
	Since:       "v0.1.0",
	Check:       checkPrivateZonePublic,
}

func checkPrivateZonePublic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if strings.HasPrefix(c.Spec.PrivateDNSZone, "/") && !c.Spec.PrivateCluster {
			p.Report(c.Path+".privateDNSZone", "cluster %q is not private, but has a private DNS zone of its own", c.Name).Remove()
		}
	}
}

var privateZoneIdentity = &Rule{
	ID:          "AKS108",
	Title:       "private DNS zone of your own with a system-assigned identity",
	Severity:    Error,
	Explanation: "AKS writes the API server's name into the zone while it makes the cluster: the identity must exist and have its role before that.",
	Source:      aks.PagePrivateClusters,
	Fix:         "UserAssigned",
	Since:       "v0.1.0",
	Check:       checkPrivateZoneIdentity,
}

func checkPrivateZoneIdentity(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if strings.HasPrefix(c.Spec.PrivateDNSZone, "/") && c.Spec.PrivateCluster && c.Spec.Identity == aks.SystemAssigned {
			p.Report(nearest(p, c.Path+".identity", c.Path+".privateDNSZone"), "a private DNS zone of your own needs a user-assigned identity, the cluster's is system-assigned").
				PutAt(c.Path+".identity", "UserAssigned")
		}
	}
}

var privateCustomDNS = &Rule{
	ID:       "AKS109",
	Title:    "private cluster behind DNS servers of your own",
	Severity: Warning,
	Explanation: "Nodes find a private API server by a name in a private DNS zone. DNS servers of your own must forward to 168.63.129.16 from a network that is " +
		"linked to the zone, or nodes fail to register (exit codes 51 and 52).",
	Source: aks.PageErrorNoAPIServerName,
	Fix:    "forward azmk8s.io to 168.63.129.16 on the DNS servers and waive this finding",
	Since:  "v0.1.0",
	Check:  checkPrivateCustomDNS,
}

func checkPrivateCustomDNS(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Spec.PrivateCluster || c.Network == nil || c.Network.Spec == nil || len(c.Network.Spec.DNSServers) == 0 {
			continue
		}
		if !slices.Contains(c.Network.Spec.DNSServers, aks.PlatformAddress()) {
			f := p.Report(c.Path+".privateCluster", "cluster %q is private, and network %q has DNS servers of its own: they must forward to %s",
				c.Name, c.Network.Name, aks.PlatformAddress()).Azure(aks.CodeVMExtensionErrorK8SAPIServerDNSLookupFail, "")
			p.Relate(f, c.Network.Path+".dnsServers", "DNS servers of network %q", c.Network.Name)
		}
	}
}

var privateKubenetDNS = &Rule{
	ID:       "AKS110",
	Title:    "private kubenet cluster with its own DNS and route table",
	Severity: Warning,
	Explanation: "Creation fails unless the route table and the DNS servers are associated with the subnet and the network before the cluster is made, " +
		"in that order.",
	Source: aks.PagePrivateClusters,
	Fix:    "associate both first, or choose model overlay",
	Since:  "v0.1.0",
	Check:  checkPrivateKubenetDNS,
}

func checkPrivateKubenetDNS(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Model != aks.Kubenet || !c.Spec.PrivateCluster || c.Network == nil || c.Network.Spec == nil || len(c.Network.Spec.DNSServers) == 0 {
			continue
		}
		for _, s := range c.NodeSubnets() {
			if s.Spec != nil && s.Spec.RouteTable != "" {
				p.Report(c.Path+".privateCluster", "associate route table %q and the DNS servers of network %q before cluster %q is made", s.Spec.RouteTable, c.Network.Name, c.Name)
				break
			}
		}
	}
}
