package importer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/importer"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// An Automatic cluster has no node pools in its body; its network is that of its hosted system pool.
func TestAutomatic(t *testing.T) {
	const network = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/" +
		"Microsoft.Network/virtualNetworks/vnet-shop"
	body := `[{"id": "` + network + `", "name": "vnet-shop", "type": "Microsoft.Network/virtualNetworks",
 "location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["172.19.0.0/16"]}, "subnets": [
  {"name": "apiserver", "id": "` + network + `/subnets/apiserver", "properties": {"addressPrefix": "172.19.0.0/28"}},
  {"name": "system", "id": "` + network + `/subnets/system", "properties": {"addressPrefix": "172.19.0.64/26"}},
  {"name": "user", "id": "` + network + `/subnets/user", "properties": {"addressPrefix": "172.19.1.0/24"}}]}},
{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/` +
		`Microsoft.ContainerService/managedClusters/shop", "name": "shop", "location": "westeurope",
 "type": "Microsoft.ContainerService/managedClusters", "sku": {"name": "Automatic", "tier": "Standard"},
 "identity": {"type": "UserAssigned"}, "properties": {"networkProfile": {"networkPlugin": "azure",
  "networkPluginMode": "overlay", "networkDataplane": "cilium", "networkPolicy": "cilium",
  "outboundType": "loadBalancer", "podCidr": "10.244.0.0/16", "serviceCidr": "10.0.0.0/16"},
  "nodeProvisioningProfile": {"mode": "Auto"},
  "apiServerAccessProfile": {"enableVnetIntegration": true, "subnetId": "` + network + `/subnets/apiserver"},
  "hostedSystemProfile": {"systemNodeSubnetID": "` + network + `/subnets/system",
   "nodeSubnetID": "` + network + `/subnets/user"}}}]`
	var e importer.Estate
	if err := e.Add("az.json", strings.NewReader(body)); err != nil {
		t.Fatal(err)
	}
	text, _, err := e.Spec()
	if err != nil {
		t.Fatal(err)
	}
	s := spec.Parse(spec.Source{Name: "import", Data: text})
	for _, p := range s.Problems {
		t.Errorf("%s: %s", p.Position, p.Message)
	}
	c := plan.Build(s).Clusters[0]
	var subnets []string
	for _, p := range c.Pools() {
		subnets = append(subnets, p.NodeSubnet().AddressPrefix.String())
	}
	got := []string{string(c.Spec.SKU), c.VNetName, c.APIServerSubnet.AddressPrefix.String(), strings.Join(subnets, " ")}
	want := []string{"Automatic", "vnet-shop", "172.19.0.0/28", "172.19.0.64/26 172.19.1.0/24"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s\n%s", d, text)
	}
}
