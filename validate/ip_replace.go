package validate

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

var noRoomToReplace = &Rule{
	ID: "IP031", Title: "no room to replace a node pool", Severity: Note,
	Explanation: "The maxPods, VM size and subnet of a node pool cannot be changed: you add a second " +
		"pool, move the workload and delete the first pool. In the meantime both pools take addresses. The note " +
		"appears where a pinned range has room for upgrades but not for a second pool as large as the largest one; " +
		"the new pool then needs its own subnet, or you replace the pool in smaller steps.",
	Fix: "use a larger range while nothing runs in it", Source: aks.PageNodePools, Since: "v0.1.0",
	Check: func(p *Pass) {
		for _, v := range p.Plan.VNets {
			for _, s := range v.Subnets {
				p.checkReplaceSubnet(s)
			}
		}
		for _, c := range p.Plan.Clusters {
			p.checkReplaceBlocks(c)
		}
	},
}

func (p *Pass) checkReplaceSubnet(s *plan.Subnet) {
	has := s.Usable + aks.ReservedPerSubnet
	if !s.Pinned() || s.Existing || s.Headroom < 0 || s.DemandByPhase.Replace <= has {
		return
	}
	f := p.Reportf(p.prefixPath(s), "%s needs %d addresses while its largest pool is replaced; %s has %d usable",
		subnetText(s), s.DemandByPhase.Replace, s.AddressPrefix, s.Usable)
	f.Moment = Replace
	f.Sums = append(f.Sums, fmt.Sprintf("%d with all pools at their maximum + %d for a second pool = %d",
		s.DemandByPhase.Steady, s.DemandByPhase.Replace-s.DemandByPhase.Steady, s.DemandByPhase.Replace))
	bits := plan.BitsFor(s.DemandByPhase.Replace)
	if room, ok := p.roomFor(s, bits); ok && p.Spec.Has(f.Path) {
		f.Edit = set(room)
	}
	f.Advice = fmt.Sprintf("use /%d (%d usable), or replace the pool in steps", bits,
		ipam.PrefixSize(bits)-aks.ReservedPerSubnet)
}

// checkReplaceBlocks reports a pod CIDR that has too few blocks for the replacement of the largest pool.
func (p *Pass) checkReplaceBlocks(c *plan.Cluster) {
	cl := podCIDROf(c)
	if !usesBlocks(c) || len(c.NodePools) == 0 || c.PodBlocks.Needed > c.PodBlocks.Available || !p.Spec.Has(cl.path) {
		return
	}
	largest := slices.MaxFunc(c.NodePools, func(a, b *plan.NodePool) int { return a.Nodes - b.Nodes })
	needed := c.Nodes + largest.Nodes
	if needed <= c.PodBlocks.Available {
		return
	}
	f := p.Reportf(cl.path, "cluster %q needs %d blocks of /%d while its largest pool is replaced; pod CIDR %s has %d",
		c.Name, needed, aks.PodBlockBits, c.PodCIDR, c.PodBlocks.Available)
	f.Moment = Replace
	f.Sums = append(f.Sums, fmt.Sprintf("%s + %d for a second pool like %s = %d blocks",
		english.Count(c.Nodes, "node"), largest.Nodes, largest.Name, needed))
	p.proposePods(f, cl, needed)
}
