package validate

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var noSystemPool = &Rule{
	ID:          "POOL001",
	Title:       "cluster without a system pool",
	Severity:    Error,
	Explanation: "A cluster needs at least one node pool of mode System, which runs AKS's own pods.",
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
		if system || len(c.NodePools) == 0 || c.Spec.HostsSystemPool() {
			continue
		}
		f := p.Report(Finding{
			Path:    c.Path + ".nodePools",
			atKey:   true,
			Message: fmt.Sprintf("cluster %q has no pool of mode System", c.Name),
		})
		if linux != nil {
			f.Edit = setAt(linux.Path+".mode", aks.System)
		}
	}
}

var systemWindows = &Rule{
	ID:          "POOL002",
	Title:       "Windows system pool",
	Severity:    Error,
	Explanation: "System pools run Linux. A Windows pool has mode User, and it cannot be the only pool of its cluster.",
	Source:      aks.PageSystemPools,
	Fix:         "set mode: User on the pool, or set osType: Linux",
	Since:       "v0.1.0",
	Check:       checkSystemWindows,
}

func checkSystemWindows(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.System && pool.OSType == aks.Windows {
			f := p.Reportf(nearest(p, pool.Path+".mode", pool.Path+".osType"),
				"Windows pool %q has mode System, which requires Linux", pool.Name)
			if hasLinuxSystem(c) {
				f.Edit = setAt(pool.Path+".mode", aks.User)
			} else {
				f.Advice = "set mode: User on this pool, and add a Linux pool with mode: System"
			}
		}
	})
}

// hasLinuxSystem reports whether a cluster has a Linux system pool.
func hasLinuxSystem(c *plan.Cluster) bool {
	return slices.ContainsFunc(c.NodePools,
		func(pool *plan.NodePool) bool { return pool.Mode == aks.System && pool.OSType == aks.Linux })
}

var systemEmpty = &Rule{
	ID:          "POOL003",
	Title:       "system pool may be empty",
	Severity:    Error,
	Explanation: "A system pool has at least one node, even at its autoscaler minimum. User pools may be empty.",
	Source:      aks.PageSystemPools,
	Fix: english.Text("set minCount or count to at least %v, preferably %v",
		aks.MinNodesSystem, aks.AdvisedNodesSystem),
	Since: "v0.1.0",
	Check: checkSystemEmpty,
}

func checkSystemEmpty(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode != aks.System {
			return
		}
		switch {
		case pool.Spec.Autoscaled() && pool.Spec.MinCount < aks.MinNodesSystem:
			p.Report(Finding{
				Path: nearest(p, pool.Path+".minCount", pool.Path+".maxCount"),
				Message: fmt.Sprintf("system pool %q can scale down to %s; AKS requires at least %d",
					pool.Name, english.Count(pool.Spec.MinCount, "node"), aks.MinNodesSystem),
				Edit: setAt(pool.Path+".minCount", aks.MinNodesSystem),
			})
		case !pool.Spec.Autoscaled() && pool.Spec.Count < aks.MinNodesSystem:
			p.Report(Finding{
				Path: pool.Path + ".count",
				Message: fmt.Sprintf("system pool %q has %s; AKS requires at least %d",
					pool.Name, english.Count(pool.Spec.Count, "node"), aks.MinNodesSystem),
				Edit: set(aks.MinNodesSystem),
			})
		}
	})
}

var systemSingle = &Rule{
	ID:       "POOL004",
	Title:    "system pool with a single node",
	Severity: Note,
	Explanation: "The API accepts a system pool with one node. Other pages recommend two nodes, or three for " +
		"production, so that cluster DNS survives the loss of a node.",
	Source: aks.PageSystemPools,
	Fix:    english.Text("set count or minCount to at least %v", aks.AdvisedNodesSystem),
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
			p.Report(Finding{
				Path: pool.Path + key,
				Message: fmt.Sprintf("system pool %q has 1 node; at least %d are recommended",
					pool.Name, aks.AdvisedNodesSystem),
				Edit: set(aks.AdvisedNodesSystem),
			})
		}
	})
}

var gatewayScales = &Rule{
	ID:       "POOL020",
	Title:    "gateway pool with an autoscaler",
	Severity: Error,
	Explanation: "A pool of mode Gateway has a fixed number of nodes, because each node takes an address from the " +
		"gateway's public IP prefix.",
	Source: aks.PageStaticEgress,
	Fix:    "remove minCount and maxCount, and set count",
	Since:  "v0.1.0",
	Check:  checkGatewayScales,
}

func checkGatewayScales(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.Gateway && pool.Spec.Autoscaled() {
			f := p.Reportf(pool.Path+".maxCount",
				"gateway pool %q has an autoscaler, which the static egress gateway does not support", pool.Name)
			if pool.Spec.MinCount > 0 {
				f.Advice = "remove minCount and maxCount, and set count"
			} else {
				f.Edit = Edit{Remove: true}
			}
		}
	})
}

var gatewayWindows = &Rule{
	ID:          "POOL021",
	Title:       "Windows gateway pool",
	Severity:    Error,
	Explanation: "A pool of mode Gateway runs Linux. The static egress gateway does not support Windows.",
	Source:      aks.PageStaticEgress,
	Fix:         "set osType: Linux",
	Since:       "v0.1.0",
	Check:       checkGatewayWindows,
}

func checkGatewayWindows(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.Gateway && pool.OSType == aks.Windows {
			p.Report(Finding{
				Path: pool.Path + ".osType",
				Message: fmt.Sprintf("gateway pool %q runs Windows, which the static egress gateway does not support",
					pool.Name),
				Edit: set(aks.Linux),
			})
		}
	})
}

var gatewayNodes = &Rule{
	ID:       "POOL022",
	Title:    "more gateway nodes than public addresses",
	Severity: Error,
	Explanation: "Every node of a gateway pool takes an address from the pool's public IP prefix. A /28 supports 16 " +
		"nodes, a /29 8, a /30 4 and a /31 2.",
	Source: aks.PageStaticEgress,
	Fix:    "use a larger public IP prefix, or lower count",
	Since:  "v0.1.0",
	Check:  checkGatewayNodes,
}

func checkGatewayNodes(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode != aks.Gateway || pool.GatewayNodes == 0 || pool.Spec.MaxNodes() <= pool.GatewayNodes {
			return
		}
		p.Report(Finding{
			Path: pool.Path + "." + sizeKey(pool),
			Message: fmt.Sprintf("gateway pool %q has %d nodes; a /%d has addresses for %d",
				pool.Name, pool.Spec.MaxNodes(), pool.Spec.GatewayProfile.PublicIPPrefixSize, pool.GatewayNodes),
			Edit: set(pool.GatewayNodes),
		})
	})
}
