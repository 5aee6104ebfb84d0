package resource_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

const theirHub = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-hub/providers/" +
	"Microsoft.Network/virtualNetworks/hub"

// peeringsOf returns the sides that are written, in their order: "spoke-to-hub AFTU" with a letter for every setting
// that is on.
func peeringsOf(t *testing.T, hub, peering string) (out []string) {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "spec.yaml", Data: fmt.Appendf(nil, `apiVersion: aksnet/v1
subscription: 11111111-1111-1111-1111-111111111111
resourceGroup: rg
location: westeurope
vnets:
  - {name: spoke, peerings: [%s], addressPrefixes: [10.1.0.0/20]}
%s
clusters: [{name: shop, vnet: spoke, nodePools: [{name: system, count: 3}]}]
`, peering, hub)})
	if len(s.Problems) > 0 {
		t.Fatal(s.Problems)
	}
	for _, n := range resource.Build(plan.Build(s)).Nodes {
		body, ok := n.Body.(*armnetwork.VirtualNetworkPeering)
		if !ok {
			continue
		}
		p, on := body.Properties, ""
		for letter, b := range map[string]*bool{
			"A": p.AllowVirtualNetworkAccess, "F": p.AllowForwardedTraffic, "T": p.AllowGatewayTransit, "U": p.UseRemoteGateways,
		} {
			if *b {
				on += letter
			}
		}
		letters := strings.Split(on, "")
		slices.Sort(letters)
		out = append(out, n.LeafName()+" "+strings.Join(letters, ""))
	}
	return out
}

// Each side has the settings of the network that lists it, the other one defaults, and a side that uses remote gateways
// comes after the one that allows it. What belongs to others is written only where the spec describes it.
func TestPeeringSides(t *testing.T) {
	const (
		uses   = "{vnet: hub, useRemoteGateways: true, allowForwardedTraffic: true}"
		closed = "{vnet: hub, allowVirtualNetworkAccess: false}"
	)
	hub := func(keys string) string { return "  - {name: hub, addressPrefixes: [10.0.0.0/22]" + keys + "}" }
	abroad := ", existing: true, subscription: 22222222-2222-2222-2222-222222222222, resourceGroup: rg-hub"
	const transit = ", peerings: [{vnet: spoke, allowGatewayTransit: true}]"
	for name, c := range map[string]struct {
		hub, peering string
		want         []string
	}{
		"defaults":       {hub(""), "hub", []string{"spoke-to-hub A", "hub-to-spoke A"}},
		"one side":       {hub(""), closed, []string{"spoke-to-hub ", "hub-to-spoke A"}},
		"both sides":     {hub(transit), uses, []string{"hub-to-spoke AT", "spoke-to-hub AFU"}},
		"abroad":         {hub(transit + abroad), uses, []string{"hub-to-spoke AT", "spoke-to-hub AFU"}},
		"abroad by id":   {hub(abroad), "'" + strings.ToUpper(theirHub) + "'", []string{"spoke-to-hub A", "hub-to-spoke A"}},
		"not described":  {"", "{vnet: " + theirHub + ", allowForwardedTraffic: true}", []string{"spoke-to-hub AF"}},
		"only the hub's": {hub(transit), "", []string{"spoke-to-hub A", "hub-to-spoke AT"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := peeringsOf(t, c.hub, c.peering); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
