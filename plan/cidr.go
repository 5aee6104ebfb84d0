package plan

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// Where pod and service CIDRs come from when AKS's own defaults collide with something and the spec names no pools.
func otherPodPool() netip.Prefix     { return netip.MustParsePrefix("100.64.0.0/10") }
func otherServicePool() netip.Prefix { return netip.MustParsePrefix("172.20.0.0/14") }

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
			b.noCIDR(c, "serviceCidr", b.serviceAddresses(c), "servicePools", b.servicePools(), b.obstacles(c, true))
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
	pools, narrow := b.servicePools(), BitsFor(b.serviceAddresses(c))
	p, ok := firstClear(pools, b.obstacles(c, true), defaultCIDRBits, narrow)
	if !ok && b.isShared(pools, b.podPools()) {
		p, ok = lastClear(pools, b.inUse(c, true), sharedCIDRBits, narrow)
	}
	return p, ok
}

// isShared reports whether pools overlap those of networks or others.
func (b *builder) isShared(pools, others []netip.Prefix) bool {
	networks, _ := Pools(b.spec)
	others = append(networks, others...)
	return slices.ContainsFunc(pools, func(p netip.Prefix) bool { return overlapsAny(p, others) })
}

func (b *builder) servicePools() []netip.Prefix {
	if pools := IPv4(b.spec.AddressSpace.ServicePools); len(pools) > 0 {
		return pools
	}
	return []netip.Prefix{aks.DefaultServiceCIDR(), otherServicePool()}
}

// firstClear returns the first range of the pools, in their order, that is clear of obstacles: of wide bits where there is one, else
// of the largest size down to narrow.
func firstClear(pools, obstacles []netip.Prefix, wide, narrow int) (netip.Prefix, bool) {
	return pick(pools, obstacles, wide, narrow, ipam.FirstFit)
}

// lastClear is firstClear from the top of each pool. It is for pools that networks are carved from as well, which start at the
// bottom: what is added later meets it last.
func lastClear(pools, obstacles []netip.Prefix, wide, narrow int) (netip.Prefix, bool) {
	return pick(pools, obstacles, wide, narrow, ipam.LastFit)
}

func pick(pools, obstacles []netip.Prefix, wide, narrow int, s ipam.Strategy) (netip.Prefix, bool) {
	free := make([]*ipam.Pool, len(pools))
	for i, pool := range pools {
		free[i] = without(pool, obstacles)
	}
	for bits := min(wide, narrow); bits <= narrow; bits++ {
		for _, pool := range free {
			if p, ok := pool.AllocateWith(bits, s); ok {
				return p, true
			}
		}
	}
	return netip.Prefix{}, false
}

// without is what of an IPv4 pool is clear of obstacles.
func without(pool netip.Prefix, obstacles []netip.Prefix) *ipam.Pool {
	free := newPool([]netip.Prefix{pool})
	for _, o := range obstacles {
		if o.IsValid() && o.Addr().Is4() {
			free.Reserve(o)
		}
	}
	return free
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
			b.noCIDR(c, "podCidr", size(bits), "podPools", b.podPools(), b.obstacles(c, false))
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
	return min(aks.PodBlockBits, BitsFor(max(1, c.Nodes+c.SurgeNodes)*size(aks.PodBlockBits)))
}

func (b *builder) podCIDR(c *Cluster, bits int) (p netip.Prefix, ok bool) {
	if pools := IPv4(b.spec.AddressSpace.PodPools); len(pools) > 0 {
		p, ok = b.podLayers(pools).allocate(bits, b.obstacles(c, false), c.Model != aks.Kubenet)
	} else {
		p, ok = b.defaultPodCIDR(c, bits)
	}
	if !ok && b.isShared(b.podPools(), b.servicePools()) {
		p, ok = b.sharedPodCIDR(c, bits)
	}
	return p, ok
}

// defaultPodCIDR is AKS's own range where it collides with nothing, else one of ours.
func (b *builder) defaultPodCIDR(c *Cluster, bits int) (p netip.Prefix, ok bool) {
	obstacles := b.obstacles(c, false)
	if c.Model == aks.Kubenet {
		obstacles = append(obstacles, b.kubenetPods[c.Network]...)
	}
	p, ok = firstClear(b.podPools(), obstacles, min(defaultCIDRBits, bits), min(defaultCIDRBits, bits))
	if !ok {
		p, ok = firstClear(b.podPools(), obstacles, bits, bits)
	}
	if ok && c.Model == aks.Kubenet {
		b.kubenetPods[c.Network] = append(b.kubenetPods[c.Network], p)
	}
	return p, ok
}

func (b *builder) podPools() []netip.Prefix {
	if pools := IPv4(b.spec.AddressSpace.PodPools); len(pools) > 0 {
		return pools
	}
	return []netip.Prefix{aks.DefaultPodCIDR(), otherPodPool()}
}

// sharedPodCIDR takes a pod CIDR from pools that are for networks or Services too: one that no other cluster got this way where there
// is one, else for a cluster without kubenet one that another cluster has.
func (b *builder) sharedPodCIDR(c *Cluster, bits int) (netip.Prefix, bool) {
	inUse := b.inUse(c, false)
	p, ok := lastClear(b.podPools(), append(b.sharedPods[:len(b.sharedPods):len(b.sharedPods)], inUse...), bits, bits)
	if !ok && c.Model != aks.Kubenet {
		p, ok = lastClear(b.podPools(), inUse, bits, bits)
	}
	if ok {
		b.sharedPods = append(b.sharedPods, p)
	}
	return p, ok
}

// noCIDR says that no range of so many addresses is clear of obstacles.
func (b *builder) noCIDR(c *Cluster, what string, addresses int, key string, pools, obstacles []netip.Prefix) {
	bits, most := BitsFor(addresses), "nothing of addressSpace."+key+" is"
	largest := 33
	for _, pool := range pools {
		if free, ok := without(pool, obstacles).Largest(); ok && free < largest {
			largest = free
			most = fmt.Sprintf("the largest such block of addressSpace.%s is a /%d (%d addresses)", key, free, size(free))
		}
	}
	b.plan.Unplaced = append(b.plan.Unplaced, Unplaced{
		Name: c.Name, For: what, Addresses: addresses, PrefixLength: bits, Path: c.Path + "." + what,
		Reason: fmt.Sprintf("needs a /%d (%d addresses) clear of networks, peers and reserved ranges, and %s", bits, size(bits), most),
	})
}

// obstacles is every range that a chosen CIDR of the cluster must keep off: what AKS forbids, ranges in use elsewhere, the
// cluster's network and the networks peered with it, the ranges that networks are carved from, and the cluster's other CIDRs.
func (b *builder) obstacles(c *Cluster, forService bool) []netip.Prefix {
	out := append([]netip.Prefix{}, b.common(forService)...)
	out = append(out, pinnedCIDRs(c.Spec)...)
	out = append(out, c.ServiceCIDRs...)
	v := c.Network
	if v == nil {
		return append(out, aks.ManagedVNet())
	}
	out = append(out, v.AddressPrefixes...)
	for _, name := range v.Peerings {
		if peer := b.vnets[strings.ToLower(name)]; peer != nil {
			out = append(out, peer.AddressPrefixes...)
		}
	}
	if v.Spec != nil {
		for _, p := range v.Spec.Peerings {
			out = append(out, p.AddressPrefixes...)
		}
	}
	return out
}

// inUse is obstacles without what is only set aside: of the pools of networks, the networks alone; of the pools of Services, none
// but the cluster's own.
func (b *builder) inUse(c *Cluster, forService bool) []netip.Prefix {
	out := append(b.forbidden(forService), pinnedCIDRs(c.Spec)...)
	out = append(append(out, c.ServiceCIDRs...), c.PodCIDRs...)
	for _, v := range b.plan.VNets {
		out = append(out, v.AddressPrefixes...)
		if v.Spec != nil {
			for _, p := range v.Spec.Peerings {
				out = append(out, p.AddressPrefixes...)
			}
		}
	}
	if c.Network == nil {
		out = append(out, aks.ManagedVNet())
	}
	return out
}

// forbidden is the ranges in use elsewhere, and those that AKS forbids.
func (b *builder) forbidden(forService bool) (out []netip.Prefix) {
	for _, r := range b.spec.AddressSpace.Reserved {
		out = append(out, r.AddressPrefix)
	}
	for _, f := range aks.ForbiddenRanges() {
		if forService && f.Service || !forService && f.Pod {
			out = append(out, f.Prefix)
		}
	}
	return out
}

// common is the obstacles that all clusters share. Pod CIDRs keep off the pools of Services and the other way round.
func (b *builder) common(forService bool) []netip.Prefix {
	kept := &b.podObstacles
	if forService {
		kept = &b.serviceObstacles
	}
	if *kept != nil {
		return *kept
	}
	pools4, _ := Pools(b.spec)
	out := append(b.forbidden(forService), pools4...)
	if forService {
		out = append(out, IPv4(b.spec.AddressSpace.PodPools)...)
	} else {
		out = append(out, IPv4(b.spec.AddressSpace.ServicePools)...)
	}
	*kept = out
	return out
}

// podLayers hands out pod CIDRs from podPools: from a further copy of the pools once the first is full.
type podLayers struct {
	pools  []netip.Prefix
	common []netip.Prefix
	layers []*ipam.Pool
}

func (b *builder) podLayers(pools []netip.Prefix) *podLayers {
	if b.pods == nil {
		b.pods = &podLayers{pools: pools, common: b.common(false)}
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

func overlapsAny(p netip.Prefix, others []netip.Prefix) bool {
	for _, o := range others {
		if p.Overlaps(o) {
			return true
		}
	}
	return false
}

func first4(prefixes []netip.Prefix) netip.Prefix {
	for _, p := range prefixes {
		if p.IsValid() && p.Addr().Is4() {
			return p
		}
	}
	return netip.Prefix{}
}

// IPv4 returns the IPv4 prefixes of a list.
func IPv4(prefixes []netip.Prefix) (out []netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() && p.Addr().Is4() {
			out = append(out, p)
		}
	}
	return out
}

func nonNil(p []netip.Prefix) []netip.Prefix {
	if p == nil {
		return []netip.Prefix{}
	}
	return p
}
