package apply_test

import (
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/apply"
)

// What apply creates is shown with its values: aligned, references by name, nothing folded away.
func TestWriteText(t *testing.T) {
	s := estate(t)
	cs := diff(t, client(t, s), graph(t, "shop.yaml"))
	var b strings.Builder
	if err := cs.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`+ create  Microsoft.Network/virtualNetworks  vnet-shop
    location:                                westeurope
    properties.addressSpace.addressPrefixes: 10.40.0.0/20
    tags.env:                                test
`,
		"    properties.networkSecurityGroup.id: nsg-nodes\n",
		"    properties.routeTable.id:           rt-shop-prod\n",
		"    properties.remoteVirtualNetwork.id:   vnet-hub (in rg-hub)\n",
		"destinationPortRanges: [443, 4443], direction: Inbound, ",
		"    properties.routes[default]:           {addressPrefixes: 0.0.0.0/0, nextHopIpAddress: 10.32.0.4, " +
			"nextHopType: VirtualAppliance}\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	run(t, cs)
	b.Reset()
	cs = diff(t, client(t, s), graph(t, "shop.yaml", "clusters[0].egress.nextHopIP=10.32.0.5"))
	if err := cs.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	const want = `~ update  Microsoft.Network/routeTables  rt-shop-prod
    properties.routes[default].properties.nextHopIpAddress: "10.32.0.4" → "10.32.0.5"
0 to create, 1 to update, 0 to delete, 0 refused, 10 unchanged
`
	if b.String() != want || cs.Count(apply.Update) != 1 {
		t.Errorf("got\n%s", b.String())
	}
}
