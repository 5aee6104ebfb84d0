package importer_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/importer"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

// The peerings that a spec leads to are the same after they were created and imported, whatever the spec says of them:
// in the JSON of the network or listed on their own, with the cluster whose egress needs other defaults or without.
func TestPeeringRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		settings := func(label string) (out string) {
			for _, s := range aks.PeeringSettings() {
				out += rapid.SampledFrom([]string{"", ", " + s.Key + ": true", ", " + s.Key + ": false"}).Draw(t, label+s.Key)
			}
			return out
		}
		hub := rapid.SampledFrom([]string{"", "peerings: [{vnet: spoke%s}],"}).Draw(t, "hub")
		if hub != "" {
			hub = fmt.Sprintf(hub, settings("hub"))
		}
		before := plan.Build(spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(`apiVersion: aksnet/v1
subscription: 11111111-2222-3333-4444-555555555555
resourceGroup: rg
location: westeurope
vnets:
  - {name: hub, ` + hub + ` addressPrefixes: [10.0.0.0/22]}
  - {name: spoke, peerings: [{vnet: hub` + settings("spoke") + `}], addressPrefixes: [10.1.0.0/20]}
clusters:
  - name: shop
    vnet: spoke
    outboundType: userDefinedRouting
    egress: {nextHopIP: 10.0.0.4}
    nodePools: [{name: system, count: 3}]
`)}))
		after := reimported(t, before, rapid.Bool().Draw(t, "apart"), rapid.Bool().Draw(t, "with the cluster"))
		ignore := cmpopts.IgnoreFields(plan.PeeringSide{}, "Remote", "Spec", "Path")
		for i, v := range before.VNets {
			if diff := cmp.Diff(v.PeeringSides, after.VNets[i].PeeringSides, ignore); diff != "" {
				t.Fatalf("%s: -before +after:\n%s", v.Name, diff)
			}
		}
	})
}

// reimported is the plan of what az prints once a plan has been deployed.
func reimported(t *rapid.T, p *plan.Plan, apart, cluster bool) *plan.Plan {
	var values []any
	vnets := map[string]map[string]any{}
	for _, n := range resource.BuildWith(p, resource.Options{Clusters: cluster}).Nodes {
		data, err := json.Marshal(n.Body)
		if err != nil {
			t.Fatal(err)
		}
		body := map[string]any{}
		if err := json.Unmarshal(data, &body); err != nil {
			t.Fatal(err)
		}
		body["id"], body["name"], body["type"] = n.ID, n.LeafName(), n.Type
		if n.Type == resource.TypeVNet {
			vnets[n.ID] = body
		}
		if n.Type == resource.TypePeering && !apart {
			props := vnets[n.Parent.ID]["properties"].(map[string]any)
			list, _ := props["virtualNetworkPeerings"].([]any)
			props["virtualNetworkPeerings"] = append(list, body)
			continue
		}
		values = append(values, body)
	}
	data, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	e := &importer.Estate{}
	if err := e.Add("live.json", strings.NewReader(string(data))); err != nil {
		t.Fatal(err)
	}
	text, _, err := e.Spec()
	if err != nil {
		t.Fatal(err)
	}
	parsed := spec.Parse(spec.Source{Name: "import", Data: text})
	if len(parsed.Problems) > 0 {
		t.Fatalf("%v\n%s", parsed.Problems, text)
	}
	return plan.Build(parsed)
}

// A peering with a network of others keeps its id, its settings and the address space that network has now.
func TestPeeringWithOthers(t *testing.T) {
	const id = "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.Network/virtualNetworks/%s"
	theirs := fmt.Sprintf(id, "99999999-2222-3333-4444-555555555555", "rg-x", "vnet-x")
	ours := fmt.Sprintf(id, "11111111-2222-3333-4444-555555555555", "rg", "spoke")
	e := &importer.Estate{}
	if err := e.Add("peerings.json", strings.NewReader(`[{"id": "`+ours+`/virtualNetworkPeerings/to-x", "name": "to-x",
  "remoteVirtualNetwork": {"id": "`+theirs+`"}, "remoteAddressSpace": null, "useRemoteGateways": true,
  "allowVirtualNetworkAccess": true, "allowForwardedTraffic": false, "allowGatewayTransit": false,
  "remoteVirtualNetworkAddressSpace": {"addressPrefixes": ["10.9.0.0/16"]}}]`)); err != nil {
		t.Fatal(err)
	}
	text, _, err := e.Spec()
	if err != nil {
		t.Fatal(err)
	}
	want := `    peerings:
      - vnet: ` + theirs + `
        addressPrefixes: [10.9.0.0/16]
        useRemoteGateways: true
`
	if e.Empty() || !strings.Contains(string(text), want) {
		t.Errorf("got\n%s\nwithout\n%s", text, want)
	}
}
