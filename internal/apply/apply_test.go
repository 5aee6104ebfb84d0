package apply_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/armtest"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

const (
	groupID = "/subscriptions/" + armtest.Subscription + "/resourceGroups/rg-net"
	netID   = groupID + "/providers/Microsoft.Network/"
)

// signedIn is a credential that needs nobody.
type signedIn struct{}

func (signedIn) GetToken(context.Context, policy.TokenRequestOptions) (azcore.AccessToken, error) {
	return azcore.AccessToken{Token: armtest.Token, ExpiresOn: time.Now().Add(time.Hour)}, nil
}

// estate returns a stand-in with a hub network that other people run: the foreign things in it must survive everything.
func estate(t testing.TB) *armtest.Server {
	t.Helper()
	s := armtest.New()
	t.Cleanup(s.Close)
	s.AddGroup("rg-net", "westeurope")
	s.AddGroup("rg-hub", "westeurope")
	s.Put(
		hubID,
		`{"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.32.0.0/16"]}, "subnets": [
		{"name": "AzureFirewallSubnet", "properties": {"addressPrefix": "10.32.0.0/26", "ipConfigurations": [{"id": "/x/fw"}]}},
		{"name": "snet-theirs", "properties": {"addressPrefix": "10.32.1.0/24"}}]}}`,
	)
	return s
}

const hubID = "/subscriptions/" + armtest.Subscription +
	"/resourceGroups/rg-hub/providers/Microsoft.Network/virtualNetworks/vnet-hub"

func client(t testing.TB, s *armtest.Server) *apply.Client {
	t.Helper()
	c, err := apply.NewClient(apply.Options{
		Cloud: "custom", ARMEndpoint: s.URL, Credential: signedIn{}, PollInterval: time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func graph(t testing.TB, file string, edits ...string) *resource.Graph {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	var parsed []spec.Edit
	for _, text := range edits {
		e, err := spec.ParseEdit(text)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, e)
	}
	sp, err := spec.ParseWith(parsed, spec.Source{Name: file, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if len(sp.Problems) > 0 {
		t.Fatal(sp.Problems)
	}
	sp.DefaultScope(spec.Scope{Subscription: armtest.Subscription})
	return resource.Build(plan.Build(sp))
}

func diff(t testing.TB, c *apply.Client, g *resource.Graph) *apply.Changes {
	t.Helper()
	cs, err := apply.Diff(context.Background(), c, g, apply.DiffOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

func run(t testing.TB, cs *apply.Changes) {
	t.Helper()
	if _, err := cs.Run(context.Background(), apply.RunOptions{}); err != nil {
		t.Fatal(err)
	}
}

// line is a change on one line.
func lines(cs *apply.Changes, all bool) []string {
	var out []string
	for _, c := range cs.Changes {
		if !all && c.Action == apply.None {
			continue
		}
		text := string(c.Action) + " " + c.Name()
		if c.Action == apply.Update || c.Action == apply.Refused {
			for _, p := range c.Properties {
				text += " " + p.Path
			}
		}
		if c.Action == apply.Refused {
			text += ": " + c.Reason
		}
		out = append(out, text)
	}
	return out
}

func writes(s *armtest.Server) (out []string) {
	for _, e := range s.Exchanges() {
		if e.Method != http.MethodGet {
			path, _, _ := strings.Cut(e.URL, "?")
			out = append(out, e.Method+" "+path[strings.LastIndex(path, "/providers/")+len("/providers/"):])
		}
	}
	return out
}

// Applying makes the whole plan, in an order that Azure accepts; then nothing differs, and a second run sends no
// change.
func TestApply(t *testing.T) {
	for _, file := range []string{"shop.yaml", "kubenet.yaml", "nat.yaml"} {
		t.Run(file, func(t *testing.T) {
			s := estate(t)
			c, g := client(t, s), graph(t, file)
			first := diff(t, c, g)
			if first.Count(apply.Create) == 0 ||
				first.Count(apply.Refused)+first.Count(apply.Update)+first.Count(apply.Delete) > 0 {
				t.Fatalf("want only creations, got %q", lines(first, true))
			}
			settle(t, s, c, g, first)
			for _, id := range []string{"AzureFirewallSubnet", "snet-theirs"} {
				if !slices.Contains(s.IDs(), hubID+"/subnets/"+id) {
					t.Errorf("foreign subnet %s is gone", id)
				}
			}
		})
	}
}

// No request of an apply ever carries the subnets of a network.
func TestVNetWithoutSubnets(t *testing.T) {
	s := estate(t)
	run(t, diff(t, client(t, s), graph(t, "shop.yaml")))
	seen := 0
	for _, e := range s.Exchanges() {
		if e.Method == http.MethodPut && strings.Contains(e.URL, "/virtualNetworks/vnet-shop?") {
			seen++
			if strings.Contains(string(e.Request), `"subnets"`) {
				t.Errorf("PUT %s carries subnets: %s", e.URL, e.Request)
			}
		}
	}
	if seen == 0 {
		t.Error("no PUT of the network was seen")
	}
}

// The output for changes of all kinds, and what stays unchanged.
func TestDiff(t *testing.T) {
	vnet := netID + "virtualNetworks/vnet-shop"
	const move = "vnets[1].subnets[snet-agc].addressPrefix=10.40.8.0/24"
	for name, tc := range map[string]struct {
		prepare func(s *armtest.Server)
		edits   []string
		want    []string
	}{
		"nothing":                      {},
		"a tag of the spec's own name": {edits: []string{"tags={env: test, aksnet: mine}"}},
		"foreign subnet, tag and rule are left alone": {prepare: func(s *armtest.Server) {
			s.Put(vnet+"/subnets/snet-other", `{"properties": {"addressPrefix": "10.40.14.0/24"}}`)
		}},
		"address prefix added": {
			edits: []string{"vnets[1].addressPrefixes=[10.40.0.0/20, 10.41.0.0/20]"},
			want: []string{
				"update vnet-shop properties.addressSpace.addressPrefixes",
				"update vnet-hub/vnet-hub-to-vnet-shop properties.peeringSyncLevel",
			},
		},
		"address prefix with subnets removed": {
			prepare: func(s *armtest.Server) {
				s.Put(vnet+"/subnets/snet-far", `{"properties": {"addressPrefix": "10.40.15.0/24"}}`)
			},
			edits: []string{"vnets[1].addressPrefixes=[10.40.0.0/21]"},
			want: []string{"refused vnet-shop properties.addressSpace.addressPrefixes: " +
				"subnet snet-far (10.40.15.0/24) is in an address prefix that would be removed"},
		},
		"subnet moved while empty": {
			edits: []string{move},
			want:  []string{"update vnet-shop/snet-agc properties.addressPrefixes"},
		},
		"subnet moved while in use": {
			prepare: func(s *armtest.Server) {
				s.SetProperty(vnet+"/subnets/snet-agc", "ipConfigurations", `[{"id": "/x/nic"}]`)
			},
			edits: []string{move},
			want: []string{"refused vnet-shop/snet-agc properties.addressPrefixes: the subnet is in use (1 IP " +
				"configuration): its range 10.40.1.0/24 cannot change"},
		},
		"delegation changed while in use": {
			prepare: func(s *armtest.Server) {
				s.SetProperty(vnet+"/subnets/snet-agc", "serviceAssociationLinks", `[{"id": "/x/link"}]`)
			},
			edits: []string{"vnets[1].subnets[snet-agc].delegation=Microsoft.Web/serverFarms"},
			want: []string{"refused vnet-shop/snet-agc properties.delegations[Microsoft.Web.serverFarms]: " +
				"the subnet is in use (1 service association): its delegation cannot change"},
		},
		"region": {
			edits: []string{"location=northeurope"},
			want: []string{
				"refused vnet-shop location: Azure cannot change location of an existing resource " +
					"(https://learn.microsoft.com/azure/virtual-network/manage-virtual-network)",
				"refused nsg-shop-prod-apiserver location: Azure cannot change location of an existing resource " +
					"(https://learn.microsoft.com/azure/virtual-network/manage-network-security-group)",
				"refused nsg-nodes location: Azure cannot change location of an existing resource " +
					"(https://learn.microsoft.com/azure/virtual-network/manage-network-security-group)",
				"refused rt-shop-prod location: Azure cannot change location of an existing resource " +
					"(https://learn.microsoft.com/azure/virtual-network/manage-route-table)",
			},
		},
		"peering behind": {
			prepare: func(s *armtest.Server) {
				s.SetProperty(hubID+"/virtualNetworkPeerings/vnet-hub-to-vnet-shop", "peeringSyncLevel",
					`"LocalAndRemoteNotInSync"`)
			},
			want: []string{"update vnet-hub/vnet-hub-to-vnet-shop properties.peeringSyncLevel"},
		},
		"gateway of the hub": {
			edits: []string{
				"vnets[0].peerings=[{vnet: vnet-shop, allowGatewayTransit: true}]",
				"vnets[1].peerings=[{vnet: vnet-hub, useRemoteGateways: true}]",
			},
			want: []string{
				"update vnet-hub/vnet-hub-to-vnet-shop properties.allowGatewayTransit",
				"update vnet-shop/vnet-shop-to-vnet-hub properties.useRemoteGateways",
			},
		},
		"peering drifted": {
			prepare: func(s *armtest.Server) {
				s.SetProperty(hubID+"/virtualNetworkPeerings/vnet-hub-to-vnet-shop", "allowVirtualNetworkAccess", "false")
			},
			want: []string{"update vnet-hub/vnet-hub-to-vnet-shop properties.allowVirtualNetworkAccess"},
		},
		"next hop drifted": {
			prepare: func(s *armtest.Server) {
				s.SetProperty(netID+"routeTables/rt-shop-prod", "routes", `[
					{"name": "by-aks", "properties": {"addressPrefix": "100.64.3.0/24", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.40.0.9"}}]`)
			},
			want: []string{"update rt-shop-prod properties.routes[default] properties.routes[firewall-public-1]"},
		},
		"existing network gone": {
			prepare: func(s *armtest.Server) { s.Remove(hubID) },
			want: []string{
				"refused vnet-hub: the spec declares it as existing, but it does not exist",
				"refused vnet-hub/vnet-hub-to-vnet-shop properties.allowForwardedTraffic properties.allowVirtualNetworkAccess " +
					"properties.remoteVirtualNetwork.id: needs vnet-hub, which is refused",
				"refused vnet-shop/vnet-shop-to-vnet-hub: needs vnet-hub, which is refused",
			},
		},
		"resource group missing": {
			edits: []string{"vnets[1].resourceGroup=rg-nowhere"},
		},
		"failed before": {
			prepare: func(s *armtest.Server) { s.SetState(vnet, "Failed") },
			want:    []string{"update vnet-shop properties.provisioningState"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := estate(t)
			c := client(t, s)
			run(t, diff(t, c, graph(t, "shop.yaml")))
			if tc.prepare != nil {
				tc.prepare(s)
			}
			got := lines(diff(t, c, graph(t, "shop.yaml", tc.edits...)), false)
			if name == "resource group missing" {
				if len(got) == 0 ||
					!strings.Contains(strings.Join(got, "\n"), "resource group rg-nowhere does not exist") {
					t.Errorf("got %q", got)
				}
				return
			}
			if d := cmp.Diff(tc.want, got); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// An update keeps what is not ours: tags, routes that AKS added, service endpoints, members that this version has not
// heard of.
func TestUpdateKeepsForeign(t *testing.T) {
	s := estate(t)
	c, g := client(t, s), graph(t, "shop.yaml")
	run(t, diff(t, c, g))
	table, vnet := netID+"routeTables/rt-shop-prod", netID+"virtualNetworks/vnet-shop"
	s.Put(
		table,
		`{"location": "westeurope", "tags": {"team": "net"}, "properties": {"disableBgpRoutePropagation": false, "newer": {"x": 1}, "routes": [
		{"name": "by-aks", "properties": {"addressPrefix": "100.64.3.0/24", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.40.0.9"}}]}}`,
	)
	s.Put(vnet+"/subnets/snet-other",
		`{"properties": {"addressPrefix": "10.40.14.0/24", "ipConfigurations": [{"id": "/x/nic"}]}}`)
	s.Put(vnet+"/virtualNetworkPeerings/theirs",
		`{"properties": {"remoteVirtualNetwork": {"id": "`+hubID+`"}, "peeringState": "Connected"}}`)
	run(t, diff(t, c, graph(t, "shop.yaml", "vnets[1].addressPrefixes=[10.40.0.0/20, 10.41.0.0/20]")))
	snap := s.Snapshot()
	for id, want := range map[string][]string{
		table:                                   {`"team":"net"`, `"newer":{"x":1}`},
		table + "/routes/by-aks":                {`100.64.3.0/24`},
		table + "/routes/default":               {`0.0.0.0/0`},
		vnet:                                    {`10.41.0.0/20`},
		vnet + "/subnets/snet-other":            {`10.40.14.0/24`},
		vnet + "/virtualNetworkPeerings/theirs": {hubID},
		vnet + "/subnets/snet-nodes":            {`snet`},
		hubID + "/subnets/snet-theirs":          {`10.32.1.0/24`},
		hubID + "/subnets/AzureFirewallSubnet":  {`10.32.0.0/26`},
	} {
		got, ok := snap[strings.ToLower(id)]
		if !ok {
			t.Errorf("%s is gone", id)
		}
		for _, w := range want {
			if w != "snet" && !strings.Contains(got, w) {
				t.Errorf("%s lacks %s: %s", id, w, got)
			}
		}
	}
}
