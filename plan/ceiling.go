package plan

import "github.com/aksnet/aksnet/aks"

// Ceiling is how many nodes or pods a cluster can have, however large its ranges are.
type Ceiling struct {
	Most int
	// By is what ends there, as Capacity.LimitedBy says it.
	By string
	// Limit is the limit that it follows from.
	Limit aks.Limit
}

// NodeCeilings returns what bounds the nodes of a cluster, surge nodes included, in the order in which equal ones are
// named.
func NodeCeilings(c *Cluster) (out []Ceiling) {
	if c.facts.OwnRouteTable {
		out = append(out, ceiling("routes-per-table", LimitRouteTable, func(n int) int { return n - CustomRoutes(c) }))
	}
	out = append(out, ceiling("nodes-per-cluster", LimitCluster, itself))
	if each := addressesPerNode(c); each > 0 {
		nodes, mapped := c.Nodes+c.SurgeNodes, mappedAddresses(c)
		out = append(out, ceiling("addresses-per-vnet", LimitVNet, func(n int) int {
			return nodes + floorDiv(n-mapped, each)
		}))
	}
	if c.NetworkPolicy == aks.PolicyAzure {
		out = append(out, ceiling("nodes-npm", LimitPolicy, itself))
	}
	return out
}

// PodCeilings returns what bounds the pods of a cluster.
func PodCeilings(c *Cluster) (out []Ceiling) {
	variant, _ := aks.VariantOf(c.Model, c.Spec.PodIPAllocationMode, c.NetworkDataplane)
	if variant.PodsLimit != "" {
		out = append(out, ceiling(variant.PodsLimit, LimitCluster, itself))
	}
	if c.NetworkPolicy == aks.PolicyAzure {
		out = append(out, ceiling("pods-npm", LimitPolicy, itself))
	}
	return out
}

func ceiling(limit, by string, most func(int) int) Ceiling {
	l, _ := aks.LimitByID(limit)
	return Ceiling{Most: most(l.Value), By: by, Limit: l}
}

func itself(n int) int { return n }

// mappedAddresses returns how many addresses of the network the nodes of a cluster map during an upgrade.
func mappedAddresses(c *Cluster) (n int) {
	for _, p := range c.Pools() {
		n += (p.Nodes + p.SurgeNodes) * p.cost.Total()
	}
	return n
}

// addressesPerNode returns how many addresses of the network a node with the largest maxPods maps; 0 when pods take
// none, or whole blocks.
func addressesPerNode(c *Cluster) int {
	cost := NodeCost(c.Model, c.Spec.PodIPAllocationMode, MostPods(c))
	if cost.NodePods+cost.Pods == 0 || cost.Blocks > 0 {
		return 0
	}
	return cost.Total()
}

// MostPods returns the largest maxPods of the cluster's pools.
func MostPods(c *Cluster) int {
	most := 0
	for _, p := range c.Pools() {
		most = max(most, p.MaxPods)
	}
	return most
}
