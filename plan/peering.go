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

// PeeringSide is what one network has of a peering: in Azure a peering is two resources, one in each network, and each
// has settings of its own. A setting that the spec leaves out has Azure's default, except where the egress of a cluster
// needs another one.
type PeeringSide struct {
	// VNet is the other network, as in VNet.Peerings.
	VNet                      string `json:"vnet"`
	AllowVirtualNetworkAccess bool   `json:"allowVirtualNetworkAccess"`
	AllowForwardedTraffic     bool   `json:"allowForwardedTraffic"`
	AllowGatewayTransit       bool   `json:"allowGatewayTransit"`
	UseRemoteGateways         bool   `json:"useRemoteGateways"`

	// Remote is the other network, nil if it is not in the plan.
	Remote *VNet `json:"-"`
	// Spec is the entry of the spec, and Path where it is; nil and empty for a side that only the other network lists.
	Spec *spec.Peering `json:"-"`
	Path string        `json:"-"`
}

// SideOf returns the side that a network has of its peering with another network of the plan; nil when it has none.
func (v *VNet) SideOf(other *VNet) *PeeringSide {
	for i := range v.PeeringSides {
		if v.PeeringSides[i].Remote == other {
			return &v.PeeringSides[i]
		}
	}
	return nil
}

// HasGateway reports whether the network has a subnet for a VPN or ExpressRoute gateway. The gateway itself is not part
// of a spec.
func (v *VNet) HasGateway() bool { return v.HasSubnetFor(aks.KindGateway) }

// HasSubnetFor reports whether the network has a subnet whose name says that it is of a kind of package aks.
func (v *VNet) HasSubnetFor(kind string) bool {
	return slices.ContainsFunc(v.Subnets, func(s *Subnet) bool {
		k, ok := aks.SubnetKindByName(s.Name)
		return ok && k.ID == kind
	})
}

// Holds reports whether an address is in the address space of the network.
func (v *VNet) Holds(a netip.Addr) bool {
	return slices.ContainsFunc(v.AddressPrefixes, func(p netip.Prefix) bool { return p.Contains(a) })
}

// joinPeerings gives each peering to both of its networks.
func (b *builder) joinPeerings() {
	type pair struct{ a, b *VNet }
	have := map[pair]bool{}
	names := func(v *VNet, yield func(*VNet)) {
		for _, name := range v.Peerings {
			if other := b.ranges.VNet(name); other != nil && other != v {
				yield(other)
			}
		}
	}
	for _, v := range b.plan.VNets {
		names(v, func(other *VNet) { have[pair{v, other}] = true })
	}
	for _, v := range b.plan.VNets {
		names(v, func(other *VNet) {
			if !have[pair{other, v}] {
				have[pair{other, v}] = true
				other.Peerings = append(other.Peerings, v.Name)
			}
		})
	}
}

// networkID returns the resource id of a network in lower case; empty while its subscription or group is not known.
func networkID(v *VNet, s *spec.Spec) string {
	subscription, group := v.Subscription, v.ResourceGroup
	if s != nil { // a plan that was read has none
		subscription, group = cmp.Or(subscription, s.Subscription), cmp.Or(group, s.ResourceGroup)
	}
	if subscription == "" || group == "" {
		return ""
	}
	return strings.ToLower("/subscriptions/" + subscription + "/resourceGroups/" + group +
		"/providers/Microsoft.Network/virtualNetworks/" + v.Name)
}

// addPeeringSides decides the settings of every side. It comes after the placement: what egress needs depends on where
// the appliance is.
func (b *builder) addPeeringSides() {
	hops := hopsOf(b.plan)
	for _, v := range b.plan.VNets {
		v.PeeringSides = make([]PeeringSide, len(v.Peerings))
		for i, name := range v.Peerings {
			side := PeeringSide{VNet: name, Remote: b.ranges.VNet(name), AllowVirtualNetworkAccess: true}
			side.AllowForwardedTraffic = hops.forward(v, side.Remote)
			side.AllowGatewayTransit = hops.useGateway(side.Remote, v)
			side.UseRemoteGateways = hops.useGateway(v, side.Remote)
			if v.Spec != nil && i < len(v.Spec.Peerings) {
				side.Spec, side.Path = &v.Spec.Peerings[i], fmt.Sprintf("%s.peerings[%d]", v.Path, i)
				side.apply(side.Spec)
			}
			v.PeeringSides[i] = side
		}
	}
}

// apply takes the settings that the spec has.
func (side *PeeringSide) apply(p *spec.Peering) {
	for _, s := range []struct {
		to   *bool
		from *bool
	}{
		{&side.AllowVirtualNetworkAccess, p.AllowVirtualNetworkAccess},
		{&side.AllowForwardedTraffic, p.AllowForwardedTraffic},
		{&side.AllowGatewayTransit, p.AllowGatewayTransit},
		{&side.UseRemoteGateways, p.UseRemoteGateways},
	} {
		if s.from != nil {
			*s.to = *s.from
		}
	}
}

// hops is, by network, the different ways in which its clusters with userDefinedRouting leave it.
type hops map[*VNet][]spec.Egress

func hopsOf(p *Plan) hops {
	type hop struct {
		from *VNet
		ip   netip.Addr
		typ  aks.NextHop
	}
	seen, out := map[hop]bool{}, hops{}
	for _, c := range p.Clusters {
		e := c.Spec.Egress
		h := hop{c.VNet(), e.NextHopIP, e.NextHopType}
		if c.OutboundType == aks.OutboundUserDefinedRouting && !seen[h] {
			seen[h] = true
			out[c.VNet()] = append(out[c.VNet()], e)
		}
	}
	return out
}

// forward reports whether the peering of v and other carries forwarded traffic: a cluster in one of them uses an
// appliance in the other for egress. Of a network outside the plan it is enough that there is an appliance.
func (h hops) forward(v, other *VNet) bool {
	uses := func(from, to *VNet) bool {
		return slices.ContainsFunc(h[from], func(e spec.Egress) bool {
			return e.NextHopIP.IsValid() && (to == nil || to.Holds(e.NextHopIP))
		})
	}
	return uses(v, other) || other != nil && uses(other, v)
}

// useGateway reports whether clusters in v use a gateway that only other has. Either is nil outside the plan.
func (h hops) useGateway(v, other *VNet) bool {
	if v == nil || other == nil || v.HasGateway() || !other.HasGateway() {
		return false
	}
	return slices.ContainsFunc(h[v], func(e spec.Egress) bool { return e.NextHopType == aks.HopGateway })
}
