package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

var surgeZero = &Rule{
	ID:          "POOL016",
	Title:       "upgrade with neither surge nor unavailable nodes",
	Severity:    Error,
	Explanation: "maxSurge 0 is valid only with maxUnavailable above 0. The default of maxUnavailable is 0.",
	Source:      aks.PageRollingUpgrades,
	Fix:         english.Text("set maxSurge: %v%%, or set maxUnavailable", aks.RecommendedSurgePercent),
	Since:       "v0.1.0",
	Check:       checkSurgeZero,
}

func checkSurgeZero(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Spec.MaxSurge.N == 0 && pool.Spec.MaxUnavailable.N == 0 && p.Spec.Has(pool.Path+".maxSurge") {
			p.Report(Finding{
				Path: pool.Path + ".maxSurge",
				Message: fmt.Sprintf("pool %q has maxSurge %s and no maxUnavailable, so no upgrade can start",
					pool.Name, pool.Spec.MaxSurge),
				Advice: p.rule.Fix,
				Edit:   set("33%"),
				Moment: Upgrade,
			})
		}
	})
}

var systemUnavailable = &Rule{
	ID:          "POOL017",
	Title:       "system pool upgrades without surge",
	Severity:    Error,
	Explanation: "System pools do not support maxUnavailable, so they cannot upgrade without surge nodes.",
	Source:      aks.PageRollingUpgrades,
	Fix:         "remove maxUnavailable, and set maxSurge",
	Since:       "v0.1.0",
	Check:       checkSystemUnavailable,
}

func checkSystemUnavailable(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if pool.Mode == aks.System && pool.Spec.MaxUnavailable.N > 0 {
			f := p.Reportf(pool.Path+".maxUnavailable",
				"system pool %q has maxUnavailable %s, which system pools do not support",
				pool.Name, pool.Spec.MaxUnavailable)
			if pool.Spec.MaxSurge.N > 0 {
				f.Edit = Edit{Remove: true}
			} else {
				f.Advice = "remove maxUnavailable, and set maxSurge to 33%"
			}
		}
	})
}

var surgeAdvised = &Rule{
	ID:       "POOL018",
	Title:    "small surge",
	Severity: Note,
	Explanation: english.Text(
		"For production, Microsoft recommends a surge of %v%%, or 10%% to 20%% above 500 nodes. The "+
			"default is %v%%, rounded up (pages that give one node are older). The rule reports a smaller surge "+
			"only if "+
			"the spec sets it.",
		aks.RecommendedSurgePercent,
		aks.DefaultSurgePercent,
	),
	Source: aks.PageRollingUpgrades,
	Fix:    english.Text("set maxSurge: %v%%", aks.RecommendedSurgePercent),
	Since:  "v0.1.0",
	Check:  checkSurgeAdvised,
}

// largePool is the number of nodes above which a smaller surge is recommended.
// [aks.PageLargeClusters] (read 2026-11-22)
const largePool = 500

func checkSurgeAdvised(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		path := pool.Path + ".maxSurge"
		if !p.Spec.Has(path) || pool.Spec.MaxSurge.N == 0 || pool.Nodes > largePool || pool.Nodes < 2 {
			return
		}
		advised := spec.Amount{N: aks.RecommendedSurgePercent, Percent: true}
		if pool.SurgeNodes < advised.Of(pool.Nodes) {
			p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("maxSurge %s gives pool %q %s for an upgrade of %d nodes; %s would give %d",
					pool.Spec.MaxSurge, pool.Name, english.Count(pool.SurgeNodes, "node"), pool.Nodes,
					advised, advised.Of(pool.Nodes)),
				Edit:   set(advised),
				Moment: Upgrade,
			})
		}
	})
}

var surgeLarge = &Rule{
	ID:       "POOL019",
	Title:    "large surge in a large pool",
	Severity: Note,
	Explanation: "Above 500 nodes, Microsoft recommends a surge of 10% to 20%. A larger surge strains the control " +
		"plane and needs many addresses at once.",
	Source: aks.PageLargeClusters,
	Fix:    "set maxSurge: 20%",
	Since:  "v0.1.0",
	Check:  checkSurgeLarge,
}

func checkSurgeLarge(p *Pass) {
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		const advised = 20
		most := spec.Amount{N: advised, Percent: true}
		if pool.Nodes > largePool && pool.Nodes <= aks.MaxNodesPerPool && pool.SurgeNodes > most.Of(pool.Nodes) {
			p.Report(Finding{
				Path: pool.Path + ".maxSurge",
				Message: fmt.Sprintf("pool %q has %d nodes and %d surge nodes; at most %s (%d) are recommended",
					pool.Name, pool.Nodes, pool.SurgeNodes, most, most.Of(pool.Nodes)),
				Edit:   set(most),
				Moment: Upgrade,
			})
		}
	})
}

var surgeAboveAll = &Rule{
	ID:       "POOL041",
	Title:    "surge above 100%",
	Severity: Note,
	Explanation: "AKS surges at most as many nodes as there are to upgrade, so a percentage above 100% means 100%. The " +
		"plan counts that many.",
	Source: aks.PageRollingUpgrades,
	Fix:    "set maxSurge: 100%, or less",
	Since:  "v0.1.0",
	Check:  checkSurgeAboveAll,
}

func checkSurgeAboveAll(p *Pass) {
	whole := spec.Amount{N: 100, Percent: true}
	eachPool(p.Plan, func(c *plan.Cluster, pool *plan.NodePool) {
		if surge := pool.Spec.MaxSurge; surge.Percent && surge.N > whole.N {
			p.Report(Finding{
				Path: pool.Path + ".maxSurge",
				Message: fmt.Sprintf("maxSurge %s of pool %q means %s: AKS surges no more nodes than it upgrades", surge,
					pool.Name, whole),
				Edit:   set(whole),
				Moment: Upgrade,
			})
		}
	})
}
