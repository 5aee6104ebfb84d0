package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var privateZoneText = &Rule{
	ID:       "AKS106",
	Title:    "invalid private DNS zone",
	Severity: Error,
	Explanation: "privateDNSZone is system, none, or the resource id of a zone named privatelink.REGION.azmk8s.io " +
		"or private.REGION.azmk8s.io, with at most one more label of up to 32 characters in front. The region is " +
		"that of the cluster, as ARM writes it, and the end is that of the cluster's cloud: AKS rejects the zone of " +
		"another region, and an abbreviated region.",
	Source: aks.PagePrivateClusters,
	Fix:    "set privateDNSZone: system, or set it to the resource id of a zone of the cluster's region",
	Since:  "v0.1.0",
	Check:  checkPrivateZoneText,
}

// ownZone is a private DNS zone of the user's own that a cluster names.
type ownZone struct {
	cluster *plan.Cluster
	path    string
	id      string // as the spec has it
	name    string // of the zone; empty if the id is not that of a zone
	aks.PrivateZone
}

// ownZones calls check for the zones that clusters name. It reports whether the name is one of a zone for API servers.
func (p *Pass) ownZones(check func(z ownZone, ok bool)) {
	for _, c := range p.Plan.Clusters {
		text := c.Spec.PrivateDNSZone
		if text == "" || privateZoneWord(text) {
			continue
		}
		z := ownZone{cluster: c, path: c.Path + ".privateDNSZone", id: text}
		id, ok := aks.ParseResourceID(text)
		if ok && strings.EqualFold(id.Type, "Microsoft.Network/privateDnsZones") {
			z.name = id.Name
		}
		z.PrivateZone, ok = aks.ParsePrivateZone(z.name)
		check(z, ok)
	}
}

// right returns the zone that suits the cluster, with the subzone of the one that the spec names.
func (z ownZone) right() aks.PrivateZone {
	right := aks.PrivateZoneOf(z.cluster.Location, z.cluster.Spec.APIServerVnetIntegration)
	right.Subzone = z.Subzone
	return right
}

// renamed returns the id with the name of another zone.
func (z ownZone) renamed(to aks.PrivateZone) string {
	return strings.TrimSuffix(z.id, z.name) + to.String()
}

func checkPrivateZoneText(p *Pass) {
	p.ownZones(func(z ownZone, ok bool) {
		known, right := z.cluster.Location != "", z.right()
		var f *Finding
		switch {
		case !ok:
			f = p.Reportf(z.path, "privateDNSZone %q is not system, none or the resource id of a zone such as %s",
				z.id, aks.PrivateZoneOf(regionText(z.cluster), false))
			f.Edit = set("system")
		case known && z.Region != right.Region:
			f = p.Reportf(z.path, "zone %q is for region %q, but cluster %q is in %s", z.name, z.Region,
				z.cluster.Name, right.Region)
			f.Edit = set(z.renamed(right))
		case known && z.Suffix != right.Suffix:
			f = p.Reportf(z.path, "zone %q ends in %q, but the names of API servers in %s end in %q", z.name,
				z.Suffix, right.Region, right.Suffix)
			f.Edit = set(z.renamed(right))
		case !aks.IsZoneSuffix(z.Suffix):
			f = p.Reportf(z.path, "zone %q ends in %q; in Azure's public cloud it ends in %q", z.name, z.Suffix,
				right.Suffix)
		default:
			return
		}
		f.AzureError = &AzureError{Code: aks.CodeInvalidPrivateDNSZoneResourceID}
	})
}

// regionText returns the region of a cluster, or a placeholder if the spec does not set it.
func regionText(c *plan.Cluster) string {
	if c.Location == "" {
		return "REGION"
	}
	return c.Location
}

var privateZoneForm = &Rule{
	ID:       "AKS111",
	Title:    "private DNS zone in the form of another kind of cluster",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: "The zone of a private cluster is named privatelink.REGION, and with API Server VNet Integration " +
		"private.REGION. Azure's own message lists both forms for every cluster. privatelink.REGION with API Server " +
		"VNet Integration is a note, since Microsoft's AKS baseline deploys it; no page or sample has the reverse.",
	Source: aks.PagePrivateClusters,
	Fix:    "set privateDNSZone to a zone of the form in the message, or to system",
	Since:  "v0.1.0",
	Check:  checkPrivateZoneForm,
}

func checkPrivateZoneForm(p *Pass) {
	p.ownZones(func(z ownZone, ok bool) {
		right := z.right()
		if !ok || z.Form == right.Form {
			return
		}
		with, severity := "without", Warning
		if z.cluster.Spec.APIServerVnetIntegration {
			with, severity = "with", Note
		}
		right.Region, right.Suffix = z.Region, z.Suffix
		p.Report(Finding{
			Path: z.path,
			Message: fmt.Sprintf("the zone of a cluster %s API Server VNet Integration is named %s, not %s", with,
				right, z.name),
			Edit:     set(z.renamed(right)),
			Severity: severity,
		})
	})
}
