package validate

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/spec"
)

var subscriptionID = &Rule{
	ID: "NAME017", Title: "invalid subscription id", Severity: Error,
	Explanation: "A subscription is identified by its id, 32 hexadecimal digits in five groups. The display name " +
		"works only in the portal and in az.",
	Fix: "use the id that az account show --query id prints", Since: "v0.1.0",
	Source: aks.PageSubscriptionIDs,
	Check:  checkSubscriptionIDs,
}

var regionInvalid = &Rule{
	ID: "NAME018", Title: "invalid region", Severity: Error,
	Explanation: "A region name consists of letters and digits, such as westeurope, or is written as in the portal: " +
		"West Europe. The rule does not check whether the region exists, because Azure opens new ones. az account " +
		"list-locations lists them.",
	Fix: "use a name that az account list-locations prints", Source: aks.PageRegions, Since: "v0.1.0",
	Check: checkRegions,
}

var tagInvalid = &Rule{
	ID: "NAME019", Title: "invalid tag", Severity: Error,
	Explanation: english.Text(
		"A resource can have at most %v tags. A tag name has 1 to %v characters, contains none of < > "+
			"%% & \\ ? /, and does not begin with microsoft, azure or windows. Two names must differ in more than "+
			"case. "+
			"A tag value has at most %v characters. The resources of a network get the tags of the file and those "+
			"of the "+
			"network.",
		aks.MaxTags,
		aks.MaxTagName,
		aks.MaxTagValue,
	),
	Fix: "use a tag name and value that Azure accepts", Source: aks.PageTags, Since: "v0.1.0",
	Check: checkTags,
}

var valueInvalid = &Rule{
	ID: "NAME020", Title: "unknown Azure value", Severity: Error,
	Explanation: "VM sizes, zones, delegations and service endpoints are values that Azure defines. The rule does " +
		"not check whether a value exists. It rejects values that cannot be valid before they reach a template or a " +
		"command.",
	Fix: "use a value that Azure accepts", Source: aks.PageVMNames, Since: "v0.1.0",
	Check: checkValues,
}

// valueKind is a kind of Azure value whose form can be checked without asking Azure.
type valueKind struct {
	what, sample, page string
	form               func() *regexp.Regexp
}

var (
	vmSizeValue = valueKind{"VM size", "Standard_D4s_v5", aks.PageVMNames, form(`^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$`)}
	zoneValue   = valueKind{"zone", "1", aks.PageZones, form(`^[1-9][0-9]?$`)}

	delegationValue = valueKind{
		"delegation", "Microsoft.ServiceNetworking/trafficControllers", aks.PageDelegations,
		form(`^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+(/[A-Za-z0-9]+)+$`),
	}
	endpointValue = valueKind{
		"service endpoint", "Microsoft.Storage", aks.PageServiceEndpoints, form(`^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+$`),
	}
)

func checkSubscriptionIDs(p *Pass) {
	check := func(path, id string) {
		if id != "" && p.Spec.Has(path) && !aks.SubscriptionIDOK(id) {
			p.Reportf(path, "subscription %q is not an id such as 00000000-0000-0000-0000-000000000000", id)
		}
	}
	check("subscription", p.Spec.Subscription)
	for i := range p.Spec.VNets {
		check(indexed("vnets", i)+".subscription", p.Spec.VNets[i].Subscription)
	}
}

func checkRegions(p *Pass) {
	check := func(path, region string) {
		if region == "" || !p.Spec.Has(path) || aks.RegionOK(region) {
			return
		}
		f := p.Reportf(path, "location %q is not a region: use letters and digits, as in westeurope", region)
		if good := strings.Map(regionRune, region); aks.RegionOK(good) {
			f.Edit = set(good)
		}
	}
	check("location", p.Spec.Location)
	for i := range p.Spec.VNets {
		check(indexed("vnets", i)+".location", p.Spec.VNets[i].Location)
	}
	for i := range p.Spec.Clusters {
		check(indexed("clusters", i)+".location", p.Spec.Clusters[i].Location)
	}
}

// regionRune returns a letter or digit in lower case, and -1 for the separators that people write in region names.
func regionRune(r rune) rune {
	switch {
	case r == ' ' || r == '-' || r == '_':
		return -1
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	}
	return r
}

func checkTags(p *Pass) {
	p.checkTagsAt("tags", p.Spec.Tags)
	ofFile := slices.Sorted(maps.Keys(p.Spec.Tags))
	for i := range p.Spec.VNets {
		own, path := p.Spec.VNets[i].Tags, indexed("vnets", i)+".tags"
		p.checkTagsAt(path, own)
		joined := maps.Clone(own)
		if joined == nil || len(own) > aks.MaxTags {
			continue
		}
		maps.Copy(joined, p.Spec.Tags)
		for _, name := range slices.Sorted(maps.Keys(own)) {
			for _, other := range ofFile {
				if name != other && strings.EqualFold(name, other) {
					p.Report(Finding{
						Path:  spec.Key(path, name),
						atKey: true,
						Message: fmt.Sprintf("tag %q and tag %q of the file differ only in case; "+
							"Azure treats them as one tag", name, other),
					})
				}
			}
		}
		if len(joined) > aks.MaxTags && len(p.Spec.Tags) <= aks.MaxTags {
			p.Reportf(path, "%d tags, including those of the file; a resource can have at most %d",
				len(joined), aks.MaxTags)
		}
	}
}

// checkTagsAt reports the invalid tags at a path.
func (p *Pass) checkTagsAt(path string, tags map[string]string) {
	if len(tags) > aks.MaxTags {
		p.Reportf(path, "%d tags; a resource can have at most %d", len(tags), aks.MaxTags)
	}
	seen := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		at := spec.Key(path, name)
		if wrong := badTagName(name); wrong != "" {
			p.Report(Finding{
				Path:    at,
				atKey:   true,
				Message: fmt.Sprintf("tag %q %s", name, wrong),
			})
		}
		if n := utf8.RuneCountInString(tags[name]); n > aks.MaxTagValue {
			p.Reportf(at, "value of tag %q has %d characters; at most %d are allowed", name, n, aks.MaxTagValue)
		}
		if other, ok := seen[strings.ToLower(name)]; ok {
			p.Report(Finding{
				Path:    at,
				atKey:   true,
				Message: fmt.Sprintf("tags %q and %q differ only in case; Azure treats them as one tag", other, name),
			})
		}
		seen[strings.ToLower(name)] = name
	}
}

// badTagName returns what is wrong with the name of a tag, or "".
func badTagName(name string) string {
	if n := utf8.RuneCountInString(name); n == 0 || n > aks.MaxTagName {
		return fmt.Sprintf("has %d characters; 1 to %d are allowed", n, aks.MaxTagName)
	}
	if i := strings.IndexAny(name, `<>%&\?/`); i >= 0 {
		return fmt.Sprintf("contains %q; the characters < > %% & \\ ? / are not allowed", name[i])
	}
	for _, prefix := range []string{"microsoft", "azure", "windows"} {
		if len(name) >= len(prefix) && strings.EqualFold(name[:len(prefix)], prefix) {
			return fmt.Sprintf("begins with %s, which Azure reserves", prefix)
		}
	}
	return ""
}

func checkValues(p *Pass) {
	for i := range p.Spec.VNets {
		for j, s := range p.Spec.VNets[i].Subnets {
			path := indexed(indexed("vnets", i)+".subnets", j)
			p.checkValue(path+".delegation", s.Delegation, delegationValue)
			for k, e := range s.ServiceEndpoints {
				p.checkValue(indexed(path+".serviceEndpoints", k), e, endpointValue)
			}
		}
	}
	for i, g := range p.Spec.NATGateways {
		for k, z := range g.Zones {
			p.checkValue(indexed(indexed("natGateways", i)+".zones", k), z, zoneValue)
		}
	}
	for i := range p.Spec.Clusters {
		for j, pool := range p.Spec.Clusters[i].NodePools {
			path := indexed(indexed("clusters", i)+".nodePools", j)
			p.checkValue(path+".vmSize", pool.VMSize, vmSizeValue)
			for k, z := range pool.Zones {
				p.checkValue(indexed(path+".zones", k), z, zoneValue)
			}
		}
	}
}

// checkValue reports a value that does not have the form of its kind.
func (p *Pass) checkValue(path, value string, kind valueKind) {
	if value != "" && p.Spec.Has(path) && !kind.form().MatchString(value) {
		p.Report(Finding{
			Path:    path,
			Message: fmt.Sprintf("%q is not a valid %s such as %s", value, kind.what, kind.sample),
			Source:  kind.page,
		})
	}
}
