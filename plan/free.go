package plan

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// defaultCIDRBits is the size of the pod and service CIDRs that AKS takes by default.
const defaultCIDRBits = 16

// sharedCIDRBits is the size of service CIDRs from pools that are for something else too: 4,096 addresses are many
// Services, and leave space for the rest.
const sharedCIDRBits = 20

// cidrFinder finds CIDRs for one cluster after another.
type cidrFinder struct {
	ranges *Ranges
	// layers hands out pod CIDRs of the spec's pools; nil when it names none.
	layers *podLayers
	// routed holds, by network, the pod CIDRs of clusters whose routes share a route table, where they must differ.
	routed map[*VNet][]netip.Prefix
	// shared holds the pod CIDRs from pools that are for something else too.
	shared []netip.Prefix
	// spare is whether pod CIDRs may hold twice what is asked for.
	spare bool
}

func newCIDRFinder(r *Ranges, spare bool) *cidrFinder {
	return &cidrFinder{ranges: r, layers: newPodLayers(r), routed: map[*VNet][]netip.Prefix{}, spare: spare}
}

// roomy returns the size of a pod CIDR with room for twice what bits holds and for nodes of node auto-provisioning that
// nobody counted, or bits when there is nothing to spare.
func (f *cidrFinder) roomy(c *Cluster, bits int) int {
	if !f.spare {
		return bits
	}
	return max(0, min(bits-1, BitsFor(podAddresses(c)+c.roomNodes()*aks.PodBlockAddresses)))
}

// find returns a CIDR that avoids some ranges, of bits or larger. From pools that are for something else too it takes
// the last one that is not in use.
func (f *cidrFinder) find(c *Cluster, use aks.Use, bits int, avoid []netip.Prefix) (p netip.Prefix, ok bool) {
	pools := f.ranges.Pools(use)
	switch {
	case use == aks.UseService:
		p, ok = firstClear(pools, avoid, defaultCIDRBits, bits)
	case f.layers != nil:
		p, ok = f.layers.allocate(f.roomy(c, bits), bits, avoid, !c.facts.OwnRouteTable)
	default:
		p, ok = f.defaultPods(c, pools, bits, avoid)
	}
	if ok || !f.ranges.poolsShared(use) {
		return p, ok
	}
	inUse := f.ranges.InUse(c, use)
	if use == aks.UseService {
		return lastClear(pools, inUse, sharedCIDRBits, bits)
	}
	return f.sharedPods(c, pools, bits, inUse)
}

// defaultPods returns AKS's own range where it collides with nothing, else one of ours.
func (f *cidrFinder) defaultPods(c *Cluster, pools []netip.Prefix, bits int, avoid []netip.Prefix) (netip.Prefix,
	bool) {
	if c.facts.OwnRouteTable {
		avoid = append(avoid, f.routed[c.vnet]...)
	}
	roomy := f.roomy(c, bits)
	wide := min(defaultCIDRBits, roomy)
	p, ok := firstClear(pools, avoid, wide, wide)
	if !ok {
		p, ok = firstClear(pools, avoid, roomy, bits)
	}
	if ok && c.facts.OwnRouteTable {
		f.routed[c.vnet] = append(f.routed[c.vnet], p)
	}
	return p, ok
}

// sharedPods takes a pod CIDR from pools that are for networks or Services too: one that no other cluster got this way
// where there is one, else, for a cluster without routes, one that another cluster has.
func (f *cidrFinder) sharedPods(c *Cluster, pools []netip.Prefix, bits int, inUse []netip.Prefix) (netip.Prefix, bool) {
	roomy := f.roomy(c, bits)
	p, ok := lastClear(pools, slices.Concat(f.shared, inUse), roomy, bits)
	if !ok && !c.facts.OwnRouteTable {
		p, ok = lastClear(pools, inUse, roomy, bits)
	}
	if ok {
		f.shared = append(f.shared, p)
	}
	return p, ok
}

// Free returns an IPv4 range of a prefix length that the planner would take for pods or Services of a cluster, and
// false when there is none.
func (r *Ranges) Free(c *Cluster, use aks.Use, bits int) (netip.Prefix, bool) {
	avoid := r.Obstacles(c, use)
	if use == aks.UsePod && c.Model.Facts().OwnRouteTable {
		avoid = append(avoid, r.siblings(c)...)
	}
	p, ok := firstClear(r.Pools(use), avoid, bits, bits)
	if !ok && r.poolsShared(use) {
		p, ok = lastClear(r.Pools(use), r.InUse(c, use), bits, bits)
	}
	return p, ok
}

// firstClear returns the first range of the pools, in their order, that is clear of obstacles: of wide bits if there is
// one, else of the largest size down to narrow.
func firstClear(pools, obstacles []netip.Prefix, wide, narrow int) (netip.Prefix, bool) {
	return pick(pools, obstacles, wide, narrow, ipam.FirstFit)
}

// lastClear is firstClear from the top of each pool. It is for pools that networks are carved from as well, which start
// at the bottom: what is added later meets it last.
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

// without returns what of an IPv4 pool is clear of obstacles.
func without(pool netip.Prefix, obstacles []netip.Prefix) *ipam.Pool {
	free := ipam.MustPool(pool)
	for _, o := range obstacles {
		if o.IsValid() && o.Addr().Is4() {
			free.Reserve(o)
		}
	}
	return free
}

// largestClear returns the prefix length of the largest block of the pools that is clear of obstacles; 0 when none is.
func largestClear(pools, obstacles []netip.Prefix) (bits int) {
	for _, pool := range pools {
		if free, ok := without(pool, obstacles).Largest(); ok && (bits == 0 || free < bits) {
			bits = free
		}
	}
	return bits
}

// podLayers hands out pod CIDRs from podPools: from a further copy of the pools once the first is full.
type podLayers struct {
	pools  []netip.Prefix
	common []netip.Prefix
	layers []*ipam.Pool
}

// newPodLayers returns the layers of a spec; nil when it names no pools for pods.
func newPodLayers(r *Ranges) *podLayers {
	pools := IPv4(r.spec.AddressSpace.PodPools)
	if len(pools) == 0 {
		return nil
	}
	l := &podLayers{pools: pools, common: slices.Clone(r.sharedObstacles(aks.UsePod))}
	l.common = append(l.common, r.pinned()...)
	return l
}

// allocate takes a block of wide bits, or else of narrow bits, that is clear of the obstacles of one cluster. Only with
// mayRepeat it may be one that another cluster has.
func (l *podLayers) allocate(wide, narrow int, obstacles []netip.Prefix, mayRepeat bool) (netip.Prefix, bool) {
	for i := 0; ; i++ {
		fresh := i == len(l.layers)
		if fresh {
			l.layers = append(l.layers, l.layer())
		}
		p, ok := allocateClear(l.layers[i], wide, obstacles)
		if !ok {
			p, ok = allocateClear(l.layers[i], narrow, obstacles)
		}
		if ok || fresh || !mayRepeat {
			return p, ok
		}
	}
}

func (l *podLayers) layer() *ipam.Pool {
	pool := ipam.MustPool(l.pools...)
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
