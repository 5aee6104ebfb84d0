package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
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
	// routed is, by network, the space for pod CIDRs of clusters whose routes share a route table, where they must
	// differ.
	routed map[*VNet]space
	// shared is the space in pools that are for something else too; nil until a pod CIDR is taken from it.
	shared space
	// spare is whether pod CIDRs may hold twice what is asked for.
	spare bool
	// repeating finds what repeats CIDRs that others hold, when there is nothing else; nil when they hold none.
	repeating *cidrFinder
}

func newCIDRFinder(r *Ranges, spare bool) *cidrFinder {
	// Beside what others hold in a ledger, seats would only spread a cluster's pods: the ledger keeps them in place.
	seated := spare && !r.othersHaveCIDRs()
	f := &cidrFinder{ranges: r, layers: newPodLayers(r, seated), routed: map[*VNet]space{}, spare: spare}
	if again := r.repeat(); again != nil {
		f.repeating = newCIDRFinder(again, spare)
	}
	return f
}

// roomy returns the size of a pod CIDR with room for twice what bits holds and for nodes of node auto-provisioning that
// nobody counted, or bits when there is nothing to spare.
func (f *cidrFinder) roomy(c *Cluster, bits int) int {
	if !f.spare {
		return bits
	}
	return max(0, min(bits-1, BitsFor(podAddresses(c)+c.roomNodes()*aks.PodBlockAddresses)))
}

// find returns a CIDR that avoids all obstacles of a cluster, of bits or larger. It repeats one that others hold when
// there is no other, unless a route table has the routes of the cluster.
func (f *cidrFinder) find(c *Cluster, use aks.Use, bits int) (netip.Prefix, bool) {
	p, ok := f.unheld(c, use, bits)
	if !ok && f.repeating != nil && (use == aks.UseService || !c.facts.OwnRouteTable) {
		return f.repeating.unheld(c, use, bits)
	}
	return p, ok
}

// unheld returns a CIDR that avoids all obstacles. From pools that are for something else too it takes the last one
// that
// is not in use.
func (f *cidrFinder) unheld(c *Cluster, use aks.Use, bits int) (p netip.Prefix, ok bool) {
	switch {
	case use == aks.UseService:
		p, ok = f.services(c, bits)
	case f.layers != nil:
		clear := func(p netip.Prefix) bool { return f.ranges.IsClear(c, use, p) }
		p, ok = f.layers.allocate(podRequest{c.number, f.roomy(c, bits), bits, clear, !c.facts.OwnRouteTable})
	default:
		p, ok = f.defaultPods(c, bits)
	}
	if ok || !f.ranges.poolsShared(use) {
		return p, ok
	}
	if use == aks.UseService {
		return f.ranges.unused(c, use).last(sharedCIDRBits, bits)
	}
	return f.sharedPods(c, bits)
}

// services returns a range for Services. A later one of the spec's pools is used only when no earlier one has room.
func (f *cidrFinder) services(c *Cluster, bits int) (netip.Prefix, bool) {
	free := f.ranges.clear(c, aks.UseService)
	if len(f.ranges.specPools(aks.UseService)) == 0 {
		return free.first(defaultCIDRBits, bits)
	}
	for i := range free {
		if p, ok := free[i:i+1].first(defaultCIDRBits, bits); ok {
			return p, true
		}
	}
	return netip.Prefix{}, false
}

// defaultPods returns AKS's own range where it collides with nothing, else one of ours.
func (f *cidrFinder) defaultPods(c *Cluster, bits int) (netip.Prefix, bool) {
	free := f.ranges.clear(c, aks.UsePod)
	if c.facts.OwnRouteTable {
		if f.routed[c.vnet] == nil {
			f.routed[c.vnet] = f.ranges.near(c.vnet, aks.UsePod).without()
		}
		free = f.routed[c.vnet].without(cidrsOf(c, aks.UseService)...)
	}
	roomy := f.roomy(c, bits)
	wide := min(defaultCIDRBits, roomy)
	p, ok := free.first(wide, wide)
	if !ok {
		p, ok = free.first(roomy, bits)
	}
	if ok && c.facts.OwnRouteTable {
		f.routed[c.vnet].take(p)
	}
	return p, ok
}

// sharedPods takes a pod CIDR from pools that are for networks or Services too: one that no other cluster got this way
// where there is one, else, for a cluster without routes, one that another cluster has.
func (f *cidrFinder) sharedPods(c *Cluster, bits int) (netip.Prefix, bool) {
	if f.shared == nil {
		f.shared = f.ranges.unusedByAll(aks.UsePod).without()
	}
	roomy := f.roomy(c, bits)
	p, ok := f.shared.without(f.ranges.usedBy(c, aks.UsePod)...).last(roomy, bits)
	if !ok && !c.facts.OwnRouteTable {
		p, ok = f.ranges.unused(c, aks.UsePod).last(roomy, bits)
	}
	if ok {
		f.shared.take(p)
	}
	return p, ok
}

// Free returns an IPv4 range of a prefix length that the planner would take for pods or Services of a cluster, and
// false when there is none.
func (r *Ranges) Free(c *Cluster, use aks.Use, bits int) (netip.Prefix, bool) {
	free := r.clear(c, use)
	if use == aks.UsePod && c.Model.Facts().OwnRouteTable {
		free.take(r.siblings(c)...)
	}
	p, ok := free.first(bits, bits)
	if !ok && r.poolsShared(use) {
		p, ok = r.unused(c, use).last(bits, bits)
	}
	return p, ok
}
