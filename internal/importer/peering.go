package importer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// addPeering adds a peering unless the network has it already: az prints it both with the network and in a list.
func (n *network) addPeering(o object) {
	same := func(p object) bool { return strings.EqualFold(p.text("name"), o.text("name")) }
	if o.text("name") == "" || !slices.ContainsFunc(n.peerings, same) {
		n.peerings = append(n.peerings, o)
	}
}

// peerings returns the peerings of a network: the remote network by name if it is in this estate, else by id and
// address space.
func (w *writer) peerings(n *network) (out []mapping) {
	for _, p := range n.peerings {
		other := parseID(p.text("remoteVirtualNetwork.id"))
		m := newMapping()
		if w.named(other) {
			m.text("vnet", other.name)
		} else {
			m.text("vnet", other.text)
			m.texts("addressPrefixes", remoteSpace(p))
		}
		for _, s := range aks.PeeringSettings() {
			if on, ok := p.get(s.Key).(bool); ok && on != s.Default {
				m.set(s.Key, scalar("!!bool", strconv.FormatBool(on)))
			}
		}
		if other.text != "" {
			out = append(out, m)
		}
	}
	return out
}

// remoteSpace returns the address space of the remote network: the one it has now, or else the one that the peering was
// last synced with.
func remoteSpace(p object) []string {
	if now := p.prefixes("remoteVirtualNetworkAddressSpace.addressPrefixes"); len(now) > 0 {
		return now
	}
	return p.prefixes("remoteAddressSpace.addressPrefixes")
}
