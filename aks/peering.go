package aks

// PeeringSetting is a setting of one side of a virtual network peering, by its name in the spec and in Azure.
type PeeringSetting struct {
	Key string
	// Default is what Azure takes where a request leaves the setting out.
	Default bool
	Meaning string
	Source  Source
}

// The settings of a peering.
const (
	KeyNetworkAccess    = "allowVirtualNetworkAccess"
	KeyForwardedTraffic = "allowForwardedTraffic"
	KeyGatewayTransit   = "allowGatewayTransit"
	KeyRemoteGateways   = "useRemoteGateways"
)

// PeeringSettings returns the settings of a side of a peering, in the order of the portal.
func PeeringSettings() []PeeringSetting {
	src := Source{URL: PageManagePeerings, Read: readPeerings}
	return []PeeringSetting{
		{KeyNetworkAccess, true, "resources of the two networks reach each other", src},
		{KeyForwardedTraffic, false, "traffic comes in that an appliance in the other network forwards", src},
		{KeyGatewayTransit, false, "the other network may use the gateway or Route Server of this one", src},
		{KeyRemoteGateways, false, "the network uses the gateway or Route Server of the other one", src},
	}
}

// readPeerings is the day on which the pages about peerings were read.
const readPeerings = "2026-11-29"
