package validate

import (
	"fmt"
	"unicode/utf8"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var groupName = &Rule{
	ID: "NAME009", Title: "invalid resource group name", Severity: Error,
	Explanation: "A resource group name has 1 to 90 letters, digits, underscores, hyphens, dots and parentheses, and " +
		"does not end with a dot.",
	Fix: "use a name with the characters and length in the message", Source: aks.PageResourceNames, Since: "v0.1.0",
	Check: func(p *Pass) { p.checkNames(aks.NameResourceGroup) },
}

var vnetName = &Rule{
	ID: "NAME010", Title: "invalid virtual network name", Severity: Error,
	Explanation: english.Text(
		"A virtual network name has 2 to 64 letters, digits, underscores, dots and hyphens. It begins "+
			"with a letter or digit and ends with a letter, digit or underscore. AKS allows at most %v characters "+
			"(see "+
			"NAME012).",
		aks.MaxLabel,
	),
	Fix: "use a name with the characters and length in the message", Source: aks.PageResourceNames, Since: "v0.1.0",
	Check: func(p *Pass) { p.checkNames(aks.NameVNet) },
}

var subnetName = &Rule{
	ID: "NAME011", Title: "invalid subnet name", Severity: Error,
	Explanation: english.Text(
		"A subnet name has 1 to 80 letters, digits, underscores, dots and hyphens. It begins with a "+
			"letter or digit and ends with a letter, digit or underscore. AKS allows at most %v characters (see "+
			"NAME012).",
		aks.MaxLabel,
	),
	Fix: "use a name with the characters and length in the message", Source: aks.PageResourceNames, Since: "v0.1.0",
	Check: func(p *Pass) { p.checkNames(aks.NameSubnet) },
}

var labelLength = &Rule{
	ID: "NAME012", Title: "name is too long for a node label", Severity: Error,
	Explanation: english.Text(
		"AKS writes the names of the subnet, the virtual network and its resource group into node "+
			"labels, and a label value can have at most %v characters. Azure itself allows longer names: 64 "+
			"characters "+
			"for a network, 80 for a subnet and 90 for a group. Nodes never joined such a cluster, and since "+
			"2023-11-28 "+
			"AKS rejects it.",
		aks.MaxLabel,
	),
	Fix: "use a shorter name", Source: aks.PageOverlay, Since: "v0.1.0",
	Check: func(p *Pass) { p.labels((*Pass).labelTooLong) },
}

var labelCharacters = &Rule{
	ID: "NAME013", Title: "name is not a valid node label", Severity: Warning,
	Explanation: "AKS writes the names of the subnet, the virtual network and its resource group into node labels. A " +
		"label value begins and ends with a letter or digit and contains neither parentheses nor non-ASCII letters, " +
		"all of which Azure allows. Reports disagree about the effect: some clusters with such resource groups work.",
	Fix: "use letters, digits, '-', '_' and '.', with a letter or digit at both ends", Since: "v0.1.0",
	Source: aks.PageOverlay,
	Check:  func(p *Pass) { p.labels((*Pass).labelMisspelt) },
}

var nsgName = &Rule{
	ID: "NAME014", Title: "invalid network security group or rule name", Severity: Error,
	Explanation: "The name of a network security group or of one of its rules has 1 to 80 letters, digits, " +
		"underscores, dots and hyphens. It begins with a letter or digit and ends with a letter, digit or underscore.",
	Fix: "use a name with the characters and length in the message", Source: aks.PageResourceNames, Since: "v0.1.0",
	Check: func(p *Pass) { p.checkNames(aks.NameNSG, aks.NameSecurityRule) },
}

var routeTableName = &Rule{
	ID: "NAME015", Title: "invalid route table or route name", Severity: Error,
	Explanation: "The name of a route table or of one of its routes has 1 to 80 letters, digits, underscores, dots " +
		"and hyphens. It begins with a letter or digit and ends with a letter, digit or underscore.",
	Fix: "use a name with the characters and length in the message", Source: aks.PageResourceNames, Since: "v0.1.0",
	Check: func(p *Pass) { p.checkNames(aks.NameRouteTable, aks.NameRoute) },
}

var natGatewayName = &Rule{
	ID: "NAME016", Title: "invalid NAT gateway name", Severity: Error,
	Explanation: "A NAT gateway name has 1 to 80 letters, digits, underscores, dots and hyphens. It begins with a " +
		"letter or digit and ends with a letter, digit or underscore.",
	Fix: "use a name with the characters and length in the message", Source: aks.PageResourceNames, Since: "v0.1.0",
	Check: func(p *Pass) { p.checkNames(aks.NameNATGateway) },
}

// checkNames reports the invalid names of the given kinds.
func (p *Pass) checkNames(kinds ...aks.NameKind) {
	for _, n := range p.allNames() {
		for _, kind := range kinds {
			if n.kind != kind || !p.Spec.Has(n.path) {
				continue
			}
			if f := p.badName(n.path, n.text, kind); f != nil && f.Edit.Value != "" && kind == aks.NameVNet &&
				p.isNamed(n.text) {
				f.Advice = fmt.Sprintf("use %s, here and wherever clusters and peerings refer to the network",
					f.Edit.Value)
			}
		}
	}
}

// allNames returns all names in the spec except those of clusters.
func (p *Pass) allNames() []specName {
	if p.facts.names != nil {
		return p.facts.names
	}
	s := p.Spec
	out := []specName{{"resourceGroup", s.ResourceGroup, aks.NameResourceGroup}}
	for i := range s.Clusters {
		out = append(out,
			specName{fmt.Sprintf("clusters[%d].resourceGroup", i), s.Clusters[i].ResourceGroup, aks.NameResourceGroup})
	}
	for _, v := range p.Plan.VNets {
		out = append(out, networkNames(v)...)
	}
	for i, g := range s.NetworkSecurityGroups {
		path := fmt.Sprintf("networkSecurityGroups[%d]", i)
		out = append(out, specName{path + ".name", g.Name, aks.NameNSG},
			specName{path + ".resourceGroup", g.ResourceGroup, aks.NameResourceGroup})
		for j, r := range g.Rules {
			out = append(out, specName{fmt.Sprintf("%s.rules[%d].name", path, j), r.Name, aks.NameSecurityRule})
		}
	}
	for i, t := range s.RouteTables {
		path := fmt.Sprintf("routeTables[%d]", i)
		out = append(out, specName{path + ".name", t.Name, aks.NameRouteTable},
			specName{path + ".resourceGroup", t.ResourceGroup, aks.NameResourceGroup})
		for j, r := range t.Routes {
			out = append(out, specName{fmt.Sprintf("%s.routes[%d].name", path, j), r.Name, aks.NameRoute})
		}
	}
	for i, g := range s.NATGateways {
		path := fmt.Sprintf("natGateways[%d]", i)
		out = append(out, specName{path + ".name", g.Name, aks.NameNATGateway},
			specName{path + ".resourceGroup", g.ResourceGroup, aks.NameResourceGroup})
	}
	p.facts.names = out
	return out
}

// networkNames returns the names of a network, its resource group and its subnets.
func networkNames(v *plan.VNet) []specName {
	own := specName{v.Path + ".name", v.Name, aks.NameVNet}
	if v.Spec == nil {
		own.path = v.Path + ".vnet"
	}
	out := []specName{own, {v.Path + ".resourceGroup", v.ResourceGroup, aks.NameResourceGroup}}
	for _, s := range v.Subnets {
		out = append(out, specName{s.Path + ".name", s.Name, aks.NameSubnet})
	}
	return out
}

// labels runs a check on the names that become node labels: those of networks with clusters, their resource groups
// and their node subnets.
func (p *Pass) labels(check func(*Pass, specName)) {
	for _, v := range p.Plan.VNets {
		used := false
		for _, s := range v.Subnets {
			if len(s.Pools()) > 0 {
				used = true
				check(p, specName{s.Path + ".name", s.Name, aks.NameSubnet})
			}
		}
		if used {
			names := networkNames(v)
			check(p, names[0])
			if !p.Spec.Has(names[1].path) {
				names[1].path = "resourceGroup"
			}
			check(p, names[1])
		}
	}
}

// labelTooLong reports a name that is too long for a node label.
func (p *Pass) labelTooLong(n specName) {
	size := utf8.RuneCountInString(n.text)
	rule, _ := aks.NameRuleFor(n.kind)
	if size <= aks.MaxLabel || !p.Spec.Has(n.path) || !rule.Valid(n.text) {
		return
	}
	f := p.Reportf(n.path, "%s name %q has %d characters; a node label allows %d",
		rule.Title, n.text, size, aks.MaxLabel)
	if good, ok := goodName(rule, n.text, aks.MaxLabel); ok {
		f.Edit = set(good)
	}
}

// labelMisspelt reports a name with characters that a node label does not allow.
func (p *Pass) labelMisspelt(n specName) {
	rule, _ := aks.NameRuleFor(n.kind)
	if aks.LabelCharactersOK(n.text) || !p.Spec.Has(n.path) || !rule.Valid(n.text) {
		return
	}
	f := p.Reportf(n.path, "%s name %q is not a valid label value: %s", rule.Title, n.text, aks.LabelDescribe)
	label, _ := aks.NameRuleFor(aks.NameCluster)
	if good, ok := goodName(label, n.text, aks.MaxLabel); ok && rule.Valid(good) {
		f.Edit = set(good)
	}
}
