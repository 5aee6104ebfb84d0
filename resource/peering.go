package resource

import (
	"net/netip"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
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
		n.need(b.subnets[remote])
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

// hopsOf returns, by network, the different ways in which its clusters with userDefinedRouting leave it.
func hopsOf(p *plan.Plan) map[*plan.VNet][]spec.Egress {
	type hop struct {
		from *plan.VNet
		ip   netip.Addr
		typ  aks.NextHop
	}
	seen, out := map[hop]bool{}, map[*plan.VNet][]spec.Egress{}
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

// forwards reports whether the peering of v and other carries forwarded traffic: a cluster in one of them uses an
// appliance in the other for egress. Of a network outside the plan it is enough that there is an appliance.
func (b *builder) forwards(v, other *plan.VNet) bool {
	uses := func(from, to *plan.VNet) bool {
		return slices.ContainsFunc(b.hops[from], func(e spec.Egress) bool {
			return e.NextHopIP.IsValid() && (to == nil || holds(to, e.NextHopIP))
		})
	}
	return uses(v, other) || other != nil && uses(other, v)
}

// usesGateway reports whether clusters in v use a gateway that only other has.
func (b *builder) usesGateway(v, other *plan.VNet) bool {
	if hasGateway(v) || !hasGateway(other) {
		return false
	}
	return slices.ContainsFunc(b.hops[v], func(e spec.Egress) bool { return e.NextHopType == aks.HopGateway })
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
