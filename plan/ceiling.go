package plan

import "github.com/aksnet/aksnet/aks"

// Ceiling is how many nodes or pods a cluster can have, however large its ranges are.
type Ceiling struct {
	Most int
	// Limit is the limit that it follows from.
	Limit aks.Limit
}

// NodeCeilings returns what bounds the nodes of a cluster.
func NodeCeilings(c *Cluster) []Ceiling {
	out := []Ceiling{ceiling("nodes-per-cluster", func(n int) int { return n })}
	if c.Model.Facts().OwnRouteTable {
		out = append(out, ceiling("routes-per-table", func(n int) int { return n - CustomRoutes(c) }))
	}
	if each := addressesPerNode(c); each > 0 {
		out = append(out, ceiling("addresses-per-vnet", func(n int) int { return n / each }))
	}
	if c.NetworkPolicy == aks.PolicyAzure {
		out = append(out, ceiling("nodes-npm", func(n int) int { return n }))
	}
	return out
}

// PodCeilings returns what bounds the pods of a cluster.
func PodCeilings(c *Cluster) (out []Ceiling) {
	variant, _ := aks.VariantOf(c.Model, c.Spec.PodIPAllocationMode, c.NetworkDataplane)
	if variant.PodsLimit != "" {
		out = append(out, ceiling(variant.PodsLimit, func(n int) int { return n }))
	}
	if c.NetworkPolicy == aks.PolicyAzure {
		out = append(out, ceiling("pods-npm", func(n int) int { return n }))
	}
	return out
}

func ceiling(limit string, most func(int) int) Ceiling {
	l, _ := aks.LimitByID(limit)
	return Ceiling{Most: most(l.Value), Limit: l}
}

// MappedNodes returns how many nodes one network can map when every pod takes an address of it; 0 when pods take none,
// or whole blocks, which count as one each.
func MappedNodes(c *Cluster) int {
	each := addressesPerNode(c)
	if each == 0 {
		return 0
	}
	return aks.AddressesPerVNet / each
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
