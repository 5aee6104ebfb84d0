package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// claim is a range that a cluster takes outside of the subnets: a pod CIDR or a service CIDR.
type claim struct {
	cluster *plan.Cluster
	pod     bool
	prefix  netip.Prefix
	path    string
	// meets is what it overlaps, its own cluster's ranges aside.
	meets []held
	// forbidden is the ranges it must not contain and does; public is whether it lies outside of the private ranges.
	forbidden []aks.ForbiddenRange
	public    bool
}

func (c *claim) what() string {
	if c.pod {
		return "pod CIDR"
	}
	return "service CIDR"
}

func (c *claim) kind() aks.RangeKind {
	switch {
	case !c.pod:
		return aks.RangeService
	case c.cluster.Model == aks.Kubenet:
		return aks.RangePodKubenet
	}
	return aks.RangePodOverlay
}

func (c *claim) use() aks.Use {
	if c.pod {
		return aks.UsePod
	}
	return aks.UseService
}

// claimsOf returns the pod CIDRs and then the service CIDRs of a cluster.
func claimsOf(c *plan.Cluster) (out []*claim) {
	add := func(pod bool, prefixes, listed []netip.Prefix, key string) {
		for _, p := range prefixes {
			path := c.Path + "." + key
			if i := slices.Index(listed, p); i >= 0 {
				path = fmt.Sprintf("%ss[%d]", path, i)
			}
			if p.IsValid() {
				out = append(out, &claim{cluster: c, pod: pod, prefix: p, path: path})
			}
		}
	}
	add(true, c.PodCIDRs, c.Spec.PodCIDRs, "podCidr")
	add(false, c.ServiceCIDRs, c.Spec.ServiceCIDRs, "serviceCidr")
	return out
}

// claims returns the pod and service CIDRs of all clusters with what they meet.
func (p *Pass) claims() []*claim {
	if p.kept.claims != nil {
		return p.kept.claims
	}
	for _, c := range p.Plan.Clusters {
		for _, cl := range claimsOf(c) {
			cl.meets = p.met(c, cl.prefix)
			cl.forbidden, cl.public = p.kept.forbiddenFor(cl), p.kept.isPublic(cl.prefix)
			p.kept.claims = append(p.kept.claims, cl)
		}
	}
	return p.kept.claims
}

// met returns what a range meets in a cluster's network and among the reserved ranges. Clusters of one network often have the same
// ranges, so that what they meet is looked up once.
func (p *Pass) met(c *plan.Cluster, prefix netip.Prefix) []held {
	key := metKey{c.Network, prefix}
	hits, ok := p.kept.met[key]
	if !ok {
		hits = append(p.networkOf(c).overlapping(prefix), p.reserved().overlapping(prefix)...)
		p.kept.met[key] = hits
	}
	return hits
}

// metKey is a range in a network; nil for one that AKS makes.
type metKey struct {
	network *plan.VNet
	prefix  netip.Prefix
}

// networkOf returns the ranges of a cluster's network: its subnets, its address space, and that of the networks it is peered with.
func (p *Pass) networkOf(c *plan.Cluster) *index {
	if c.Network == nil {
		return managedNetwork()
	}
	return p.indexOf(c.Network)
}

// indexOf returns the ranges of a network of the plan.
func (p *Pass) indexOf(v *plan.VNet) *index {
	x := p.kept.networks[v]
	if x == nil {
		x = newIndex(p.rangesOf(v))
		p.kept.networks[v] = x
	}
	return x
}

// managedNetwork is what is known of the network that AKS makes.
func managedNetwork() *index {
	return newIndex([]held{
		{prefix: aks.ManagedVNet(), kind: inSpace, name: "made by AKS"},
		{prefix: aks.ManagedSubnet(), kind: inSubnet, name: "aks-subnet"},
	})
}

func (p *Pass) rangesOf(v *plan.VNet) (out []held) {
	for _, s := range v.Subnets {
		for _, prefix := range s.AddressPrefixes {
			out = append(out, held{prefix, inSubnet, s.Name, s.Path})
		}
	}
	for _, prefix := range v.AddressPrefixes {
		out = append(out, held{prefix, inSpace, v.Name, v.Path})
	}
	for _, peer := range p.peersOf(v) {
		for _, prefix := range peer.prefixes {
			out = append(out, held{prefix, inPeer, peer.name, peer.path})
		}
	}
	return out
}

// peer is a network on the other side of a peering.
type peer struct {
	name     string
	path     string
	prefixes []netip.Prefix
	// vnet is the network when the spec describes it.
	vnet *plan.VNet
}

// peersOf returns the networks that v is peered with, once each.
func (p *Pass) peersOf(v *plan.VNet) (out []peer) {
	seen := map[string]bool{}
	for i, name := range v.Peerings {
		other := p.vnetNamed(name)
		if other == v || seen[strings.ToLower(name)] {
			continue
		}
		seen[strings.ToLower(name)] = true
		switch {
		case other != nil:
			out = append(out, peer{other.Name, other.Path, other.AddressPrefixes, other})
		case v.Spec != nil && i < len(v.Spec.Peerings):
			out = append(out, peer{name, fmt.Sprintf("%s.peerings[%d]", v.Path, i), v.Spec.Peerings[i].AddressPrefixes, nil})
		}
	}
	return out
}

// vnetNamed finds a network of the plan by its name; nil when there is none.
func (p *Pass) vnetNamed(name string) *plan.VNet {
	if p.kept.byName == nil {
		p.kept.byName = map[string]*plan.VNet{}
		for _, v := range p.Plan.VNets {
			if key := strings.ToLower(v.Name); p.kept.byName[key] == nil {
				p.kept.byName[key] = v
			}
		}
	}
	return p.kept.byName[strings.ToLower(name)]
}

func (p *Pass) reserved() *index {
	if p.kept.reserved == nil {
		var out []held
		for i, r := range p.Spec.AddressSpace.Reserved {
			out = append(out, held{r.AddressPrefix, inReserved, r.Name, fmt.Sprintf("addressSpace.reserved[%d]", i)})
		}
		p.kept.reserved = newIndex(out)
	}
	return p.kept.reserved
}

// sharedSpace is the range for carriers, RFC 6598.
var sharedSpace = netip.MustParsePrefix("100.64.0.0/10")

func holdersOf(all []held, kind holder) (out []held) {
	for _, h := range all {
		if h.kind == kind {
			out = append(out, h)
		}
	}
	return out
}

func podClaim(c *plan.Cluster) *claim {
	for _, cl := range claimsOf(c) {
		if cl.pod && cl.prefix == c.PodCIDR {
			return cl
		}
	}
	return &claim{cluster: c, pod: true, prefix: c.PodCIDR, path: c.Path + ".podCidr"}
}
