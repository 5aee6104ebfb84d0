package validate

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var noRoomForNode = &Rule{
	ID: "IP034", Title: "no room for one more node", Severity: Note,
	Explanation: "The range holds the pools at their maximum, growth and surge nodes included, and then not even one " +
		"more node of its largest pool. The first pool or larger maxCount that you add later does not fit, and a subnet " +
		"in use cannot be resized. The planner sizes flat and pod subnets for the demand and the growth that the spec " +
		"states; subnets of nodes and pod CIDRs get more where the address space has room.",
	Fix: "set growth to the nodes that you may add, or use a larger range", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, v := range p.Plan.VNets {
			for _, s := range v.Subnets {
				p.checkRoomInSubnet(s)
			}
		}
		for _, c := range p.Plan.Clusters {
			p.checkRoomInPodCIDR(c)
		}
	},
}

var nodesConfined = &Rule{
	ID: "IP035", Title: "node subnet confined by its network", Severity: Note,
	Explanation: english.Text("A subnet of nodes that the planner sizes gets a /%v or larger, because nodes take one "+
		"address each and a subnet in use cannot be resized. Here the network has no room for that: such subnets take a "+
		"quarter of it at most, so the subnet gets the size that its nodes need.", plan.NodeSubnetBits),
	Fix: "add address space to the network", Source: aks.PagePlanning, Since: "v0.1.0",
	Check: checkNodesConfined,
}

// checkRoomInSubnet reports a subnet in which its pools fit and one more node does not.
func (p *Pass) checkRoomInSubnet(s *plan.Subnet) {
	pools := s.Terms().Pools()
	if _, known := s.PrefixLength(); len(pools) == 0 || !known || s.Headroom < 0 || s.Confined() {
		return
	}
	most := slices.MaxFunc(pools, func(a, b plan.Term) int { return a.Each() - b.Each() })
	if s.Headroom >= most.Each() {
		return
	}
	f := p.Reportf(p.prefixPath(s), "%s %q (%s) has %s to spare; one more node of pool %q takes %d", subnetText(s),
		s.Name, rangeText(s), english.Count(s.Headroom, "address"), most.Pool.Name, most.Each())
	bits := plan.BitsFor(s.Demand.Total + most.Each())
	larger := fmt.Sprintf("/%d (%d usable)", bits, ipam.PrefixSize(bits)-aks.ReservedPerSubnet)
	switch {
	case s.Existing:
		f.Advice = fmt.Sprintf("use another subnet for further pools: this one would need to be a %s", larger)
	case s.Pinned() || s.Spec != nil && s.Spec.PrefixLength > 0:
		p.putLarger(f, s, bits)
		f.Advice = fmt.Sprintf("use a %s while nothing runs in it", larger)
	default:
		f.Advice = fmt.Sprintf("set growth of cluster %q to the nodes that you may add: one more needs a %s",
			most.Pool.Cluster.Name, larger)
	}
}

// checkRoomInPodCIDR reports a pod CIDR in which all nodes fit and one more does not.
func (p *Pass) checkRoomInPodCIDR(c *plan.Cluster) {
	if !usesBlocks(c) || c.PodBlocks.Available != c.PodBlocks.Needed {
		return
	}
	cl := podCIDROf(c)
	f := p.Reportf(cl.path, "pod CIDR %s of cluster %q has a /%d for each of its %d nodes, surge nodes included, and "+
		"none to spare", cl.prefix, c.Name, aks.PodBlockBits, c.PodBlocks.Needed)
	if p.Spec.Has(cl.path) {
		p.proposePods(f, cl, c.PodBlocks.Needed+1)
		return
	}
	f.Advice = "add ranges to addressSpace.podPools, or set podCidr to a larger range"
}

func checkNodesConfined(p *Pass) {
	for _, v := range p.Plan.VNets {
		for _, s := range v.Subnets {
			if !s.Confined() {
				continue
			}
			f := p.Reportf(p.prefixPath(s), "node subnet %q gets %s because network %q has no room for a /%d; it has %s to "+
				"spare", s.Name, s.AddressPrefix, v.Name, plan.NodeSubnetBits, english.Count(s.Headroom, "address"))
			f.Advice = fmt.Sprintf("add address prefixes to network %q", v.Name)
			if v.Sized {
				f.Advice = "add ranges to addressSpace.pools"
			}
		}
	}
}
