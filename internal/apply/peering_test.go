package apply_test

import "testing"

// The side that uses the gateway of the hub comes after the one that shares it, both where peerings are created and
// where they change; Azure rejects the other order. Afterwards nothing is left to change.
func TestGatewayOfTheHub(t *testing.T) {
	edits := []string{
		"vnets[0].peerings=[{vnet: vnet-shop, allowGatewayTransit: true}]",
		"vnets[1].peerings=[{vnet: vnet-hub, useRemoteGateways: true}]",
	}
	for name, before := range map[string][]string{"created": edits, "changed": nil} {
		t.Run(name, func(t *testing.T) {
			s := estate(t)
			c := client(t, s)
			run(t, diff(t, c, graph(t, "shop.yaml", before...)))
			run(t, diff(t, c, graph(t, "shop.yaml", edits...)))
			if left := lines(diff(t, c, graph(t, "shop.yaml", edits...)), false); len(left) > 0 {
				t.Errorf("left to change: %q", left)
			}
		})
	}
}
