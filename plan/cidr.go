package plan

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// defaultCIDRBits is the size of the pod and service CIDRs that AKS takes by default.
const defaultCIDRBits = 16

// sharedCIDRBits is the size of service CIDRs from pools that are for something else too: 4,096 addresses are many Services, and
// leave room for the rest.
const sharedCIDRBits = 20

// chooseCIDRs gives a cluster its service and pod CIDRs and the address of its DNS: as the spec pins them, else chosen so that they
// collide with nothing known.
//
// A Service address means nothing outside its cluster, so service CIDRs may repeat from cluster to cluster. Pod CIDRs are
// taken from podPools one after another while there is room, and repeat for overlay clusters afterwards, as AKS allows.
func (b *builder) chooseCIDRs(c *Cluster) {
	b.chooseServiceCIDRs(c)
	if c.Model.Facts().NeedsPodCIDR {
		b.choosePodCIDRs(c)
	}
	c.PodCIDRs = nonNil(c.PodCIDRs)
	c.ServiceCIDRs = nonNil(c.ServiceCIDRs)
	c.DNSServiceIP = c.Spec.DNSServiceIP
	if !c.DNSServiceIP.IsValid() && c.ServiceCIDR.IsValid() {
		c.DNSServiceIP = DNSServiceIP(c.ServiceCIDR)
	}
}

// DNSServiceIP is the DNS address of a service CIDR by convention: its eleventh address, or the third of a range too small for
// that (the second is the API server's). It is not valid for ranges of fewer than four addresses.
func DNSServiceIP(service netip.Prefix) netip.Addr {
	host := aks.DNSServiceIPOffset
	switch spare := service.Addr().BitLen() - service.Bits(); {
	case spare < 2:
		return netip.Addr{}
	case spare < 4:
		host = 2
	}
	a := service.Masked().Addr()
	for range host {
		a = a.Next()
	}
	return a
}

func (b *builder) chooseServiceCIDRs(c *Cluster) {
	c.ServiceCIDRs = append(c.ServiceCIDRs, c.Spec.ServiceCIDRs...)
	if c.Spec.ServiceCIDR.IsValid() && len(c.ServiceCIDRs) == 0 {
		c.ServiceCIDRs = append(c.ServiceCIDRs, c.Spec.ServiceCIDR)
	}
	if first4(c.ServiceCIDRs) == (netip.Prefix{}) {
		if p, ok := b.serviceCIDR(c); ok {
			c.ServiceCIDRs = append([]netip.Prefix{p}, c.ServiceCIDRs...)
		} else {
			b.noCIDR(c, aks.UseService, b.serviceAddresses(c))
		}
	}
	if c.Spec.DualStack() && !hasIPv6(c.ServiceCIDRs) {
		c.ServiceCIDRs = append(c.ServiceCIDRs, aks.DefaultServiceCIDR6())
	}
	c.ServiceCIDR = first4(c.ServiceCIDRs)
}

// serviceAddresses is how many addresses the Services of a cluster take: the API server's own and the DNS come on top.
func (b *builder) serviceAddresses(c *Cluster) int {
	s := c.Spec.Services
	return s.ClusterIPs + s.InternalLoadBalancers + s.PublicLoadBalancers + 2
}

// serviceCIDR finds a /16 for Services, or the largest range below it that the pools have and that is large enough.
func (b *builder) serviceCIDR(c *Cluster) (netip.Prefix, bool) {
	r, narrow := b.ranges, BitsFor(b.serviceAddresses(c))
	pools := r.Pools(aks.UseService)
	p, ok := firstClear(pools, r.Obstacles(c, aks.UseService), defaultCIDRBits, narrow)
	if !ok && r.poolsShared(aks.UseService) {
		p, ok = lastClear(pools, r.InUse(c, aks.UseService), sharedCIDRBits, narrow)
	}
	return p, ok
}

func (b *builder) choosePodCIDRs(c *Cluster) {
	c.PodCIDRs = append(c.PodCIDRs, c.Spec.PodCIDRs...)
	if c.Spec.PodCIDR.IsValid() && len(c.PodCIDRs) == 0 {
		c.PodCIDRs = append(c.PodCIDRs, c.Spec.PodCIDR)
	}
	if first4(c.PodCIDRs) == (netip.Prefix{}) {
		bits := podCIDRBits(c)
		if p, ok := b.podCIDR(c, bits); ok {
			c.PodCIDRs = append([]netip.Prefix{p}, c.PodCIDRs...)
		} else {
			b.noCIDR(c, aks.UsePod, ipam.PrefixSize(bits))
		}
	}
	if c.Spec.DualStack() && !hasIPv6(c.PodCIDRs) {
		c.PodCIDRs = append(c.PodCIDRs, aks.DefaultPodCIDR6())
	}
	c.PodCIDR = first4(c.PodCIDRs)
}

// podCIDRBits is the size of the smallest pod CIDR with a /24 for every node and surge node.
// https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay (read 2026-11-22)
func podCIDRBits(c *Cluster) int {
	return min(aks.PodBlockBits, BitsFor(max(1, c.Nodes+c.SurgeNodes)*ipam.PrefixSize(aks.PodBlockBits)))
}

func (b *builder) podCIDR(c *Cluster, bits int) (p netip.Prefix, ok bool) {
	if pools := IPv4(b.spec.AddressSpace.PodPools); len(pools) > 0 {
		p, ok = b.podLayers(pools).allocate(bits, b.ranges.Obstacles(c, aks.UsePod), c.Model != aks.Kubenet)
	} else {
		p, ok = b.defaultPodCIDR(c, bits)
	}
	if !ok && b.ranges.poolsShared(aks.UsePod) {
		p, ok = b.sharedPodCIDR(c, bits)
	}
	return p, ok
}

// defaultPodCIDR is AKS's own range where it collides with nothing, else one of ours.
func (b *builder) defaultPodCIDR(c *Cluster, bits int) (p netip.Prefix, ok bool) {
	obstacles := b.ranges.Obstacles(c, aks.UsePod)
	if c.Model == aks.Kubenet {
		obstacles = append(obstacles, b.kubenetPods[c.Network]...)
	}
	pools, wide := b.ranges.Pools(aks.UsePod), min(defaultCIDRBits, bits)
	p, ok = firstClear(pools, obstacles, wide, wide)
	if !ok {
		p, ok = firstClear(pools, obstacles, bits, bits)
	}
	if ok && c.Model == aks.Kubenet {
		b.kubenetPods[c.Network] = append(b.kubenetPods[c.Network], p)
	}
	return p, ok
}

// sharedPodCIDR takes a pod CIDR from pools that are for networks or Services too: one that no other cluster got this way where there
// is one, else for a cluster without kubenet one that another cluster has.
func (b *builder) sharedPodCIDR(c *Cluster, bits int) (netip.Prefix, bool) {
	inUse := b.ranges.InUse(c, aks.UsePod)
	p, ok := lastClear(b.ranges.Pools(aks.UsePod), append(b.sharedPods[:len(b.sharedPods):len(b.sharedPods)], inUse...), bits, bits)
	if !ok && c.Model != aks.Kubenet {
		p, ok = lastClear(b.ranges.Pools(aks.UsePod), inUse, bits, bits)
	}
	if ok {
		b.sharedPods = append(b.sharedPods, p)
	}
	return p, ok
}

// noCIDR records that no range of so many addresses is free for a use.
func (b *builder) noCIDR(c *Cluster, use aks.Use, addresses int) {
	key, pools := "podCidr", "podPools"
	if use == aks.UseService {
		key, pools = "serviceCidr", "servicePools"
	}
	bits, most := BitsFor(addresses), "nothing of addressSpace."+pools+" is"
	largest, obstacles := 33, b.ranges.Obstacles(c, use)
	for _, pool := range b.ranges.Pools(use) {
		if free, ok := without(pool, obstacles).Largest(); ok && free < largest {
			largest = free
			most = fmt.Sprintf("the largest such block of addressSpace.%s is a /%d (%d addresses)", pools, free, ipam.PrefixSize(free))
		}
	}
	b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
		Name: c.Name, For: key, Addresses: addresses, PrefixLength: bits, Path: c.Path + "." + key,
		Reason: fmt.Sprintf("needs a /%d (%d addresses) clear of networks, peers and reserved ranges, and %s", bits, ipam.PrefixSize(bits), most),
	})
}

// podLayers hands out pod CIDRs from podPools: from a further copy of the pools once the first is full.
type podLayers struct {
	pools  []netip.Prefix
	common []netip.Prefix
	layers []*ipam.Pool
}

func (b *builder) podLayers(pools []netip.Prefix) *podLayers {
	if b.pods == nil {
		b.pods = &podLayers{pools: pools, common: slices.Clone(b.ranges.sharedObstacles(aks.UsePod))}
		for i := range b.spec.Clusters {
			b.pods.common = append(b.pods.common, pinnedCIDRs(&b.spec.Clusters[i])...)
		}
		for i := range b.spec.VNets {
			b.pods.common = append(b.pods.common, b.spec.VNets[i].AddressPrefixes...)
		}
	}
	return b.pods
}

// allocate takes a block of so many bits that is clear of the obstacles of one cluster. Only with mayRepeat it may be one that
// another cluster has.
func (l *podLayers) allocate(bits int, obstacles []netip.Prefix, mayRepeat bool) (netip.Prefix, bool) {
	for i := 0; ; i++ {
		fresh := i == len(l.layers)
		if fresh {
			l.layers = append(l.layers, l.layer())
		}
		if p, ok := allocateClear(l.layers[i], bits, obstacles); ok || fresh || !mayRepeat {
			return p, ok
		}
	}
}

func (l *podLayers) layer() *ipam.Pool {
	pool := newPool(l.pools)
	for _, o := range l.common {
		if o.IsValid() && o.Addr().Is4() {
			pool.Reserve(o)
		}
	}
	return pool
}

// allocateClear takes the best fitting block that no obstacle overlaps. Blocks that one overlaps go back.
func allocateClear(pool *ipam.Pool, bits int, obstacles []netip.Prefix) (found netip.Prefix, ok bool) {
	var back []netip.Prefix
	for {
		p, more := pool.Allocate(bits)
		if !more {
			break
		}
		if !overlapsAny(p, obstacles) {
			found, ok = p, true
			break
		}
		back = append(back, p)
	}
	for _, p := range back {
		if err := pool.Release(p); err != nil {
			panic("plan: releasing what was allocated: " + err.Error())
		}
	}
	return found, ok
}

func first4(prefixes []netip.Prefix) netip.Prefix {
	for _, p := range prefixes {
		if p.IsValid() && p.Addr().Is4() {
			return p
		}
	}
	return netip.Prefix{}
}

func nonNil(p []netip.Prefix) []netip.Prefix {
	if p == nil {
		return []netip.Prefix{}
	}
	return p
}
