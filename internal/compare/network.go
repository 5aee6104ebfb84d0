package compare

import (
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
)

// network is what a cluster finds in its network and around it.
type network struct {
	vnet *plan.VNet
	// free is what no subnet has.
	free space
	// pods is where the pod CIDR of a cluster in the network can be; routed is where one can be that needs routes.
	pods, routed podSpaces
	// unrouted is everything but the pod CIDRs to which routes of the network lead.
	unrouted *ipam.Pool
	// subnets finds the first subnet of a name, lower case.
	subnets map[string]*plan.Subnet
}

// networkOf returns a network. One with several clusters is indexed once.
func (f *Fleet) networkOf(v *plan.VNet) *network {
	if n := f.networks[v]; n != nil {
		return n
	}
	n := &network{vnet: v, free: spaceOf(v.AddressPrefixes), subnets: map[string]*plan.Subnet{}}
	n.free.take(ipam.Subtract(plan.IPv4(v.AddressPrefixes), v.FreePrefixes)...)
	for _, s := range v.Subnets {
		n.free.take(s.AddressPrefixes...)
		if key := strings.ToLower(s.Name); n.subnets[key] == nil {
			n.subnets[key] = s
		}
	}
	n.pods = f.podsIn(v)
	n.pods.take(v.AddressPrefixes...)
	n.routed = n.pods.clone()
	n.unrouted = ipam.MustPool(netip.PrefixFrom(netip.IPv4Unspecified(), 0))
	for _, c := range f.tenants[v] {
		if c.Model.Facts().OwnRouteTable {
			n.routed.take(c.PodCIDRs...)
			space{n.unrouted, new(ipam.Pool)}.take(c.PodCIDRs...)
		}
	}
	if len(f.tenants[v]) > 1 {
		f.networks[v] = n
	}
	return n
}

// podsIn returns where pod CIDRs can be that are clear of the peers of a network.
func (f *Fleet) podsIn(v *plan.VNet) podSpaces {
	pods := f.pods.clone()
	for _, peer := range f.ranges.Peers(v) {
		pods.take(peer.Prefixes...)
	}
	return pods
}
