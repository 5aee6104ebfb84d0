package compare

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// othersDemand is what other clusters need of a subnet that they share with one.
type othersDemand struct {
	addresses int
	// broken is what static blocks of the others cost once, and a cluster with static blocks counts as well.
	broken int
}

// beside returns the addresses of the others for a cluster whose pods get addresses by a mode.
func (o othersDemand) beside(mode aks.AllocationMode) int {
	if mode == aks.StaticBlock {
		return o.addresses
	}
	return o.addresses + o.broken
}

// demandOfOthers returns what others need of the shared subnets: what the plan counts, less what the cluster needs
// there when it is alone.
func (p *place) demandOfOthers(sc *spec.Cluster) map[int]othersDemand {
	out := map[int]othersDemand{}
	if len(p.shared) == 0 {
		return out
	}
	own := plan.Build(&spec.Spec{VNets: p.network(nil, "", false), Clusters: []spec.Cluster{*sc}}).VNets[0]
	for i, s := range p.shared {
		mine := own.Subnets[i]
		o := othersDemand{addresses: needed(s) - needed(mine)}
		if static := brokenBlocks(s); static > 0 && p.othersStatic(s) {
			o.broken = static
			if brokenBlocks(mine) == 0 {
				o.addresses -= static
			}
		}
		out[i] = o
	}
	return out
}

// needed returns the demand of a subnet without the addresses that Azure keeps.
func needed(s *plan.Subnet) int { return s.Demand.Total - s.Demand.Reserved }

// brokenBlocks returns what static blocks cost a subnet once.
func brokenBlocks(s *plan.Subnet) (n int) {
	for _, t := range s.Terms() {
		if t.Kind == plan.TermBrokenBlocks {
			n += t.Addresses(plan.Upgrade)
		}
	}
	return n
}

// othersStatic reports whether another cluster has static blocks in a subnet.
func (p *place) othersStatic(s *plan.Subnet) bool {
	others := slices.DeleteFunc(s.Terms().Pools(), func(t plan.Term) bool { return t.Pool.Cluster == p.cluster })
	return others.StaticBlocks()
}

// network returns the network with the demand of others, for a cluster whose pods get addresses by a mode. With stay,
// the subnets that it shares with others are where they are.
func (p *place) network(others map[int]othersDemand, mode aks.AllocationMode, stay bool) []spec.VNet {
	if len(p.shared) == 0 {
		return p.vnets
	}
	out := slices.Clone(p.vnets)
	out[0].Subnets = slices.Clone(out[0].Subnets)
	for i, have := range p.shared {
		s := &out[0].Subnets[i]
		s.Addresses, s.UsedAddresses = others[i].beside(mode), 0
		if stay && !s.AddressPrefix.IsValid() {
			s.AddressPrefixes, s.PrefixLength = have.AddressPrefixes, 0
		}
	}
	return out
}

// rightSize reports whether the subnets that a cluster shares with others need the size that they have.
func (p *place) rightSize(v *plan.VNet) bool {
	for i := range p.shared {
		s := v.Subnets[i]
		bits := plan.BitsFor(s.Demand.Total)
		if s.Purpose == plan.Nodes {
			bits = min(bits, plan.NodeSubnetBits)
		}
		if has, _ := s.PrefixLength(); bits != has {
			return false
		}
	}
	return true
}
