package compare

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

// option writes down what the plan of the candidate says.
func (c *candidate) option() Option {
	k := c.cluster
	o := Option{
		Variant: c.variant.ID, Title: c.variant.Title, Model: c.variant.Model, NetworkDataplane: c.variant.Dataplane,
		NetworkPolicy: k.NetworkPolicy, AllocationMode: c.variant.Mode,
		NodeSubnets: []Subnet{}, PodSubnets: []Subnet{}, Blockers: []Blocker{},
		PodCIDR: k.PodCIDR, PodBlocks: k.PodBlocks, Nodes: k.Nodes, SurgeNodes: k.SurgeNodes, Pods: k.Pods,
		Capacity: k.Capacity, Headroom: k.Capacity.NodesWithSurge - k.Nodes,
		MaxNodes: k.Model.Facts().MaxNodes, MaxPods: k.Model.MaxPods(c.variant.Mode),
	}
	c.addSubnets(&o)
	if r, ok := aks.RetirementByID(string(k.Model)); ok {
		o.Retires = r.Date
	}
	o.Blockers = append(o.Blockers, c.blockers()...)
	o.Feasible = !slices.ContainsFunc(o.Blockers, func(b Blocker) bool { return b.Severity == Error })
	return o
}

func (c *candidate) addSubnets(o *Option) {
	if c.cluster.VNet() == nil {
		o.VNetAddresses = c.cluster.ManagedTerms().At(plan.Upgrade)
		return
	}
	for _, s := range subnetsOf(c.cluster) {
		row := subnetRow(s)
		o.VNetAddresses += row.Addresses
		o.SubnetAddresses += ipam.PrefixSize(row.PrefixLength)
		if s.Purpose == plan.Pods {
			o.PodSubnets = append(o.PodSubnets, row)
		} else {
			o.NodeSubnets = append(o.NodeSubnets, row)
		}
	}
}

func subnetRow(s *plan.Subnet) Subnet {
	row := Subnet{
		Name: s.Name, AddressPrefix: s.AddressPrefix, Addresses: s.Demand.Total, Usable: s.Usable, Headroom: s.Headroom,
	}
	row.PrefixLength = plan.BitsFor(row.Addresses)
	if bits, known := s.PrefixLength(); known {
		row.PrefixLength, row.FromIPAMPool = bits, s.IPAMPoolAddresses > 0
	}
	return row
}
