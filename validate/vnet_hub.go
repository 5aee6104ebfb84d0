package validate

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
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

var spokeRoutes = &Rule{
	ID: "VNET044", Title: "routes to spokes of a hub can be summarized", Severity: Note,
	Explanation: "Several routes of a table send the networks behind one hub to the same next hop, and fewer routes do " +
		"the same: their ranges adjoin, or a range around them holds nothing else that the spec knows. Each spoke that " +
		"comes later needs a further route in every table, and tables have a limit.",
	Fix: "use the route in the message", Source: aks.PageRoutes, Since: "v0.1.0",
	Check: checkSpokeRoutes,
}

func checkSpokeRoutes(p *Pass) {
	if len(p.Spec.RouteTables) == 0 {
		return
	}
	spokes := p.spokeSpace()
	for i, table := range p.Spec.RouteTables {
		for _, routes := range sameHops(table.Routes, spokes) {
			prefixes := make([]netip.Prefix, len(routes))
			for n, r := range routes {
				prefixes[n] = table.Routes[r].AddressPrefix
			}
			fewer := p.summary(prefixes)
			if len(fewer) == len(prefixes) {
				continue
			}
			f := p.Reportf(
				fmt.Sprintf("routeTables[%d].routes[%d]", i, routes[0]),
				"%d routes of table %q lead to networks behind a hub by one next hop; %s instead",
				len(routes),
				table.Name,
				english.Count(len(fewer), "route")+" can do that",
			)
			f.Advice = "replace them by a route for each of " + flowList(fewer)
			if len(fewer) == 1 {
				f.Advice = "replace them by one route for " + fewer[0].String()
			}
		}
	}
}

// spokeSpace returns the IPv4 address space of all networks behind hubs.
func (p *Pass) spokeSpace() *ipam.Set {
	var b ipam.Builder
	for _, h := range p.hubs() {
		for _, s := range h.spokes {
			for _, prefix := range plan.IPv4(s.Prefixes) {
				b.Add(prefix)
			}
		}
	}
	return b.Set()
}

// sameHops returns the routes to ranges in a space by their next hop, as indexes, where several have the same one.
func sameHops(routes []spec.Route, space *ipam.Set) (out [][]int) {
	type hop struct {
		kind aks.NextHop
		ip   netip.Addr
	}
	at := map[hop]int{}
	for i, r := range routes {
		if !space.ContainsPrefix(r.AddressPrefix) {
			continue
		}
		h := hop{r.NextHopType, r.NextHopIP}
		n, ok := at[h]
		if !ok {
			n = len(out)
			at[h], out = n, append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return slices.DeleteFunc(out, func(routes []int) bool { return len(routes) < 2 })
}

// summary returns the fewest ranges that lead to the same networks: one around all of them if it holds nothing else
// that is in use, else what remains when those that adjoin are merged.
func (p *Pass) summary(prefixes []netip.Prefix) []netip.Prefix {
	around := prefixes[0]
	outside := func(o netip.Prefix) bool { return !around.Contains(o.Addr()) || o.Bits() < around.Bits() }
	for slices.ContainsFunc(prefixes, outside) {
		around = netip.PrefixFrom(around.Addr(), around.Bits()-1).Masked()
	}
	routed := ipam.SetOf(prefixes...)
	other := func(o netip.Prefix) bool { return o.IsValid() && o.Overlaps(around) && !routed.ContainsPrefix(o) }
	if !slices.ContainsFunc(p.allTaken(), other) {
		return []netip.Prefix{around}
	}
	return slices.Collect(routed.Prefixes())
}

// peered reports whether two networks are peered with each other: another rule reports their overlap.
func peered(a, b plan.Peer) bool {
	names := func(v *plan.VNet, name string) bool {
		return v != nil &&
			slices.ContainsFunc(v.Peerings, func(peer string) bool { return strings.EqualFold(peer, name) })
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
			foreign[key] = append(
				foreign[key],
				plan.Peer{Name: v.Name, Path: v.Path, Prefixes: v.AddressPrefixes, VNet: v},
			)
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
