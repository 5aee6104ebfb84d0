package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var authorizedCount = &Rule{
	ID:       "AKS100",
	Title:    "too many authorized IP ranges",
	Severity: Error,
	Explanation: english.Text(
		"The API server accepts at most %v authorized ranges, or %v with API Server VNet Integration.",
		aks.MaxAuthorizedRanges,
		aks.MaxAuthorizedRangesVNet,
	),
	Source: aks.PageAuthorizedRanges,
	Fix:    "combine authorizedIPRanges into fewer ranges, or set privateCluster: true",
	Since:  "v0.1.0",
	Check:  checkAuthorizedCount,
}

func checkAuthorizedCount(p *Pass) {
	for _, c := range p.Plan.Clusters {
		most := aks.MaxAuthorizedRanges
		if c.Spec.APIServerVnetIntegration {
			most = aks.MaxAuthorizedRangesVNet
		}
		if n := len(c.Spec.AuthorizedIPRanges); n > most {
			p.Reportf(c.Path+".authorizedIPRanges", "%d authorized ranges; the API server allows at most %d", n, most)
		}
	}
}

// closedRange in the list of authorized ranges admits only the cluster itself.
// [aks.PageAuthorizedRanges] (read 2026-11-22)
var closedRange = netip.PrefixFrom(netip.IPv4Unspecified(), 32)

var authorizedClosed = &Rule{
	ID:          "AKS101",
	Title:       "0.0.0.0/32 combined with other authorized ranges",
	Severity:    Error,
	Explanation: "0.0.0.0/32 admits only the cluster's own egress. It must be the only entry in the list.",
	Source:      aks.PageAuthorizedRanges,
	Fix:         "set authorizedIPRanges: [0.0.0.0/32], or remove 0.0.0.0/32 from the list",
	Since:       "v0.1.0",
	Check:       checkAuthorizedClosed,
}

func checkAuthorizedClosed(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ranges := c.Spec.AuthorizedIPRanges
		if i := slices.Index(ranges, spec.AuthorizedRange{Prefix: closedRange}); i >= 0 && len(ranges) > 1 {
			p.Report(Finding{
				Path: indexed(c.Path+".authorizedIPRanges", i),
				Message: fmt.Sprintf("0.0.0.0/32 must be the only authorized range; the list has %s",
					english.Count(len(ranges), "range")),
				Advice: p.rule.Fix,
				Edit:   setAt(c.Path+".authorizedIPRanges", "[0.0.0.0/32]"),
			})
		}
	}
}

var authorizedPublic = &Rule{
	ID:          "AKS102",
	Title:       "authorized IP range is not a public IPv4 range",
	Severity:    Error,
	Explanation: "The public API server sees only public IPv4 addresses. Azure rejects private and IPv6 ranges.",
	Source:      aks.PageAuthorizedRanges,
	Fix:         "list the public addresses from which clients reach the API server",
	Since:       "v0.1.0",
	Check:       checkAuthorizedPublic,
}

func checkAuthorizedPublic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for i, entry := range c.Spec.AuthorizedIPRanges {
			path, r := indexed(c.Path+".authorizedIPRanges", i), entry.Prefix
			switch {
			case !r.IsValid() || r == closedRange:
			case !r.Addr().Is4():
				p.Report(Finding{
					Path:    path,
					Message: fmt.Sprintf("%s is an IPv6 range; the API server accepts only public IPv4 ranges", r),
					Edit:    Edit{Path: c.Path + ".authorizedIPRanges", Remove: true},
				})
			case !publicRange(r):
				p.Report(Finding{
					Path:    path,
					Message: fmt.Sprintf("%s is not a public range; the API server accepts only public IPv4 ranges", r),
					Edit:    Edit{Path: c.Path + ".authorizedIPRanges", Remove: true},
				})
			}
		}
	}
}

// publicRange reports whether a range is public: neither private nor in a range that the Internet does not route.
func publicRange(r netip.Prefix) bool {
	a := r.Addr()
	return r.Bits() > 0 && !a.IsPrivate() && !a.IsLoopback() && !a.IsLinkLocalUnicast() && !a.IsMulticast() &&
		a.IsValid() && !sharedSpace.Overlaps(r) &&
		!a.IsUnspecified()
}

var authorizedPrivate = &Rule{
	ID:       "AKS103",
	Title:    "authorized IP ranges on a private cluster",
	Severity: Error,
	Explanation: "Authorized ranges restrict access to the public API server. A private cluster has none, and the " +
		"Azure CLI rejects the combination.",
	Source: aks.PageAuthorizedRanges,
	Fix:    "remove authorizedIPRanges, or set privateCluster: false",
	Since:  "v0.1.0",
	Check:  checkAuthorizedPrivate,
}

func checkAuthorizedPrivate(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.PrivateCluster && len(c.Spec.AuthorizedIPRanges) > 0 {
			p.Report(Finding{
				Path:    c.Path + ".authorizedIPRanges",
				atKey:   true,
				Message: fmt.Sprintf("cluster %q is private, so authorized ranges have no effect", c.Name),
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var apiServerOpen = &Rule{
	ID:       "AKS104",
	Title:    "API server open to the Internet",
	Severity: Note,
	Explanation: "Without authorized ranges, every address on the Internet can reach the public API server. The rule " +
		"reports only an authorizedIPRanges that is set and empty, or that covers all addresses.",
	Source: aks.PageAuthorizedRanges,
	Fix:    "list the allowed ranges in authorizedIPRanges, or set privateCluster: true",
	Since:  "v0.1.0",
	Check:  checkAPIServerOpen,
}

func checkAPIServerOpen(p *Pass) {
	for _, c := range p.Plan.Clusters {
		path := c.Path + ".authorizedIPRanges"
		ranges := c.Spec.AuthorizedIPRanges
		everyone := slices.ContainsFunc(ranges, spec.AuthorizedRange.Everyone)
		if !c.Spec.PrivateCluster && p.Spec.Has(path) && (len(ranges) == 0 || everyone) {
			p.Report(Finding{
				Path:    path,
				atKey:   true,
				Message: fmt.Sprintf("the API server of cluster %q is open to the whole Internet", c.Name),
			})
		}
	}
}

var authorizedFirewall = &Rule{
	ID:       "AKS105",
	Title:    "firewall address missing from the authorized ranges",
	Severity: Warning,
	Explanation: "With userDefinedRouting, nodes reach the public API server from the firewall's public addresses. " +
		"AKS adds the addresses of its load balancer to the list, but it cannot know those of a firewall, so nodes " +
		"fail to register. This is a warning because the ranges can be added later, and the firewall may use " +
		"addresses that the spec does not list.",
	Source: aks.PageFirewall,
	Fix:    "add the firewall's public addresses to authorizedIPRanges",
	Since:  "v0.1.0",
	Check:  checkAuthorizedFirewall,
}

func checkAuthorizedFirewall(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ranges := c.Spec.AuthorizedIPRanges
		if c.OutboundType != aks.OutboundUserDefinedRouting || !nodesNeedAuthorization(c) {
			continue
		}
		for i, a := range c.Spec.Egress.FirewallPublicIPs {
			if !a.IsValid() || slices.ContainsFunc(ranges, func(r spec.AuthorizedRange) bool { return r.Covers(a) }) {
				continue
			}
			p.Report(Finding{
				Path:    indexed(c.Path+".egress.firewallPublicIPs", i),
				Message: fmt.Sprintf("nodes reach the API server from %s, which is not in authorizedIPRanges", a),
				Edit: setAt(c.Path+".authorizedIPRanges",
					flowList(append(slices.Clone(ranges), firewallRanges(c.Spec.Egress.FirewallPublicIPs)...))),
				AzureError: &AzureError{Code: aks.CodeVMExtensionErrorK8SAPIServerConnFail},
			})
		}
	}
}

// firewallRanges returns a single-address range for each valid address.
func firewallRanges(ips []netip.Addr) (out []spec.AuthorizedRange) {
	for _, a := range ips {
		if a.IsValid() {
			out = append(out, spec.AuthorizedRange{Prefix: netip.PrefixFrom(a, a.BitLen())})
		}
	}
	return out
}

var privateZonePublic = &Rule{
	ID:       "AKS107",
	Title:    "private DNS zone on a public cluster",
	Severity: Error,
	Explanation: "A private DNS zone holds the name of a private API server. AKS rejects a custom zone on a public " +
		"cluster.",
	Source: aks.PagePrivateClusters,
	Fix:    "set privateCluster: true, or remove privateDNSZone",
	Since:  "v0.1.0",
	Check:  checkPrivateZonePublic,
}

func checkPrivateZonePublic(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if strings.HasPrefix(c.Spec.PrivateDNSZone, "/") && !c.Spec.PrivateCluster {
			p.Report(Finding{
				Path:    c.Path + ".privateDNSZone",
				Message: fmt.Sprintf("cluster %q is not private but has a private DNS zone", c.Name),
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var privateZoneIdentity = &Rule{
	ID:       "AKS108",
	Title:    "custom private DNS zone with a system-assigned identity",
	Severity: Error,
	Explanation: "AKS writes the API server's name into the zone while it creates the cluster. The identity must " +
		"exist and hold its role before that.",
	Source: aks.PagePrivateClusters,
	Fix:    "set identity: UserAssigned, or set privateDNSZone: system",
	Since:  "v0.1.0",
	Check:  checkPrivateZoneIdentity,
}

func checkPrivateZoneIdentity(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if strings.HasPrefix(c.Spec.PrivateDNSZone, "/") && c.Spec.PrivateCluster &&
			c.Spec.Identity == aks.SystemAssigned {
			p.Report(Finding{
				Path: nearest(p, c.Path+".identity", c.Path+".privateDNSZone"),
				Message: "a custom private DNS zone needs a user-assigned identity, " +
					"but the cluster's identity is system-assigned",
				Advice: p.rule.Fix,
				Edit:   setAt(c.Path+".identity", "UserAssigned"),
			})
		}
	}
}

var privateCustomDNS = &Rule{
	ID:       "AKS109",
	Title:    "private cluster with custom DNS servers",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "Nodes resolve a private API server through a private DNS zone. Custom DNS servers must forward to " +
		"168.63.129.16 from a network that is linked to the zone. Otherwise nodes fail to register (exit codes 51 " +
		"and 52). AKS links the zone only to the network of the nodes. The DNS proxy of an Azure Firewall and a DNS " +
		"resolver forward to Azure DNS by themselves: there the finding is a note about the link. With API Server " +
		"VNet Integration nodes need no DNS, and with privateDNSZone none the name is public.",
	Source: aks.PageErrorNoAPIServerName,
	Fix: "forward azmk8s.io to 168.63.129.16 on the DNS servers, and link the private DNS zone to the network " +
		"of these servers",
	Since: "v0.1.0",
	Check: checkPrivateCustomDNS,
}

func checkPrivateCustomDNS(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Spec.PrivateCluster || c.Spec.APIServerVnetIntegration || strings.EqualFold(c.Spec.PrivateDNSZone, "none") ||
			c.VNet() == nil || c.VNet().Spec == nil || len(c.VNet().Spec.DNSServers) == 0 ||
			slices.Contains(c.VNet().Spec.DNSServers, aks.PlatformAddress()) {
			continue
		}
		if f := p.reportPrivateDNS(c); f != nil {
			p.Relate(f, c.VNet().Path+".dnsServers", "DNS servers of network %q", c.VNet().Name)
		}
	}
}

// reportPrivateDNS reports what the DNS servers of a private cluster's network need: to forward, unless they are
// services of Azure, and a link of the zone to their network, unless they are in the network of the cluster.
func (p *Pass) reportPrivateDNS(c *plan.Cluster) *Finding {
	v, servers := c.VNet(), c.VNet().Spec.DNSServers
	link := p.linkAdvice(v, servers)
	if !slices.ContainsFunc(servers, func(a netip.Addr) bool { return a.IsValid() && !azureResolves(p, v, a) }) {
		if link == "" {
			return nil
		}
		return p.Report(Finding{
			Path:     c.Path + ".privateCluster",
			Severity: Note,
			Message: fmt.Sprintf("the name of private cluster %q is resolved outside network %q, to which AKS links its "+
				"private DNS zone", c.Name, v.Name),
			Advice: link,
		})
	}
	advice := fmt.Sprintf("forward azmk8s.io to %s on the DNS servers", aks.PlatformAddress())
	if link != "" {
		advice += ", and " + link
	}
	return p.Report(Finding{
		Path: c.Path + ".privateCluster",
		Message: fmt.Sprintf("cluster %q is private, so the DNS servers of network %q must forward to %s",
			c.Name, v.Name, aks.PlatformAddress()),
		Advice:     advice,
		AzureError: &AzureError{Code: aks.CodeVMExtensionErrorK8SAPIServerDNSLookupFail},
	})
}

// linkAdvice says to which other networks the private DNS zone has to be linked, which are those of the DNS servers. It
// is empty if the servers are in the network of the cluster.
func (p *Pass) linkAdvice(own *plan.VNet, servers []netip.Addr) string {
	var names []string
	elsewhere := false
	for _, a := range servers {
		switch v := holding(p.holders().networks, a); {
		case v == nil:
			elsewhere = true
		case v != own && !slices.Contains(names, strconv.Quote(v.Name)):
			names = append(names, strconv.Quote(v.Name))
		}
	}
	if len(names) > 0 {
		return "link the private DNS zone to network " + strings.Join(names, " and ")
	}
	if elsewhere {
		return "link the private DNS zone to the network of the DNS servers"
	}
	return ""
}

var privateKubenetDNS = &Rule{
	ID:       "AKS110",
	Title:    "private kubenet cluster with custom DNS and its own route table",
	Severity: Warning,
	Explanation: "Creation fails unless the route table is associated with the subnet, and then the DNS servers with " +
		"the network, before the cluster is created.",
	Source: aks.PagePrivateClusters,
	Fix:    "associate both before you create the cluster, or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkPrivateKubenetDNS,
}

func checkPrivateKubenetDNS(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Model.Facts().OwnRouteTable || !c.Spec.PrivateCluster || c.VNet() == nil || c.VNet().Spec == nil ||
			len(c.VNet().Spec.DNSServers) == 0 {
			continue
		}
		for _, s := range c.NodeSubnets() {
			if s.Spec != nil && s.Spec.RouteTable != "" {
				p.Reportf(c.Path+".privateCluster",
					"associate route table %q and the DNS servers of network %q before you create cluster %q",
					s.Spec.RouteTable, c.VNet().Name, c.Name)
				break
			}
		}
	}
}

var authorizedTags = &Rule{
	ID:       "AKS120",
	Title:    "more than one service tag in the authorized ranges",
	Severity: Error,
	Explanation: english.Text("Beside ranges, the API server accepts %v service tag.",
		aks.MaxAuthorizedServiceTags),
	Source: aks.PageServiceTags,
	Fix:    "remove all service tags but one from authorizedIPRanges",
	Since:  "v0.1.0",
	Check:  checkAuthorizedTags,
}

func checkAuthorizedTags(p *Pass) {
	for _, c := range p.Plan.Clusters {
		tags := 0
		for i, r := range c.Spec.AuthorizedIPRanges {
			if r.ServiceTag == "" {
				continue
			}
			if tags++; tags > aks.MaxAuthorizedServiceTags {
				p.Report(Finding{
					Path: indexed(c.Path+".authorizedIPRanges", i),
					Message: fmt.Sprintf("%s is one service tag too many; the API server accepts %d", r,
						aks.MaxAuthorizedServiceTags),
					Edit: setAt(c.Path+".authorizedIPRanges", flowList(withoutTags(c.Spec.AuthorizedIPRanges))),
				})
			}
		}
	}
}

// withoutTags returns authorized ranges with no more service tags than an API server accepts.
func withoutTags(in []spec.AuthorizedRange) (out []spec.AuthorizedRange) {
	tags := 0
	for _, r := range in {
		if r.ServiceTag != "" {
			tags++
		}
		if r.ServiceTag == "" || tags <= aks.MaxAuthorizedServiceTags {
			out = append(out, r)
		}
	}
	return out
}

var authorizedTagPreview = &Rule{
	ID:       "AKS121",
	Title:    "service tag in the authorized ranges is in preview",
	Severity: Note,
	Explanation: "A service tag in authorizedIPRanges needs a feature flag of the subscription and comes without " +
		"guarantees. It admits every customer of the service that it names.",
	Source: aks.PageServiceTags,
	Fix:    "list the ranges of your clients instead",
	Since:  "v0.1.0",
	Check:  checkAuthorizedTagPreview,
}

func checkAuthorizedTagPreview(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for i, r := range c.Spec.AuthorizedIPRanges {
			if r.ServiceTag != "" {
				p.Reportf(indexed(c.Path+".authorizedIPRanges", i),
					"service tag %s in the authorized ranges is in preview", r)
			}
		}
	}
}

var subdomainPrivate = &Rule{
	ID:       "AKS123",
	Title:    "fqdnSubdomain without a private DNS zone of your own",
	Severity: Error,
	Explanation: "fqdnSubdomain is the first label of the API server's name in a private DNS zone of your own. It " +
		"needs a private cluster and the resource id of the zone, and replaces dnsPrefix.",
	Source: aks.PagePrivateClusters,
	Fix:    "set privateCluster: true and privateDNSZone to the id of your zone, or remove fqdnSubdomain",
	Since:  "v0.1.0",
	Check:  checkSubdomainPrivate,
}

func checkSubdomainPrivate(p *Pass) {
	for _, c := range p.Plan.Clusters {
		path := c.Path + ".fqdnSubdomain"
		switch {
		case c.Spec.FQDNSubdomain == "":
		case !c.Spec.PrivateCluster || !strings.HasPrefix(c.Spec.PrivateDNSZone, "/"):
			p.Report(Finding{
				Path:    path,
				Message: fmt.Sprintf("cluster %q has fqdnSubdomain, but no private DNS zone of its own", c.Name),
				Advice:  p.rule.Fix,
				Edit:    Edit{Remove: true},
			})
		case c.Spec.DNSPrefix != "":
			p.Report(Finding{
				Path:    c.Path + ".dnsPrefix",
				Message: fmt.Sprintf("cluster %q has dnsPrefix and fqdnSubdomain; AKS accepts one of them", c.Name),
				Edit:    Edit{Remove: true},
			})
		}
	}
}

var publicNameNone = &Rule{
	ID:       "AKS124",
	Title:    "private cluster without any name",
	Severity: Error,
	Explanation: "With privateDNSZone none, the public name is the only name of the API server, so it cannot be turned " +
		"off.",
	Source: aks.PagePrivateClusters,
	Fix:    "set privateDNSZone: system, or set enablePrivateClusterPublicFQDN: true",
	Since:  "v0.1.0",
	Check:  checkPublicNameNone,
}

func checkPublicNameNone(p *Pass) {
	for _, c := range p.Plan.Clusters {
		public := c.Spec.EnablePrivateClusterPublicFQDN
		if c.Spec.PrivateCluster && strings.EqualFold(c.Spec.PrivateDNSZone, "none") && public != nil && !*public {
			p.Report(Finding{
				Path: c.Path + ".enablePrivateClusterPublicFQDN",
				Message: fmt.Sprintf("cluster %q has neither a private DNS zone nor a public name of its API server",
					c.Name),
				Advice:     p.rule.Fix,
				Edit:       set(true),
				AzureError: &AzureError{Code: aks.CodeNonePrivateDNSZonePublicFQDNDisabledError},
			})
		}
	}
}
