package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// CapacityQuery is the inverse question: given ranges and one kind of node, how large can a cluster become?
// A range that is the zero Prefix sets no limit. All ranges are IPv4.
type CapacityQuery struct {
	Model      aks.Model
	Mode       aks.AllocationMode // for models with a pod subnet
	NodeSubnet netip.Prefix
	PodSubnet  netip.Prefix // for models with a pod subnet
	PodCIDR    netip.Prefix // for models with a pod CIDR
	MaxPods    int
	MaxSurge   spec.Amount
	Others     int // addresses of the node subnet that something else takes
}

// CapacityAnswer is how large the cluster of a CapacityQuery can become.
type CapacityAnswer struct {
	Nodes      int    // an upgrade still finds SurgeNodes
	SurgeNodes int    // of an upgrade of all Nodes
	Pods       int    // that Nodes can run
	LimitedBy  string // the limit that is reached first, as in Capacity
	// PodsLimitedBy is LimitCluster where AKS runs fewer pods than Nodes could; else it is empty.
	PodsLimitedBy string
}

// Answer returns the most nodes for which an upgrade still finds its surge nodes.
func (q CapacityQuery) Answer() CapacityAnswer {
	most := q.most()
	n := q.MaxSurge.Within(most.nodes)
	a := CapacityAnswer{Nodes: n, SurgeNodes: q.MaxSurge.Of(n), Pods: n * q.MaxPods, LimitedBy: most.by}
	if pods := q.Model.MaxPods(q.Mode); pods > 0 && pods < a.Pods {
		a.Pods, a.PodsLimitedBy = pods, LimitCluster
	}
	return a
}

// LargestSurge returns how many surge nodes fit beside this many nodes. It reports false when not even the nodes fit.
// More surge nodes than nodes are of no use, so it never returns more.
func (q CapacityQuery) LargestSurge(nodes int) (int, bool) {
	spare := q.most().nodes - nodes
	return min(spare, nodes), spare >= 0
}

// LargestMaxPods returns the largest maxPods with which this many nodes and their surge fit. It reports false when none
// does that AKS accepts.
func (q CapacityQuery) LargestMaxPods(nodes int) (int, bool) {
	return largestMaxPods(func(maxPods int) bool {
		q.MaxPods = maxPods
		return nodes+q.MaxSurge.Of(nodes) <= q.most().nodes
	})
}

// most returns the limit on nodes and surge nodes together.
func (q CapacityQuery) most() limit {
	facts := q.Model.Facts()
	cost := costUnder(facts, q.Mode, q.MaxPods)
	least := limit{facts.MaxNodes, LimitCluster}
	bound := func(applies bool, nodes int, by string) {
		if applies && nodes < least.nodes {
			least = limit{nodes, by}
		}
	}
	bound(facts.OwnRouteTable, aks.RoutesPerTable, LimitRouteTable)
	if q.NodeSubnet.IsValid() {
		bound(true, (usableIn(q.NodeSubnet)-q.Others)/cost.NodeSubnet(), LimitNodeSubnet)
	}
	if q.PodSubnet.IsValid() {
		bound(facts.NeedsPodSubnet, cost.podSubnetNodes(q.PodSubnet), LimitPodSubnet)
	}
	if q.PodCIDR.IsValid() {
		bound(facts.NeedsPodCIDR, blocksIn(q.PodCIDR.Bits(), aks.PodBlockBits), LimitPodCIDR)
	}
	least.nodes = max(0, least.nodes)
	return least
}

// podSubnetNodes returns how many nodes' pods fit a pod subnet; 0 for models without one.
func (c Cost) podSubnetNodes(p netip.Prefix) int {
	switch {
	case c.Blocks > 0:
		return staticBlocksIn(p.Bits()) / c.Blocks
	case c.Pods > 0:
		return usableIn(p) / c.Pods
	}
	return 0
}

// usableIn returns what Azure leaves of a subnet; nothing of one that it would not create.
func usableIn(p netip.Prefix) int {
	if p.Bits() > aks.SmallestSubnetBits || p.Bits() < aks.LargestSubnetBits {
		return 0
	}
	return ipam.PrefixSize(p.Bits()) - aks.ReservedPerSubnet
}
