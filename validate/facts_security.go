package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// neededFlow is a flow that a subnet's security group must allow.
type neededFlow struct {
	subnet    *plan.Subnet
	direction aks.Direction
	flow      flow
	// whole is the protocol of the whole flow, which a proposed rule allows.
	whole aks.Protocol
	// open reports whether Azure's default rules allow the flow when no rule decides.
	open bool
	who  string
}

// proposed returns what a rule for the flow has to allow.
func (n neededFlow) proposed() flow {
	f := n.flow
	f.protocol = n.whole
	return f
}

// requirement is a flow of aks.Flows that rules check security groups for.
type requirement struct {
	aks.Flow
	protocols []aks.Protocol
	// open holds the directions in which Azure's default rules allow the flow.
	open map[aks.Direction]bool
}

// required returns flows of aks.Flows by their ids.
func required(ids ...string) (out []requirement) {
	for _, id := range ids {
		f := requiredFlow(id)
		r := requirement{Flow: f, protocols: []aks.Protocol{f.Protocol}, open: map[aks.Direction]bool{}}
		switch {
		case f.Essential != "":
			r.protocols = []aks.Protocol{f.Essential}
		case f.Protocol == aks.ProtocolAny:
			r.protocols = []aks.Protocol{aks.ProtocolTCP, aks.ProtocolUDP}
		}
		for _, direction := range []aks.Direction{aks.DirInbound, aks.DirOutbound} {
			r.open[direction] = aks.AllowedByDefault(direction, f.From, f.To)
		}
		out = append(out, r)
	}
	return out
}

// flows holds aks.Flows, which the literals of rules use many times.
var flows = aks.Flows()

// requiredFlow returns a flow of aks.Flows, which must exist.
func requiredFlow(id string) aks.Flow {
	i := slices.IndexFunc(flows, func(f aks.Flow) bool { return f.ID == id })
	if i < 0 {
		panic("validate: no flow " + id)
	}
	return flows[i]
}

// trafficWords returns the protocol and ports of a flow of aks.Flows as text for a rule: "TCP 443 and 4443".
func trafficWords(id string) string {
	f := requiredFlow(id)
	return flowText(flow{protocol: f.Protocol, ports: portsOf(f.Ports)})
}

// needsOf returns what the security groups of a cluster's subnets must allow for a flow, in every subnet that the
// flow leaves or enters. Pods outside the network leave and enter through the node subnets.
func needsOf(c *plan.Cluster, r requirement) (out []neededFlow) {
	from, to := endpointOf(c, r.From), endpointOf(c, r.To)
	if from.empty() || to.empty() {
		return nil
	}
	add := func(s *plan.Subnet, direction aks.Direction, from, to endpoint, protocol aks.Protocol) {
		f := flow{from, to, protocol, portsOf(c.FlowPorts(r.Flow))}
		out = append(out, neededFlow{
			subnet: s, direction: direction, flow: f, whole: r.Protocol, open: r.open[direction], who: c.Name,
		})
	}
	subnets := append(c.NodeSubnets(), c.PodSubnets()...)
	if c.APIServerSubnet != nil {
		subnets = append(subnets, c.APIServerSubnet)
	}
	for _, s := range subnets {
		for _, protocol := range r.protocols {
			if own := partIn(c, s, from); !own.empty() {
				add(s, aks.DirOutbound, own, to, protocol)
			}
			if own := partIn(c, s, to); !own.empty() {
				add(s, aks.DirInbound, from, own, protocol)
			}
		}
	}
	return out
}

// endpointOf returns an end of a flow in a cluster.
func endpointOf(c *plan.Cluster, e aks.Endpoint) endpoint {
	name := e
	if e == aks.EndPodSubnet {
		name = aks.EndPods
	}
	return endpoint{name: string(name), tag: e.Tag(), prefixes: c.Ranges(e)}
}

// empty reports whether an endpoint has neither a tag nor addresses.
func (e endpoint) empty() bool { return e.tag == "" && len(e.prefixes) == 0 }

// partIn returns the part of an endpoint in a subnet. A pod CIDR outside the network is behind every node subnet.
func partIn(c *plan.Cluster, s *plan.Subnet, e endpoint) endpoint {
	if e.name == string(aks.EndPods) && c.Model.Facts().NeedsPodCIDR {
		if slices.Contains(c.NodeSubnets(), s) {
			return e
		}
		return endpoint{}
	}
	own := endpoint{name: e.name}
	for _, p := range e.prefixes {
		if slices.Contains(s.AddressPrefixes, p) {
			own.prefixes = append(own.prefixes, p)
		}
	}
	return own
}

// completedBy ends the message about a flow that aksnet itself allows when it writes the group.
const completedBy = "; aksnet render and apply add an allow rule before it"

// completedNote explains the severity of rules about such flows.
const completedNote = " For a group that aksnet writes, this is a warning if there are free priorities " +
	"before the deny rule: render and apply add an allow rule there."

// guarded returns the subnets that name a security group of the spec.
func (p *Pass) guarded(g *spec.NetworkSecurityGroup) []*plan.Subnet {
	if p.facts.guarded == nil {
		p.facts.guarded = map[string][]*plan.Subnet{}
		p.eachSubnet(func(s *plan.Subnet) {
			key := strings.ToLower(s.NetworkSecurityGroup)
			p.facts.guarded[key] = append(p.facts.guarded[key], s)
		})
	}
	return p.facts.guarded[strings.ToLower(g.Name)]
}

// effective returns the rules of a group as render and apply write it. It returns false for a group that they do not
// write: one that exists, or that no subnet to be written names.
func (p *Pass) effective(g *spec.NetworkSecurityGroup) ([]spec.SecurityRule, bool) {
	subnets := p.guarded(g)
	written := func(s *plan.Subnet) bool { _, known := s.PrefixLength(); return !s.Existing && known }
	if g.Existing || !slices.ContainsFunc(subnets, written) {
		return nil, false
	}
	if p.facts.effective[g] == nil {
		if p.facts.security == nil {
			p.facts.security = plan.NewSecurity(p.Plan)
		}
		p.facts.effective[g] = p.facts.security.Effective(plan.Group{Rules: g.Rules, Subnets: subnets})
	}
	return p.facts.effective[g], true
}

// blocks reports whether rules block a flow, and by which rule. The rule is nil if none decides and Azure's default
// rules deny the flow.
func (p *Pass) blocks(rules []spec.SecurityRule, n neededFlow) (by *groupRule, blocked bool) {
	space, _ := p.reachable(n.subnet.VNet)
	by, undecided := newGroup(rules, n.direction, space).denies(n.flow)
	return by, by != nil || undecided && !n.open
}

// completes reports whether a group allows a flow after render and apply complete it.
func (p *Pass) completes(g *spec.NetworkSecurityGroup, n neededFlow) bool {
	rules, ok := p.effective(g)
	if !ok {
		return false
	}
	_, blocked := p.blocks(rules, n)
	return !blocked
}

// reportBlocked reports the flows that a group blocks, by a rule or by Azure's default rules if no rule decides. It
// returns the findings.
func reportBlocked(p *Pass, needs []neededFlow) (out []*Finding) {
	type key struct {
		path, from, to string
		direction      aks.Direction
	}
	seen := map[key]bool{}
	for _, n := range needs {
		g, i := p.groupOf(n.subnet.Spec)
		if g == nil || g.Existing && len(g.Rules) == 0 {
			continue
		}
		by, blocked := p.blocks(g.Rules, n)
		path, before := indexed("networkSecurityGroups", i), aks.MaxRulePriority+1
		if by != nil {
			path, before = indexed(path+".rules", by.index), by.Priority
		}
		k := key{path, n.flow.from.name, n.flow.to.name, n.direction}
		if !blocked || seen[k] {
			continue
		}
		seen[k] = true
		f := p.Reportf(path, "%s blocks %s from %s to %s of %s",
			blockerText(g.Name, by), flowText(n.flow), n.flow.from.describe(), n.flow.to.describe(), n.who)
		if p.completes(g, n) {
			f.Severity = Warning
			f.Message += completedBy
		}
		if rule := newRule(g, n.direction, n.proposed(), before); rule != "" {
			f.Edit = setAt(indexed(indexed("networkSecurityGroups", i)+".rules", len(g.Rules)), rule)
		}
		out = append(out, f)
	}
	return out
}

func blockerText(group string, by *groupRule) string {
	if by == nil {
		return fmt.Sprintf("group %q has no matching rule, so Azure's default rule", group)
	}
	return fmt.Sprintf("rule %q (%s, priority %d) of group %q", by.Name, by.Direction, by.Priority, group)
}

// flowText returns the protocol and ports of a flow as text: "TCP 443 and 4443".
func flowText(f flow) string {
	protocol := strings.ToUpper(string(f.protocol))
	if f.ports[0] == anyPort()[0] {
		return protocol
	}
	var list []string
	for _, p := range f.ports {
		if p.lo == p.hi {
			list = append(list, fmt.Sprint(p.lo))
			continue
		}
		list = append(list, fmt.Sprintf("%d-%d", p.lo, p.hi))
	}
	return protocol + " " + strings.Join(list, " and ")
}

func (e endpoint) describe() string {
	if e.tag != "" {
		return e.tag
	}
	var list []string
	for _, p := range e.prefixes {
		list = append(list, p.String())
	}
	return e.name + " (" + strings.Join(list, ", ") + ")"
}

// groupOf returns the group of the spec that a subnet names, and its index; nil when it names none or one by its
// resource id.
func (p *Pass) groupOf(subnet *spec.Subnet) (*spec.NetworkSecurityGroup, int) {
	if subnet == nil || subnet.NetworkSecurityGroup == "" {
		return nil, 0
	}
	return p.group(subnet.NetworkSecurityGroup)
}

// newRule returns a rule that allows a flow, for the end of a group's list, or an empty string if no priority before
// the given number is free.
func newRule(g *spec.NetworkSecurityGroup, direction aks.Direction, f flow, before int) string {
	priority := freePriority(g, direction, before)
	if priority == 0 || priority >= before {
		return ""
	}
	base := "allow-" + strings.ReplaceAll(strings.ToLower(f.from.name+"-to-"+f.to.name), " ", "-") +
		"-" + strings.ToLower(strings.TrimSuffix(string(direction), "bound"))
	name := base
	taken := func(r spec.SecurityRule) bool { return strings.EqualFold(r.Name, name) }
	for i := 2; slices.ContainsFunc(g.Rules, taken); i++ {
		name = fmt.Sprintf("%s-%d", base, i)
	}
	text := fmt.Sprintf(
		"{name: %s, priority: %d, direction: %s, access: Allow, protocol: %s, sources: %s, destinations: %s",
		name, priority, direction, protocolWord(f.protocol), f.from.yamlList(), f.to.yamlList())
	if len(f.ports) > 0 && f.ports[0] != anyPort()[0] {
		text += ", destinationPorts: " + portList(f.ports)
	}
	return text + "}"
}

// protocolWord returns a protocol as it stands in a spec.
func protocolWord(p aks.Protocol) string {
	if p == aks.ProtocolAny {
		return "'*'"
	}
	return string(p)
}

func (e endpoint) yamlList() string {
	if e.tag != "" {
		return "[" + e.tag + "]"
	}
	var words []string
	for _, p := range e.prefixes {
		words = append(words, "'"+p.String()+"'")
	}
	return "[" + strings.Join(words, ", ") + "]"
}

func portList(ps []portRange) string {
	var words []string
	for _, p := range ps {
		if p.lo == p.hi {
			words = append(words, fmt.Sprintf("'%d'", p.lo))
			continue
		}
		words = append(words, fmt.Sprintf("%d-%d", p.lo, p.hi))
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// freePriority returns the nearest priority below a number that no rule of the direction uses, or else the nearest
// above; 0 if all are in use.
func freePriority(g *spec.NetworkSecurityGroup, direction aks.Direction, below int) int {
	taken := map[int]bool{}
	for _, r := range g.Rules {
		taken[r.Priority] = taken[r.Priority] || r.Direction == direction
	}
	for n := min(below-1, aks.MaxRulePriority); n >= aks.MinRulePriority; n-- {
		if !taken[n] {
			return n
		}
	}
	for n := max(below, aks.MinRulePriority); n <= aks.MaxRulePriority; n++ {
		if !taken[n] {
			return n
		}
	}
	return 0
}
