package apply

import (
	"net/url"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// A peering stores the address space of the remote network. When that changes, traffic to the new ranges flows only
// after the peering is sent again with syncRemoteAddressSpace.
// https://learn.microsoft.com/azure/virtual-network/update-virtual-network-peering-address-space (read 2026-11-22)
const (
	syncLevel = "properties.peeringSyncLevel"
	inSync    = "FullyInSync"
)

// behind reports whether a peering is out of sync with the address space of the remote network. When only the remote
// side is out of sync, its own peering must be sent.
func behind(level string) bool {
	return level == "RemoteNotInSync" || level == "LocalAndRemoteNotInSync"
}

// syncPeerings adds the peerings of the plan that will be out of sync once the address space of a network has changed.
func (cs *Changes) syncPeerings() {
	for _, c := range cs.Changes {
		if c.wanted.kind.typ != resource.TypePeering || c.live == nil || c.Action != None && c.Action != Update ||
			c.syncs() {
			continue
		}
		remote, _ := at(c.wanted.body, "properties", "remoteVirtualNetwork", "id").(string)
		if cs.resizes(remote) {
			c.Action = Update
			c.Properties = append(
				c.Properties,
				Property{syncLevel, at(c.live.body, "properties", "peeringSyncLevel"), inSync},
			)
			c.Reason = "the address space of " + shortName(remote) + " changes"
		}
	}
}

// resizes reports whether the address space of the network with the id changes.
func (cs *Changes) resizes(id string) bool {
	return slices.ContainsFunc(cs.Changes, func(c *Change) bool {
		return c.Action == Update && strings.EqualFold(c.ID, id) &&
			slices.ContainsFunc(c.Properties,
				func(p Property) bool { return strings.HasPrefix(p.Path, "properties.addressSpace") })
	})
}

func (c *Change) syncs() bool {
	return slices.ContainsFunc(c.Properties, func(p Property) bool { return p.Path == syncLevel })
}

// syncQuery returns the query that requests a sync if the change includes one.
func (c *Change) syncQuery() url.Values {
	if !c.syncs() {
		return nil
	}
	return url.Values{"syncRemoteAddressSpace": {"true"}}
}
