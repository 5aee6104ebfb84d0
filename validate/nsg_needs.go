package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// need is a flow that a subnet's security group has to let through.
type need struct {
	subnet    *plan.Subnet
	direction string
	flow      flow
	// open is whether Azure's default rules let it through when no rule decides.
	open bool
	who  string
	// completed is whether render and apply put an allow for it into the groups that they write.
	completed bool
}

// needsOf lists what the groups of one cluster's subnets have to let through, for one of aks.RequiredAllows by its id.
func needsOf(c *plan.Cluster, id string) []need {
	nodes, pods := rangesOf("nodes", nodeSubnets(c)), podsOf(c)
	api := end{name: "API server"}
	if c.APIServerSubnet != nil {
		api = rangesOf("API server", []*plan.Subnet{c.APIServerSubnet})
	}
	probes := end{name: "probes", tag: tagLoadBalancer}
	switch id {
	case "nodes-to-nodes":
		return passing(c, nodes, nodes, anyPort(), "Tcp", "Udp")
	case "nodes-to-pods":
		return passing(c, nodes, pods, anyPort(), "Tcp", "Udp")
	case "pods-to-pods":
		return passing(c, pods, pods, anyPort(), "Tcp", "Udp")
	case "probes-to-nodes":
		if c.OutboundType == aks.OutboundLoadBalancer || balancers(c.Spec) > 0 {
			return into(c, nodeSubnets(c), probes, nodes, anyPort())
		}
	case "nodes-to-api-server":
		// Pods of a subnet keep their addresses; others leave with that of their node.
		ps, own := []ports{{443, 443}, {4443, 4443}}, rangesOf("pods", podSubnets(c))
		return append(passing(c, nodes, api, ps, "Tcp"), passing(c, own, api, ps, "Tcp")...)
	case "probes-to-api-server":
		if c.APIServerSubnet != nil {
			return into(c, []*plan.Subnet{c.APIServerSubnet}, probes, api, []ports{{9988, 9988}})
		}
	case "wireguard":
		if c.Spec.AdvancedNetworking.TransitEncryption == "WireGuard" {
			return passing(c, nodes, nodes, []ports{{wireGuardPort, wireGuardPort}}, "Udp")
		}
	}
	return nil
}

// wireGuardPort is where nodes take encrypted traffic of other nodes.
// https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium (read 2026-11-22)
const wireGuardPort = 51871

func rangesOf(name string, subnets []*plan.Subnet) end {
	e := end{name: name}
	for _, s := range subnets {
		e.prefixes = append(e.prefixes, s.AddressPrefixes...)
	}
	return e
}

// podsOf is where a cluster's pods have their addresses; empty under node-subnet, where they are those of nodes.
func podsOf(c *plan.Cluster) end {
	if c.Model.Facts().NeedsPodCIDR {
		return end{name: "pods", prefixes: c.PodCIDRs}
	}
	return rangesOf("pods", podSubnets(c))
}

// passing is a flow from one end to the other, in every subnet that it leaves or enters. Pods outside the network leave and enter through
// the subnets of nodes.
func passing(c *plan.Cluster, from, to end, ps []ports, protocols ...string) (out []need) {
	if len(from.prefixes) == 0 || len(to.prefixes) == 0 {
		return nil
	}
	subnets := append(append(nodeSubnets(c), podSubnets(c)...), apiSubnets(c)...)
	for _, s := range subnets {
		for _, protocol := range protocols {
			if own := part(c, s, from); len(own.prefixes) > 0 {
				out = append(out, need{subnet: s, direction: "Outbound", flow: flow{own, to, protocol, ps}, open: true, who: c.Name})
			}
			if own := part(c, s, to); len(own.prefixes) > 0 {
				out = append(out, need{subnet: s, direction: "Inbound", flow: flow{from, own, protocol, ps}, open: true, who: c.Name})
			}
		}
	}
	return out
}

func apiSubnets(c *plan.Cluster) []*plan.Subnet {
	if c.APIServerSubnet == nil {
		return nil
	}
	return []*plan.Subnet{c.APIServerSubnet}
}

// part is the part of an end that lies in a subnet. A pod CIDR outside the network is behind every node subnet.
func part(c *plan.Cluster, s *plan.Subnet, e end) end {
	if e.name == "pods" && c.Model.Facts().NeedsPodCIDR {
		if slices.Contains(nodeSubnets(c), s) {
			return e
		}
		return end{}
	}
	own := end{name: e.name}
	for _, p := range e.prefixes {
		if slices.Contains(s.AddressPrefixes, p) {
			own.prefixes = append(own.prefixes, p)
		}
	}
	return own
}

// into is a flow of probes into subnets, which Azure's default rules let through.
func into(c *plan.Cluster, subnets []*plan.Subnet, from, to end, ps []ports) (out []need) {
	for _, s := range subnets {
		if own := part(c, s, to); len(own.prefixes) > 0 {
			out = append(out, need{subnet: s, direction: "Inbound", flow: flow{from, own, "Tcp", ps}, open: true, who: c.Name})
		}
	}
	return out
}

// leaving is a flow from the nodes of each node subnet to one port of an end outside.
func leaving(c *plan.Cluster, to end, protocol string, port int) (out []need) {
	for _, s := range nodeSubnets(c) {
		from := rangesOf("nodes", []*plan.Subnet{s})
		out = append(out, need{subnet: s, direction: "Outbound", flow: flow{from, to, protocol, []ports{{port, port}}}, open: true, who: c.Name})
	}
	return out
}

// completedBy ends the message about a need that aksnet itself sees to when it writes the group.
const completedBy = "; aksnet render and apply put an allow before it"

// softened is what the rules about such needs say of their severity.
const softened = " In a group that aksnet writes, with room for its own rules before the first that denies, this is a warning: render and " +
	"apply put the allow there."

// completed marks needs that aksnet sees to in the groups that it writes itself.
func completed(needs []need) []need {
	for i := range needs {
		needs[i].completed = true
	}
	return needs
}

// CompletionRules is how many priorities before the first rule that denies are enough for all that aksnet adds to a security group in one
// direction, whatever lives in its subnets.
const CompletionRules = 40

// writes reports whether render and apply write a group: one of the spec that is not there yet, and that a subnet names which they write.
func (p *Pass) writes(g *spec.NetworkSecurityGroup) bool {
	if p.kept.written == nil {
		p.kept.written = map[string]bool{}
		p.eachSubnet(func(s *plan.Subnet) {
			if !s.Existing && s.AddressPrefix.IsValid() && s.NetworkSecurityGroup != "" {
				p.kept.written[strings.ToLower(s.NetworkSecurityGroup)] = true
			}
		})
	}
	return !g.Existing && p.kept.written[strings.ToLower(g.Name)]
}

// roomFor reports whether a group has n free priorities before its first rule that denies in a direction.
func roomFor(g *spec.NetworkSecurityGroup, direction string, n int) bool {
	taken, before := map[int]bool{}, aks.MaxRulePriority
	for _, r := range g.Rules {
		if r.Direction != direction {
			continue
		}
		taken[r.Priority] = true
		if r.Access == "Deny" {
			before = min(before, r.Priority)
		}
	}
	free := before - aks.MinRulePriority
	for p := range taken {
		if aks.MinRulePriority <= p && p < before {
			free--
		}
	}
	return free >= n
}

// reportBlocked reports the needs that a group stops: by a rule, or by saying nothing where Azure's default rules deny.
func reportBlocked(p *Pass, needs []need) {
	type key struct {
		path, direction, from, to string
	}
	seen := map[key]bool{}
	for _, n := range needs {
		g, i := groupOf(p.Spec, n.subnet.Spec)
		if g == nil || g.Existing && len(g.Rules) == 0 {
			continue
		}
		space, _ := reachable(p.Plan, n.subnet.VNet)
		by, undecided := newGroup(g.Rules, n.direction, space).denies(n.flow)
		path, before := indexed("networkSecurityGroups", i), aks.MaxRulePriority+1
		if by != nil {
			path, before = indexed(path+".rules", by.index), by.Priority
		}
		k := key{path, n.direction, n.flow.from.name, n.flow.to.name}
		if by == nil && (n.open || !undecided) || seen[k] {
			continue
		}
		seen[k] = true
		f := p.Report(path, "%s stops %s from %s to %s of %s", blocker(g.Name, by), words(n.flow), n.flow.from.text(), n.flow.to.text(), n.who)
		if n.completed && p.writes(g) && roomFor(g, n.direction, CompletionRules) {
			f.As(Warning).Message += completedBy
		}
		if rule := newRule(g, n.direction, n.flow, before); rule != "" {
			f.PutAt(indexed(indexed("networkSecurityGroups", i)+".rules", len(g.Rules)), rule)
		}
	}
}

func blocker(group string, by *groupRule) string {
	if by == nil {
		return fmt.Sprintf("group %q has no rule for it and Azure's default", group)
	}
	return fmt.Sprintf("rule %q (%s, priority %d) of group %q", by.Name, by.Direction, by.Priority, group)
}

// words names protocol and ports of a flow.
func words(f flow) string {
	protocol := strings.ToUpper(f.protocol)
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

func (e end) text() string {
	if e.tag != "" {
		return e.tag
	}
	var list []string
	for _, p := range e.prefixes {
		list = append(list, p.String())
	}
	return e.name + " (" + strings.Join(list, ", ") + ")"
}

// publicEnd is the Internet as an end.
func publicEnd() end { return end{name: "internet", tag: tagInternet} }

// addresses is single addresses as an end.
func addresses(name string, list []netip.Addr) end {
	e := end{name: name}
	for _, a := range list {
		if a.IsValid() {
			e.prefixes = append(e.prefixes, netip.PrefixFrom(a, a.BitLen()))
		}
	}
	return e
}
