package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var minAboveMax = &Rule{
	ID:       "POOL005",
	Title:    "autoscaler minimum above its maximum",
	Severity: Error,
	Explanation: "The autoscaler keeps a pool between minCount and maxCount. Azure rejects a minimum above the " +
		"maximum.",
	Source: aks.PageNodePools,
	Fix:    "lower minCount, or raise maxCount",
	Since:  "v0.1.0",
	Check:  checkMinAboveMax,
}

func checkMinAboveMax(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if s := pool.Spec; s.Autoscaled() && s.MinCount > s.MaxCount {
			p.Report(Finding{
				Path: pool.Path + ".minCount",
				Message: fmt.Sprintf("minCount of pool %q is %d, but its maxCount is %d",
					pool.Name, s.MinCount, s.MaxCount),
				Edit: set(s.MaxCount),
			})
		}
	})
}

var minWithoutMax = &Rule{
	ID:       "POOL006",
	Title:    "autoscaler minimum without a maximum",
	Severity: Error,
	Explanation: "minCount configures the autoscaler, which also needs maxCount. Without maxCount, minCount would " +
		"have no effect.",
	Source: aks.PageNodePools,
	Fix:    "set maxCount too, or use count",
	Since:  "v0.1.0",
	Check:  checkMinWithoutMax,
}

func checkMinWithoutMax(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if path := pool.Path + ".minCount"; !pool.Spec.Autoscaled() && pool.Spec.MinCount > 0 {
			p.Report(Finding{
				Path:    path,
				Message: fmt.Sprintf("pool %q has minCount %d but no maxCount", pool.Name, pool.Spec.MinCount),
				Edit:    setAt(pool.Path+".maxCount", max(1, pool.Spec.MinCount, pool.Spec.Count)),
			})
		}
	})
}

var countOutside = &Rule{
	ID:       "POOL007",
	Title:    "count outside the autoscaler's bounds",
	Severity: Error,
	Explanation: "With an autoscaler, count is the number of nodes at creation. Azure requires a value between " +
		"minCount and maxCount.",
	Source: aks.PageNodePools,
	Fix:    "set count between minCount and maxCount",
	Since:  "v0.1.0",
	Check:  checkCountOutside,
}

func checkCountOutside(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		s, path := pool.Spec, pool.Path+".count"
		if !s.Autoscaled() || s.MinCount > s.MaxCount || s.MinCount <= s.Count && s.Count <= s.MaxCount ||
			!p.Spec.Has(path) {
			return
		}
		p.Report(Finding{
			Path: path,
			Message: fmt.Sprintf("pool %q is created with %s, but its autoscaler keeps it between %d and %d",
				pool.Name, english.Count(s.Count, "node"), s.MinCount, s.MaxCount),
			Edit:   set(min(max(s.Count, s.MinCount), s.MaxCount)),
			Moment: Create,
		})
	})
}

var poolNodes = &Rule{
	ID:       "POOL008",
	Title:    "too many nodes in the pool",
	Severity: Error,
	Explanation: english.Text("A pool is a scale set of at most %v machines. Growth counts, because the plan reserves "+
		"addresses for it.", aks.MaxNodesPerPool),
	Source: aks.PageNodePools,
	Fix:    "split the pool",
	Since:  "v0.1.0",
	Check:  checkPoolNodes,
}

func checkPoolNodes(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Nodes <= aks.MaxNodesPerPool {
			return
		}
		f := p.Report(Finding{
			Path: pool.Path + "." + sizeKey(pool),
			Message: fmt.Sprintf("pool %q can reach %d nodes; a pool can have at most %d",
				pool.Name, pool.Nodes, aks.MaxNodesPerPool),
			Moment: Steady,
		})
		if pool.Nodes == pool.Spec.MaxNodes() {
			f.Edit = set(pool.Spec.MaxSurge.Within(aks.MaxNodesPerPool))
		}
	})
}

var poolUpgrade = &Rule{
	ID:       "POOL009",
	Title:    "no room for the pool's surge nodes",
	Severity: Error,
	Explanation: english.Text(
		"Surge nodes are machines of the same scale set. If the pool's nodes and its surge nodes "+
			"exceed %v, Azure rejects an upgrade before it starts.",
		aks.MaxNodesPerPool,
	),
	Source: aks.PageRollingUpgrades,
	Fix:    "lower maxSurge or the pool's size",
	Since:  "v0.1.0",
	Check:  checkPoolUpgrade,
}

func checkPoolUpgrade(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		n := pool.Nodes + pool.SurgeNodes
		if pool.Nodes > aks.MaxNodesPerPool || n <= aks.MaxNodesPerPool {
			return
		}
		f := p.Report(Finding{
			Path: nearest(p, pool.Path+".maxSurge", pool.Path+"."+sizeKey(pool)),
			Message: fmt.Sprintf("pool %q can reach %d nodes and %d surge nodes; a pool can have at most %d",
				pool.Name, pool.Nodes, pool.SurgeNodes, aks.MaxNodesPerPool),
			Moment: Upgrade,
		})
		if spare := aks.MaxNodesPerPool - pool.Nodes; spare > 0 {
			f.Edit = setAt(pool.Path+".maxSurge", spare)
		}
	})
}

var maxPodsRange = &Rule{
	ID:       "POOL010",
	Title:    "maxPods out of range",
	Severity: Error,
	Explanation: english.Text(
		"maxPods is between %v and %v for every model. It cannot be changed later: a new value needs "+
			"a new pool. An example on the Windows page uses 3, which contradicts the page's own text.",
		aks.MinMaxPods,
		aks.MaxMaxPods,
	),
	Source: aks.PagePlanning,
	Fix:    "set maxPods to a number within the range in the message",
	Since:  "v0.1.0",
	Check:  checkMaxPodsRange,
}

func checkMaxPodsRange(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if n := pool.MaxPods; n < aks.MinMaxPods || n > aks.MaxMaxPods {
			p.Report(Finding{
				Path: pool.Path + ".maxPods",
				Message: fmt.Sprintf("maxPods of pool %q is %d; AKS allows %d to %d",
					pool.Name, n, aks.MinMaxPods, aks.MaxMaxPods),
				Edit: set(min(max(n, aks.MinMaxPods), aks.MaxMaxPods)),
				AzureError: &AzureError{Code: aks.CodeInvalidParameter,
					Message: "The value of parameter maxPods is invalid."},
			})
		}
	})
}

var maxPodsTotal = &Rule{
	ID:       "POOL011",
	Title:    "pool cannot run the minimum number of pods",
	Severity: Error,
	Explanation: english.Text(
		"The nodes of a pool must be able to run %v pods in total: maxPods %v needs three nodes. "+
			"Azure counts the nodes at creation. The error code is well known, but none of the pages consulted "+
			"documents "+
			"it.",
		aks.MinPodsTotal,
		aks.MinMaxPods,
	),
	Source: aks.PagePlanning,
	Fix:    "raise maxPods or count",
	Since:  "v0.1.0",
	Check:  checkMaxPodsTotal,
}

func checkMaxPodsTotal(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		n := pool.CreateNodes
		if n == 0 || pool.MaxPods < aks.MinMaxPods || n >= plan.FewestNodes(pool.MaxPods) {
			return
		}
		p.Report(Finding{
			Path: nearest(p, pool.Path+".maxPods", pool.Path+".count", pool.Path),
			Message: fmt.Sprintf("pool %q can run %d pods on its %s; AKS requires at least %d",
				pool.Name, n*pool.MaxPods, english.Count(n, "node"), aks.MinPodsTotal),
			Edit:   setAt(pool.Path+".maxPods", plan.LeastMaxPods(n)),
			Moment: Create,
			AzureError: &AzureError{Code: aks.CodeInsufficientAgentPoolMaxPodsPerAgentPool, Wants: aks.MinPodsTotal,
				Has: n * pool.MaxPods},
		})
	})
}

var maxPodsWindows = &Rule{
	ID:       "POOL013",
	Title:    "many pods on a Windows node with model overlay",
	Severity: Note,
	Explanation: english.Text(
		"For Windows nodes with overlay, Microsoft recommends at most %v pods. Azure does not enforce it, and maxPods "+
			"of an existing pool cannot be changed.",
		aks.MaxPodsWindowsOverlay,
	),
	Source: aks.PageOverlay,
	Fix:    "lower maxPods on the Windows pool",
	Since:  "v0.1.0",
	Check:  checkMaxPodsWindows,
}

func checkMaxPodsWindows(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if c.Model.Facts().Overlay && pool.OSType == aks.Windows && pool.MaxPods > aks.MaxPodsWindowsOverlay {
			p.Report(Finding{
				Path: nearest(p, pool.Path+".maxPods", pool.Path+".name"),
				Message: fmt.Sprintf("Windows pool %q has maxPods %d; %d are recommended with model overlay",
					pool.Name, pool.MaxPods, aks.MaxPodsWindowsOverlay),
				Edit: setAt(pool.Path+".maxPods", aks.MaxPodsWindowsOverlay),
			})
		}
	})
}

var maxPodsBlocks = &Rule{
	ID:       "POOL014",
	Title:    "maxPods wastes part of a block",
	Severity: Note,
	Explanation: english.Text(
		"A node takes whole blocks of %v addresses, one of which it uses itself. 15, 31, 47 … pods "+
			"fill the blocks exactly; one more pod takes another block.",
		aks.StaticBlockAddresses,
	),
	Source: aks.PageStaticBlocks,
	Fix:    "set maxPods to a multiple of the block size minus 1",
	Since:  "v0.1.0",
	Check:  checkMaxPodsBlocks,
}

func checkMaxPodsBlocks(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		blocks := pool.Cost().Blocks
		if blocks == 0 || pool.MaxPods > aks.MaxMaxPods {
			return
		}
		full := blocks*aks.StaticBlockAddresses - 1
		if wasted := full - pool.MaxPods; wasted >= aks.StaticBlockAddresses/2 &&
			full-aks.StaticBlockAddresses >= aks.MinMaxPods {
			p.Report(Finding{
				Path: nearest(p, pool.Path+".maxPods", pool.Path+".name"),
				Message: fmt.Sprintf("a node of pool %q uses %d blocks of %d addresses "+
					"for %d pods and leaves %d unused",
					pool.Name, blocks, aks.StaticBlockAddresses, pool.MaxPods, wasted),
				Edit: setAt(pool.Path+".maxPods", min(full, full-aks.StaticBlockAddresses)),
			})
		}
	})
}
