package compare

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// place is where a cluster is planned anew: its network without the cluster, or for a network that it has to itself the
// address pools without the network.
type place struct {
	cluster *plan.Cluster
	// vnets is the network as a spec, with the subnets that the cluster may share or that the spec lists. It is empty
	// for a network that the plan makes for the cluster.
	vnets []spec.VNet
	// shared is the subnets of vnets that other clusters use, by their index there; others is what those need of them.
	shared map[int]*plan.Subnet
	others map[int]othersDemand
	// rooms is the space for its ranges, in the order in which they are tried: its own, then all that is free; at last
	// that of subnets which others use as well.
	rooms []room
	// pods, routed and unrouted are those of the network.
	pods, routed podSpaces
	unrouted     *ipam.Pool
	// ranges is how many ranges the cluster takes at most, of each kind.
	ranges int
}

// room is space for a cluster: pools is what its network grows from, reserved is what of the network it cannot have.
type room struct {
	pools, reserved []netip.Prefix
	// stay is whether subnets that others use as well stay where they are.
	stay bool
}

// room returns the space of pools and a network. A family without a free range gets its pools with all of them in use:
// without any, planning takes the default ones.
func (f *Fleet) room(pools, reserved []netip.Prefix) room {
	four, six := plan.Pools(f.spec)
	for _, all := range [][]netip.Prefix{four, six} {
		is4 := all[0].Addr().Is4()
		if !slices.ContainsFunc(pools, func(p netip.Prefix) bool { return p.Addr().Is4() == is4 }) {
			pools, reserved = append(slices.Clone(pools), all...), append(reserved, all...)
		}
	}
	return room{pools: pools, reserved: reserved}
}

// placeOf takes a cluster out of the plan.
func (f *Fleet) placeOf(i int) *place {
	c, sc := f.base.Clusters[i], &f.spec.Clusters[i]
	p := &place{cluster: c, shared: map[int]*plan.Subnet{}, ranges: mostRanges(sc)}
	switch v := c.VNet(); {
	case v == nil:
		p.pods = f.pods.clone()
		p.pods.take(aks.ManagedVNet())
		p.rooms = []room{f.room(f.free.sample(p.ranges), nil)}
	case v.Sized && len(f.tenants[v]) == 1 && onlyOf(c, v):
		p.settle(f, v)
	default:
		p.enter(f, v, sc)
	}
	if p.unrouted == nil {
		p.routed = p.pods
	}
	p.pods.take(c.ServiceCIDRs...)
	p.routed.take(c.ServiceCIDRs...)
	p.others = p.demandOfOthers(sc)
	return p
}

// mostRanges returns a number of ranges that no cluster with these pools needs: two subnets for each pool, and some for
// API server, hosted pool and load balancers.
func mostRanges(sc *spec.Cluster) int { return 2*len(sc.NodePools) + 8 }

// alone returns a network without what connects it with others: the ranges of those are not free anyway.
func alone(v spec.VNet) spec.VNet {
	v.Peerings, v.VirtualHub = nil, spec.VirtualHub{}
	return v
}

// widestGrowth is as far as a shared network grows by one prefix.
const widestGrowth = 12

// growth returns the prefixes by which a shared network can grow: the low end of each free block.
func growth(free []netip.Prefix) (out []netip.Prefix) {
	for _, p := range free {
		if p.Addr().Is4() {
			p = netip.PrefixFrom(p.Addr(), max(p.Bits(), widestGrowth))
		}
		out = append(out, p)
	}
	return out
}

// onlyOf reports whether no subnet of a network is anybody else's.
func onlyOf(c *plan.Cluster, v *plan.VNet) bool {
	others := func(s *plan.Subnet) bool { return !slices.Equal(s.Clusters, []string{c.Name}) }
	return !slices.ContainsFunc(v.Subnets, others)
}

// settle describes a network that the plan sizes for the cluster.
func (p *place) settle(f *Fleet, v *plan.VNet) {
	if v.Spec != nil {
		p.vnets = []spec.VNet{alone(*v.Spec)}
		p.ranges += len(v.Spec.Subnets)
	}
	free := f.free.clone()
	free.release(v.AddressPrefixes...)
	p.pods = f.podsIn(v)
	p.rooms = []room{f.room(v.AddressPrefixes, nil), f.room(free.sample(p.ranges), nil)}
}

// enter describes a network without the cluster. Subnets that only the cluster has are given back. Those that others
// use as well keep what others need; they stay where they are if they keep their size, and else are placed anew, unless
// the spec pins them.
func (p *place) enter(f *Fleet, v *plan.VNet, sc *spec.Cluster) {
	n := f.networkOf(v)
	vnet := spec.VNet{
		Name: v.Name, ResourceGroup: v.ResourceGroup, Subscription: v.Subscription, Location: v.Location,
		Existing: v.Existing, AddressPrefixes: slices.Clone(v.AddressPrefixes), IPAMPool: v.IPAMPool,
	}
	var own, shared []netip.Prefix
	for _, s := range p.usable(n, sc) {
		others := slices.ContainsFunc(s.Clusters, func(name string) bool { return name != sc.Name })
		if others {
			p.shared[len(vnet.Subnets)] = s
			shared = append(shared, s.AddressPrefixes...)
		} else {
			own = append(own, s.AddressPrefixes...)
		}
		if others || s.Spec != nil {
			vnet.Subnets = append(vnet.Subnets, asListed(s, sc))
		}
	}
	grow := f.free.sample(p.ranges)
	if v.Sized {
		vnet.AddressPrefixes = append(vnet.AddressPrefixes, growth(grow)...)
	}
	p.vnets = []spec.VNet{vnet}
	p.rooms = []room{f.room(grow, ipam.Subtract(vnet.AddressPrefixes, slices.Concat(own, shared)))}
	free := n.free.clone()
	free.release(own...)
	if len(shared) > 0 {
		r := f.room(grow, ipam.Subtract(v.AddressPrefixes, free.sample(p.ranges)))
		r.stay = true
		p.rooms = append(p.rooms, r)
		free.release(shared...)
	}
	p.rooms = append(p.rooms, f.room(grow, ipam.Subtract(v.AddressPrefixes, free.sample(p.ranges))))
	p.pods, p.routed, p.unrouted = n.pods.clone(), n.routed.clone(), n.unrouted.Clone()
	if p.cluster.Model.Facts().OwnRouteTable {
		space{p.unrouted, new(ipam.Pool)}.release(plan.IPv4(p.cluster.PodCIDRs)...)
	}
}

// usable returns the subnets that a cluster has, and those that its spec names.
func (p *place) usable(n *network, sc *spec.Cluster) (out []*plan.Subnet) {
	add := func(s *plan.Subnet) {
		if s != nil && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, s := range subnetsOf(p.cluster) {
		add(s)
	}
	add(p.cluster.APIServerSubnet)
	add(p.cluster.FrontendSubnet())
	for _, s := range clusterSubnets(sc) {
		add(n.subnets[strings.ToLower(s.Name)])
	}
	add(n.subnets[strings.ToLower(sc.Services.InternalLoadBalancerSubnet)])
	return out
}

// clusterSubnets returns the subnets that the spec of a cluster and its pools describes.
func clusterSubnets(sc *spec.Cluster) []*spec.ClusterSubnet {
	out := []*spec.ClusterSubnet{&sc.NodeSubnet, &sc.PodSubnet, &sc.APIServerSubnet, &sc.SystemNodeSubnet}
	for i := range sc.NodePools {
		out = append(out, &sc.NodePools[i].NodeSubnet, &sc.NodePools[i].PodSubnet)
	}
	return out
}

// asListed returns a subnet of the plan as a network lists it. A range that the cluster itself pins stays out: its own
// spec says it.
func asListed(s *plan.Subnet, sc *spec.Cluster) spec.Subnet {
	if s.Spec != nil {
		return *s.Spec
	}
	out := spec.Subnet{
		Name: s.Name, RouteTable: s.RouteTable, NetworkSecurityGroup: s.NetworkSecurityGroup, NATGateway: s.NATGateway,
	}
	own := slices.ContainsFunc(clusterSubnets(sc), func(cs *spec.ClusterSubnet) bool {
		return cs.AddressPrefix.IsValid() && strings.EqualFold(cs.Name, s.Name)
	})
	if s.Pinned() && !own {
		out.AddressPrefixes = s.AddressPrefixes
	}
	return out
}
