package validate

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// balancers is how many Services of type LoadBalancer a cluster will have.
func balancers(c *spec.Cluster) int {
	return c.Services.InternalLoadBalancers + c.Services.PublicLoadBalancers
}

// capabilityOf is how a feature fares under the model of a cluster.
func capabilityOf(f aks.Feature, c *plan.Cluster) aks.Capability {
	return aks.CapabilityOf(f, c.Model, c.Spec.PodIPAllocationMode)
}

// createNodes is how many nodes a cluster is created with.
func createNodes(c *plan.Cluster) int {
	n := 0
	for _, pool := range c.NodePools {
		n += pool.CreateNodes
	}
	return n
}

// usesBlocks reports whether AKS cuts the pod CIDR of a cluster into a block for every node.
func usesBlocks(c *plan.Cluster) bool {
	return c.Model.Facts().BlockBits > 0 && c.PodCIDR.IsValid()
}

func hasOS(c *plan.Cluster, os aks.OSType) bool {
	return slices.ContainsFunc(c.NodePools, func(pool *plan.NodePool) bool { return pool.OSType == os })
}

// eachPool calls a function for every pool of a plan, in its order.
func eachPool(p *plan.Plan, do func(c *plan.Cluster, pool *plan.NodePool)) {
	for _, c := range p.Clusters {
		for _, pool := range c.NodePools {
			do(c, pool)
		}
	}
}

// sizeKey is the key that sets the most nodes of a pool.
func sizeKey(pool *plan.NodePool) string {
	if pool.Spec.Autoscaled() {
		return "maxCount"
	}
	return "count"
}
