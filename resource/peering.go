package resource

import (
	"net/netip"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// addPeerings adds a network's side of its peerings. A peering works only when both sides have it. The plan lists it on
// both sides when it knows both, so each network adds its own; the other side of a network outside the plan is up to
// its owner. Peerings between two existing networks are left unchanged.
func (b *builder) addPeerings(v *plan.VNet) {
	local := b.graph.Find(idOf(b.scopeOf(v), TypeVNet, segment(v.Name)))
	if local == nil {
		return
	}
	for _, name := range v.Peerings {
		b.addPeering(v, local, name)
	}
}

func (b *builder) addPeering(v *plan.VNet, local *Node, name string) {
	other := b.findVNet(name)
	remoteID, remoteName := name, lastPart(name)
	var remote *Node
	switch {
	case other == v || other == nil && !IsID(name):
		return
	case other != nil:
		if remote = b.graph.Find(idOf(b.scopeOf(other), TypeVNet, segment(other.Name))); remote == nil ||
			local.Existing && remote.Existing {
			return
		}
		remoteID, remoteName = remote.ID, remote.Name
	case local.Existing:
		return
	}
	n := &Node{
		Type: TypePeering, Name: local.Name + "/" + peeringName(local.Name, remoteName), Scope: local.Scope,
		Parent: local, Path: v.Path + ".peerings",
		Body: &armnetwork.VirtualNetworkPeering{Properties: &armnetwork.VirtualNetworkPeeringPropertiesFormat{
			AllowVirtualNetworkAccess: ptr(true),
			AllowForwardedTraffic:     ptr(b.forwards(v, other)),
			AllowGatewayTransit:       ptr(other != nil && b.usesGateway(other, v)),
			UseRemoteGateways:         ptr(other != nil && b.usesGateway(v, other)),
			RemoteVirtualNetwork:      &armnetwork.SubResource{ID: ptr(remoteID)},
		}},
	}
	n.Comments = peeringComments(other, remote)
	if b.add(n) != n {
		return
	}
	b.chain(n)
	// Azure refuses to peer with a network while it is being changed: the subnets of the other side come first.
	if remote != nil {
		n.need(b.lastSubnet(remote))
	}
}

func peeringComments(other *plan.VNet, remote *Node) []string {
	switch {
	case other == nil:
		return []string{
			"The other side is not in this spec: its owner must add the reverse peering before traffic flows.",
		}
	case remote.Existing:
		return []string{"The other network already exists; the reverse peering is added to it."}
	}
	return nil
}

// lastSubnet returns the last subnet of a network to be sent.
func (b *builder) lastSubnet(vnet *Node) (last *Node) {
	for _, n := range b.graph.Nodes {
		if n.Type == TypeSubnet && n.Parent == vnet && !n.Existing {
			last = n
		}
	}
	return last
}

// forwards reports whether the peering of v and other carries forwarded traffic: a cluster in one of them uses an
// appliance in the other for egress.
func (b *builder) forwards(v, other *plan.VNet) bool {
	for _, c := range b.plan.Clusters {
		hop := c.Spec.Egress.NextHopIP
		if c.OutboundType != aks.OutboundUserDefinedRouting || !hop.IsValid() {
			continue
		}
		if c.VNet() == v && (other == nil || holds(other, hop)) || c.VNet() == other && other != nil && holds(v, hop) {
			return true
		}
	}
	return false
}

// usesGateway reports whether clusters in v use a gateway that only other has.
func (b *builder) usesGateway(v, other *plan.VNet) bool {
	if hasGateway(v) || !hasGateway(other) {
		return false
	}
	for _, c := range b.plan.Clusters {
		if c.VNet() == v && c.OutboundType == aks.OutboundUserDefinedRouting &&
			c.Spec.Egress.NextHopType == aks.HopGateway {
			return true
		}
	}
	return false
}

func hasGateway(v *plan.VNet) bool {
	for _, s := range v.Subnets {
		if k, ok := aks.SubnetKindByName(s.Name); ok && k.ID == "gateway" {
			return true
		}
	}
	return false
}

func holds(v *plan.VNet, a netip.Addr) bool {
	for _, p := range v.AddressPrefixes {
		if p.Contains(a) {
			return true
		}
	}
	return false
}
