package plan

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// Phase is a phase in the life of a cluster in which a subnet can turn out too small.
type Phase string

// The phases, in their order.
const (
	Create  Phase = "create"  // the clusters are created
	Steady  Phase = "steady"  // every autoscaler is at its maximum, growth included
	Upgrade Phase = "upgrade" // all pools upgrade at that size
	Replace Phase = "replace" // a second pool stands beside the largest one and is about to replace it
)

// ByPhase is a number for each phase. Replace is for a phase that only the owner plans for: the maxPods, VM size and
// subnet of a pool never change, so a new value needs a second pool.
type ByPhase struct {
	Create  int `json:"create"`
	Steady  int `json:"steady"`
	Upgrade int `json:"upgrade"`
	Replace int `json:"replace"`
}

// FirstAbove returns the first of the phases Create, Steady and Upgrade whose number is larger than has; Upgrade when
// none is.
func (n ByPhase) FirstAbove(has int) Phase {
	switch {
	case n.Create > has:
		return Create
	case n.Steady > has:
		return Steady
	}
	return Upgrade
}

// TermKind is what a term of a demand counts.
type TermKind string

// The kinds of terms, in the order in which a demand lists them.
const (
	TermNodes            TermKind = "nodes"          // nodes of a pool, with the pods that take addresses beside them
	TermPods             TermKind = "pods"           // nodes of a pool whose pods take addresses here
	TermLoadBalancers    TermKind = "load balancers" // internal ones
	TermPrivateEndpoints TermKind = "private endpoints"
	TermBrokenBlocks     TermKind = "broken blocks" // static allocation cannot use them, since Azure reserves a part
	TermAPIServers       TermKind = "API servers"
	TermEgressAddresses  TermKind = "egress addresses" // secondary addresses of static egress gateways
	TermAskedFor         TermKind = "asked for"        // addresses that the spec asks for
	TermInUse            TermKind = "in use"           // addresses of an existing subnet that the spec reports as used
	TermReserved         TermKind = "reserved"         // addresses that Azure reserves
)

// Term is one part of what a subnet must hold: things of one kind that take the same number of addresses each.
type Term struct {
	Kind TermKind
	// Pool is the pool that is counted; nil unless Kind is TermNodes or TermPods.
	Pool *NodePool
	// Created is how many there are at creation, Count how many at the maximum. Surge is how many an upgrade adds,
	// Copies how many a second pool adds that replaces this one.
	Created, Count, Surge, Copies int
	// Own is how many addresses each takes itself, Pods how many its pods take.
	Own, Pods int
}

// Each returns how many addresses each thing takes.
func (t Term) Each() int { return t.Own + t.Pods }

// Mapped is Each as the limits of a virtual network count it: a static block counts as one address.
func (t Term) Mapped() int {
	if t.static() {
		return t.Pool.cost.Blocks
	}
	return t.Each()
}

// At returns how many things there are in a phase.
func (t Term) At(p Phase) int {
	switch p {
	case Create:
		return t.Created
	case Upgrade:
		return t.Count + t.Surge
	case Replace:
		return t.Count + t.Copies
	}
	return t.Count
}

// Addresses returns how many addresses the term takes in a phase.
func (t Term) Addresses(p Phase) int { return t.At(p) * t.Each() }

// static reports whether the term is pods in static blocks.
func (t Term) static() bool { return t.Kind == TermPods && t.Pool.cost.Blocks > 0 }

// Terms is a demand as a list of terms. All sums, formulas and inverse questions derive from it.
type Terms []Term

// At returns how many addresses the terms take in a phase, the reserved ones included.
func (ts Terms) At(p Phase) (n int) {
	for _, t := range ts {
		n += t.Addresses(p)
	}
	return n
}

// ByPhase returns how many addresses the terms take in every phase, the reserved ones included.
func (ts Terms) ByPhase() ByPhase {
	return ByPhase{Create: ts.At(Create), Steady: ts.At(Steady), Upgrade: ts.At(Upgrade), Replace: ts.At(Replace)}
}

// Pools returns the terms of node pools.
func (ts Terms) Pools() (out Terms) {
	for _, t := range ts {
		if t.Pool != nil {
			out = append(out, t)
		}
	}
	return out
}

// StaticBlocks reports whether pods of the demand get whole /28 blocks (podIPAllocationMode StaticBlock).
func (ts Terms) StaticBlocks() bool {
	for _, t := range ts {
		if t.static() {
			return true
		}
	}
	return false
}

// Replaced returns the term of the pool whose replacement takes the most addresses; false when no pool takes any.
// [aks.PageNodePools] (read 2026-11-22)
func (ts Terms) Replaced() (Term, bool) {
	i := ts.largest()
	if i < 0 {
		return Term{}, false
	}
	return ts[i], true
}

// largest returns the index of the pool that takes the most addresses without surge, of those that can be replaced: the
// first of equal ones, -1 without any.
func (ts Terms) largest() int {
	at := -1
	for i, t := range ts {
		if t.Pool != nil && !t.Pool.managed() && (at < 0 || t.Addresses(Steady) > ts[at].Addresses(Steady)) {
			at = i
		}
	}
	return at
}

// LargestMaxPods returns the largest maxPods that AKS accepts with which all terms fit into has addresses, the reserved
// ones included, when a single pool takes addresses; false when there is none, or not a single pool.
func (ts Terms) LargestMaxPods(has int) (int, bool) {
	pools := ts.Pools()
	if len(pools) != 1 || pools[0].At(Upgrade) == 0 {
		return 0, false
	}
	t := pools[0]
	rest, c := has-ts.At(Upgrade)+t.Addresses(Upgrade), t.Pool.Cluster
	return largestMaxPods(func(maxPods int) bool {
		cost := NodeCost(c.Model, t.Pool.AllocationMode(), maxPods)
		each := cost.NodeSubnet()
		if t.Kind == TermPods {
			each = cost.Pods
		}
		return t.At(Upgrade)*each <= rest
	})
}

// largestMaxPods returns the largest maxPods that AKS accepts and that fits; false when none does.
func largestMaxPods(fits func(maxPods int) bool) (int, bool) {
	for n := aks.MaxMaxPods; n >= aks.MinMaxPods; n-- {
		if fits(n) {
			return n, true
		}
	}
	return 0, false
}

// demand returns the totals at the fullest: all pools at their maximum, upgrading together.
func (ts Terms) demand() (d Demand) {
	for _, t := range ts {
		switch t.Kind {
		case TermNodes:
			d.Nodes += t.Count
			d.Surge += t.Surge
			d.Pods += t.At(Upgrade) * t.Pods
		case TermPods:
			d.Pods += t.At(Upgrade) * t.Pods
		case TermLoadBalancers:
			d.InternalLoadBalancers += t.Count
		case TermPrivateEndpoints:
			d.PrivateEndpoints += t.Count
		case TermReserved:
			d.Reserved += t.Count
		default:
			d.Other += t.Addresses(Upgrade)
		}
	}
	d.Total = ts.At(Upgrade)
	return d
}

// Formula returns the arithmetic of a phase: "(50 nodes + 1 surge) × (30 pods + 1) + 0 load balancers + 5 reserved".
// Where several pools take addresses, each of their terms starts with the pool's name.
func (ts Terms) Formula(p Phase) string {
	label, parts := ts.poolLabel(), make([]string, len(ts))
	for i, t := range ts {
		parts[i] = t.Formula(p)
		if t.Pool != nil {
			parts[i] = label(t.Pool) + parts[i]
		}
	}
	return plus(parts)
}

// poolLabel returns how the pools of the terms are told apart: not at all, by their names, or by their clusters too.
func (ts Terms) poolLabel() func(*NodePool) string {
	pools := ts.Pools()
	for _, t := range pools {
		if t.Pool.Cluster != pools[0].Pool.Cluster {
			return func(p *NodePool) string { return p.Cluster.Name + "/" + p.Name + " " }
		}
	}
	if len(pools) > 1 {
		return func(p *NodePool) string { return p.Name + " " }
	}
	return func(*NodePool) string { return "" }
}

// Formula returns the arithmetic of the term in a phase: "(50 nodes + 1 surge) × (30 pods + 1)".
func (t Term) Formula(p Phase) string {
	switch t.Kind {
	case TermNodes:
		if t.Pods == 0 {
			return t.nodes(p)
		}
		return t.nodes(p) + " × " + t.Pool.cost.nodeSubnetFormula()
	case TermPods:
		return t.nodes(p) + " × " + t.Pool.cost.podSubnetFormula()
	case TermBrokenBlocks:
		return fmt.Sprintf("(2 broken blocks × %d − %d)", aks.StaticBlockAddresses, aks.ReservedPerSubnet)
	case TermAPIServers:
		return fmt.Sprintf("%s × %d", countOf(t.At(p), "API servers"), t.Own)
	}
	return countOf(t.At(p), string(t.Kind))
}

// nodes writes the nodes of a pool in a phase, those that the phase adds apart.
func (t Term) nodes(p Phase) string {
	switch nodes := countOf(t.Count, "nodes"); {
	case p == Upgrade && t.Surge > 0:
		return fmt.Sprintf("(%s + %d surge)", nodes, t.Surge)
	case p == Replace && t.Copies > 0:
		return fmt.Sprintf("(%s + %d more)", nodes, t.Copies)
	}
	return countOf(t.At(p), "nodes")
}

// countOf is "1 node", "2 nodes".
func countOf(n int, things string) string {
	if n == 1 {
		things = strings.TrimSuffix(things, "s")
	}
	return fmt.Sprintf("%d %s", n, things)
}

// Sources returns where the size of the term is documented; empty for terms that the spec counts.
func (t Term) Sources() []aks.Source {
	switch {
	case t.Kind == TermNodes:
		return t.Pool.Cluster.Model.Facts().Sources
	case t.static():
		return from("static-block")
	case t.Kind == TermPods:
		return from("dynamic-batch", "dynamic-spare")
	case t.Kind == TermAPIServers:
		return from("api-server-addresses")
	case t.Kind == TermEgressAddresses:
		return []aks.Source{aks.CapabilityOn(aks.FeatureStaticEgressGateway, aks.OnOverlay).Source}
	case t.Kind == TermReserved:
		return from("reserved-per-subnet")
	}
	return nil
}

// demandRequest collects what a subnet must hold while clusters ask for addresses in it.
type demandRequest struct {
	pools                                       Terms
	loadBalancers, privateEndpoints, apiServers int
	// egressAddresses is the private addresses with which pods leave through static egress gateways.
	egressAddresses int
	// askedFor and inUse are what the spec says of a subnet of its own: one of the two, at most.
	askedFor, inUse int
}

// addNodes adds the nodes of a pool, and the pods that take addresses of the node subnet.
func (r *demandRequest) addNodes(p *NodePool) {
	r.pools = append(r.pools, Term{
		Kind: TermNodes, Pool: p, Created: p.CreateNodes, Count: p.Nodes, Surge: p.SurgeNodes, Own: p.cost.Node,
		Pods: p.cost.NodePods,
	})
}

// addGateway adds what a pool of static egress gateways with private addresses takes beside its nodes: the secondary
// addresses with which pods leave, as many as its prefix has, and the address of an internal load balancer.
// [aks.PageStaticEgress] (text 2026-08-06, read 2026-11-28)
func (r *demandRequest) addGateway(p *NodePool) {
	if p.Mode == aks.Gateway && p.Spec.GatewayProfile.Private() {
		r.egressAddresses += p.GatewayNodes
		r.loadBalancers++
	}
}

// addPods adds the pods of a pool to their pod subnet.
func (r *demandRequest) addPods(p *NodePool) {
	r.pools = append(r.pools, Term{
		Kind: TermPods, Pool: p, Created: p.CreateNodes, Count: p.Nodes, Surge: p.SurgeNodes, Pods: p.cost.Pods,
	})
}

// terms returns everything that was asked for and what Azure keeps of the subnet. Static blocks lose the rest of the
// two blocks in which the first four and the last address are.
func (r *demandRequest) terms() Terms {
	out := r.pools
	if i := out.largest(); i >= 0 {
		out[i].Copies = out[i].Count
	}
	add := func(wanted bool, kind TermKind, n, each int) {
		if wanted {
			out = append(out, Term{Kind: kind, Created: n, Count: n, Own: each})
		}
	}
	holdsNodes := len(r.pools) > 0 && r.pools[0].Kind == TermNodes
	add(holdsNodes || r.loadBalancers > 0, TermLoadBalancers, r.loadBalancers, 1)
	add(r.privateEndpoints > 0, TermPrivateEndpoints, r.privateEndpoints, 1)
	add(r.pools.StaticBlocks(), TermBrokenBlocks, 1, 2*aks.StaticBlockAddresses-aks.ReservedPerSubnet)
	add(r.apiServers > 0, TermAPIServers, r.apiServers, aks.APIServerAddresses)
	add(r.egressAddresses > 0, TermEgressAddresses, r.egressAddresses, 1)
	add(r.askedFor > 0, TermAskedFor, r.askedFor, 1)
	add(r.inUse > 0, TermInUse, r.inUse, 1)
	add(true, TermReserved, aks.ReservedPerSubnet, 1)
	return out
}

// setDemand sets what follows from the terms of a subnet, and returns the prefix length that it needs.
func (s *Subnet) setDemand(ts Terms) int {
	s.terms, s.Demand, s.DemandByPhase = ts, ts.demand(), ts.ByPhase()
	return BitsFor(s.Demand.Total)
}

// BitsFor returns the prefix length of the smallest subnet with this many addresses, the reserved ones included.
func BitsFor(addresses int) int {
	host := bits.Len(uint(max(addresses, 1) - 1))
	return min(aks.SmallestSubnetBits, 32-host)
}
