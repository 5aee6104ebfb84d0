package plan

import (
	"fmt"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// managedKey is the key of a plan under which the pools are that AKS manages; a spec has none of that name.
const managedKey = "managedNodePools"

func (e *explainer) cluster(c *Cluster, path string) {
	for i, p := range c.NodePools {
		e.about(fmt.Sprintf("%s.nodePools[%d]", path, i), "node pool %s of %s", p.Name, c.Name)
		e.pool(p)
	}
	for i, p := range c.ManagedNodePools {
		e.about(fmt.Sprintf("%s.%s[%d]", path, managedKey, i), "%s nodes of %s", p.Name, c.Name)
		e.pool(p)
	}
	e.about(path, "cluster %s", c.Name)
	var nodes, surge, pods []string
	for _, p := range c.Pools() {
		nodes = append(nodes, fmt.Sprint(p.Nodes))
		surge = append(surge, fmt.Sprint(p.SurgeNodes))
		pods = append(pods, fmt.Sprintf("%d × %d", p.Nodes, p.MaxPods))
	}
	e.sum("nodes", "nodes", c.Nodes, nil, "%s", plus(nodes))
	e.sum("surgeNodes", "surge", c.SurgeNodes, from("surge-advised"), "%s", plus(surge))
	e.sum("pods", "pods", c.Pods, nil, "%s", plus(pods))
	e.ranges(c)
	e.podBlocks(c)
	e.capacity(c)
	e.egress(c)
}

func (e *explainer) pool(p *NodePool) {
	e.sum("nodes", "nodes", p.Nodes, nil, "%s", poolNodes(p))
	e.sum("surgeNodes", "surge", p.SurgeNodes, e.surgeSources(p), "%s", poolSurge(p))
	e.sum("addresses", "addresses", p.Addresses, nil, "%s", poolAddresses(p))
}

func poolNodes(p *NodePool) string {
	base := p.Spec.MaxNodes()
	text := fmt.Sprintf("%d count", base)
	switch {
	case p.Provisioned && p.Cluster.Spec.HostsSystemPool():
		text = fmt.Sprintf("%d maxNodes + %d for system add-ons", base-aks.SystemSurgeNodes, aks.SystemSurgeNodes)
	case p.Provisioned:
		text = fmt.Sprintf("%d maxNodes", base)
	case p.Spec.Autoscaled():
		text = fmt.Sprintf("%d maxCount", base)
	}
	growth := p.Cluster.Spec.Growth
	switch {
	case p.Nodes == base:
		return text
	case growth.Percent:
		return fmt.Sprintf("%s + ceil(%d × %d ÷ 100) growth", text, base, growth.N)
	}
	return fmt.Sprintf("%s + %d growth", text, growth.N)
}

func poolSurge(p *NodePool) string {
	most := p.Spec.MaxSurge
	if most.Percent {
		return fmt.Sprintf("min(ceil(%d nodes × %d ÷ 100), %d)", p.Nodes, most.N, p.Nodes)
	}
	return fmt.Sprintf("min(%d, %d nodes)", most.N, p.Nodes)
}

// surgeSources cites the default where the spec sets no maxSurge.
func (e *explainer) surgeSources(p *NodePool) []aks.Source {
	switch {
	case e.plan.Spec != nil && e.plan.Spec.Has(p.Path+".maxSurge"):
		return from("surge-advised")
	case p.Spec.MaxSurge.Percent:
		return from("surge-default", "surge-advised")
	}
	return from("surge-default-old")
}

func poolAddresses(p *NodePool) string {
	if p.nodeSubnet == nil && p.Addresses == 0 {
		return "0 in a network that AKS manages"
	}
	return fmt.Sprintf("(%d nodes + %d surge) × %s", p.Nodes, p.SurgeNodes, p.cost.totalFormula())
}

// ranges explains how large the CIDRs are that the plan chose.
func (e *explainer) ranges(c *Cluster) {
	if c.PodCIDR.IsValid() {
		bits := c.PodCIDR.Bits()
		need := fmt.Sprintf("min(%d, 32 − ceil(log2(%d × %d)))", aks.PodBlockBits, max(1, c.Nodes+c.SurgeNodes),
			aks.PodBlockAddresses)
		twice := BitsFor(podAddresses(c)) - 1
		switch {
		case pinnedBySpec(c.PodCIDR, append(c.Spec.PodCIDRs, c.Spec.PodCIDR)):
			e.say("podCidr", "pod CIDR length", bits, nil, "pinned by the spec")
		case bits == BitsFor(podAddresses(c)):
			e.sum("podCidr", "pod CIDR length", bits, from("pod-block-addresses"), "%s", need)
		case bits == twice:
			e.sum("podCidr", "pod CIDR length", bits, from("pod-block-addresses"), "%s − 1", need)
		default:
			e.sum("podCidr", "pod CIDR length", bits, from("pod-block-addresses"), "min(%d by default, %s − 1)", bits,
				need)
		}
	}
	if c.ServiceCIDR.IsValid() {
		bits := c.ServiceCIDR.Bits()
		if pinnedBySpec(c.ServiceCIDR, append(c.Spec.ServiceCIDRs, c.Spec.ServiceCIDR)) {
			e.say("serviceCidr", "service CIDR length", bits, nil, "pinned by the spec")
			return
		}
		e.say("serviceCidr", "service CIDR length", bits, from("largest-service-cidr"),
			"a /%d as AKS takes by default, or the largest that the pools have", defaultCIDRBits)
	}
}

func pinnedBySpec(p netip.Prefix, given []netip.Prefix) bool {
	for _, g := range given {
		if g == p {
			return true
		}
	}
	return false
}

func (e *explainer) podBlocks(c *Cluster) {
	pb := c.PodBlocks
	if pb.PrefixLength == 0 {
		return
	}
	if c.Model.Facts().NeedsPodCIDR {
		e.sum("podBlocks.needed", "pod blocks needed", pb.Needed, from("pod-block"), "%d nodes + %d surge", c.Nodes,
			c.SurgeNodes)
		if pb.Available > 0 {
			e.sum("podBlocks.available", "pod blocks available", pb.Available, from("pod-block"), "2^(%d − %d)",
				pb.PrefixLength, c.PodCIDR.Bits())
		}
		return
	}
	var needed, available []string
	for _, p := range c.Pools() {
		if p.cost.Blocks > 0 {
			needed = append(needed, fmt.Sprintf("(%d + %d) × %s", p.Nodes, p.SurgeNodes, p.cost.blocksFormula()))
		}
	}
	for _, s := range distinct(c.Pools(), podNet) {
		if bits, known := s.PrefixLength(); known && s.terms.StaticBlocks() {
			available = append(available, fmt.Sprintf("max(0, 2^max(0, %d − %d) − 2)", aks.StaticBlockBits, bits))
		}
	}
	e.sum("podBlocks.needed", "pod blocks needed", pb.Needed, from("static-block"), "%s", plus(needed))
	e.sum("podBlocks.available", "pod blocks available", pb.Available, from("static-block"), "%s", plus(available))
}

func (e *explainer) capacity(c *Cluster) {
	if len(c.Growing()) == 0 {
		return
	}
	grow := costliest(c.Growing())
	var bounds []string
	for _, l := range limitsOf(c, grow) {
		bounds = append(bounds, fmt.Sprintf("%d %s", l.nodes, l.by))
	}
	e.sum("capacity.nodes", "most nodes", c.Capacity.Nodes, limitSources(c), "max(0, min(%s))",
		strings.Join(bounds, ", "))
	e.say("capacity.nodesWithSurge", "max nodes", c.Capacity.NodesWithSurge, nil,
		"the most nodes for which %d are enough while all pools upgrade", c.Capacity.Nodes)
	e.sum("capacity.podsWithSurge", "max pods", c.Capacity.PodsWithSurge, nil, "%s",
		podsFormula(c, grow, c.Capacity.NodesWithSurge))
	e.sum("capacity.pods", "most pods", c.Capacity.Pods, c.Model.Facts().Sources, "%s",
		podsFormula(c, grow, c.Capacity.Nodes))
}

// podsFormula writes podsOn as arithmetic.
func podsFormula(c *Cluster, grow *NodePool, n int) string {
	pods := fmt.Sprintf("max(0, %d pods + (%d − %d) × %d)", c.Pods, n, c.Nodes, grow.MaxPods)
	if most := c.Model.MaxPods(grow.AllocationMode()); most > 0 {
		return fmt.Sprintf("min(%s, %d)", pods, most)
	}
	return pods
}

func limitSources(c *Cluster) []aks.Source {
	switch c.Capacity.LimitedBy {
	case LimitRouteTable:
		return from("nodes-kubenet", "routes-per-table")
	case LimitCluster:
		return from("nodes-per-cluster")
	case LimitPodCIDR:
		return from("pod-block")
	case LimitSNAT:
		return from("snat-ports-per-ip", "snat-ports-max")
	case LimitVNet:
		return from("addresses-per-vnet")
	case LimitPolicy:
		return from("nodes-npm")
	}
	return from("reserved-per-subnet")
}

func (e *explainer) egress(c *Cluster) {
	g := c.Egress
	if g.OutboundIPs == 0 {
		return
	}
	if c.OutboundType != aks.OutboundLoadBalancer {
		e.sum("egress.portsAvailable", "ports available", g.PortsAvailable, from("nat-ports-per-ip"), "%d × %d",
			g.OutboundIPs, aks.NATPortsPerIP)
		return
	}
	if configured := c.Spec.LoadBalancerProfile.AllocatedOutboundPorts; configured > 0 {
		e.say("egress.portsPerNode", "ports per node", g.PortsPerNode, nil, "allocatedOutboundPorts of the spec")
		e.sum("egress.maxNodes", "nodes served", g.MaxNodes, from("snat-ports-max"), "floor(%d ÷ %d)", g.PortsAvailable,
			configured)
	} else {
		e.say("egress.portsPerNode", "ports per node", g.PortsPerNode, []aks.Source{aks.SNATSteps()[0].Source},
			"Azure's table for %d nodes", c.Nodes)
	}
	e.sum("egress.portsNeeded", "ports needed", g.PortsNeeded, from("snat-ports-max"), "%d × (%d nodes + %d surge)",
		g.PortsPerNode, c.Nodes, c.SurgeNodes)
	e.sum("egress.portsAvailable", "ports available", g.PortsAvailable, from("snat-ports-per-ip"), "%d × %d",
		g.OutboundIPs, aks.SNATPortsPerIP)
}
