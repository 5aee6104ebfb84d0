package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
)

// A CIDR for pods or Services of a cluster has to avoid what AKS forbids and the spec reserves, the pools of networks
// and those of the other use, the cluster's network and the networks peered with it, and the cluster's CIDRs of the
// other use. The first are the same for all clusters, the next for all clusters of a network.

// obstacles holds what many clusters have to avoid, and what that leaves of the pools.
type obstacles struct {
	shared map[aks.Use]*cleared
	nearby map[nearKey]*cleared
	unused map[aks.Use]space
}

// nearKey is a network, nil for one that AKS makes, and what a range beside it is for.
type nearKey struct {
	network *VNet
	use     aks.Use
}

// cleared is what is to be avoided, and what it leaves of the pools for a use.
type cleared struct {
	obstacles sortedRanges
	space     space
}

func newObstacles() obstacles {
	return obstacles{map[aks.Use]*cleared{}, map[nearKey]*cleared{}, map[aks.Use]space{}}
}

// clear returns what a CIDR for a use of a cluster can be taken from.
func (r *Ranges) clear(c *Cluster, use aks.Use) space {
	return r.near(c.vnet, use).without(cidrsOf(c, otherUse(use))...)
}

// IsClear reports whether a CIDR for a use of a cluster meets nothing that it has to avoid.
func (r *Ranges) IsClear(c *Cluster, use aks.Use, p netip.Prefix) bool {
	return !r.shared(use).obstacles.meets(p) && !r.beside(c.vnet, use).obstacles.meets(p) &&
		!overlapsAny(p, cidrsOf(c, otherUse(use)))
}

// near returns what the CIDRs of the clusters of a network can be taken from.
func (r *Ranges) near(v *VNet, use aks.Use) space { return r.beside(v, use).space }

// beside returns what the clusters of a network have to avoid because of it, and what that and shared leave.
func (r *Ranges) beside(v *VNet, use aks.Use) *cleared {
	key := nearKey{v, use}
	if r.obstacles.nearby[key] == nil {
		around := r.around(v)
		r.obstacles.nearby[key] = &cleared{sortRanges(around), r.shared(use).space.without(around...)}
	}
	return r.obstacles.nearby[key]
}

// around returns the address space of a network and of those peered with it.
func (r *Ranges) around(v *VNet) (out []netip.Prefix) {
	if v == nil {
		return []netip.Prefix{aks.ManagedVNet()}
	}
	out = append(out, v.AddressPrefixes...)
	for _, name := range v.Peerings {
		if peer := r.VNet(name); peer != nil {
			out = append(out, peer.AddressPrefixes...)
		}
	}
	return append(out, peeringPrefixes(v)...)
}

// shared returns what all clusters have to avoid. Pod CIDRs avoid the pools of Services, and the other way round.
func (r *Ranges) shared(use aks.Use) *cleared {
	if r.obstacles.shared[use] == nil {
		all := r.avoidedByAll(use)
		r.obstacles.shared[use] = &cleared{sortRanges(all), newSpace(r.Pools(use), all)}
	}
	return r.obstacles.shared[use]
}

func (r *Ranges) avoidedByAll(use aks.Use) []netip.Prefix {
	four, _ := Pools(r.spec)
	return append(append(r.Forbidden(use), four...), IPv4(r.specPools(otherUse(use)))...)
}

// unused returns clear with what is only set aside: of the pools of networks just the networks are taken, of the pools
// of the other use just the cluster's own CIDRs.
func (r *Ranges) unused(c *Cluster, use aks.Use) space {
	return r.unusedByAll(use).without(r.usedBy(c, use)...)
}

// unusedByAll returns what of the pools neither a network takes, nor AKS forbids, nor the spec reserves.
func (r *Ranges) unusedByAll(use aks.Use) space {
	if r.obstacles.unused[use] == nil {
		out := r.Forbidden(use)
		for _, v := range r.plan.VNets {
			out = append(append(out, v.AddressPrefixes...), peeringPrefixes(v)...)
		}
		r.obstacles.unused[use] = newSpace(r.Pools(use), out)
	}
	return r.obstacles.unused[use]
}

// usedBy returns what a cluster itself uses: its CIDRs of the other use, and the network that AKS makes for it.
func (r *Ranges) usedBy(c *Cluster, use aks.Use) []netip.Prefix {
	out := cidrsOf(c, otherUse(use))
	if c.vnet == nil {
		out = append(out, aks.ManagedVNet())
	}
	return out
}
