package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var clusterNodes = &Rule{
	ID:       "AKS080",
	Title:    "too many nodes in the cluster",
	Severity: Error,
	Explanation: english.Text("A cluster can have at most %v nodes across all pools. Documentation before March 2024 "+
		"limited overlay to 1,000 nodes, which no longer applies. The kubenet limit is %v (see EGR022).",
		aks.MaxNodesPerCluster, aks.MaxNodesKubenet),
	Source: aks.PageQuotas,
	Fix:    "lower maxCount or growth, or split the cluster",
	Since:  "v0.1.0",
	Check:  checkClusterNodes,
}

func checkClusterNodes(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Nodes > aks.MaxNodesPerCluster {
			p.Report(Finding{
				Path: c.Path + ".nodePools",
				Message: fmt.Sprintf("the pools of cluster %q can reach %d nodes; a cluster can have at most %d",
					c.Name, c.Nodes, aks.MaxNodesPerCluster),
				Moment: Steady,
			})
		}
	}
}

var clusterUpgrade = &Rule{
	ID:       "AKS081",
	Title:    "no room for surge nodes within the node limit",
	Severity: Warning,
	Explanation: english.Text("Surge nodes count toward the limit of %v nodes in a cluster. At the limit, AKS blocks "+
		"upgrades until the cluster has fewer than %v nodes.", aks.MaxNodesPerCluster, aks.UpgradeBelowNodes),
	Source: aks.PageLargeClusters,
	Fix:    "lower maxCount or maxSurge so that the surge nodes fit within the limit",
	Since:  "v0.1.0",
	Check:  checkClusterUpgrade,
}

func checkClusterUpgrade(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Nodes + c.SurgeNodes; c.Nodes <= aks.MaxNodesPerCluster && n > aks.MaxNodesPerCluster {
			p.Report(Finding{
				Path: c.Path + ".nodePools",
				Message: fmt.Sprintf("an upgrade needs %d nodes (%d and %d surge); a cluster can have at most %d",
					n, c.Nodes, c.SurgeNodes, aks.MaxNodesPerCluster),
				Moment: Upgrade,
			})
		}
	}
}

var clusterPods = &Rule{
	ID:       "AKS082",
	Title:    "too many pods for the model",
	Severity: Warning,
	Explanation: english.Text(
		"The pods that maxPods allows on all nodes exceed the supported number. For overlay, one page "+
			"gives 250,000 and another %v; aksnet uses %v. The plan assumes full nodes, so a cluster with partly "+
			"filled "+
			"nodes may stay within the limit.",
		aks.MaxPodsOverlay,
		aks.MaxPodsOverlay,
	),
	Source: aks.PageLargeClusters,
	Fix:    "lower maxPods or maxCount, or split the cluster",
	Since:  "v0.1.0",
	Check:  checkClusterPods,
}

func checkClusterPods(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if most := c.Model.MaxPods(c.Spec.PodIPAllocationMode); most > 0 && c.Pods > most {
			p.Report(Finding{
				Path: c.Path + ".nodePools",
				Message: fmt.Sprintf("the nodes of cluster %q can run %d pods; model %s supports %d",
					c.Name, c.Pods, c.Model, most),
				Moment: Steady,
			})
		}
	}
}

var flatPods = &Rule{
	ID:       "AKS083",
	Title:    "many pods with addresses from the network",
	Severity: Note,
	Explanation: english.Text(
		"For clusters whose pods take addresses from the virtual network, Microsoft recommends at "+
			"most %v application pods.",
		aks.AdvisedPodsFlat,
	),
	Source: aks.PageLargeClusters,
	Fix:    "set model: overlay if the cluster needs more pods",
	Since:  "v0.1.0",
	Check:  checkFlatPods,
}

func checkFlatPods(p *Pass) {
	for _, c := range p.Plan.Clusters {
		dynamic := c.Spec.PodIPAllocationMode != aks.StaticBlock
		if c.Pods > aks.AdvisedPodsFlat && c.Model.Facts().PodsInVNet && dynamic &&
			c.Pods <= c.Model.MaxPods(c.Spec.PodIPAllocationMode) {
			p.Report(Finding{
				Path: c.Path + ".nodePools",
				Message: fmt.Sprintf("the nodes of cluster %q can run %d pods; for model %s at most %d are recommended",
					c.Name, c.Pods, c.Model, aks.AdvisedPodsFlat),
				Moment: Steady,
			})
		}
	}
}

var poolCount = &Rule{
	ID:          "AKS084",
	Title:       "too many node pools",
	Severity:    Error,
	Explanation: english.Text("A cluster can have at most %v node pools. Pools of every mode count.", aks.MaxNodePools),
	Source:      aks.PageQuotas,
	Fix:         "merge node pools, or split the cluster",
	Since:       "v0.1.0",
	Check:       checkPoolCount,
}

func checkPoolCount(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := len(c.NodePools); n > aks.MaxNodePools {
			p.Reportf(c.NodePools[aks.MaxNodePools].Path, "cluster %q has %d node pools; AKS allows at most %d",
				c.Name, n, aks.MaxNodePools)
		}
	}
}

var freeTier = &Rule{
	ID:       "AKS085",
	Title:    "cluster too large for the free tier",
	Severity: Error,
	Also:     []Severity{Note},
	Explanation: english.Text("A free-tier cluster can have at most %v nodes; the page recommends at most %v.",
		aks.MaxNodesFreeTier, aks.AdvisedNodesFreeTier),
	Source: aks.PageTiers,
	Fix:    "set tier: Standard",
	Since:  "v0.1.0",
	Check:  checkFreeTier,
}

func checkFreeTier(p *Pass) {
	for _, c := range p.Plan.Clusters {
		switch {
		case c.Spec.Tier != aks.TierFree:
		case c.Nodes > aks.MaxNodesFreeTier:
			p.Report(Finding{
				Path: c.Path + ".tier",
				Message: fmt.Sprintf("the free tier allows %d nodes; cluster %q can reach %d",
					aks.MaxNodesFreeTier, c.Name, c.Nodes),
				Edit: set(aks.TierStandard),
			})
		case c.Nodes > aks.AdvisedNodesFreeTier:
			p.Report(Finding{
				Path: c.Path + ".tier",
				Message: fmt.Sprintf("the free tier is recommended for at most %d nodes; cluster %q can reach %d",
					aks.AdvisedNodesFreeTier, c.Name, c.Nodes),
				Edit:     set(aks.TierStandard),
				Severity: Note,
			})
		}
	}
}

var balancerServices = &Rule{
	ID:       "AKS086",
	Title:    "too many LoadBalancer Services",
	Severity: Error,
	Explanation: english.Text(
		"A cluster with a Standard load balancer can have at most %v Services of type LoadBalancer.",
		aks.MaxLoadBalancerServices,
	),
	Source: aks.PageQuotas,
	Fix:    "put Services behind an ingress, and lower internalLoadBalancers and publicLoadBalancers",
	Since:  "v0.1.0",
	Check:  checkBalancerServices,
}

func checkBalancerServices(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := balancers(c.Spec); n > aks.MaxLoadBalancerServices {
			f := p.Reportf(largerOf(c), "cluster %q needs %d LoadBalancer Services; AKS allows at most %d",
				c.Name, n, aks.MaxLoadBalancerServices)
			most := min(aks.MaxLoadBalancerServices, aks.RulesPerNIC/max(1, c.Spec.Services.Ports))
			left := most - min(c.Spec.Services.Internal(), c.Spec.Services.Public())
			if left >= 0 {
				f.Edit = set(left)
			}
		}
	}
}

// largerOf returns the path of the larger count of LoadBalancer Services, internal or public.
func largerOf(c *plan.Cluster) string {
	if c.Spec.Services.Internal() > c.Spec.Services.Public() {
		return c.Path + ".services.internalLoadBalancers"
	}
	return c.Path + ".services.publicLoadBalancers"
}

var balancerRules = &Rule{
	ID:       "AKS087",
	Title:    "too many Service ports for a node's network interface",
	Severity: Error,
	Explanation: english.Text(
		"Every port of every LoadBalancer Service adds a load-balancing rule to the network interface "+
			"of every node, which allows %v rules.",
		aks.RulesPerNIC,
	),
	Source: aks.PageMultipleLoadBalancers,
	Fix:    "expose fewer ports, or put Services behind an ingress",
	Since:  "v0.1.0",
	Check:  checkBalancerRules,
}

func checkBalancerRules(p *Pass) {
	for _, c := range p.Plan.Clusters {
		n := balancers(c.Spec)
		if n > aks.MaxLoadBalancerServices || n*c.Spec.Services.Ports <= aks.RulesPerNIC {
			continue
		}
		f := p.Reportf(c.Path+".services.ports",
			"%s × %s make %d rules on every node's network interface, which allows %d",
			english.Count(n, "LoadBalancer Service"), english.Count(c.Spec.Services.Ports, "port"),
			n*c.Spec.Services.Ports, aks.RulesPerNIC)
		if most := aks.RulesPerNIC / n; most > 0 {
			f.Edit = set(most)
		}
	}
}

var backendConfigs = &Rule{
	ID:       "AKS088",
	Title:    "too many Service ports for one frontend",
	Severity: Warning,
	Explanation: english.Text(
		"A frontend of the load balancer allows %v backend configurations: one for each port of its "+
			"Service on each node. 5 ports on %v nodes reach this limit.",
		aks.BackendIPsPerFrontend,
		aks.BackendIPsPerFrontend/5,
	),
	Source: aks.PageLargeClusters,
	Fix:    "lower services.ports, or put Services behind an ingress",
	Since:  "v0.1.0",
	Check:  checkBackendConfigs,
}

func checkBackendConfigs(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Egress.BackendIPConfigs; n > aks.BackendIPsPerFrontend {
			p.Report(Finding{
				Path: c.Path + ".services.ports",
				Message: fmt.Sprintf("%s × %d nodes make %d backend configurations; a frontend allows %d",
					english.Count(c.Spec.Services.Ports, "port"),
					n/c.Spec.Services.Ports, n, aks.BackendIPsPerFrontend),
				Edit:   set(max(1, aks.BackendIPsPerFrontend*c.Spec.Services.Ports/n)),
				Moment: Upgrade,
			})
		}
	}
}

var internalBalancersLarge = &Rule{
	ID:       "AKS089",
	Title:    "internal load balancers in a large cluster",
	Severity: Note,
	Explanation: english.Text(
		"Create internal LoadBalancer Services while the cluster has fewer than %v nodes. In larger "+
			"clusters their creation may fail.",
		aks.InternalLBBelowNodes,
	),
	Source: aks.PageLargeClusters,
	Fix:    "create the internal Services before the cluster grows",
	Since:  "v0.1.0",
	Check:  checkInternalBalancersLarge,
}

func checkInternalBalancersLarge(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.Services.Internal() > 0 && c.Nodes >= aks.InternalLBBelowNodes {
			p.Report(Finding{
				Path: c.Path + ".services.internalLoadBalancers",
				Message: fmt.Sprintf("create internal load balancers while the cluster has fewer than %d nodes; "+
					"cluster %q can reach %d",
					aks.InternalLBBelowNodes, c.Name, c.Nodes),
				Moment: Steady,
			})
		}
	}
}

var clustersPerRegion = &Rule{
	ID:       "AKS090",
	Title:    "more clusters in a region than the quota",
	Severity: Warning,
	Also:     []Severity{Note},
	Explanation: english.Text(
		"Clusters in a region are limited by a quota that depends on the region and the offer; it is no constant, and "+
			"quotas.clusters says what yours is. Without that key the rule speaks above %v, the default of older "+
			"texts, and only as a note. A subscription has at most %v clusters in all regions.",
		aks.MaxClustersPerRegion,
		aks.MaxClusters,
	),
	Source: aks.PageQuotas,
	Fix:    "raise the quota, or use a second subscription or region",
	Since:  "v0.1.0",
	Check:  checkClustersPerRegion,
}

func checkClustersPerRegion(p *Pass) {
	quota, known := p.Spec.Quotas.Clusters, p.Spec.Quotas.Clusters > 0
	if !known {
		quota = aks.MaxClustersPerRegion
	}
	count := map[string]int{}
	for _, c := range p.Plan.Clusters {
		count[strings.ToLower(c.Location)]++
	}
	seen := map[string]int{}
	for _, c := range p.Plan.Clusters {
		region := strings.ToLower(c.Location)
		if seen[region]++; seen[region] != quota+1 {
			continue
		}
		n := count[region]
		if !known {
			p.Report(Finding{
				Path:     c.Path,
				Severity: Note,
				Message: fmt.Sprintf("%s in region %q; the quota by region and offer may be lower",
					english.Count(n, "cluster"), c.Location),
				Advice: fmt.Sprintf("check the quota of the region, and raise it to %d before the clusters are created", n),
			})
			continue
		}
		p.Report(Finding{
			Path:    c.Path,
			Message: fmt.Sprintf("%s in region %q; the quota is %d", english.Count(n, "cluster"), c.Location, quota),
			Advice:  fmt.Sprintf("raise the quota of the region to %d, then set quotas.clusters to it", n),
			AzureError: &AzureError{
				Code: aks.CodeManagedClusterCountExceedsQuotaLimit, Wants: n, Has: quota,
			},
		})
	}
}
