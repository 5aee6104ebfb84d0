package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// balancers returns the number of Services of type LoadBalancer of a cluster.
func balancers(c *spec.Cluster) int {
	return c.Services.Balancers()
}

// capabilityOf returns how the model of a cluster supports a feature.
func capabilityOf(f aks.Feature, c *plan.Cluster) aks.Capability {
	return aks.CapabilityOf(f, c.Model, c.Spec.PodIPAllocationMode)
}

// createNodes returns the number of nodes that a cluster has when it is created.
func createNodes(c *plan.Cluster) int {
	n := 0
	for _, pool := range c.Pools() {
		n += pool.CreateNodes
	}
	return n
}

// usesBlocks reports whether AKS divides the pod CIDR of a cluster into one block for each node.
func usesBlocks(c *plan.Cluster) bool {
	return c.Model.Facts().BlockBits > 0 && c.PodCIDR.IsValid()
}

// autoProvisioned returns the clusters with node auto-provisioning that could do without: AKS Automatic has rules of
// its own.
func autoProvisioned(p *plan.Plan) (out []*plan.Cluster) {
	for _, c := range p.Clusters {
		if c.Spec.AutoProvisioned() && c.Spec.SKU != aks.SKUAutomatic {
			out = append(out, c)
		}
	}
	return out
}

// eachPool calls do for every node pool of a plan, in order.
func eachPool(p *plan.Plan, do func(c *plan.Cluster, pool *plan.NodePool)) {
	for _, c := range p.Clusters {
		for _, pool := range c.NodePools {
			do(c, pool)
		}
	}
}

// closedEgress reports whether the nodes of a cluster have no way to the Internet: network isolated clusters.
func closedEgress(c *plan.Cluster) bool {
	return c.OutboundType == aks.OutboundNone || c.OutboundType == aks.OutboundBlock
}

// versionOf returns the Kubernetes version of the nodes of a pool; empty when the spec does not say.
func versionOf(c *plan.Cluster, pool *plan.NodePool) spec.Version {
	if v := pool.Spec.OrchestratorVersion; v != "" {
		return v
	}
	return c.Spec.KubernetesVersion
}

// sizeKey returns the key that sets the maximum number of nodes of a pool.
func sizeKey(pool *plan.NodePool) string {
	if pool.Spec.Autoscaled() {
		return "maxCount"
	}
	return "count"
}

// nodesNeedAuthorization reports whether the nodes of a cluster reach its API server only from authorized ranges.
func nodesNeedAuthorization(c *plan.Cluster) bool {
	ranges := c.Spec.AuthorizedIPRanges
	return len(ranges) > 0 && !slices.ContainsFunc(ranges, spec.AuthorizedRange.Everyone) &&
		!c.Spec.PrivateCluster && !c.Spec.APIServerVnetIntegration
}

// privateZoneWord reports whether a privateDNSZone is a word for a zone of AKS or for none, and not the id of a zone.
func privateZoneWord(zone string) bool {
	return strings.EqualFold(zone, "system") || strings.EqualFold(zone, "none")
}

// eachAddOn calls do for every add-on of every cluster, with its path.
func (p *Pass) eachAddOn(do func(c *plan.Cluster, addOn aks.AddOn, path string)) {
	for _, c := range p.Plan.Clusters {
		for i, addOn := range c.Spec.AddOns {
			if slices.Index(c.Spec.AddOns, addOn) == i {
				do(c, addOn, fmt.Sprintf("%s.addOns[%d]", c.Path, i))
			}
		}
	}
}
