package plan

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
)

func (e *explainer) subnet(s *Subnet) {
	e.sum("demand.total", "needs", s.Demand.Total, demandSources(s), "%s", s.demandAt(whenUpgrading))
	e.sum("moments.create", "at creation", s.Moments.Create, nil, "%s", s.demandAt(whenCreated))
	e.sum("moments.steady", "at its maximum", s.Moments.Steady, nil, "%s", s.demandAt(whenFull))
	if pool, n := s.largestPool(); pool != nil {
		e.sum("moments.replace", "to replace a pool", s.Moments.Replace, nil, "%d at its maximum + %d for another pool like %s", s.Moments.Steady, n, pool.Name)
	}
	if !s.AddressPrefix.IsValid() {
		return
	}
	e.prefixLength(s)
	e.sum("usable", "usable", s.Usable, from("reserved-per-subnet"), "max(0, 2^(32 − %d) − %d reserved)", s.AddressPrefix.Bits(), aks.ReservedPerSubnet)
	e.sum("headroom", "headroom", s.Headroom, nil, "%d usable − (%d needed − %d reserved)", s.Usable, s.Demand.Total, s.Demand.Reserved)
}

// DemandFormula returns the arithmetic of the subnet's total demand: "(50 nodes + 1 surge) × (30 pods + 1) + 0 load balancers +
// 5 reserved = 1586". Where several pools use the subnet, each term starts with the pool's name.
func (s *Subnet) DemandFormula() string {
	return fmt.Sprintf("%s = %d", s.demandAt(whenUpgrading), s.Demand.Total)
}

// moment is how many nodes of a pool count, and how many surge nodes.
type moment func(p *NodePool) (nodes, surge int)

func whenCreated(p *NodePool) (nodes, surge int)   { return p.CreateNodes, 0 }
func whenFull(p *NodePool) (nodes, surge int)      { return p.Nodes, 0 }
func whenUpgrading(p *NodePool) (nodes, surge int) { return p.Nodes, p.SurgeNodes }

func (s *Subnet) demandAt(m moment) string {
	var terms []string
	for _, p := range s.Users {
		terms = append(terms, s.poolLabel(p)+nodesText(m(p))+s.factor(p))
	}
	if len(s.Users) > 0 && s.Purpose != Pods || s.Demand.InternalLoadBalancers > 0 {
		terms = append(terms, fmt.Sprintf("%d load balancers", s.Demand.InternalLoadBalancers))
	}
	if s.Demand.PrivateEndpoints > 0 {
		terms = append(terms, fmt.Sprintf("%d private endpoints", s.Demand.PrivateEndpoints))
	}
	terms = append(terms, s.otherTerms()...)
	return plus(append(terms, fmt.Sprintf("%d reserved", s.Demand.Reserved)))
}

// poolLabel names a pool where a subnet has several.
func (s *Subnet) poolLabel(p *NodePool) string {
	switch {
	case len(s.Clusters) > 1:
		return p.Cluster.Name + "/" + p.Name + " "
	case len(s.Users) > 1:
		return p.Name + " "
	}
	return ""
}

func nodesText(nodes, surge int) string {
	if surge == 0 {
		return fmt.Sprintf("%d nodes", nodes)
	}
	return fmt.Sprintf("(%d nodes + %d surge)", nodes, surge)
}

// factor is what each node of a pool takes of the subnet; nothing where it is one address.
func (s *Subnet) factor(p *NodePool) string {
	switch {
	case p.PodNet == s:
		return " × " + podFactor(p)
	case p.Cluster.Model == aks.NodeSubnet:
		return fmt.Sprintf(" × (%d pods + 1)", p.MaxPods)
	}
	return ""
}

// podFactor is what the pods of a node take of a pod subnet: StaticBlocks or DynamicAddresses, written out.
func podFactor(p *NodePool) string {
	block := size(aks.StaticBlockBits)
	if p.Cluster.Spec.AllocationMode(p.Spec) == aks.StaticBlock {
		return fmt.Sprintf("ceil((%d pods + 1) ÷ %d) × %d", p.MaxPods, block, block)
	}
	batches := fmt.Sprintf("ceil((%d pods + %d spare) ÷ %d)", p.MaxPods, aks.DynamicSpare, aks.DynamicBatch)
	if DynamicAddresses(p.MaxPods) != (p.MaxPods+aks.DynamicSpare+aks.DynamicBatch-1)/aks.DynamicBatch*aks.DynamicBatch {
		batches = fmt.Sprintf("min(%s, ceil(%d ÷ %d))", batches, aks.DynamicMaxIPs, aks.DynamicBatch)
	}
	return fmt.Sprintf("%s × %d", batches, aks.DynamicBatch)
}

func (s *Subnet) otherTerms() (terms []string) {
	other := s.Demand.Other
	if s.StaticBlocks {
		block := size(aks.StaticBlockBits)
		terms = append(terms, fmt.Sprintf("(2 broken blocks × %d − %d)", block, aks.ReservedPerSubnet))
		other -= 2*block - aks.ReservedPerSubnet
	}
	if s.Purpose == APIServer && other%aks.APIServerAddresses == 0 && other > 0 {
		return append(terms, fmt.Sprintf("%d API servers × %d", other/aks.APIServerAddresses, aks.APIServerAddresses))
	}
	if other > 0 {
		terms = append(terms, fmt.Sprintf("%d asked for", other))
	}
	return terms
}

func demandSources(s *Subnet) []aks.Source {
	var out []aks.Source
	add := func(more []aks.Source) {
		for _, src := range more {
			if !hasSource(out, src) {
				out = append(out, src)
			}
		}
	}
	for _, p := range s.Users {
		switch {
		case p.PodNet == s && s.StaticBlocks:
			add(from("static-block"))
		case p.PodNet == s:
			add(from("dynamic-batch", "dynamic-spare"))
		default:
			add(p.Cluster.Model.Facts().Sources)
		}
	}
	if s.Purpose == APIServer {
		add(from("api-server-addresses"))
	}
	add(from("reserved-per-subnet"))
	return out
}

func hasSource(list []aks.Source, s aks.Source) bool {
	for _, have := range list {
		if have.URL == s.URL {
			return true
		}
	}
	return false
}

func (e *explainer) prefixLength(s *Subnet) {
	bits := s.AddressPrefix.Bits()
	computed := BitsFor(s.Demand.Total)
	switch {
	case s.Pinned:
		e.say("addressPrefix", "prefix length", bits, nil, "pinned by the spec")
	case s.Spec != nil && s.Spec.PrefixLength == bits:
		e.say("addressPrefix", "prefix length", bits, nil, "prefixLength of the spec")
	case bits == computed:
		e.sum("addressPrefix", "prefix length", bits, from("smallest-subnet"), "min(%d, 32 − ceil(log2(%d)))", aks.SmallestSubnetBits, s.Demand.Total)
	case s.Purpose == APIServer:
		e.sum("addressPrefix", "prefix length", bits, from("api-server-subnet"), "min(%d, 32 − ceil(log2(%d)))", aks.APIServerSubnetBits, s.Demand.Total)
	default:
		e.say("addressPrefix", "prefix length", bits, kindSources(s), "what Azure asks for, or advises, for a subnet of its name, delegation or purpose")
	}
}

func kindSources(s *Subnet) []aks.Source {
	if s.Spec == nil {
		return nil
	}
	if kind, ok := KindOf(s.Spec); ok {
		return []aks.Source{kind.Source}
	}
	return nil
}
