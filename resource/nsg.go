package resource

import (
	"cmp"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func (b *builder) nsgRef(s *plan.Subnet) ref[spec.NetworkSecurityGroup] {
	return resolve(b, s, TypeNSG, s.NetworkSecurityGroup, b.spec.NetworkSecurityGroups, "networkSecurityGroups",
		func(g *spec.NetworkSecurityGroup) (string, string) { return g.Name, g.ResourceGroup })
}

// addNSG adds the network security group of a subnet, with rules for every subnet that shares it.
func (b *builder) addNSG(s *plan.Subnet) {
	r := b.nsgRef(s)
	if r.id == "" || IsID(s.NetworkSecurityGroup) || b.graph.Find(r.id) != nil {
		return
	}
	n := &Node{
		Type: TypeNSG, Name: segment(s.NetworkSecurityGroup), Scope: r.scope, Regional: true, Path: r.path,
		Tags: b.tags(s.VNet),
	}
	if r.spec != nil {
		n.Name, n.Existing = segment(r.spec.Name), r.spec.Existing
	}
	if n.Existing {
		b.add(n)
		return
	}
	n.Body = &armnetwork.SecurityGroup{
		Location: b.location(s.VNet), Tags: ptrs(n.Tags),
		Properties: &armnetwork.SecurityGroupPropertiesFormat{SecurityRules: b.securityRules(r)},
	}
	b.add(n)
}

// securityRules returns the effective rules of a group by direction and priority. The lockdown applies only to groups
// that the plan creates: a group in the spec defines its own deny rules.
func (b *builder) securityRules(r ref[spec.NetworkSecurityGroup]) (out []*armnetwork.SecurityRule) {
	g := plan.Group{Subnets: b.usersOf(r.id), Lockdown: b.opts.Lockdown && r.spec == nil}
	if r.spec != nil {
		g.Rules = r.spec.Rules
	}
	rules := b.security.Effective(g)
	slices.SortStableFunc(rules, func(x, y spec.SecurityRule) int {
		return cmp.Or(cmp.Compare(x.Direction, y.Direction), cmp.Compare(x.Priority, y.Priority))
	})
	for _, rule := range rules {
		out = append(out, securityRule(rule))
	}
	return out
}

func securityRule(r spec.SecurityRule) *armnetwork.SecurityRule {
	p := &armnetwork.SecurityRulePropertiesFormat{
		Direction: ptr(armnetwork.SecurityRuleDirection(r.Direction)),
		Access:    ptr(armnetwork.SecurityRuleAccess(r.Access)),
		Priority:  ptr(int32(r.Priority)),
		Protocol:  ptr(armnetwork.SecurityRuleProtocol(cmp.Or(r.Protocol, aks.ProtocolAny))),
	}
	if r.Description != "" {
		p.Description = ptr(r.Description)
	}
	p.SourceAddressPrefix, p.SourceAddressPrefixes = oneOrMany(r.Sources)
	p.DestinationAddressPrefix, p.DestinationAddressPrefixes = oneOrMany(r.Destinations)
	p.SourcePortRange, p.SourcePortRanges = oneOrMany(r.SourcePorts)
	p.DestinationPortRange, p.DestinationPortRanges = oneOrMany(r.DestinationPorts)
	return &armnetwork.SecurityRule{Name: ptr(fit(r.Name)), Properties: p}
}

// oneOrMany returns a single value in the singular property and several in the plural one; none is "*". Azure expects
// exactly one of the two properties.
func oneOrMany(values []string) (*string, []*string) {
	switch len(values) {
	case 0:
		return ptr("*"), nil
	case 1:
		return ptr(values[0]), nil
	}
	return nil, list(values)
}
