package resource

import (
	"fmt"
	"slices"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

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
	n := &Node{Type: TypeNSG, Name: segment(s.NetworkSecurityGroup), Scope: r.scope, Regional: true, Path: r.path, Tags: b.tags(s.VNet)}
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

// securityRules is the rules of a group: those of the spec, and what AKS needs where something denies it.
//
// Azure's own rules end in a deny, and what they allow before it, the VirtualNetwork tag, does not promise to hold a pod
// CIDR. So traffic with pods outside the network is allowed explicitly; other traffic of AKS only where a rule of the spec, or
// the lockdown, denies something in its direction.
func (b *builder) securityRules(r ref[spec.NetworkSecurityGroup]) []*armnetwork.SecurityRule {
	var own []spec.SecurityRule
	if r.spec != nil {
		own = r.spec.Rules
	}
	lockdown := b.opts.Lockdown && r.spec == nil
	t := b.trafficOf(r.id, own, lockdown)
	var rules []*armnetwork.SecurityRule
	for i := range own {
		rules = append(rules, specRule(&own[i]))
	}
	for _, dir := range []string{inbound, outbound} {
		rules = append(rules, allowRules(t.allows(dir), dir, own)...)
		if lockdown && len(t.allows(dir)) > 0 {
			rules = append(rules, denyRest(dir))
		}
	}
	slices.SortStableFunc(rules, func(x, y *armnetwork.SecurityRule) int {
		if d := direction(x) - direction(y); d != 0 {
			return d
		}
		return int(*x.Properties.Priority - *y.Properties.Priority)
	})
	return rules
}

func direction(r *armnetwork.SecurityRule) int {
	if *r.Properties.Direction == armnetwork.SecurityRuleDirectionInbound {
		return 0
	}
	return 1
}

const (
	inbound  = string(armnetwork.SecurityRuleDirectionInbound)
	outbound = string(armnetwork.SecurityRuleDirectionOutbound)
)

// First and last priority of a rule, and the gap left between ours for rules that come later.
// https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview (read 2026-11-22)
const (
	firstPriority = 100
	lastPriority  = 4096
	priorityStep  = 10
)

func specRule(r *spec.SecurityRule) *armnetwork.SecurityRule {
	return securityRule(allow{
		name: r.Name, protocol: orElse(r.Protocol, "*"), from: r.Sources, to: r.Destinations,
		fromPorts: r.SourcePorts, ports: r.DestinationPorts, why: r.Description,
	}, r.Direction, r.Access, r.Priority)
}

func denyRest(dir string) *armnetwork.SecurityRule {
	return securityRule(allow{name: "DenyAll" + dir, protocol: "*", why: "Lockdown: what no rule above allows is denied."},
		dir, string(armnetwork.SecurityRuleAccessDeny), lastPriority)
}

// allowRules gives what must be allowed in one direction its priorities, all better than the first deny of the spec, and names
// that no other rule of the group has: a name counts in both directions, without regard to case.
func allowRules(allows []allow, dir string, own []spec.SecurityRule) (out []*armnetwork.SecurityRule) {
	used, firstDeny := map[int]bool{}, lastPriority
	names := map[string]bool{}
	for _, r := range own {
		names[strings.ToLower(r.Name)] = true
		if r.Direction == dir {
			used[r.Priority] = true
			if r.Access == string(armnetwork.SecurityRuleAccessDeny) {
				firstDeny = min(firstDeny, r.Priority)
			}
		}
	}
	for i, priority := range priorities(len(allows), used, firstDeny) {
		a := allows[i]
		if dir == outbound {
			a.name += "Out"
		}
		a.name = freeName(a.name, names)
		out = append(out, securityRule(a, dir, string(armnetwork.SecurityRuleAccessAllow), priority))
	}
	return out
}

func freeName(name string, taken map[string]bool) string {
	free := name
	for i := 2; taken[strings.ToLower(free)]; i++ {
		free = fmt.Sprintf("%s-%d", name, i)
	}
	taken[strings.ToLower(free)] = true
	return free
}

// priorities finds n free priorities below limit, with gaps between them where there is room. What finds no room below limit
// comes after it: a deny with priority 100 leaves no way before it.
func priorities(n int, used map[int]bool, limit int) []int {
	for _, step := range []int{priorityStep, 1} {
		if out := freePriorities(n, used, limit, step); len(out) == n {
			return out
		}
	}
	return freePriorities(n, used, lastPriority+1, 1)
}

func freePriorities(n int, used map[int]bool, limit, step int) (out []int) {
	for p := firstPriority; p < limit && len(out) < n; p += step {
		if !used[p] {
			out = append(out, p)
		}
	}
	return out
}

func securityRule(a allow, dir, access string, priority int) *armnetwork.SecurityRule {
	p := &armnetwork.SecurityRulePropertiesFormat{
		Direction: ptr(armnetwork.SecurityRuleDirection(dir)),
		Access:    ptr(armnetwork.SecurityRuleAccess(access)),
		Priority:  ptr(int32(priority)),
		Protocol:  ptr(armnetwork.SecurityRuleProtocol(a.protocol)),
	}
	if a.why != "" {
		p.Description = ptr(a.why)
	}
	p.SourceAddressPrefix, p.SourceAddressPrefixes = oneOrMany(a.from)
	p.DestinationAddressPrefix, p.DestinationAddressPrefixes = oneOrMany(a.to)
	p.SourcePortRange, p.SourcePortRanges = oneOrMany(a.fromPorts)
	p.DestinationPortRange, p.DestinationPortRanges = oneOrMany(a.ports)
	return &armnetwork.SecurityRule{Name: ptr(fit(a.name)), Properties: p}
}

// oneOrMany uses the property for one value where there is one, and * for none: Azure wants exactly one of the two.
func oneOrMany(values []string) (*string, []*string) {
	switch len(values) {
	case 0:
		return ptr("*"), nil
	case 1:
		return ptr(values[0]), nil
	}
	return nil, list(values)
}
