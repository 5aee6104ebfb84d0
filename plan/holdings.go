package plan

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// Holding is a range that was handed out before the plan is made.
type Holding struct {
	Prefix netip.Prefix
	// Use is what the range is for: networks and subnets are one use.
	Use aks.Use
	// VNet, Subnet and Cluster name what has the range: a network, a subnet of a network, or a cluster with its CIDRs.
	// Something else has none of them.
	VNet, Subnet, Cluster string
	// By is who holds it, for messages.
	By string
}

// Holdings is what is known of ranges before a plan is made. The zero value is nothing.
type Holdings struct {
	// Own is what the networks, subnets and clusters of the plan have already: they stay where they are, unless the
	// spec
	// says otherwise. What the plan does not have any more still keeps its range.
	Own []Holding
	// Others is what others have: as good as reserved.
	Others []Holding
}

// holdingKey is what has a range. Azure does not distinguish case.
type holdingKey struct {
	use                   aks.Use
	vnet, subnet, cluster string
}

func keyOf(use aks.Use, vnet, subnet, cluster string) holdingKey {
	return holdingKey{use, strings.ToLower(vnet), strings.ToLower(subnet), strings.ToLower(cluster)}
}

// held is holdings while a plan is made.
type held struct {
	own map[holdingKey][]netip.Prefix
	// cidrs is what clusters of the plan have; foreign is what nothing in the plan has.
	cidrs   []netip.Prefix
	foreign []Holding
}

// cidrsHeld is the CIDRs that a cluster has already, by use.
type cidrsHeld map[aks.Use][]netip.Prefix

func (h cidrsHeld) cidrs() []netip.Prefix { return slices.Concat(h[aks.UsePod], h[aks.UseService]) }

func newHeld(h Holdings) *held {
	out := &held{own: map[holdingKey][]netip.Prefix{}}
	for _, o := range h.Own {
		key := keyOf(o.Use, o.VNet, o.Subnet, o.Cluster)
		out.own[key] = append(out.own[key], o.Prefix)
	}
	return out
}

// take returns the ranges of a network, subnet or cluster, which are then no longer somebody else's.
func (h *held) take(use aks.Use, vnet, subnet, cluster string) []netip.Prefix {
	key := keyOf(use, vnet, subnet, cluster)
	out := h.own[key]
	delete(h.own, key)
	return out
}

// hold gives the networks, subnets and clusters of the plan the ranges that they have already.
func (b *builder) hold(all Holdings) {
	h := newHeld(all)
	b.plan.held, b.ranges.held = h, h
	for _, v := range b.plan.VNets {
		if prefixes := h.take(aks.UseVNet, v.Name, "", ""); v.Sized && len(prefixes) > 0 {
			v.AddressPrefixes, v.held = append(v.AddressPrefixes, prefixes...), true
		}
	}
	for _, r := range b.requests {
		s := r.subnet
		if prefixes := h.take(aks.UseVNet, s.VNet.Name, s.Name, ""); !s.Existing && !s.VNet.InIPAMPool() &&
			len(r.pinned) == 0 &&
			len(prefixes) > 0 {
			r.pinned, s.pinned, s.held = prefixes, true, true
		}
	}
	for _, c := range b.plan.Clusters {
		c.held = cidrsHeld{}
		for _, use := range []aks.Use{aks.UsePod, aks.UseService} {
			c.held[use] = h.take(use, "", "", c.Name)
			h.cidrs = append(h.cidrs, c.held[use]...)
		}
	}
	h.foreign = b.leftTo(h, all)
}

// leftTo returns the holdings that nothing in the plan has. A network of others that the spec describes is no obstacle
// to
// what is planned in it.
func (b *builder) leftTo(h *held, all Holdings) (out []Holding) {
	for _, o := range all.Own {
		if len(h.own[keyOf(o.Use, o.VNet, o.Subnet, o.Cluster)]) > 0 {
			out = append(out, o)
		}
	}
	for _, o := range all.Others {
		if v := b.vnets[strings.ToLower(o.VNet)]; v == nil || o.Subnet != "" || !v.holds(o.Prefix) {
			out = append(out, o)
		}
	}
	return out
}

// forbids reports whether a range that others hold must be kept off for a use. CIDRs for the same use may repeat if
// need
// be: a Service address means nothing outside its cluster, and neither does a pod's behind an overlay.
func (o Holding) forbids(use aks.Use) bool { return o.Use == aks.UseVNet || o.Use != use }

// foreign returns what others hold that a use must keep off and, unless ranges may repeat, should.
func (r *Ranges) foreign(use aks.Use) (out []netip.Prefix) {
	if r.held == nil {
		return nil
	}
	for _, o := range r.held.foreign {
		if o.forbids(use) || !r.repeating {
			out = append(out, o.Prefix)
		}
	}
	return out
}

// othersHaveCIDRs reports whether others hold CIDRs for pods or Services.
func (r *Ranges) othersHaveCIDRs() bool {
	return r.held != nil && slices.ContainsFunc(r.held.foreign, func(o Holding) bool { return o.Use != aks.UseVNet })
}

// repeat returns the ranges with which CIDRs may repeat what others have for the same use; nil if they have none.
func (r *Ranges) repeat() *Ranges {
	if r.repeating || !r.othersHaveCIDRs() {
		return nil
	}
	return &Ranges{spec: r.spec, plan: r.plan, vnets: r.vnets, obstacles: newObstacles(), held: r.held, repeating: true}
}

// Held reports whether the subnet has its range from a ledger.
func (s *Subnet) Held() bool { return s.held }
