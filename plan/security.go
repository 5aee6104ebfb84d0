package plan

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// Security works out effective security groups: the rules of the user, and allows for the flows of aks.Flows that they
// stop. It reads a finished plan.
type Security struct {
	clusters map[*Subnet][]*Cluster
}

// NewSecurity returns the Security of a finished plan.
func NewSecurity(p *Plan) *Security {
	s := &Security{clusters: map[*Subnet][]*Cluster{}}
	for _, c := range p.Clusters {
		for _, subnet := range slices.Concat(c.NodeSubnets(), c.PodSubnets(), c.apiServerSubnets()) {
			if in := s.clusters[subnet]; len(in) == 0 || in[len(in)-1] != c {
				s.clusters[subnet] = append(in, c)
			}
		}
	}
	return s
}

// NodeSubnets returns the subnets that hold a cluster's nodes, each once.
func (c *Cluster) NodeSubnets() []*Subnet {
	return distinct(c.Pools(), func(pool *NodePool) *Subnet { return pool.nodeSubnet })
}

// PodSubnets returns the subnets that hold a cluster's pods, each once; none for models without pod subnets.
func (c *Cluster) PodSubnets() []*Subnet {
	return distinct(c.Pools(), func(pool *NodePool) *Subnet { return pool.podSubnet })
}

func (c *Cluster) apiServerSubnets() []*Subnet {
	if c.APIServerSubnet == nil {
		return nil
	}
	return []*Subnet{c.APIServerSubnet}
}

// Clusters returns the clusters whose nodes, pods or API server are in a subnet.
func (s *Security) Clusters(subnet *Subnet) []*Cluster { return s.clusters[subnet] }

// PrivateAPIServer reports whether nodes reach the API server without leaving their network.
func (c *Cluster) PrivateAPIServer() bool {
	return c.Spec.PrivateCluster || c.Spec.APIServerVnetIntegration
}

// Ranges returns the addresses of an end of a flow in a cluster; none for an end that a service tag stands for.
func (c *Cluster) Ranges(e aks.Endpoint) (out []netip.Prefix) {
	switch e {
	case aks.EndPods:
		return appendNew(rangesOf(c.subnets(e)), c.PodCIDRs)
	case aks.EndDNS:
		if c.vnet == nil || c.vnet.Spec == nil {
			return nil
		}
		for _, a := range c.vnet.Spec.DNSServers {
			if a.IsValid() {
				out = append(out, netip.PrefixFrom(a, a.BitLen()))
			}
		}
		return out
	}
	return rangesOf(c.subnets(e))
}

// subnets returns the subnets of an end of a flow in a cluster; none for an end that is no subnet.
func (c *Cluster) subnets(e aks.Endpoint) []*Subnet {
	switch e {
	case aks.EndNodes:
		return c.NodeSubnets()
	case aks.EndPods, aks.EndPodSubnet:
		return c.PodSubnets()
	case aks.EndAPIServer:
		return c.apiServerSubnets()
	case aks.EndIngressGateway:
		return c.ingressSubnets()
	}
	return nil
}

// unknownRange reports whether nobody knows the range of the subnet before it is deployed.
func (s *Subnet) unknownRange() bool { return s.IPAMPoolAddresses > 0 }

// ingressSubnets returns the subnets of the gateways that a cluster names as its ingress.
func (c *Cluster) ingressSubnets() (out []*Subnet) {
	if c.vnet == nil || len(c.Spec.Ingress) == 0 {
		return nil
	}
	for _, s := range c.vnet.Subnets {
		if s.Spec == nil {
			continue
		}
		k, _ := KindOf(s.Spec)
		if k.ID == string(aks.SiteAppGW) && slices.Contains(c.Spec.Ingress, aks.IngressApplicationGateway) ||
			k.ID == string(aks.SiteAGC) && slices.Contains(c.Spec.Ingress, aks.IngressGatewayForContainers) {
			out = append(out, s)
		}
	}
	return out
}

// rangesOf returns the address prefixes of subnets that have a place.
func rangesOf(subnets []*Subnet) (out []netip.Prefix) {
	for _, s := range subnets {
		if s.AddressPrefix.IsValid() {
			out = appendNew(out, s.AddressPrefixes)
		}
	}
	return out
}

// appendNew appends the items that a list does not hold yet.
func appendNew[T comparable](list, more []T) []T {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

// Group is a security group before aksnet completes it.
type Group struct {
	// Rules are the rules of the user.
	Rules []spec.SecurityRule
	// Subnets are the subnets that the group guards.
	Subnets []*Subnet
	// Lockdown adds a deny for everything else, and allows for what nodes need of the world outside.
	Lockdown bool
}

// Effective returns the rules of a group as it is written: the user's, in their order, and then what they lack.
//
// Azure's own rules end in a deny, and the VirtualNetwork tag that they allow before it does not promise to cover a
// pod CIDR. So traffic of pods outside the network always gets an allow; other traffic only where a rule of the user
// or the lockdown denies something in its direction.
func (s *Security) Effective(g Group) []spec.SecurityRule {
	t := s.trafficOf(g)
	out := slices.Clone(g.Rules)
	for _, direction := range []aks.Direction{aks.DirInbound, aks.DirOutbound} {
		allows := t.allows(direction)
		out = append(out, prioritized(allows, direction, g.Rules)...)
		if g.Lockdown && len(allows) > 0 {
			out = append(out, denyAll(direction))
		}
	}
	return out
}

func denyAll(direction aks.Direction) spec.SecurityRule {
	return spec.SecurityRule{
		Name: "DenyAll" + string(
			direction,
		), Priority: aks.MaxRulePriority, Direction: direction, Access: aks.AccessDeny,
		Description: "Lockdown: what no rule above allows is denied.",
	}
}

// traffic is what a security group has to do with: whose subnets it guards, and which directions it denies something
// in.
type traffic struct {
	clusters []*Cluster
	sites    map[aks.Site]bool
	denied   map[aks.Direction]bool
	lockdown bool
}

func (s *Security) trafficOf(g Group) *traffic {
	t := &traffic{lockdown: g.Lockdown, sites: map[aks.Site]bool{}, denied: map[aks.Direction]bool{}}
	for _, d := range []aks.Direction{aks.DirInbound, aks.DirOutbound} {
		t.denied[d] = g.Lockdown || slices.ContainsFunc(g.Rules, func(r spec.SecurityRule) bool {
			return r.Direction == d && r.Access == aks.AccessDeny
		})
	}
	for _, subnet := range g.Subnets {
		for _, site := range sitesOf(subnet) {
			t.sites[site] = true
		}
		t.clusters = appendNew(t.clusters, s.clusters[subnet])
	}
	return t
}

// sitesOf returns what a subnet is to the table of flows.
func sitesOf(s *Subnet) []aks.Site {
	switch s.Purpose {
	case Nodes, NodesPods:
		return []aks.Site{aks.SiteWorkload, aks.SiteNodes}
	case Pods:
		return []aks.Site{aks.SiteWorkload}
	case APIServer:
		return []aks.Site{aks.SiteAPIServer}
	}
	if s.Spec == nil {
		return nil
	}
	k, _ := KindOf(s.Spec)
	return []aks.Site{aks.Site(k.ID)}
}

// ranges returns the addresses of an end in all clusters.
func (t *traffic) ranges(e aks.Endpoint) (out []netip.Prefix) {
	for _, c := range t.clusters {
		out = appendNew(out, c.Ranges(e))
	}
	return out
}

func (t *traffic) any(is func(*Cluster) bool) bool { return slices.ContainsFunc(t.clusters, is) }

// holds reports whether a condition holds in a direction.
func (t *traffic) holds(when aks.Condition, direction aks.Direction) bool {
	denied := t.denied[direction]
	switch when {
	case aks.WhenDenied:
		return denied
	case aks.WhenDeniedOrPodsOut:
		return denied || t.any(func(c *Cluster) bool { return len(c.PodCIDRs) > 0 })
	case aks.WhenLockdown:
		return t.lockdown
	case aks.WhenLockdownPublic:
		return t.lockdown && t.any(func(c *Cluster) bool { return !c.PrivateAPIServer() })
	case aks.WhenPublicServices:
		return t.any(func(c *Cluster) bool { return c.Spec.Services.Public() > 0 })
	case aks.WhenNodePorts:
		return denied && t.any(func(c *Cluster) bool { return len(c.Spec.Services.NodePorts) > 0 })
	case aks.WhenInternalServices:
		return denied && t.any(func(c *Cluster) bool { return c.Spec.Services.Internal() > 0 })
	}
	return true
}

// allows returns the rules that a group needs in a direction, without priorities.
func (t *traffic) allows(direction aks.Direction) (out []spec.SecurityRule) {
	for _, f := range aks.Flows() {
		needed := slices.ContainsFunc(f.Checkpoints, func(c aks.Checkpoint) bool {
			return c.Direction == direction && t.sites[c.Site] && t.holds(c.When, direction)
		})
		if needed {
			out = append(out, t.rulesOf(f, direction)...)
		}
	}
	return out
}

// rulesOf returns the rules that let a flow pass, one for each address family and each way to write its ends.
func (t *traffic) rulesOf(f aks.Flow, direction aks.Direction) (out []spec.SecurityRule) {
	from, to := t.sides(f.From), t.sides(f.To)
	if f.FarEnd && direction == aks.DirInbound {
		to = []side{anyAddress()}
	} else if f.FarEnd {
		from = []side{anyAddress()}
	}
	for _, source := range from {
		for _, destination := range to {
			out = append(out, t.rulesBetween(f, direction, source, destination)...)
		}
	}
	return out
}

func (t *traffic) rulesBetween(f aks.Flow, direction aks.Direction, from, to side) (out []spec.SecurityRule) {
	for _, family := range []aks.IPFamily{aks.IPv4, aks.IPv6} {
		sources, fromOK := from.in(family)
		destinations, toOK := to.in(family)
		if !fromOK || !toOK || family == aks.IPv6 && from.both && to.both {
			continue
		}
		r := spec.SecurityRule{
			Name: f.Rule, Direction: direction, Access: aks.AccessAllow, Protocol: f.Protocol,
			Sources: sources, Destinations: destinations, DestinationPorts: t.ports(f), Description: f.Why,
		}
		if family == aks.IPv6 {
			r.Name += string(aks.IPv6)
		}
		if direction == aks.DirOutbound {
			r.Name += "Out"
		}
		out = append(out, r)
	}
	return out
}

// FlowPorts returns the ports of a flow in a cluster: the node ports of its spec instead of the whole range.
func (c *Cluster) FlowPorts(f aks.Flow) (out []string) {
	if f.ID != aks.FlowToNodePorts {
		return f.Ports
	}
	for _, port := range c.Spec.Services.NodePorts {
		out = append(out, strconv.Itoa(port))
	}
	return out
}

// ports returns the ports of a flow in all clusters.
func (t *traffic) ports(f aks.Flow) (out []string) {
	if f.ID != aks.FlowToNodePorts {
		return f.Ports
	}
	for _, c := range t.clusters {
		out = appendNew(out, c.FlowPorts(f))
	}
	return out
}

// side is the sources or the destinations of a rule: by family, which one rule cannot mix, or words that serve both.
type side struct {
	four, six []string
	both      bool
}

// anyAddress returns the side that names nothing, and so covers everything.
func anyAddress() side { return side{both: true} }

// in returns the words of a side in a family, and reports whether it has any addresses there.
func (s side) in(family aks.IPFamily) (words []string, ok bool) {
	if s.both || family == aks.IPv4 {
		return s.four, s.both || len(s.four) > 0
	}
	return s.six, len(s.six) > 0
}

// sides returns an end as rules write it. The tag of the network stands for subnets whose addresses come from an IPAM
// pool; Azure takes no prefixes beside a tag.
func (t *traffic) sides(e aks.Endpoint) (out []side) {
	if t.any(func(c *Cluster) bool { return slices.ContainsFunc(c.subnets(e), (*Subnet).unknownRange) }) {
		out = append(out, side{four: []string{aks.TagVNet}, both: true})
	}
	if known := t.words(e); len(out) == 0 || len(known.four)+len(known.six) > 0 {
		out = append(out, known)
	}
	return out
}

// words returns an end as a rule writes it.
func (t *traffic) words(e aks.Endpoint) (out side) {
	if tag := e.Tag(); tag != "" {
		if e == aks.EndCloud {
			tag = t.cloud()
		}
		return side{four: []string{tag}, both: true}
	}
	for _, p := range t.ranges(e) {
		word := p.String()
		if p.IsSingleIP() {
			word = p.Addr().String()
		}
		if p.Addr().Is4() {
			out.four = append(out.four, word)
		} else {
			out.six = append(out.six, word)
		}
	}
	return out
}

// cloud returns the tag of Azure's own addresses, in the region of the clusters when they share one.
func (t *traffic) cloud() string {
	var regions []string
	for _, c := range t.clusters {
		if c.Location != "" {
			regions = appendNew(regions, []string{aks.RegionName(c.Location)})
		}
	}
	if len(regions) == 1 {
		return aks.TagCloud + "." + regions[0]
	}
	return aks.TagCloud
}

// priorityStep is the gap between the priorities of aksnet's rules, for rules that come later.
const priorityStep = 10

// prioritized gives rules of one direction their priorities, all better than the first deny of the user if possible,
// and names that no other rule of the group has: Azure compares the names of both directions, without regard to case.
func prioritized(allows []spec.SecurityRule, direction aks.Direction, own []spec.SecurityRule) []spec.SecurityRule {
	used, firstDeny := map[int]bool{}, aks.MaxRulePriority
	names := map[string]bool{}
	for _, r := range own {
		names[strings.ToLower(r.Name)] = true
		if r.Direction != direction {
			continue
		}
		used[r.Priority] = true
		if r.Access == aks.AccessDeny {
			firstDeny = min(firstDeny, r.Priority)
		}
	}
	free := priorities(len(allows), used, firstDeny)
	for i, priority := range free {
		allows[i].Priority, allows[i].Name = priority, freeRuleName(allows[i].Name, names)
	}
	return allows[:len(free)]
}

func freeRuleName(name string, taken map[string]bool) string {
	free := name
	for i := 2; taken[strings.ToLower(free)]; i++ {
		free = fmt.Sprintf("%s-%d", name, i)
	}
	taken[strings.ToLower(free)] = true
	return free
}

// priorities returns n free priorities below a limit, with gaps between them if possible. If fewer are free below the
// limit, the rest come after it: nothing can go before a deny with priority 100.
func priorities(n int, used map[int]bool, limit int) []int {
	for _, step := range []int{priorityStep, 1} {
		if out := freePriorities(n, used, limit, step); len(out) == n {
			return out
		}
	}
	return freePriorities(n, used, aks.MaxRulePriority+1, 1)
}

func freePriorities(n int, used map[int]bool, limit, step int) (out []int) {
	for p := aks.MinRulePriority; p < limit && len(out) < n; p += step {
		if !used[p] {
			out = append(out, p)
		}
	}
	return out
}
