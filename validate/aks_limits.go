package validate

import (
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var clusterNodes = &Rule{
	ID:       "AKS080",
	Title:    "more nodes than a cluster can have",
	Severity: Error,
	Explanation: "A cluster has at most 5,000 nodes over all pools. Texts before March 2024 gave overlay 1,000; that is past. " +
		"kubenet ends at 400, see EGR022.",
	Source: aks.PageQuotas,
	Fix:    "lower maxCount or growth, or split the cluster",
	Since:  "v0.1.0",
	Check:  checkClusterNodes,
}

func checkClusterNodes(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Nodes > aks.MaxNodesPerCluster {
			p.Report(c.Path+".nodePools", "pools of cluster %q can have %d nodes together, a cluster has at most %d", c.Name, c.Nodes, aks.MaxNodesPerCluster).
				When(Steady)
		}
	}
}

var clusterUpgrade = &Rule{
	ID:          "AKS081",
	Title:       "cluster too large to be upgraded",
	Severity:    Warning,
	Explanation: "Surge nodes count against the 5,000 of a cluster. At the limit upgrades are blocked until the cluster has shrunk below 3,000 nodes.",
	Source:      aks.PageLargeClusters,
	Fix:         "leave room for the surge nodes below 5,000",
	Since:       "v0.1.0",
	Check:       checkClusterUpgrade,
}

func checkClusterUpgrade(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Nodes + c.SurgeNodes; c.Nodes <= aks.MaxNodesPerCluster && n > aks.MaxNodesPerCluster {
			p.Report(c.Path+".nodePools", "an upgrade needs %d nodes (%d and %d surge), a cluster has at most %d", n, c.Nodes, c.SurgeNodes, aks.MaxNodesPerCluster).
				When(Upgrade)
		}
	}
}

var clusterPods = &Rule{
	ID:       "AKS082",
	Title:    "more pods than the model carries",
	Severity: Warning,
	Explanation: "The pods that maxPods allows on all nodes exceed what is supported. For overlay one page says 250,000 and another 200,000: the tool " +
		"goes by 200,000. The plan counts full nodes; a cluster whose nodes stay half empty may be within the limit.",
	Source: aks.PageLargeClusters,
	Fix:    "lower maxPods, or split the cluster",
	Since:  "v0.1.0",
	Check:  checkClusterPods,
}

func checkClusterPods(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if most := c.Model.MaxPods(c.Spec.PodIPAllocationMode); most > 0 && c.Pods > most {
			p.Report(c.Path+".nodePools", "nodes of cluster %q can run %d pods, model %s carries %d", c.Name, c.Pods, c.Model, most).When(Steady)
		}
	}
}

var flatPods = &Rule{
	ID:          "AKS083",
	Title:       "many pods with addresses of the network",
	Severity:    Note,
	Explanation: "For clusters whose pods take addresses of the virtual network, 50,000 application pods are advised at most.",
	Source:      aks.PageLargeClusters,
	Fix:         "choose model overlay for more",
	Since:       "v0.1.0",
	Check:       checkFlatPods,
}

func checkFlatPods(p *Pass) {
	for _, c := range p.Plan.Clusters {
		dynamic := c.Spec.PodIPAllocationMode != aks.StaticBlock
		if c.Pods > aks.AdvisedPodsFlat && podsInNetwork(c.Model) && dynamic && c.Pods <= c.Model.MaxPods(c.Spec.PodIPAllocationMode) {
			p.Report(c.Path+".nodePools", "nodes of cluster %q can run %d pods, for model %s %d are advised at most", c.Name, c.Pods, c.Model, aks.AdvisedPodsFlat).
				When(Steady)
		}
	}
}

var poolCount = &Rule{
	ID:          "AKS084",
	Title:       "too many node pools",
	Severity:    Error,
	Explanation: "A cluster has at most 100 node pools, system pools and those of every other mode counted together.",
	Source:      aks.PageQuotas,
	Fix:         "join pools, or split the cluster",
	Since:       "v0.1.0",
	Check:       checkPoolCount,
}

func checkPoolCount(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := len(c.NodePools); n > aks.MaxNodePools {
			p.Report(c.NodePools[aks.MaxNodePools].Path, "cluster %q has %d node pools, AKS takes %d", c.Name, n, aks.MaxNodePools)
		}
	}
}

var freeTier = &Rule{
	ID:          "AKS085",
	Title:       "free tier for too large a cluster",
	Severity:    Error,
	Explanation: "A cluster of the free tier has at most 1,000 nodes; the page advises it for 10 at most.",
	Source:      aks.PageTiers,
	Fix:         "Standard",
	Since:       "v0.1.0",
	Check:       checkFreeTier,
}

func checkFreeTier(p *Pass) {
	for _, c := range p.Plan.Clusters {
		switch {
		case c.Spec.Tier != aks.TierFree:
		case c.Nodes > aks.MaxNodesFreeTier:
			p.Report(c.Path+".tier", "the free tier takes %d nodes, cluster %q can have %d", aks.MaxNodesFreeTier, c.Name, c.Nodes).Put(aks.TierStandard)
		case c.Nodes > aks.AdvisedNodesFreeTier:
			p.Report(c.Path+".tier", "the free tier is advised for %d nodes at most, cluster %q can have %d", aks.AdvisedNodesFreeTier, c.Name, c.Nodes).
				Put(aks.TierStandard).As(Note)
		}
	}
}

var balancerServices = &Rule{
	ID:          "AKS086",
	Title:       "too many LoadBalancer Services",
	Severity:    Error,
	Explanation: "A cluster with a Standard load balancer has at most 300 Services of type LoadBalancer.",
	Source:      aks.PageQuotas,
	Fix:         "put Services behind an ingress",
	Since:       "v0.1.0",
	Check:       checkBalancerServices,
}

func checkBalancerServices(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := balancers(c.Spec); n > aks.MaxLoadBalancerServices {
			f := p.Report(largerOf(c), "cluster %q wants %d LoadBalancer Services, AKS takes %d", c.Name, n, aks.MaxLoadBalancerServices)
			most := min(aks.MaxLoadBalancerServices, aks.RulesPerNIC/max(1, c.Spec.Services.Ports))
			if left := most - min(c.Spec.Services.InternalLoadBalancers, c.Spec.Services.PublicLoadBalancers); left >= 0 {
				f.Put(left)
			}
		}
	}
}

// largerOf is the path of the larger of the two counts of LoadBalancer Services.
func largerOf(c *plan.Cluster) string {
	if c.Spec.Services.InternalLoadBalancers > c.Spec.Services.PublicLoadBalancers {
		return c.Path + ".services.internalLoadBalancers"
	}
	return c.Path + ".services.publicLoadBalancers"
}

var balancerRules = &Rule{
	ID:          "AKS087",
	Title:       "more Service ports than a node's interface takes rules",
	Severity:    Error,
	Explanation: "Every port of every LoadBalancer Service is a load-balancing rule on every node's interface, which takes 300.",
	Source:      aks.PageMultipleLoadBalancers,
	Fix:         "expose fewer ports, or put Services behind an ingress",
	Since:       "v0.1.0",
	Check:       checkBalancerRules,
}

func checkBalancerRules(p *Pass) {
	for _, c := range p.Plan.Clusters {
		n := balancers(c.Spec)
		if n > aks.MaxLoadBalancerServices || n*c.Spec.Services.Ports <= aks.RulesPerNIC {
			continue
		}
		f := p.Report(c.Path+".services.ports", "%s × %s make %d rules on every node's interface, which takes %d",
			plural(n, "LoadBalancer Service"), plural(c.Spec.Services.Ports, "port"), n*c.Spec.Services.Ports, aks.RulesPerNIC)
		if most := aks.RulesPerNIC / n; most > 0 {
			f.Put(most)
		}
	}
}

var backendConfigs = &Rule{
	ID:       "AKS088",
	Title:    "Service ports × nodes exceed a frontend",
	Severity: Warning,
	Explanation: "A frontend of the load balancer takes 10,000 backend configurations: one for every port of its Service and every node. " +
		"5 ports on 2,000 nodes reach it.",
	Source: aks.PageLargeClusters,
	Fix:    "expose fewer ports on each Service",
	Since:  "v0.1.0",
	Check:  checkBackendConfigs,
}

func checkBackendConfigs(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Egress.BackendIPConfigs; n > aks.BackendIPsPerFrontend {
			p.Report(c.Path+".services.ports", "%s × %d nodes make %d backend configurations, a frontend takes %d",
				plural(c.Spec.Services.Ports, "port"), n/c.Spec.Services.Ports, n, aks.BackendIPsPerFrontend).
				Put(max(1, aks.BackendIPsPerFrontend*c.Spec.Services.Ports/n)).When(Upgrade)
		}
	}
}

var internalBalancersLarge = &Rule{
	ID:          "AKS089",
	Title:       "internal load balancers in a large cluster",
	Severity:    Note,
	Explanation: "Internal LoadBalancer Services are best created while the cluster has fewer than 750 nodes: later they may fail to be made.",
	Source:      aks.PageLargeClusters,
	Fix:         "create the internal Services before the cluster grows",
	Since:       "v0.1.0",
	Check:       checkInternalBalancersLarge,
}

func checkInternalBalancersLarge(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if c.Spec.Services.InternalLoadBalancers > 0 && c.Nodes >= aks.InternalLBBelowNodes {
			p.Report(c.Path+".services.internalLoadBalancers", "create internal load balancers below %d nodes, cluster %q can have %d",
				aks.InternalLBBelowNodes, c.Name, c.Nodes).When(Steady)
		}
	}
}

var clustersPerRegion = &Rule{
	ID:       "AKS090",
	Title:    "more clusters in a region than the quota",
	Severity: Warning,
	Explanation: "A subscription has 100 clusters in a region unless the quota was raised, and 5,000 over all regions. " +
		"quotas.clusters says what yours is.",
	Source: aks.PageQuotas,
	Fix:    "have the quota raised and write it as quotas.clusters, or use a second subscription",
	Since:  "v0.1.0",
	Check:  checkClustersPerRegion,
}

func checkClustersPerRegion(p *Pass) {
	quota := p.Spec.Quotas.Clusters
	if quota == 0 {
		quota = aks.MaxClustersPerRegion
	}
	count := map[string]int{}
	for _, c := range p.Plan.Clusters {
		count[strings.ToLower(c.Location)]++
	}
	seen := map[string]int{}
	for _, c := range p.Plan.Clusters {
		region := strings.ToLower(c.Location)
		if seen[region]++; seen[region] == quota+1 {
			p.Report(c.Path, "%s in region %q, the quota is %d", plural(count[region], "cluster"), c.Location, quota).
				PutAt("quotas.clusters", count[region])
		}
	}
}
