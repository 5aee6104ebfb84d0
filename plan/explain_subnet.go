package plan

import (
	"fmt"
	"slices"

	"github.com/aksnet/aksnet/aks"
)

func (e *explainer) subnet(s *Subnet) {
	e.sum("demand.total", "needs", s.Demand.Total, demandSources(s.terms), "%s", s.terms.Formula(Upgrade))
	e.sum("moments.create", "at creation", s.DemandByPhase.Create, nil, "%s", s.terms.Formula(Create))
	e.sum("moments.steady", "at its maximum", s.DemandByPhase.Steady, nil, "%s", s.terms.Formula(Steady))
	if t, ok := s.terms.Replaced(); ok {
		e.sum("moments.replace", "to replace a pool", s.DemandByPhase.Replace, nil,
			"%d at its maximum + %d for another pool like %s",
			s.DemandByPhase.Steady, t.Copies*t.Each(), t.Pool.Name)
	}
	bits, known := s.PrefixLength()
	if !known {
		return
	}
	e.prefixLength(s, bits)
	if s.how != "" && !s.pinned && s.AddressPrefix.IsValid() {
		e.say("addressPrefix", "placed", s.AddressPrefix.Bits(), nil, "%s: %s", s.AddressPrefix, s.how)
	}
	var usable []string
	for _, p := range s.prefixes4() {
		usable = append(usable, fmt.Sprintf("max(0, 2^(32 − %d) − %d reserved)", p.Bits(), aks.ReservedPerSubnet))
	}
	if s.IPAMPoolAddresses > 0 {
		e.say("ipamPoolAddresses", "from the pool", s.IPAMPoolAddresses, nil, "2^(32 − %d): %s", bits, s.how)
		usable = append(usable, fmt.Sprintf("max(0, %d − %d reserved)", s.IPAMPoolAddresses, aks.ReservedPerSubnet))
	}
	e.sum("usable", "usable", s.Usable, from("reserved-per-subnet"), "%s", plus(usable))
	e.sum("headroom", "headroom", s.Headroom, nil, "%d usable − (%d needed − %d reserved)", s.Usable, s.Demand.Total,
		s.Demand.Reserved)
}

// demandSources returns the sources of all terms, each page once.
func demandSources(ts Terms) (out []aks.Source) {
	for _, t := range ts {
		for _, src := range t.Sources() {
			if !slices.ContainsFunc(out, func(have aks.Source) bool { return have.URL == src.URL }) {
				out = append(out, src)
			}
		}
	}
	return out
}

func (e *explainer) prefixLength(s *Subnet, bits int) {
	computed := BitsFor(s.Demand.Total)
	switch {
	case s.pinned:
		e.say("addressPrefix", "prefix length", bits, nil, "pinned by the spec")
	case s.Spec != nil && s.Spec.PrefixLength == bits:
		e.say("addressPrefix", "prefix length", bits, nil, "prefixLength of the spec")
	case s.Confined() && bits < computed:
		e.say(
			"addressPrefix",
			"prefix length",
			bits,
			nil,
			"the largest block that is left, which is smaller than a /%d",
			NodeSubnetBits,
		)
	case s.Purpose == Nodes && bits == NodeSubnetBits && bits < computed:
		e.sum("addressPrefix", "prefix length", bits, nil, "min(%d, 32 − ceil(log2(%d)))",
			NodeSubnetBits, s.Demand.Total)
	case bits == computed:
		e.sum("addressPrefix", "prefix length", bits, from("smallest-subnet"), "min(%d, 32 − ceil(log2(%d)))",
			aks.SmallestSubnetBits, s.Demand.Total)
	case s.Purpose == APIServer:
		e.sum("addressPrefix", "prefix length", bits, from("api-server-subnet"), "min(%d, 32 − ceil(log2(%d)))",
			aks.APIServerSubnetBits, s.Demand.Total)
	default:
		e.say("addressPrefix", "prefix length", bits, kindSources(s),
			"what Azure asks for, or advises, for a subnet of its name, delegation or purpose")
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
