package plan

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// Where pod and service CIDRs come from when AKS's own defaults collide with something and the spec names no pools.
func otherPodPool() netip.Prefix     { return netip.MustParsePrefix("100.64.0.0/10") }
func otherServicePool() netip.Prefix { return netip.MustParsePrefix("172.20.0.0/14") }

// Where networks are carved from when the spec names no pools. Both are ours to choose: the IPv4 range touches none of
// the ranges that AKS takes by default (10.0.0.0/16, 10.224.0.0/12, 10.244.0.0/16); the IPv6 range is a unique local
// one.
func defaultPool() netip.Prefix  { return netip.MustParsePrefix("10.128.0.0/10") }
func defaultPool6() netip.Prefix { return netip.MustParsePrefix("fd00:db8::/32") }

// OwnerKind is what a range belongs to.
type OwnerKind string

// The kinds of owners.
const (
	OwnerSubnet   OwnerKind = "subnet"
	OwnerVNet     OwnerKind = "address space of network"
	OwnerPeer     OwnerKind = "peered network"
	OwnerReserved OwnerKind = "reserved range"
)

// RangeOwner is a range and what it belongs to.
type RangeOwner struct {
	Prefix netip.Prefix
	Kind   OwnerKind
	Name   string
	// Path is where the owner stands in the spec; empty for what AKS creates.
	Path string
}

// Peer is a network on the other side of a peering.
type Peer struct {
	Name     string
	Path     string
	Prefixes []netip.Prefix
	// VNet is the network if the spec describes it, else nil.
	VNet *VNet
}

// Ranges knows who owns which range, which ranges a CIDR has to avoid, and where a free one is.
type Ranges struct {
	spec      *spec.Spec
	plan      *Plan
	vnets     map[string]*VNet
	obstacles obstacles
	// held is the ranges that were handed out before; nil without any. With repeating, CIDRs for pods and Services may be
	// what others have for theirs.
	held      *held
	repeating bool
}

// NewRanges returns the Ranges of a finished plan.
func NewRanges(p *Plan) *Ranges {
	r := newRanges(p, map[string]*VNet{})
	for _, v := range p.VNets {
		r.addVNet(v)
	}
	return r
}

func newRanges(p *Plan, vnets map[string]*VNet) *Ranges {
	return &Ranges{spec: p.Spec, plan: p, vnets: vnets, obstacles: newObstacles(), held: p.held}
}

// addVNet makes a network known by its name and by its resource id; of several with one name the first is found.
func (r *Ranges) addVNet(v *VNet) {
	for _, key := range []string{strings.ToLower(v.Name), networkID(v, r.spec)} {
		if _, taken := r.vnets[key]; !taken && key != "" {
			r.vnets[key] = v
		}
	}
}

// VNet finds a network of the plan by its name or resource id; nil when there is none.
func (r *Ranges) VNet(name string) *VNet { return r.vnets[strings.ToLower(name)] }

// Peers returns the networks that a network is peered with, once each.
func (r *Ranges) Peers(v *VNet) (out []Peer) {
	seen := map[string]bool{}
	for i, name := range v.Peerings {
		key := strings.ToLower(name)
		other := r.vnets[key]
		if other == v || seen[key] {
			continue
		}
		seen[key] = true
		switch {
		case other != nil:
			out = append(out, Peer{other.Name, other.Path, other.AddressPrefixes, other})
		case v.Spec != nil && i < len(v.Spec.Peerings):
			path := fmt.Sprintf("%s.peerings[%d]", v.Path, i)
			out = append(out, Peer{name, path, v.Spec.Peerings[i].AddressPrefixes, nil})
		}
	}
	if v.Spec != nil && v.Spec.VirtualHub != (spec.VirtualHub{}) {
		hub := v.Spec.VirtualHub
		var space []netip.Prefix
		if hub.AddressPrefix.IsValid() {
			space = append(space, hub.AddressPrefix)
		}
		name := cmp.Or(hub.ID[strings.LastIndexByte(hub.ID, '/')+1:], "virtual hub")
		out = append(out, Peer{name, v.Path + ".virtualHub", space, nil})
	}
	return out
}

// Owners returns the owners of the ranges of a network: its subnets, the network itself and its peers. A nil network
// represents one that AKS creates.
func (r *Ranges) Owners(v *VNet) (out []RangeOwner) {
	if v == nil {
		return []RangeOwner{
			{Prefix: aks.ManagedVNet(), Kind: OwnerVNet, Name: "made by AKS"},
			{Prefix: aks.ManagedSubnet(), Kind: OwnerSubnet, Name: "aks-subnet"},
		}
	}
	add := func(prefixes []netip.Prefix, kind OwnerKind, name, path string) {
		for _, p := range prefixes {
			out = append(out, RangeOwner{p, kind, name, path})
		}
	}
	for _, s := range v.Subnets {
		add(s.AddressPrefixes, OwnerSubnet, s.Name, s.Path)
	}
	add(v.AddressPrefixes, OwnerVNet, v.Name, v.Path)
	for _, peer := range r.Peers(v) {
		add(peer.Prefixes, OwnerPeer, peer.Name, peer.Path)
	}
	return out
}

// Reserved returns the ranges that the spec reserves.
func (r *Ranges) Reserved() (out []RangeOwner) {
	for i, reserved := range r.spec.AddressSpace.Reserved {
		path := fmt.Sprintf("addressSpace.reserved[%d]", i)
		out = append(out, RangeOwner{reserved.AddressPrefix, OwnerReserved, reserved.Name, path})
	}
	return out
}

// taken returns everything that networks cannot be carved from: ranges that are forbidden, networks, peers and CIDRs
// that the spec pins, wherever in the spec they are.
func (r *Ranges) taken() []netip.Prefix {
	out := append(r.Forbidden(aks.UseVNet), r.pinned()...)
	for i := range r.spec.VNets {
		if hub := r.spec.VNets[i].VirtualHub.AddressPrefix; hub.IsValid() {
			out = append(out, hub)
		}
		for _, p := range r.spec.VNets[i].Peerings {
			out = append(out, p.AddressPrefixes...)
		}
	}
	return out
}

// pinned returns the networks, pod CIDRs and service CIDRs that the spec pins.
func (r *Ranges) pinned() (out []netip.Prefix) {
	for i := range r.spec.Clusters {
		out = append(out, pinnedCIDRs(&r.spec.Clusters[i])...)
	}
	if r.held != nil {
		out = append(out, r.held.cidrs...)
	}
	for _, v := range r.plan.VNets {
		if v.held {
			out = append(out, v.AddressPrefixes...)
		}
	}
	for i := range r.spec.VNets {
		out = append(out, r.spec.VNets[i].AddressPrefixes...)
	}
	return out
}

// pinnedIn returns, by network, the CIDRs that the clusters in it pin.
func (r *Ranges) pinnedIn() map[*VNet][]netip.Prefix {
	out := map[*VNet][]netip.Prefix{}
	for _, c := range r.plan.Clusters {
		if c.vnet != nil {
			out[c.vnet] = append(append(out[c.vnet], pinnedCIDRs(c.Spec)...), c.held.cidrs()...)
		}
	}
	return out
}

// pinnedCIDRs returns the pod and service CIDRs that a cluster's spec gives.
func pinnedCIDRs(c *spec.Cluster) []netip.Prefix {
	all := slices.Concat([]netip.Prefix{c.PodCIDR, c.ServiceCIDR}, c.PodCIDRs, c.ServiceCIDRs)
	return slices.DeleteFunc(all, func(p netip.Prefix) bool { return !p.IsValid() })
}

// Pools returns the ranges that networks are carved from, by family: those of the spec, or the defaults for a family
// without.
func Pools(s *spec.Spec) (four, six []netip.Prefix) {
	all := defaultPools(s)
	for _, p := range s.AddressSpace.Pools {
		all = append(all, p.AddressPrefix)
	}
	for _, p := range all {
		switch {
		case !p.IsValid():
		case p.Addr().Is4():
			four = append(four, p)
		default:
			six = append(six, p)
		}
	}
	return four, six
}

// defaultPools returns the ranges that networks of a family are carved from for which the spec names none.
func defaultPools(s *spec.Spec) (out []netip.Prefix) {
	for _, p := range []netip.Prefix{defaultPool(), defaultPool6()} {
		if !slices.ContainsFunc(s.AddressSpace.Pools, func(own spec.Pool) bool {
			return own.AddressPrefix.IsValid() && own.AddressPrefix.Addr().Is4() == p.Addr().Is4()
		}) {
			out = append(out, p)
		}
	}
	return out
}

// Forbidden returns the ranges that nothing of a use may touch: those that the spec reserves, and those that AKS
// forbids.
func (r *Ranges) Forbidden(use aks.Use) []netip.Prefix {
	out := append(r.reserved(), r.foreign(use)...)
	for _, f := range aks.ForbiddenRanges() {
		if f.Forbids(use) {
			out = append(out, f.Prefix)
		}
	}
	return out
}

func (r *Ranges) reserved() (out []netip.Prefix) {
	for _, reserved := range r.spec.AddressSpace.Reserved {
		if reserved.AddressPrefix.IsValid() {
			out = append(out, reserved.AddressPrefix)
		}
	}
	return out
}

// Pools returns the IPv4 ranges that pod or service CIDRs are taken from, in order: those of the spec, else AKS's
// default and one of ours.
func (r *Ranges) Pools(use aks.Use) []netip.Prefix {
	if own := IPv4(r.specPools(use)); len(own) > 0 {
		return own
	}
	if use == aks.UseService {
		return []netip.Prefix{aks.DefaultServiceCIDR(), otherServicePool()}
	}
	return []netip.Prefix{aks.DefaultPodCIDR(), otherPodPool()}
}

func (r *Ranges) specPools(use aks.Use) []netip.Prefix {
	if use == aks.UseService {
		return r.spec.AddressSpace.ServicePools
	}
	return r.spec.AddressSpace.PodPools
}

// otherUse returns the use of the other CIDR of a cluster.
func otherUse(use aks.Use) aks.Use {
	if use == aks.UseService {
		return aks.UsePod
	}
	return aks.UseService
}

// peeringPrefixes returns the address space that a network's peerings give for networks outside the spec.
func peeringPrefixes(v *VNet) (out []netip.Prefix) {
	if v.Spec == nil {
		return nil
	}
	for _, p := range v.Spec.Peerings {
		out = append(out, p.AddressPrefixes...)
	}
	return out
}

// cidrsOf returns the CIDRs for a use that a cluster has or pins.
func cidrsOf(c *Cluster, use aks.Use) (out []netip.Prefix) {
	one, many, chosen := c.Spec.PodCIDR, c.Spec.PodCIDRs, c.PodCIDRs
	if use == aks.UseService {
		one, many, chosen = c.Spec.ServiceCIDR, c.Spec.ServiceCIDRs, c.ServiceCIDRs
	}
	for _, p := range slices.Concat([]netip.Prefix{one}, many, chosen, c.held[use]) {
		if p.IsValid() {
			out = append(out, p)
		}
	}
	return out
}

// siblings returns the pod CIDRs of the other clusters in a cluster's network whose routes are in a route table too.
func (r *Ranges) siblings(c *Cluster) (out []netip.Prefix) {
	for _, o := range r.plan.Clusters {
		if o != c && o.vnet == c.vnet && o.Model.Facts().OwnRouteTable {
			out = append(out, o.PodCIDRs...)
		}
	}
	return out
}

// poolsShared reports whether the pools of a use overlap those of networks or of the other use.
func (r *Ranges) poolsShared(use aks.Use) bool {
	others, _ := Pools(r.spec)
	others = append(slices.Clone(others), r.Pools(otherUse(use))...)
	return slices.ContainsFunc(r.Pools(use), func(p netip.Prefix) bool { return overlapsAny(p, others) })
}

func overlapsAny(p netip.Prefix, others []netip.Prefix) bool {
	return slices.ContainsFunc(others, p.Overlaps)
}

// IPv4 returns the IPv4 prefixes of a list.
func IPv4(prefixes []netip.Prefix) (out []netip.Prefix) {
	for _, p := range prefixes {
		if isIPv4(p) {
			out = append(out, p)
		}
	}
	return out
}
