package validate

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var peeringBlocksEgress = &Rule{
	ID: "EGR063", Title: "peering that blocks egress", Severity: Warning,
	Explanation: "A cluster that leaves its network by an appliance or a gateway in a peered network needs the peering " +
		"to let that traffic through: access between the networks, forwarded traffic, and for a gateway its use and its " +
		"transit. These are the defaults of such peerings; the spec turns one of them off.",
	Fix:    "remove the setting: aksnet sets what the egress of the cluster needs",
	Source: aks.PageManagePeerings, Since: "v0.1.0",
	Check: checkPeeringBlocksEgress,
}

func checkPeeringBlocksEgress(p *Pass) {
	seen := map[string]bool{} // several clusters of a network have the same egress
	for _, c := range p.Plan.Clusters {
		v := c.VNet()
		if c.OutboundType != aks.OutboundUserDefinedRouting || v == nil {
			continue
		}
		for i := range v.PeeringSides {
			side := &v.PeeringSides[i]
			for _, need := range egressNeeds(c, v, side) {
				path := p.settingPath(need.of, need.side, need.key)
				if !need.off || need.side.Spec == nil || seen[path] {
					continue
				}
				seen[path] = true
				f := p.Reportf(path, "cluster %q leaves its network through %q, and %s is false", c.Name,
					lastOfID(side.VNet), need.key)
				f.Edit = set(true)
			}
		}
	}
}

// egressNeed is a setting that the egress of a cluster needs, and whether it is off.
type egressNeed struct {
	of   *plan.VNet
	side *plan.PeeringSide
	key  string
	off  bool
}

// egressNeeds returns what a cluster's egress needs of a peering of its network; nothing if it does not go that way.
func egressNeeds(c *plan.Cluster, v *plan.VNet, side *plan.PeeringSide) (out []egressNeed) {
	ip, typ := c.Spec.Egress.NextHopIP, c.Spec.Egress.NextHopType
	appliance := ip.IsValid() && !v.Holds(ip) && spaceHolds(side, ip)
	gateway := typ == aks.HopGateway && side.Remote != nil && side.Remote.HasGateway() && !v.HasGateway()
	add := func(of *plan.VNet, s *plan.PeeringSide) {
		if s == nil || !appliance && !gateway {
			return
		}
		out = append(out, egressNeed{of, s, aks.KeyNetworkAccess, !s.AllowVirtualNetworkAccess})
		if appliance {
			out = append(out, egressNeed{of, s, aks.KeyForwardedTraffic, !s.AllowForwardedTraffic})
		}
	}
	add(v, side)
	if side.Remote == nil {
		return out
	}
	back := side.Remote.SideOf(v)
	add(side.Remote, back)
	if gateway && back != nil {
		out = append(out, egressNeed{v, side, aks.KeyRemoteGateways, !side.UseRemoteGateways},
			egressNeed{side.Remote, back, aks.KeyGatewayTransit, !back.AllowGatewayTransit && !side.UseRemoteGateways})
	}
	return out
}

// spaceHolds reports whether an address is in the network on the other side of a peering.
func spaceHolds(side *plan.PeeringSide, ip netip.Addr) bool {
	if side.Remote != nil {
		return side.Remote.Holds(ip)
	}
	return side.Spec != nil && slices.ContainsFunc(side.Spec.AddressPrefixes, func(x netip.Prefix) bool {
		return x.Contains(ip)
	})
}
