package validate

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// nameIndex finds the first of several things by its name, as Azure compares names: without regard to case.
type nameIndex map[string]int

func newNameIndex[T any](list []T, name func(*T) string) nameIndex {
	x := make(nameIndex, len(list))
	for i := range list {
		key := strings.ToLower(name(&list[i]))
		if _, ok := x[key]; !ok {
			x[key] = i
		}
	}
	return x
}

// find returns the index of a name, or -1 if nothing has it.
func (x nameIndex) find(name string) int {
	if i, ok := x[strings.ToLower(name)]; ok {
		return i
	}
	return -1
}

// lookups finds things of the spec and the plan by their names and places. Each is nil until used.
type lookups struct {
	tables, groups, gateways nameIndex
	older                    nameIndex // clusters of the older plan
	named                    map[string]bool
	peerings                 map[*plan.VNet]nameIndex
	clustersIn               map[*plan.VNet][]*plan.Cluster
	nodesIn                  map[*plan.Subnet][]int // indexes of the clusters that have nodes in a subnet
	firewalls                map[*plan.VNet]firewall
	position                 map[*plan.VNet]int
	empty                    map[string]bool // paths of clusters without node pools
	holders                  *holders
	statics                  map[netip.Addr]bool
}

// table returns the route table of the spec with a name, and its index; nil if there is none.
func (p *Pass) table(name string) (*spec.RouteTable, int) {
	x := &p.facts.lookups
	if x.tables == nil {
		x.tables = newNameIndex(p.Spec.RouteTables, func(t *spec.RouteTable) string { return t.Name })
	}
	if i := x.tables.find(name); i >= 0 {
		return &p.Spec.RouteTables[i], i
	}
	return nil, -1
}

// group returns the security group of the spec with a name, and its index; nil if there is none.
func (p *Pass) group(name string) (*spec.NetworkSecurityGroup, int) {
	x := &p.facts.lookups
	if x.groups == nil {
		x.groups = newNameIndex(p.Spec.NetworkSecurityGroups,
			func(g *spec.NetworkSecurityGroup) string { return g.Name })
	}
	if i := x.groups.find(name); i >= 0 {
		return &p.Spec.NetworkSecurityGroups[i], i
	}
	return nil, -1
}

// gateway returns the NAT gateway of the spec with a name, and its index; nil if there is none.
func (p *Pass) gateway(name string) (*spec.NATGateway, int) {
	x := &p.facts.lookups
	if x.gateways == nil {
		x.gateways = newNameIndex(p.Spec.NATGateways, func(g *spec.NATGateway) string { return g.Name })
	}
	if i := x.gateways.find(name); i >= 0 {
		return &p.Spec.NATGateways[i], i
	}
	return nil, -1
}

// isNamed reports whether a cluster or peering in the spec refers to a network by name.
func (p *Pass) isNamed(vnet string) bool {
	x := &p.facts.lookups
	if x.named == nil {
		x.named = map[string]bool{}
		for i := range p.Spec.Clusters {
			x.named[strings.ToLower(p.Spec.Clusters[i].VNet)] = true
		}
		for i := range p.Spec.VNets {
			for _, peering := range p.Spec.VNets[i].Peerings {
				x.named[strings.ToLower(peering.VNet)] = true
			}
		}
	}
	return x.named[strings.ToLower(vnet)]
}

// runs reports whether a cluster is known to run already: the older plan has it. What Azure accepted when it created a
// cluster, it does not judge again.
func (p *Pass) runs(c *plan.Cluster) bool {
	if p.Old == nil {
		return false
	}
	x := &p.facts.lookups
	if x.older == nil {
		x.older = newNameIndex(p.Old.Clusters, func(c **plan.Cluster) string { return (*c).Name })
	}
	return x.older.find(c.Name) >= 0
}

// peeringOf returns the path of the peering of a network with another one, by name.
func (p *Pass) peeringOf(v *plan.VNet, name string) (string, bool) {
	if v.Spec == nil {
		return "", false
	}
	x := &p.facts.lookups
	if x.peerings == nil {
		x.peerings = map[*plan.VNet]nameIndex{}
	}
	if x.peerings[v] == nil {
		x.peerings[v] = newNameIndex(v.Spec.Peerings, func(other *spec.Peering) string { return p.peerName(other.VNet) })
	}
	if i := x.peerings[v].find(name); i >= 0 {
		return indexed(v.Path+".peerings", i), true
	}
	return "", false
}

// clustersOf returns the clusters of a network; those of all networks that AKS makes for nil.
func (p *Pass) clustersOf(v *plan.VNet) []*plan.Cluster {
	x := &p.facts.lookups
	if x.clustersIn == nil {
		x.clustersIn = map[*plan.VNet][]*plan.Cluster{}
		for _, c := range p.Plan.Clusters {
			x.clustersIn[c.VNet()] = append(x.clustersIn[c.VNet()], c)
		}
	}
	return x.clustersIn[v]
}

// clustersBehind returns the clusters whose nodes are in subnets that a group guards.
func (p *Pass) clustersBehind(g *spec.NetworkSecurityGroup) (out []*plan.Cluster) {
	x := &p.facts.lookups
	if x.nodesIn == nil {
		x.nodesIn = map[*plan.Subnet][]int{}
		for i, c := range p.Plan.Clusters {
			for _, s := range c.NodeSubnets() {
				x.nodesIn[s] = append(x.nodesIn[s], i)
			}
		}
	}
	var found []int
	for _, s := range p.guarded(g) {
		found = append(found, x.nodesIn[s]...)
	}
	slices.Sort(found)
	for _, i := range slices.Compact(found) {
		out = append(out, p.Plan.Clusters[i])
	}
	return out
}

// place returns the place of a network in the plan.
func (p *Pass) place(v *plan.VNet) int {
	x := &p.facts.lookups
	if x.position == nil {
		x.position = make(map[*plan.VNet]int, len(p.Plan.VNets))
		for i, v := range p.Plan.VNets {
			x.position[v] = i
		}
	}
	return x.position[v]
}

// firewall is the subnet of a firewall in a network.
type firewall struct {
	network *plan.VNet
	address netip.Addr
}

// firewallAddress returns the address that a firewall gets in the cluster's network or a peered one: the first usable
// address of AzureFirewallSubnet. Of several, it is the one of the network that the plan lists first.
func (p *Pass) firewallAddress(c *plan.Cluster) (netip.Addr, bool) {
	if c.VNet() == nil {
		return netip.Addr{}, false
	}
	x := &p.facts.lookups
	if x.firewalls == nil {
		x.firewalls = p.allFirewalls()
	}
	var found []firewall
	add := func(v *plan.VNet) {
		if f, ok := x.firewalls[v]; ok {
			found = append(found, f)
		}
	}
	add(c.VNet())
	for _, name := range c.VNet().Peerings {
		add(p.rangesOf().VNet(name))
	}
	if len(found) == 0 {
		return netip.Addr{}, false
	}
	first := slices.MinFunc(found, func(a, b firewall) int { return cmp.Compare(p.place(a.network), p.place(b.network)) })
	return first.address, true
}

func (p *Pass) allFirewalls() map[*plan.VNet]firewall {
	out := map[*plan.VNet]firewall{}
	for _, v := range p.Plan.VNets {
		for _, s := range v.Subnets {
			if _, have := out[v]; !have && strings.EqualFold(s.Name, "AzureFirewallSubnet") && s.AddressPrefix.IsValid() {
				out[v] = firewall{v, s.AddressPrefix.Addr().Next().Next().Next().Next()}
			}
		}
	}
	return out
}

// hasNoPools reports whether a path belongs to a cluster without node pools. Another rule reports such a cluster, so
// findings about ranges that its pools would size add nothing.
func (p *Pass) hasNoPools(path string) bool {
	x := &p.facts.lookups
	if x.empty == nil {
		x.empty = map[string]bool{}
		for _, c := range p.Plan.Clusters {
			if len(c.Pools()) == 0 {
				x.empty[c.Path] = true
			}
		}
	}
	return x.empty[path]
}

// staticAddresses returns the addresses that Services of all clusters ask for.
func (p *Pass) staticAddresses() map[netip.Addr]bool {
	x := &p.facts.lookups
	if x.statics == nil {
		x.statics = map[netip.Addr]bool{}
		for _, c := range p.Plan.Clusters {
			for _, a := range c.Spec.Services.StaticIPs {
				x.statics[a] = true
			}
		}
	}
	return x.statics
}

// holders finds the subnet and the network that hold an address: of several, the one that the plan lists first.
type holders struct {
	subnets  map[netip.Prefix]ranked[*plan.Subnet]
	networks map[netip.Prefix]ranked[*plan.VNet]
}

// ranked is a thing and its place in a list.
type ranked[T any] struct {
	place int
	thing T
}

func (p *Pass) holders() *holders {
	if p.facts.lookups.holders == nil {
		p.facts.lookups.holders = newHolders(p.Plan)
	}
	return p.facts.lookups.holders
}

func newHolders(p *plan.Plan) *holders {
	h := &holders{map[netip.Prefix]ranked[*plan.Subnet]{}, map[netip.Prefix]ranked[*plan.VNet]{}}
	for i, v := range p.VNets {
		for _, r := range v.AddressPrefixes {
			keep(h.networks, r, ranked[*plan.VNet]{i, v})
		}
		for _, s := range v.Subnets {
			for _, r := range s.AddressPrefixes {
				keep(h.subnets, r, ranked[*plan.Subnet]{len(h.subnets), s})
			}
		}
	}
	return h
}

// keep adds what holds a range unless something before it does.
func keep[T any](m map[netip.Prefix]ranked[T], r netip.Prefix, what ranked[T]) {
	if _, have := m[r]; !have {
		m[r] = what
	}
}

// holding returns the first thing whose range holds an address; the zero value if there is none.
func holding[T any](m map[netip.Prefix]ranked[T], a netip.Addr) (first T) {
	at := -1
	for bits := range a.BitLen() + 1 {
		r, err := a.Prefix(bits)
		if what, ok := m[r]; err == nil && ok && (at < 0 || what.place < at) {
			at, first = what.place, what.thing
		}
	}
	return first
}
