package aks

// peeringErrors are answers to the gateway settings of peerings. Public threads show no code for most of them.
func peeringErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeRemoteVnetHasNoGateways,
			Shapes: []string{
				"Peering ‹peering:id› cannot have UseRemoteGateway flag set to true because remote virtual network " +
					"‹vnet:id› referenced by the peering does not have any gateways",
				"referenced by the peering does not have any gateways",
			},
			Means: "A peering uses the gateway of a network that has none, or none that is ready. A gateway subnet is " +
				"not enough.",
			Told:   "‹vnet:id› has no gateway that ‹peering:id› could use. A gateway subnet is not enough.",
			WayOut: "create the gateway first, or leave useRemoteGateways out until it is there",
			Rules:  []string{"VNET041"},
			Source: seen("hashicorp/terraform/issues/30569").readOn(readPeerings),
		},
		{
			Shapes: []string{"cannot have UseRemoteGateways flag set to true, because corresponding remote peering has " +
				"AllowGatewayTransit flag set to false"},
			Means:  "The other side of the peering does not share its gateway yet.",
			WayOut: "set allowGatewayTransit on the side of the network that has the gateway, and create that side first",
			Rules:  []string{"VNET040"},
			Source: seen("hashicorp/terraform-provider-azurerm/issues/2872").readOn(readPeerings),
		},
		{
			Shapes: []string{"cannot have UseRemoteGateways flag set to true, because another peering ‹other:id› already " +
				"has UseRemoteGateways flag set to true"},
			Means:  "Only one peering of a network can use remote gateways.",
			Told:   "‹other:id› of the same network uses remote gateways already, and only one peering can.",
			WayOut: "set useRemoteGateways in one peering of the network",
			Rules:  []string{"VNET042"},
			Source: told(github + "MicrosoftDocs/azure-docs/pull/63147").readOn(readPeerings),
		},
	}
}
