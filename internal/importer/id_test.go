package importer_test

import (
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"

	"github.com/aksnet/aksnet/aks"
)

// TestResourceIDsAgreeWithTheSDK compares package aks, which must do without the SDK, with the SDK's own parser.
func TestResourceIDsAgreeWithTheSDK(t *testing.T) {
	const group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
	for text, ok := range map[string]bool{
		group + "/providers/Microsoft.Network/virtualNetworks/vnet":                             true,
		group + "/providers/Microsoft.Network/virtualNetworks/vnet/subnets/snet":                true,
		"/SUBSCRIPTIONS/s/resourcegroups/RG/Providers/microsoft.network/natGateways/ng":         true,
		group + "/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io": true,
		group:                                  false,
		group + "/providers/Microsoft.Network": false,
		group + "/providers/Microsoft.Network/virtualNetworks":              false,
		group + "/providers/Microsoft.Network/virtualNetworks/vnet/subnets": false,
		"/subscriptions/s/providers/Microsoft.Network/locations/westeurope": false,
		"/subscriptions//resourceGroups/rg/providers/a/b/c":                 false,
		"subscriptions/s/resourceGroups/rg/providers/a/b/c":                 false,
		"vnet-hub": false,
		"":         false,
	} {
		got, found := aks.ParseResourceID(text)
		if found != ok {
			t.Errorf("%q: found %t, want %t", text, found, ok)
		}
		if !found {
			continue
		}
		want, err := arm.ParseResourceID(text)
		if err != nil {
			t.Errorf("%q: the SDK refuses it: %v", text, err)
			continue
		}
		sdk := aks.ResourceID{
			Subscription:  want.SubscriptionID,
			ResourceGroup: want.ResourceGroupName,
			Type:          want.ResourceType.String(),
			Name:          want.Name,
		}
		if got != sdk {
			t.Errorf("%q: %+v, the SDK has %+v", text, got, sdk)
		}
	}
}
