package growth

import (
	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

// resources lists everything that can run out, in the order of the plan.
func (g *grower) resources() (out []Resource) {
	for _, v := range g.plan.VNets {
		for _, s := range v.Subnets {
			if len(s.Pools()) > 0 {
				out = append(out, g.subnet(s))
			}
		}
		out = append(out, g.network(v)...)
	}
	for _, c := range g.plan.Clusters {
		out = append(out, g.cluster(c)...)
	}
	return out
}

// resource returns a resource with what is needed of it in every month.
func (g *grower) resource(
	kind ResourceKind, name, of, unit string, available int, needed func(month int) int,
) Resource {
	r := Resource{Kind: kind, Name: name, Of: of, Unit: unit, Available: available, Needed: g.series(needed)}
	for m, n := range r.Needed {
		if n > available {
			r.Month = &m
			break
		}
	}
	return r
}

// last returns what is needed in the last month.
func (r Resource) last() int { return r.Needed[len(r.Needed)-1] }

// subnet returns the addresses of a subnet, those that Azure keeps left out.
func (g *grower) subnet(s *plan.Subnet) Resource {
	kind := NodeSubnet
	if s.Purpose == plan.Pods {
		kind = PodSubnet
	}
	r := g.resource(kind, s.Name, s.VNet.Name, "addresses", s.Usable, func(month int) int {
		return g.addresses(s.Terms(), plan.Term.Each, month) - s.Demand.Reserved
	})
	r.Action, r.Source = subnetAction(s, r), aks.SizingSource()
	return r
}

// addresses returns how many addresses the terms of a demand take in a month, upgrades and the reserved ones included.
// each is how many one node takes.
func (g *grower) addresses(ts plan.Terms, each func(plan.Term) int, month int) (n int) {
	for _, t := range ts {
		count := t.Count
		if t.Pool != nil {
			count = g.withSurge(t.Pool, month)
		}
		n += count * each(t)
	}
	return n
}

// network returns the addresses that a network maps, where it has more than that. A static block counts as one address.
func (g *grower) network(v *plan.VNet) []Resource {
	limit, _ := aks.LimitByID("addresses-per-vnet")
	if v.Addresses <= limit.Value {
		return nil
	}
	r := g.resource(VNetAddresses, v.Name, v.Name, "addresses", limit.Value, func(month int) (n int) {
		for _, s := range v.Subnets {
			n += g.addresses(s.Terms(), plan.Term.Mapped, month)
		}
		return n
	})
	r.Action, r.Source = "put further clusters into a network of their own, or give pods static blocks or an overlay",
		limit.Source
	return []Resource{r}
}

// cluster returns what belongs to a single cluster.
func (g *grower) cluster(c *plan.Cluster) (out []Resource) {
	facts := c.Model.Facts()
	surge := func(month int) int { return g.clusterWithSurge(c, month) }
	if c.VNet() == nil {
		out = append(out, g.managedSubnet(c))
	}
	if facts.NeedsPodCIDR {
		r := g.resource(PodCIDR, c.PodCIDR.String(), c.Name, "blocks", c.PodBlocks.Available, surge)
		if !c.PodCIDR.IsValid() {
			r.Name = "not placed"
		}
		r.Action, r.Source = podCIDRAction(c, r)
		out = append(out, r)
	}
	if facts.OwnRouteTable {
		limit, _ := aks.LimitByID("routes-per-table")
		custom := plan.CustomRoutes(c)
		r := g.resource(RouteTable, "route table", c.Name, "routes", limit.Value,
			func(month int) int { return surge(month) + custom })
		r.Action, r.Source = "move to overlay (aksnet migrate --to overlay), which needs no routes", limit.Source
		out = append(out, r)
	} else if limit, ok := aks.LimitByID("nodes-per-cluster"); ok {
		r := g.resource(ClusterNodes, c.Name, c.Name, "nodes", limit.Value, surge)
		r.Action, r.Source = "start another cluster", limit.Source
		out = append(out, r)
	}
	out = append(out, g.pods(c)...)
	out = append(out, g.policy(c)...)
	out = append(out, g.pools(c)...)
	return append(out, g.egress(c)...)
}

// managedSubnet returns the node subnet of a network that AKS makes.
func (g *grower) managedSubnet(c *plan.Cluster) Resource {
	subnet := aks.ManagedSubnet()
	usable := ipam.PrefixSize(subnet.Bits()) - aks.ReservedPerSubnet
	r := g.resource(NodeSubnet, subnet.String(), "managed", "addresses", usable, func(month int) int {
		return g.addresses(c.ManagedTerms(), plan.Term.Each, month) - aks.ReservedPerSubnet
	})
	r.Action, r.Source = "start another cluster in a network of your own; the one that AKS makes does not grow",
		aks.SizingSource()
	return r
}

// pods returns the pods that a cluster of this model may have.
func (g *grower) pods(c *plan.Cluster) []Resource {
	most := c.Model.MaxPods(c.Spec.PodIPAllocationMode)
	if most == 0 {
		return nil
	}
	r := g.resource(ClusterPods, c.Name, c.Name, "pods", most, func(month int) int { return g.clusterPods(c, month) })
	r.Action, r.Source = "start another cluster, or lower maxPods in new pools", c.Model.Facts().Sources[0]
	return []Resource{r}
}

// policy returns the limits of network policy azure.
func (g *grower) policy(c *plan.Cluster) (out []Resource) {
	if c.NetworkPolicy != aks.PolicyAzure {
		return nil
	}
	nodes, _ := aks.LimitByID("nodes-npm")
	pods, _ := aks.LimitByID("pods-npm")
	const action = "move to the Cilium data plane (aksnet migrate --to cilium), whose policies have no such limit"
	r := g.resource(PolicyNodes, "policy azure", c.Name, "nodes", nodes.Value,
		func(month int) int { return g.clusterWithSurge(c, month) })
	r.Action, r.Source = action, nodes.Source
	out = append(out, r)
	r = g.resource(PolicyPods, "policy azure", c.Name, "pods", pods.Value,
		func(month int) int { return g.clusterPods(c, month) })
	r.Action, r.Source = action, pods.Source
	return append(out, r)
}

// pools returns the largest size of a node pool, for those that grow.
func (g *grower) pools(c *plan.Cluster) (out []Resource) {
	limit, _ := aks.LimitByID("nodes-per-pool")
	for _, p := range c.Pools() {
		if nodes := g.nodes[p]; nodes[0] == nodes[len(nodes)-1] {
			continue
		}
		r := g.resource(PoolNodes, p.Name, c.Name, "nodes", limit.Value,
			func(month int) int { return g.withSurge(p, month) })
		r.Action, r.Source = "add a pool of the same kind", limit.Source
		out = append(out, r)
	}
	return out
}
