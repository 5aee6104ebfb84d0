package resource

import (
	"cmp"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/plan"
)

// addPeerings adds the sides of all peerings. A peering works only when both sides have it. The plan lists it on both
// sides when it knows both, so each network adds its own; the other side of a network outside the plan is up to its
// owner. Peerings between two existing networks are left unchanged.
//
// Sides that use the gateway of the other network come last: Azure rejects them until the other side allows it.
// https://github.com/hashicorp/terraform-provider-azurerm/issues/2872 (read 2026-11-29)
func (b *builder) addPeerings() {
	for _, remote := range []bool{false, true} {
		for _, v := range b.plan.VNets {
			local := b.graph.Find(idOf(b.scopeOf(v), TypeVNet, segment(v.Name)))
			if local == nil {
				continue
			}
			for i := range v.PeeringSides {
				if side := &v.PeeringSides[i]; side.UseRemoteGateways == remote {
					b.addPeering(v, local, side)
				}
			}
		}
	}
}

func (b *builder) addPeering(v *plan.VNet, local *Node, side *plan.PeeringSide) {
	other := side.Remote
	remoteID, remoteName := side.VNet, lastPart(side.VNet)
	var remote *Node
	switch {
	case other == v || other == nil && !IsID(side.VNet):
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
		Parent: local, Path: cmp.Or(side.Path, v.Path+".peerings"),
		Body: &armnetwork.VirtualNetworkPeering{Properties: &armnetwork.VirtualNetworkPeeringPropertiesFormat{
			AllowVirtualNetworkAccess: ptr(side.AllowVirtualNetworkAccess),
			AllowForwardedTraffic:     ptr(side.AllowForwardedTraffic),
			AllowGatewayTransit:       ptr(side.AllowGatewayTransit),
			UseRemoteGateways:         ptr(side.UseRemoteGateways),
			RemoteVirtualNetwork:      &armnetwork.SubResource{ID: ptr(remoteID)},
		}},
	}
	n.Comments = peeringComments(other, remote)
	if b.add(n) != n {
		return
	}
	b.chain(n)
	if remote == nil {
		return
	}
	// Azure refuses to peer with a network while it is being changed: the subnets of the other side come first.
	n.need(b.subnets[remote])
	if side.UseRemoteGateways {
		n.need(b.graph.Find(idOf(remote.Scope, TypePeering, remote.Name+"/"+peeringName(remote.Name, local.Name))))
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

// lastSubnets returns the last subnet of each network to be sent.
func (g *Graph) lastSubnets() map[*Node]*Node {
	last := map[*Node]*Node{}
	for _, n := range g.Nodes {
		if n.Type == TypeSubnet && !n.Existing {
			last[n.Parent] = n
		}
	}
	return last
}
