package validate

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

var spokesOverlap = &Rule{
	ID: "VNET037", Title: "overlapping networks with one hub", Severity: Error,
	Explanation: "Two networks that are peered with the same network must not overlap, although they are not peered " +
		"with each other: the hub could not tell them apart, and Azure rejects the second peering. A peering that a " +
		"deleted network left behind counts too.",
	Fix: "give one of the networks another address space", Source: aks.PagePeerings, Since: "v0.1.0",
	Check: checkSpokesOverlap,
}

func checkSpokesOverlap(p *Pass) {
	seen := map[[2]string]bool{} // two networks that overlap are reported at their first hub
	for _, hub := range p.hubs() {
		var spokes []plan.Peer
		var prefixes []netip.Prefix
		for _, s := range hub.spokes {
			for _, prefix := range s.Prefixes {
				spokes, prefixes = append(spokes, s), append(prefixes, prefix)
			}
		}
		for _, pair := range firstPairs(prefixes) {
			a, b := spokes[pair.first], spokes[pair.later]
			key := [2]string{strings.ToLower(a.Name), strings.ToLower(b.Name)}
			if key[0] == key[1] || seen[key] || peered(a, b) {
				continue
			}
			seen[key] = true
			f := p.Reportf(p.spokePath(b, hub), "network %q (%s) overlaps network %q (%s); both are peered with %q",
				lastOfID(b.Name), prefixes[pair.later], lastOfID(a.Name), prefixes[pair.first], lastOfID(hub.name))
			p.Relate(f, a.Path, "network %q is here", lastOfID(a.Name))
			f.AzureError = &AzureError{Code: aks.CodeVnetAddressSpaceOverlapsWithAlreadyPeeredVnet}
			if b.VNet != nil {
				p.proposeSpace(f, b.VNet, slices.Index(b.VNet.AddressPrefixes, prefixes[pair.later]))
			}
		}
	}
}

// peered reports whether two networks are peered with each other: another rule reports their overlap.
func peered(a, b plan.Peer) bool {
	names := func(v *plan.VNet, name string) bool {
		return v != nil && slices.ContainsFunc(v.Peerings, func(peer string) bool { return strings.EqualFold(peer, name) })
	}
	return names(a.VNet, b.Name) || names(b.VNet, a.Name)
}

// hub is a network that others are peered with.
type hub struct {
	name   string
	spokes []plan.Peer
}

// hubs returns every network with several peers: those of the spec, and those that several networks name by their
// resource id.
func (p *Pass) hubs() (out []hub) {
	foreign := map[string][]plan.Peer{}
	var order []string
	for _, v := range p.Plan.VNets {
		if peers := p.rangesOf().Peers(v); len(peers) > 1 {
			out = append(out, hub{v.Name, peers})
		}
		for _, name := range v.Peerings {
			key := strings.ToLower(name)
			if p.rangesOf().VNet(name) != nil {
				continue
			}
			if foreign[key] == nil {
				order = append(order, name)
			}
			foreign[key] = append(foreign[key], plan.Peer{Name: v.Name, Path: v.Path, Prefixes: v.AddressPrefixes, VNet: v})
		}
	}
	for _, name := range order {
		if spokes := foreign[strings.ToLower(name)]; len(spokes) > 1 {
			out = append(out, hub{name, spokes})
		}
	}
	return out
}

// spokePath returns the path of the peering between a network and a hub.
func (p *Pass) spokePath(spoke plan.Peer, h hub) string {
	if spoke.VNet == nil {
		return spoke.Path
	}
	return p.peeringPath(spoke.VNet, p.rangesOf().VNet(h.name), h.name)
}
