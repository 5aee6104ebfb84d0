package validate

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var noSystemPool = &Rule{
	ID:          "POOL001",
	Title:       "cluster without a system pool",
	Severity:    Error,
	Explanation: "A cluster needs at least one node pool of mode System, which carries AKS's own pods.",
	Source:      aks.PageSystemPools,
	Fix:         "set mode: System on a Linux pool",
	Since:       "v0.1.0",
	Check:       checkNoSystemPool,
}

func checkNoSystemPool(p *Pass) {
	for _, c := range p.Plan.Clusters {
		var linux *plan.NodePool
		system := false
		for _, pool := range c.NodePools {
			system = system || pool.Mode == aks.System
			if linux == nil && pool.OSType == aks.Linux && pool.Mode != aks.Gateway {
				linux = pool
			}
		}
		if system || len(c.NodePools) == 0 {
			continue
		}
		f := p.ReportKey(c.Path+".nodePools", "cluster %q has no pool of mode System", c.Name)
		if linux != nil {
			f.PutAt(linux.Path+".mode", aks.System)
		}
	}
}

var systemWindows = &Rule{
	ID:          "POOL002",
	Title:       "Windows system pool",
	Severity:    Error,
	Explanation: "System pools run Linux: a Windows pool has mode User, and it cannot be the only one of its cluster.",
	Source:      aks.PageSystemPools,
	Fix:         "User",
	Since:       "v0.1.0",
	Check:       checkSystemWindows,
}

func checkSystemWindows(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.System && pool.OSType == aks.Windows {
			f := p.Report(nearest(p, pool.Path+".mode", pool.Path+".osType"), "pool %q is Windows and has mode System", pool.Name)
			if hasLinuxSystem(c) {
				f.PutAt(pool.Path+".mode", aks.User)
			} else {
				f.Advise("give it mode User, and have a Linux pool of mode System")
			}
		}
	})
}

func hasLinuxSystem(c *plan.Cluster) bool {
	return slices.ContainsFunc(c.NodePools, func(pool *plan.NodePool) bool { return pool.Mode == aks.System && pool.OSType == aks.Linux })
}

var systemEmpty = &Rule{
	ID:          "POOL003",
	Title:       "system pool that may be empty",
	Severity:    Error,
	Explanation: "A system pool has at least one node, also as the autoscaler's minimum; user pools may be empty.",
	Source:      aks.PageSystemPools,
	Fix:         "use at least 1, better 2",
	Since:       "v0.1.0",
	Check:       checkSystemEmpty,
}

func checkSystemEmpty(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode != aks.System {
			return
		}
		switch {
		case pool.Spec.Autoscaled() && pool.Spec.MinCount < aks.MinNodesSystem:
			p.Report(nearest(p, pool.Path+".minCount", pool.Path+".maxCount"), "system pool %q may scale to %s, AKS wants %d at least",
				pool.Name, plural(pool.Spec.MinCount, "node"), aks.MinNodesSystem).PutAt(pool.Path+".minCount", aks.MinNodesSystem)
		case !pool.Spec.Autoscaled() && pool.Spec.Count < aks.MinNodesSystem:
			p.Report(pool.Path+".count", "system pool %q has %s, AKS wants %d at least", pool.Name, plural(pool.Spec.Count, "node"), aks.MinNodesSystem).
				Put(aks.MinNodesSystem)
		}
	})
}

var systemSingle = &Rule{
	ID:       "POOL004",
	Title:    "system pool of a single node",
	Severity: Note,
	Explanation: "The API takes a system pool of one node; other pages ask for two, and three for production, so that cluster DNS survives the loss " +
		"of a node.",
	Source: aks.PageSystemPools,
	Fix:    "use 2 nodes at least",
	Since:  "v0.1.0",
	Check:  checkSystemSingle,
}

func checkSystemSingle(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.System && pool.Spec.MaxNodes() == 1 {
			key := ".count"
			if pool.Spec.Autoscaled() {
				key = ".maxCount"
			}
			p.Report(pool.Path+key, "system pool %q has 1 node, %d are advised at least", pool.Name, aks.AdvisedNodesSystem).Put(aks.AdvisedNodesSystem)
		}
	})
}

var gatewayScales = &Rule{
	ID:          "POOL020",
	Title:       "gateway pool with an autoscaler",
	Severity:    Error,
	Explanation: "A pool of mode Gateway has a fixed number of nodes: each takes an address of the gateway's public prefix.",
	Source:      aks.PageStaticEgress,
	Fix:         "use count alone",
	Since:       "v0.1.0",
	Check:       checkGatewayScales,
}

func checkGatewayScales(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.Gateway && pool.Spec.Autoscaled() {
			f := p.Report(pool.Path+".maxCount", "gateway pool %q has an autoscaler, which the static egress gateway does not support", pool.Name)
			if pool.Spec.MinCount > 0 {
				f.Advise("use count in place of minCount and maxCount")
			} else {
				f.Remove()
			}
		}
	})
}

var gatewayWindows = &Rule{
	ID:          "POOL021",
	Title:       "Windows gateway pool",
	Severity:    Error,
	Explanation: "A pool of mode Gateway runs Linux: the static egress gateway does not support Windows.",
	Source:      aks.PageStaticEgress,
	Fix:         "Linux",
	Since:       "v0.1.0",
	Check:       checkGatewayWindows,
}

func checkGatewayWindows(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.Gateway && pool.OSType == aks.Windows {
			p.Report(pool.Path+".osType", "gateway pool %q is Windows", pool.Name).Put(aks.Linux)
		}
	})
}

var gatewayNodes = &Rule{
	ID:          "POOL022",
	Title:       "more gateway nodes than public addresses",
	Severity:    Error,
	Explanation: "Every node of a gateway pool takes an address of its public prefix: a /28 serves 16 nodes, /29 8, /30 4 and /31 2.",
	Source:      aks.PageStaticEgress,
	Fix:         "use a larger prefix, or fewer nodes",
	Since:       "v0.1.0",
	Check:       checkGatewayNodes,
}

func checkGatewayNodes(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode != aks.Gateway || pool.GatewayNodes == 0 || pool.Spec.MaxNodes() <= pool.GatewayNodes {
			return
		}
		p.Report(pool.Path+"."+sizeKey(pool), "gateway pool %q has %d nodes, a /%d serves %d",
			pool.Name, pool.Spec.MaxNodes(), pool.Spec.GatewayProfile.PublicIPPrefixSize, pool.GatewayNodes).Put(pool.GatewayNodes)
	})
}
