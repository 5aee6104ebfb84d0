package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// Room is the reverse question: given ranges and one kind of node, how large can a cluster get.
// A range that is the zero Prefix sets no limit. All ranges are IPv4.
type Room struct {
	Model      aks.Model
	Mode       aks.AllocationMode // of pod-subnet alone
	NodeSubnet netip.Prefix
	PodSubnet  netip.Prefix // of pod-subnet alone
	PodCIDR    netip.Prefix // of the models that need one
	MaxPods    int
	MaxSurge   spec.Amount
	Others     int // addresses of the node subnet that something else takes
}

// Fit is how large the cluster of a Room can get.
type Fit struct {
	Nodes      int    // with room left for SurgeNodes
	SurgeNodes int    // of an upgrade of all Nodes
	Pods       int    // that Nodes can run
	LimitedBy  string // what ends first, as in Capacity
	// PodsLimitedBy is LimitCluster where AKS runs fewer pods than Nodes have room for, else empty.
	PodsLimitedBy string
}

// Fit is the most nodes for which an upgrade still finds its surge nodes.
func (r Room) Fit() Fit {
	most := r.most()
	n := r.MaxSurge.Within(most.nodes)
	f := Fit{Nodes: n, SurgeNodes: r.MaxSurge.Of(n), Pods: n * r.MaxPods, LimitedBy: most.by}
	if pods := r.Model.MaxPods(r.Mode); pods > 0 && pods < f.Pods {
		f.Pods, f.PodsLimitedBy = pods, LimitCluster
	}
	return f
}

// LargestSurge is how many surge nodes fit beside so many nodes. It reports false when not even the
// nodes fit. More surge nodes than nodes are of no use, so it is never more.
func (r Room) LargestSurge(nodes int) (int, bool) {
	spare := r.most().nodes - nodes
	return min(spare, nodes), spare >= 0
}

// LargestMaxPods is the largest maxPods with which so many nodes and their surge fit. It reports
// false when none does that AKS accepts.
func (r Room) LargestMaxPods(nodes int) (int, bool) {
	for r.MaxPods = aks.MaxMaxPods; r.MaxPods >= aks.MinMaxPods; r.MaxPods-- {
		if nodes+r.MaxSurge.Of(nodes) <= r.most().nodes {
			return r.MaxPods, true
		}
	}
	return 0, false
}

// most is the bound on nodes and surge nodes together.
func (r Room) most() limit {
	facts := r.Model.Facts()
	limits := []limit{{facts.MaxNodes, LimitCluster}}
	if facts.OwnRouteTable {
		limits = append(limits, limit{aks.RoutesPerTable, LimitRouteTable})
	}
	if r.NodeSubnet.IsValid() {
		limits = append(limits, limit{(usableIn(r.NodeSubnet) - r.Others) / r.nodeCost(), LimitNodeSubnet})
	}
	if r.Model == aks.PodSubnet && r.PodSubnet.IsValid() {
		limits = append(limits, limit{r.podSubnetNodes(), LimitPodSubnet})
	}
	if facts.NeedsPodCIDR && r.PodCIDR.IsValid() {
		limits = append(limits, limit{blocksIn(r.PodCIDR, aks.PodBlockBits), LimitPodCIDR})
	}
	least := limits[0]
	for _, l := range limits[1:] {
		if l.nodes < least.nodes {
			least = l
		}
	}
	least.nodes = max(0, least.nodes)
	return least
}

func (r Room) nodeCost() int {
	if r.Model == aks.NodeSubnet {
		return 1 + r.MaxPods
	}
	return 1
}

func (r Room) podSubnetNodes() int {
	if r.Mode == aks.StaticBlock {
		// The first and the last block hold addresses that Azure keeps.
		return (blocksIn(r.PodSubnet, aks.StaticBlockBits) - 2) / StaticBlocks(r.MaxPods)
	}
	return usableIn(r.PodSubnet) / DynamicAddresses(r.MaxPods)
}

// usableIn is what Azure leaves of a subnet; nothing of one that it would not make.
func usableIn(p netip.Prefix) int {
	if p.Bits() > aks.SmallestSubnetBits || p.Bits() < aks.LargestSubnetBits {
		return 0
	}
	return size(p.Bits()) - aks.ReservedPerSubnet
}

// blocksIn is how many aligned blocks of a length p holds.
func blocksIn(p netip.Prefix, bits int) int {
	if p.Bits() > bits {
		return 0
	}
	return 1 << (bits - p.Bits())
}
