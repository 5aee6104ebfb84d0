package validate

import (
	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var minAboveMax = &Rule{
	ID:          "POOL005",
	Title:       "autoscaler minimum above its maximum",
	Severity:    Error,
	Explanation: "The autoscaler keeps a pool between minCount and maxCount; Azure refuses a minimum above the maximum.",
	Source:      aks.PageNodePools,
	Fix:         "lower minCount, or raise maxCount",
	Since:       "v0.1.0",
	Check:       checkMinAboveMax,
}

func checkMinAboveMax(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if s := pool.Spec; s.Autoscaled() && s.MinCount > s.MaxCount {
			p.Report(pool.Path+".minCount", "minCount of pool %q is %d, its maxCount is %d", pool.Name, s.MinCount, s.MaxCount).Put(s.MaxCount)
		}
	})
}

var minWithoutMax = &Rule{
	ID:          "POOL006",
	Title:       "autoscaler minimum without a maximum",
	Severity:    Error,
	Explanation: "minCount is the autoscaler's, which works only with maxCount; alone it would be ignored.",
	Source:      aks.PageNodePools,
	Fix:         "set maxCount too, or use count",
	Since:       "v0.1.0",
	Check:       checkMinWithoutMax,
}

func checkMinWithoutMax(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if path := pool.Path + ".minCount"; !pool.Spec.Autoscaled() && pool.Spec.MinCount > 0 {
			p.Report(path, "pool %q has minCount %d and no maxCount", pool.Name, pool.Spec.MinCount).
				PutAt(pool.Path+".maxCount", max(1, pool.Spec.MinCount, pool.Spec.Count))
		}
	})
}

var countOutside = &Rule{
	ID:          "POOL007",
	Title:       "count outside the autoscaler's bounds",
	Severity:    Error,
	Explanation: "With an autoscaler count is the number of nodes at creation; Azure wants it between minCount and maxCount.",
	Source:      aks.PageNodePools,
	Fix:         "use a count between minCount and maxCount",
	Since:       "v0.1.0",
	Check:       checkCountOutside,
}

func checkCountOutside(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		s, path := pool.Spec, pool.Path+".count"
		if !s.Autoscaled() || s.MinCount > s.MaxCount || s.MinCount <= s.Count && s.Count <= s.MaxCount || !p.Spec.Has(path) {
			return
		}
		p.Report(path, "pool %q is created with %s, its autoscaler keeps it between %d and %d", pool.Name, plural(s.Count, "node"), s.MinCount, s.MaxCount).
			Put(min(max(s.Count, s.MinCount), s.MaxCount)).When(Create)
	})
}

var poolNodes = &Rule{
	ID:          "POOL008",
	Title:       "more nodes than a pool can have",
	Severity:    Error,
	Explanation: "A pool is a scale set of at most 1,000 machines. Growth counts, since the plan leaves room for it.",
	Source:      aks.PageNodePools,
	Fix:         "split the pool",
	Since:       "v0.1.0",
	Check:       checkPoolNodes,
}

func checkPoolNodes(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Nodes <= aks.MaxNodesPerPool {
			return
		}
		f := p.Report(pool.Path+"."+sizeKey(pool), "pool %q can have %d nodes, a pool has at most %d", pool.Name, pool.Nodes, aks.MaxNodesPerPool).When(Steady)
		if pool.Nodes == pool.Spec.MaxNodes() {
			f.Put(pool.Spec.MaxSurge.Within(aks.MaxNodesPerPool))
		}
	})
}

var poolUpgrade = &Rule{
	ID:          "POOL009",
	Title:       "pool without room for its surge nodes",
	Severity:    Error,
	Explanation: "Surge nodes are machines of the same scale set: when the pool's nodes and its surge exceed 1,000, an upgrade is refused before it starts.",
	Source:      aks.PageRollingUpgrades,
	Fix:         "lower maxSurge or the pool's size",
	Since:       "v0.1.0",
	Check:       checkPoolUpgrade,
}

func checkPoolUpgrade(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		n := pool.Nodes + pool.SurgeNodes
		if pool.Nodes > aks.MaxNodesPerPool || n <= aks.MaxNodesPerPool {
			return
		}
		f := p.Report(nearest(p, pool.Path+".maxSurge", pool.Path+"."+sizeKey(pool)), "pool %q can have %d nodes and surges %d more, a pool has at most %d",
			pool.Name, pool.Nodes, pool.SurgeNodes, aks.MaxNodesPerPool).When(Upgrade)
		if spare := aks.MaxNodesPerPool - pool.Nodes; spare > 0 {
			f.PutAt(pool.Path+".maxSurge", spare)
		}
	})
}

var maxPodsRange = &Rule{
	ID:       "POOL010",
	Title:    "maxPods outside of what AKS takes",
	Severity: Error,
	Explanation: "maxPods is between 10 and 250 for every model. It cannot be changed later: a new value needs a new pool. " +
		"A sample of the Windows page shows 3, against its own documentation.",
	Source: aks.PagePlanning,
	Fix:    "use 10 to 250",
	Since:  "v0.1.0",
	Check:  checkMaxPodsRange,
}

func checkMaxPodsRange(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if n := pool.MaxPods; n < aks.MinMaxPods || n > aks.MaxMaxPods {
			p.Report(pool.Path+".maxPods", "maxPods of pool %q is %d, AKS takes %d to %d", pool.Name, n, aks.MinMaxPods, aks.MaxMaxPods).
				Put(min(max(n, aks.MinMaxPods), aks.MaxMaxPods)).Azure(aks.CodeInvalidParameter, "The value of parameter maxPods is invalid.")
		}
	})
}

var maxPodsTotal = &Rule{
	ID:       "POOL011",
	Title:    "pool that cannot run thirty pods",
	Severity: Error,
	Explanation: "The nodes of a pool must be able to run 30 pods together: maxPods 10 needs three nodes. Azure counts the nodes at creation. " +
		"The code is well known but in no page that was read.",
	Source: aks.PagePlanning,
	Fix:    "raise maxPods or the count",
	Since:  "v0.1.0",
	Check:  checkMaxPodsTotal,
}

func checkMaxPodsTotal(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		n := pool.CreateNodes
		if n == 0 || pool.MaxPods < aks.MinMaxPods || n >= plan.FewestNodes(pool.MaxPods) {
			return
		}
		p.Report(nearest(p, pool.Path+".maxPods", pool.Path+".count", pool.Path), "pool %q can run %d pods on its %s, AKS wants %d at least",
			pool.Name, n*pool.MaxPods, plural(n, "node"), aks.MinPodsTotal).
			PutAt(pool.Path+".maxPods", plan.LeastMaxPods(n)).When(Create).
			Azure(aks.CodeInsufficientAgentPoolMaxPodsPerAgentPool, "").Counts(aks.MinPodsTotal, n*pool.MaxPods)
	})
}

var maxPodsNIC = &Rule{
	ID:          "POOL012",
	Title:       "more pods than a node's interface has addresses",
	Severity:    Error,
	Explanation: "Under node-subnet every pod takes an address on its node's network interface, which holds 256 with the node's own.",
	Source:      aks.PageAzureLimits,
	Fix:         "use 250 at most",
	Since:       "v0.1.0",
	Check:       checkMaxPodsNIC,
}

func checkMaxPodsNIC(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if n := pool.Cost().NodeSubnet(); n > aks.AddressesPerNIC {
			p.Report(pool.Path+".maxPods", "a node of pool %q takes %d addresses, its interface holds %d", pool.Name, n, aks.AddressesPerNIC).Put(aks.MaxMaxPods)
		}
	})
}

var maxPodsWindows = &Rule{
	ID:          "POOL013",
	Title:       "many pods on a Windows node under overlay",
	Severity:    Warning,
	Explanation: "For Windows nodes under overlay at most 110 pods are advised; Azure does not enforce it.",
	Source:      aks.PageOverlay,
	Fix:         "110",
	Since:       "v0.1.0",
	Check:       checkMaxPodsWindows,
}

func checkMaxPodsWindows(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if c.Model == aks.Overlay && pool.OSType == aks.Windows && pool.MaxPods > aks.MaxPodsWindowsOverlay {
			p.Report(nearest(p, pool.Path+".maxPods", pool.Path+".name"), "pool %q is Windows and has maxPods %d, %d are advised under overlay",
				pool.Name, pool.MaxPods, aks.MaxPodsWindowsOverlay).PutAt(pool.Path+".maxPods", aks.MaxPodsWindowsOverlay)
		}
	})
}

var maxPodsBlocks = &Rule{
	ID:          "POOL014",
	Title:       "maxPods that wastes a block",
	Severity:    Note,
	Explanation: "A node takes whole blocks of 16 addresses, one of which is its own: 15, 31, 47 … pods use them in full, one pod more takes a further block.",
	Source:      aks.PageStaticBlocks,
	Fix:         "use a multiple of 16 less 1",
	Since:       "v0.1.0",
	Check:       checkMaxPodsBlocks,
}

func checkMaxPodsBlocks(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		blocks := pool.Cost().Blocks
		if blocks == 0 || pool.MaxPods > aks.MaxMaxPods {
			return
		}
		full := blocks*aks.StaticBlockAddresses - 1
		if wasted := full - pool.MaxPods; wasted >= aks.StaticBlockAddresses/2 && full-aks.StaticBlockAddresses >= aks.MinMaxPods {
			p.Report(nearest(p, pool.Path+".maxPods", pool.Path+".name"), "a node of pool %q takes %d blocks of %d addresses for %d pods and leaves %d unused",
				pool.Name, blocks, aks.StaticBlockAddresses, pool.MaxPods, wasted).PutAt(pool.Path+".maxPods", min(full, full-aks.StaticBlockAddresses))
		}
	})
}

var maxPodsSmall = &Rule{
	ID:       "POOL015",
	Title:    "few pods on a node",
	Severity: Note,
	Explanation: "About a dozen of AKS's own pods run on every node, and maxPods can never be raised on a pool. Policy scanners ask for 50. " +
		"It is said where the spec writes maxPods below that, for models whose pods take no addresses of the network.",
	Source: aks.PagePlanning,
	Fix:    "use 50 or more",
	Since:  "v0.1.0",
	Check:  checkMaxPodsSmall,
}

// advisedMaxPods is the least maxPods that public policy scanners accept.
// https://github.com/bridgecrewio/checkov, AKSMaxPodsMinimum (read 2026-11-22)
const advisedMaxPods = 50

func checkMaxPodsSmall(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		path := pool.Path + ".maxPods"
		if n := pool.MaxPods; n >= aks.MinMaxPods && n < advisedMaxPods && !podsInNetwork(c.Model) && p.Spec.Has(path) {
			p.Report(path, "maxPods of pool %q is %d and cannot be raised later, %d or more are advised", pool.Name, n, advisedMaxPods).Put(advisedMaxPods)
		}
	})
}
