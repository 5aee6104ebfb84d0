package plan

import (
	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// Names of the pools that AKS manages, as sums show them.
const (
	hostedPool      = "hosted-system"
	provisionedPool = "auto-provisioned"
)

// UnknownProvisioned is for how many nodes of node auto-provisioning the plan keeps room at least where nobody says how
// many there may be. It is ours to choose.
const UnknownProvisioned = 50

// addManagedPools adds the nodes of the hosted system pool, and those of node auto-provisioning where the spec says how
// many there may be.
func (c *Cluster) addManagedPools() {
	hosted := c.Spec.HostsSystemPool()
	if hosted {
		p := c.newPool(&spec.NodePool{
			Name: hostedPool, Mode: aks.System, OSType: aks.Linux, OSSKU: aks.AzureLinux, Count: aks.HostedSystemNodes,
			MaxPods:  c.facts.DefaultMaxPods,
			MaxSurge: spec.Amount{N: aks.DefaultSurgePercent, Percent: true},
		}, false, c.Path+".systemNodeSubnet")
		p.Hosted = true
		c.ManagedNodePools = append(c.ManagedNodePools, p)
	}
	most, known := c.Spec.ProvisionedNodes()
	if !c.Spec.AutoProvisioned() || !hosted && !known {
		return
	}
	if hosted {
		most += aks.SystemSurgeNodes
	}
	p := c.newPool(&spec.NodePool{
		Name: provisionedPool, Mode: aks.User, OSType: aks.Linux, OSSKU: aks.AzureLinux, MaxCount: most,
		MaxPods: c.provisionedMaxPods(),
	}, false, c.Path+".nodeProvisioning")
	p.Provisioned, p.cost = true, c.provisionedCost()
	c.ManagedNodePools = append(c.ManagedNodePools, p)
}

func (c *Cluster) provisionedMaxPods() int {
	if n := c.Spec.NodeProvisioning.MaxPods; n > 0 {
		return n
	}
	return aks.ProvisionedMaxPods(c.Model)
}

// provisionedCost returns what one node of node auto-provisioning takes: where pods have addresses of the node subnet,
// maxPods addresses in all, the node's own among them.
// [aks.PageKarpenter] (read 2026-11-28)
func (c *Cluster) provisionedCost() Cost {
	cost := costUnder(c.facts, c.Spec.PodIPAllocationMode, c.provisionedMaxPods())
	if cost.NodePods > 0 {
		cost.NodePods--
	}
	return cost
}

// addHostedSubnets asks for the subnets of a cluster whose system pool is hosted, and returns the one of its other
// nodes; nil for other clusters.
func (b *builder) addHostedSubnets(c *Cluster) (first *subnetRequest) {
	if !c.Spec.HostsSystemPool() {
		return nil
	}
	for _, p := range c.ManagedNodePools {
		if p.Provisioned {
			first = b.addPoolSubnets(c, p)
			continue
		}
		path := c.Path + ".systemNodeSubnet"
		b.addNodesTo(b.clusterSubnet(c, Nodes, c.Spec.SystemNodeSubnet, "system", path, ofFirstPool), p)
	}
	return first
}

// addNodesTo has the nodes of a pool take their addresses from a subnet.
func (b *builder) addNodesTo(r *subnetRequest, p *NodePool) {
	r.demand.addNodes(p)
	r.demand.addGateway(p)
	p.nodeSubnet = r.subnet
	p.NodeSubnetName = p.nodeSubnet.Name
	p.Addresses = (p.Nodes + p.SurgeNodes) * p.cost.Total()
}

// addProvisioned has node auto-provisioning take addresses of the subnet of the first pool, which is the one of its
// nodes too. Where nobody says how many there may be, the subnet gets room for some.
func (b *builder) addProvisioned(c *Cluster, first *subnetRequest) {
	first.room += c.roomNodes() * c.provisionedCost().NodeSubnet()
	for _, p := range c.ManagedNodePools {
		if p.Provisioned && p.nodeSubnet == nil {
			b.addNodesTo(first, p)
		}
	}
}

// roomNodes returns for how many nodes of node auto-provisioning the plan keeps room that no pool asks for.
func (c *Cluster) roomNodes() int {
	if _, known := c.Spec.ProvisionedNodes(); known || !c.Spec.AutoProvisioned() {
		return 0
	}
	return UnknownProvisioned
}

// ProvisionRoom returns how many nodes node auto-provisioning can add beyond the pools of the plan and their surge
// nodes, and the range that ends it.
func (c *Cluster) ProvisionRoom() (nodes int, by string) {
	spare := ipam.PrefixSize(aks.ManagedSubnet().Bits()) - c.managed.At(Upgrade)
	if s := c.ProvisionSubnet(); s != nil {
		spare = s.Headroom
	}
	nodes, by = max(0, spare)/c.provisionedCost().NodeSubnet(), LimitNodeSubnet
	if blocks := c.PodBlocks.Available - c.PodBlocks.Needed; c.facts.NeedsPodCIDR && blocks < nodes {
		nodes, by = max(0, blocks), LimitPodCIDR
	}
	return nodes, by
}

// ProvisionSubnet returns the subnet of the nodes of node auto-provisioning; nil in a network that AKS manages.
func (c *Cluster) ProvisionSubnet() *Subnet {
	for _, p := range c.ManagedNodePools {
		if p.Provisioned {
			return p.nodeSubnet
		}
	}
	if len(c.NodePools) == 0 {
		return nil
	}
	return c.NodePools[0].nodeSubnet
}
