package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var zonesApart = &Rule{
	ID:       "AKS153",
	Title:    "DNS zones of application routing in several resource groups",
	Severity: Error,
	Explanation: "Application routing keeps records in several Azure DNS zones, but all public zones must be in one " +
		"resource group, and all private zones in one resource group; the two groups may differ.",
	Source: aks.PageAppRoutingDNS,
	Fix:    "keep in dnsZoneResourceIds only zones of one resource group for each kind",
	Since:  "v0.1.0",
	Check:  checkZonesApart,
}

func checkZonesApart(p *Pass) {
	for _, c := range p.Plan.Clusters {
		first := map[string]aks.ResourceID{} // by the kind of zone, lower case
		for i, text := range c.Spec.WebAppRouting.DNSZoneResourceIDs {
			id, ok := aks.ParseResourceID(text)
			kind := strings.ToLower(id.Type)
			if !ok || kind != strings.ToLower(dnsZones) && kind != strings.ToLower(privateDNSZones) {
				continue
			}
			other, seen := first[kind]
			if !seen {
				first[kind] = id
				continue
			}
			if !strings.EqualFold(id.ResourceGroup, other.ResourceGroup) ||
				!strings.EqualFold(id.Subscription, other.Subscription) {
				p.Reportf(fmt.Sprintf("%s.webAppRouting.dnsZoneResourceIds[%d]", c.Path, i),
					"%s %q of cluster %q is in resource group %q, but %q is in %q", zoneText(kind), id.Name, c.Name,
					id.ResourceGroup, other.Name, other.ResourceGroup)
			}
		}
	}
}

func zoneText(kind string) string {
	if kind == strings.ToLower(privateDNSZones) {
		return "private zone"
	}
	return "public zone"
}

var extensionsIsolated = &Rule{
	ID:       "AKS154",
	Title:    "cluster extension in a network isolated cluster",
	Severity: Warning,
	Explanation: "Nodes of a network isolated cluster cannot pull from the Internet. The cache holds what AKS itself " +
		"needs; cluster extensions that pull their images from elsewhere do not work.",
	Source: aks.PageIsolatedClusters,
	Fix:    "remove the extension from addOns, or use an outbound type with a way to the Internet",
	Since:  "v0.1.0",
	Check:  checkExtensionsIsolated,
}

func checkExtensionsIsolated(p *Pass) {
	p.eachAddOn(func(c *plan.Cluster, addOn aks.AddOn, path string) {
		if facts, _ := addOn.Facts(); facts.Extension && c.Isolated() {
			p.Reportf(path, "%s of cluster %q pulls from the Internet, which outboundType %s does not allow", addOn, c.Name,
				c.OutboundType)
		}
	})
}
