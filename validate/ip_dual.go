package validate

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var familyLists = &Rule{
	ID: "IP028", Title: "list of ranges does not match ipFamilies", Severity: Error,
	Explanation: "podCidrs and serviceCidrs contain one range for each address family of the cluster, in " +
		"the order of ipFamilies.",
	Fix: "give one range for each family, in the order of ipFamilies", Source: aks.PageDualStack, Since: "v0.1.0",
	Check: checkFamilyLists,
}

var rangeTwice = &Rule{
	ID: "IP029", Title: "conflicting settings for a range", Severity: Error,
	Explanation: "podCidr is the first entry of podCidrs, and serviceCidr the first entry of " +
		"serviceCidrs. If the spec sets both, they must agree.",
	Fix: "keep only one of the two keys", Source: aks.PageDualStack, Since: "v0.1.0",
	Check: checkRangeTwice,
}

// cidrList is a cluster's list of ranges together with its single-range counterpart.
type cidrList struct {
	key    string
	single netip.Prefix
	list   []netip.Prefix
	chosen []netip.Prefix
}

func cidrLists(c *plan.Cluster) []cidrList {
	return []cidrList{
		{"podCidr", c.Spec.PodCIDR, c.Spec.PodCIDRs, c.PodCIDRs},
		{"serviceCidr", c.Spec.ServiceCIDR, c.Spec.ServiceCIDRs, c.ServiceCIDRs},
	}
}

func checkFamilyLists(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, l := range cidrLists(c) {
			path := c.Path + "." + l.key + "s"
			if !p.Spec.Has(path) || len(c.Spec.IPFamilies) == 0 || followsFamilies(l.list, c.Spec.IPFamilies) {
				continue
			}
			f := p.Reportf(path, "%ss of cluster %q has %s, but ipFamilies is %s", l.key, c.Name, familiesOf(l.list),
				joinWords(c.Spec.IPFamilies))
			if fix, ok := inFamilies(l.chosen, c.Spec.IPFamilies); ok {
				f.Edit = set(fix)
			}
		}
	}
}

func followsFamilies(list []netip.Prefix, families []aks.IPFamily) bool {
	if len(list) != len(families) {
		return false
	}
	for i, p := range list {
		if p.IsValid() && spec.Family(p) != families[i] {
			return false
		}
	}
	return true
}

func familiesOf(list []netip.Prefix) string {
	if len(list) == 0 {
		return "no range"
	}
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = string(spec.Family(p))
	}
	return strings.Join(words, ", ")
}

// inFamilies picks one range for each family and formats them as a list. It reports false if a family has none.
func inFamilies(chosen []netip.Prefix, families []aks.IPFamily) (string, bool) {
	var words []string
	for _, family := range families {
		for _, p := range chosen {
			if p.IsValid() && spec.Family(p) == family {
				words = append(words, fmt.Sprintf("%q", p))
				break
			}
		}
	}
	return "[" + strings.Join(words, ", ") + "]", len(words) == len(families)
}

func checkRangeTwice(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, l := range cidrLists(c) {
			if !l.single.IsValid() || len(l.list) == 0 || l.list[0] == l.single {
				continue
			}
			path := c.Path + "." + l.key
			f := p.Reportf(path, "%s of cluster %q is %s, but %ss begins with %s", l.key, c.Name, l.single, l.key,
				l.list[0])
			p.Relate(f, path+"s", "the list is here")
			if l.list[0].Addr().Is4() {
				f.Edit = set(l.list[0])
			}
		}
	}
}
