package aks

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// PrivateZone is the name of a private DNS zone for API servers: [Subzone.]Form.Region.Suffix.
// [PagePrivateClusters] (read 2026-11-29)
type PrivateZone struct {
	Subzone string // a label of your own in front; empty without one
	Form    string // ZonePrivateLink, or ZonePrivate with API Server VNet Integration
	Region  string // of the cluster, as ARM writes it
	Suffix  string // of the cloud
}

// The words before the region in the name of a private DNS zone.
// [PagePrivateClusters], [PageAPIServerVNet] (read 2026-11-29)
const (
	ZonePrivateLink = "privatelink"
	ZonePrivate     = "private"
)

// privateZone matches the parts of the name of a private DNS zone, whatever its region and suffix.
var privateZone = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:([a-z0-9-]{1,32})\.)?(private(?:link)?)\.([a-z0-9]+)\.([a-z0-9.]+)$`)
})

// ParsePrivateZone reads the name of a private DNS zone, and reports whether it has the form of one. Whether region and
// suffix exist is not looked at.
func ParsePrivateZone(name string) (PrivateZone, bool) {
	m := privateZone().FindStringSubmatch(strings.ToLower(name))
	if m == nil {
		return PrivateZone{}, false
	}
	return PrivateZone{Subzone: m[1], Form: m[2], Region: m[3], Suffix: m[4]}, true
}

// PrivateZoneOf returns the zone that a cluster in a region takes, with or without API Server VNet Integration.
func PrivateZoneOf(region string, vnetIntegration bool) PrivateZone {
	cloud, _ := CloudOf(CloudOfRegion(region))
	z := PrivateZone{Form: ZonePrivateLink, Region: RegionName(region), Suffix: cloud.zoneSuffix()}
	if vnetIntegration {
		z.Form = ZonePrivate
	}
	return z
}

// IsZoneSuffix reports whether the names of a cloud's API servers end in a text.
func IsZoneSuffix(text string) bool {
	return slices.ContainsFunc(Clouds(), func(c CloudFacts) bool { return c.zoneSuffix() == text })
}

// zoneSuffix returns what the names of the cloud's API servers end in, after the region.
func (c CloudFacts) zoneSuffix() string {
	_, suffix, _ := strings.Cut(c.APIServer[0], "<location>.")
	return suffix
}

func (z PrivateZone) String() string {
	name := z.Form + "." + z.Region + "." + z.Suffix
	if z.Subzone != "" {
		name = z.Subzone + "." + name
	}
	return name
}
