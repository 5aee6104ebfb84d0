package validate

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var transitMissing = &Rule{
	ID: "VNET040", Title: "remote gateways that the other network does not share", Severity: Error,
	Explanation: "A network can use the gateway of a peered network only when the other side of the peering allows " +
		"gateway transit. Azure rejects the peering otherwise. The rule does not apply to a network that the spec " +
		"only names, because its side is not known.",
	Fix: "set allowGatewayTransit: true in the peering of the network that has the gateway, or remove " +
		"useRemoteGateways",
	Source: aks.PageGatewayTransit, Since: "v0.1.0",
	Check: checkTransitMissing,
}

var remoteGatewayMissing = &Rule{
	ID: "VNET041", Title: "remote gateways of a network without one", Severity: Error, Also: []Severity{Warning, Note},
	Explanation: "useRemoteGateways needs a VPN gateway, an ExpressRoute gateway or a Route Server in the other network " +
		"when the peering is made. aksnet makes none. Without a subnet for one this is an error; in an existing " +
		"network a warning, because the spec may not list all of its subnets. With the subnet in a network that the plan " +
		"creates, a note says that the gateway comes first.",
	Fix:    "add GatewaySubnet to the other network and create its gateway, or remove useRemoteGateways",
	Source: aks.PagePeeringAPI, Since: "v0.1.0",
	Check: checkRemoteGatewayMissing,
}

var remoteGatewaysTwice = &Rule{
	ID: "VNET042", Title: "remote gateways of two networks", Severity: Error,
	Explanation: "Only one peering of a network can use remote gateways. Azure rejects the second one.",
	Fix:         "set useRemoteGateways in one peering of the network",
	Source:      aks.PagePeeringAPI, Since: "v0.1.0",
	Check: checkRemoteGatewaysTwice,
}

var gatewayBesideRemote = &Rule{
	ID: "VNET043", Title: "remote gateways beside a gateway of its own", Severity: Error, Also: []Severity{Warning},
	Explanation: "A network that has a gateway cannot use the one of another network: Azure rejects the peering, or the " +
		"gateway. For that reason a network that uses remote gateways has none to share, and its allowGatewayTransit has " +
		"no effect: a warning, because Azure accepts it.",
	Fix:    "remove useRemoteGateways, or GatewaySubnet and allowGatewayTransit of the same network",
	Source: aks.PagePeeringAPI, Since: "v0.1.0",
	Check: checkGatewayBesideRemote,
}

// eachRemoteGateway calls check for every side that uses remote gateways, with the path of the setting.
func (p *Pass) eachRemoteGateway(check func(v *plan.VNet, side *plan.PeeringSide, path string)) {
	for _, v := range p.Plan.VNets {
		for i := range v.PeeringSides {
			if side := &v.PeeringSides[i]; side.UseRemoteGateways && side.Remote != v {
				check(v, side, p.settingPath(v, side, aks.KeyRemoteGateways))
			}
		}
	}
}

func checkTransitMissing(p *Pass) {
	p.eachRemoteGateway(func(v *plan.VNet, side *plan.PeeringSide, path string) {
		if side.Remote == nil {
			return
		}
		back := side.Remote.SideOf(v)
		if back == nil || back.AllowGatewayTransit || back.Spec == nil && v.Existing && side.Remote.Existing {
			return
		}
		f := p.Reportf(path, "network %q uses the gateway of %q, whose peering does not allow gateway transit",
			v.Name, side.Remote.Name)
		if back.Spec != nil {
			p.Relate(f, back.Path, "the other side is here")
		}
		if back.Spec != nil && p.Spec.Has(back.Path+".vnet") {
			f.Edit = setAt(back.Path+"."+aks.KeyGatewayTransit, true)
			return
		}
		f.Advice = fmt.Sprintf("set allowGatewayTransit: true in the peering of %q with %q", side.Remote.Name, v.Name)
	})
}

func checkRemoteGatewayMissing(p *Pass) {
	p.eachRemoteGateway(func(v *plan.VNet, side *plan.PeeringSide, path string) {
		other := side.Remote
		if other == nil {
			return
		}
		shared := other.HasGateway() || other.HasSubnetFor(aks.KindRouteServer)
		if shared && (other.Existing || side.Spec == nil) {
			return
		}
		f := p.Reportf(path, "network %q uses the gateway of %q, which has no subnet for one", v.Name, other.Name)
		f.AzureError = &AzureError{Code: aks.CodeRemoteVnetHasNoGateways}
		p.Relate(f, other.Path, "network %q is here", other.Name)
		switch {
		case shared:
			f.Severity = Note
			f.Message = fmt.Sprintf(
				"network %q uses the gateway of %q, which must exist before the peering",
				v.Name,
				other.Name,
			)
			f.Advice = fmt.Sprintf("create %q and its gateway first, and set useRemoteGateways then", other.Name)
		case other.Existing:
			f.Severity = Warning
		}
	})
}

func checkRemoteGatewaysTwice(p *Pass) {
	first := map[*plan.VNet]*plan.PeeringSide{}
	p.eachRemoteGateway(func(v *plan.VNet, side *plan.PeeringSide, path string) {
		one := first[v]
		if one == nil {
			first[v] = side
			return
		}
		if one.Remote != nil && one.Remote == side.Remote {
			return // another rule reports a peering that is listed twice
		}
		f := p.Reportf(
			path,
			"network %q uses the gateways of %q and of %q",
			v.Name,
			lastOfID(one.VNet),
			lastOfID(side.VNet),
		)
		p.Relate(f, p.settingPath(v, one, aks.KeyRemoteGateways), "the first one is here")
	})
}

func checkGatewayBesideRemote(p *Pass) {
	shown := map[*plan.VNet]bool{}
	p.eachRemoteGateway(func(v *plan.VNet, side *plan.PeeringSide, path string) {
		if v.HasGateway() {
			p.Reportf(path, "network %q has a gateway subnet of its own and uses the gateway of %q", v.Name,
				lastOfID(side.VNet))
			return
		}
		if shown[v] {
			return
		}
		shown[v] = true
		for i := range v.PeeringSides {
			back := &v.PeeringSides[i]
			if !back.AllowGatewayTransit {
				continue
			}
			f := p.Reportf(p.settingPath(v, back, aks.KeyGatewayTransit),
				"network %q uses the gateway of %q, so it has none to share with %q", v.Name, lastOfID(side.VNet),
				lastOfID(back.VNet))
			f.Severity = Warning
			if p.Spec.Has(f.Path) {
				f.Edit = set(false)
			}
		}
	})
}
