package plan

import (
	"slices"
	"sort"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// What can end the growth of a cluster, as Capacity.LimitedBy says it.
const (
	LimitNodeSubnet = "node subnet"
	LimitPodSubnet  = "pod subnet"
	LimitPodCIDR    = "pod CIDR"
	LimitRouteTable = "route table"
	LimitCluster    = "cluster limit"
	LimitSNAT       = "SNAT ports"
	LimitVNet       = "addresses per VNet"
	LimitPolicy     = "network policy"
)

// podBlocksOf counts the blocks that the pods' addresses are cut into: a /24 of the pod CIDR for every node, or the /28
// blocks of static allocation, of which every pod subnet loses its first and its last.
func podBlocksOf(c *Cluster) PodBlocks {
	if c.facts.NeedsPodCIDR {
		pb := PodBlocks{PrefixLength: aks.PodBlockBits, Needed: c.Nodes + c.SurgeNodes}
		if c.PodCIDR.IsValid() {
			pb.Available = blocksIn(c.PodCIDR.Bits(), aks.PodBlockBits)
		}
		return pb
	}
	var pb PodBlocks
	for _, p := range c.Pools() {
		if p.cost.Blocks > 0 {
			pb.PrefixLength = aks.StaticBlockBits
			pb.Needed += (p.Nodes + p.SurgeNodes) * p.cost.Blocks
		}
	}
	for _, s := range distinct(c.Pools(), blockSubnet) {
		if bits, known := s.PrefixLength(); known {
			pb.Available += staticBlocksIn(bits)
		}
	}
	return pb
}

// blockSubnet returns the subnet from which the nodes of a pool take blocks for pods; nil if they take none.
func blockSubnet(p *NodePool) *Subnet {
	if p.cost.Blocks == 0 {
		return nil
	}
	return p.podSubnet
}

// blocksIn returns how many aligned blocks of a length a range of a prefix length holds.
func blocksIn(prefixLength, bits int) int {
	if prefixLength > bits {
		return 0
	}
	return 1 << (bits - prefixLength)
}

// staticBlocksIn returns how many /28 blocks of a pod subnet static allocation can use: the first and the last hold
// addresses that Azure reserves.
func staticBlocksIn(bits int) int { return max(0, blocksIn(bits, aks.StaticBlockBits)-2) }

// limit is one bound of a cluster's nodes.
type limit struct {
	nodes int
	by    string
}

// capacityOf finds the limit that a growing cluster reaches first. Growth is counted in nodes of the pool whose nodes
// cost the most addresses; surge nodes are nodes here, and NodesWithSurge takes them off again.
func capacityOf(c *Cluster) Capacity {
	if len(c.Growing()) == 0 {
		return Capacity{}
	}
	grow := costliest(c.Growing())
	least := slices.MinFunc(limitsOf(c, grow), func(a, b limit) int { return a.nodes - b.nodes })
	out := Capacity{Nodes: max(0, least.nodes), LimitedBy: least.by}
	out.NodesWithSurge = sort.Search(out.Nodes, func(n int) bool { return n+1+surgeAt(c, grow, n+1) > out.Nodes })
	out.Pods, out.PodsWithSurge = podsOn(c, grow, out.Nodes), podsOn(c, grow, out.NodesWithSurge)
	return out
}

// podsOn returns how many pods a cluster of n nodes can run.
func podsOn(c *Cluster, grow *NodePool, n int) int {
	pods := max(0, c.Pods+(n-c.Nodes)*grow.MaxPods)
	if most := c.Model.MaxPods(grow.AllocationMode()); most > 0 {
		return min(pods, most)
	}
	return pods
}

// limitsOf lists the bounds of a cluster's nodes in the order in which equal ones are named.
func limitsOf(c *Cluster, grow *NodePool) []limit {
	facts := c.facts
	limits := []limit{{c.Nodes + spareNodes(c, TermNodes, nodeNet), LimitNodeSubnet}}
	if facts.NeedsPodSubnet && c.vnet != nil {
		limits = append(limits, limit{c.Nodes + spareNodes(c, TermPods, podNet), LimitPodSubnet})
	}
	if facts.NeedsPodCIDR {
		limits = append(limits, limit{c.PodBlocks.Available, LimitPodCIDR})
	}
	for _, ceiling := range NodeCeilings(c) {
		limits = append(limits, limit{ceiling.Most, ceiling.By})
	}
	if c.Egress.MaxNodes > 0 {
		limits = append(limits, limit{c.Egress.MaxNodes, LimitSNAT})
	}
	return limits
}

func nodeNet(p *NodePool) *Subnet { return p.nodeSubnet }
func podNet(p *NodePool) *Subnet  { return p.podSubnet }

// CustomRoutes returns how many routes of its route table a cluster's own egress takes: the default route and one for
// each public address of the firewall. They share the budget with kubenet's route for every node.
// [aks.PageKubenet] (read 2026-11-22)
func CustomRoutes(c *Cluster) int {
	if c.OutboundType != aks.OutboundUserDefinedRouting {
		return 0
	}
	return 1 + len(c.Spec.Egress.FirewallPublicIPs)
}

// spareNodes returns how many more nodes fit the subnets that hold terms of a kind, in nodes of the costliest pool of
// each subnet; negative when today's do not fit. Surge nodes of this cluster count as spare, those of others do not.
func spareNodes(c *Cluster, kind TermKind, net func(*NodePool) *Subnet) (n int) {
	if c.vnet == nil {
		usable := ipam.PrefixSize(aks.ManagedSubnet().Bits())
		return spareIn(c, kind, c.managed, usable-c.managed.At(Upgrade))
	}
	for _, s := range distinct(c.Growing(), net) {
		n += spareIn(c, kind, s.terms, s.Headroom)
	}
	return n
}

// spareIn returns how many more nodes of a cluster fit one subnet.
func spareIn(c *Cluster, kind TermKind, terms Terms, spare int) int {
	each := 1
	for _, t := range terms {
		if t.Kind == kind && t.Pool.Cluster == c {
			each = max(each, t.Each())
			spare += t.Surge * t.Each()
		}
	}
	return floorDiv(spare, each)
}

// surgeAt returns how many surge nodes an upgrade needs when the cluster has n nodes.
func surgeAt(c *Cluster, grow *NodePool, n int) int {
	surge := 0
	for _, p := range c.Pools() {
		if p != grow {
			surge += p.SurgeNodes
		}
	}
	return surge + grow.Spec.MaxSurge.Of(max(0, grow.Nodes+n-c.Nodes))
}

// costliest returns the pool whose nodes take the most addresses, and of those with equal cost the one with the most
// pods.
func costliest(pools []*NodePool) *NodePool {
	return slices.MaxFunc(pools, func(a, b *NodePool) int {
		if d := a.cost.Total() - b.cost.Total(); d != 0 {
			return d
		}
		return a.MaxPods - b.MaxPods
	})
}

// distinct returns the subnets that a function names for pools, each once.
func distinct(pools []*NodePool, net func(*NodePool) *Subnet) (out []*Subnet) {
	const few = 8 // fewer are found faster without a map
	var seen map[*Subnet]bool
	for _, p := range pools {
		s := net(p)
		if s == nil || seen[s] || len(out) <= few && slices.Contains(out, s) {
			continue
		}
		out = append(out, s)
		if len(out) > few && seen == nil {
			seen = make(map[*Subnet]bool, len(pools))
			for _, s := range out {
				seen[s] = true
			}
		} else if seen != nil {
			seen[s] = true
		}
	}
	return out
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
