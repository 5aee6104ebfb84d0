package apply

import (
	"net/url"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// A peering remembers the address space of the other network. When that changes, traffic to the new ranges flows only
// after the peering was sent once more with syncRemoteAddressSpace.
// https://learn.microsoft.com/azure/virtual-network/update-virtual-network-peering-address-space (read 2026-11-22)
const (
	syncLevel = "properties.peeringSyncLevel"
	inSync    = "FullyInSync"
)

// behind reports whether a peering has not seen the address space of the other network. When only the other side is
// behind, the other side's peering is the one to send.
func behind(level string) bool {
	return level == "RemoteNotInSync" || level == "LocalAndRemoteNotInSync"
}

// syncPeerings adds the peerings of the plan that will be behind once the address space of a network has changed.
func (cs *Changes) syncPeerings() {
	for _, c := range cs.Changes {
		if c.wanted.kind.typ != resource.TypePeering || c.live == nil || c.Action != None && c.Action != Update || c.syncs() {
			continue
		}
		remote, _ := at(c.wanted.body, "properties", "remoteVirtualNetwork", "id").(string)
		if cs.resizes(remote) {
			c.Action = Update
			c.Properties = append(c.Properties, Property{syncLevel, at(c.live.body, "properties", "peeringSyncLevel"), inSync})
			c.Reason = "the address space of " + shortName(remote) + " changes"
		}
	}
}

// resizes reports whether a network with the id gets another address space.
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

// syncQuery asks for the sync where that is part of the change.
func (c *Change) syncQuery() url.Values {
	if !c.syncs() {
		return nil
	}
	return url.Values{"syncRemoteAddressSpace": {"true"}}
}
