package render_test

import (
	"bytes"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"
	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

// azurermCases returns the shipped specs, the reference architectures, and a spec with what neither of them has.
func azurermCases(t *testing.T) []codeCase {
	t.Helper()
	cases := codeCases(t)
	paths, err := filepath.Glob("../testdata/architectures/*.yaml")
	if err != nil || len(paths) < 16 {
		t.Fatalf("%d architectures, %v", len(paths), err)
	}
	for _, path := range paths {
		p := planOf(t, path)
		cases = append(cases, codeCase{filepath.Base(path), p, resource.BuildWith(p, everything())})
	}
	return append(cases, graphOf("settings", everySetting))
}

// everySetting has the settings of networks that the samples do not have.
const everySetting = `
apiVersion: aksnet/v1
subscription: 11111111-1111-1111-1111-111111111111
resourceGroup: rg
tags: {owner: net, "cost center": "4${2}"}
vnets:
  - name: hub
    existing: true
    subscription: 33333333-3333-3333-3333-333333333333
    addressPrefixes: [10.0.0.0/20]
    subnets: [{name: GatewaySubnet, addressPrefix: 10.0.0.0/26}, {name: new, addressPrefix: 10.0.2.0/26}]
  - name: spoke
    location: eastus
    addressPrefixes: [10.1.0.0/16, "fd00::/48"]
    dnsServers: [10.0.0.4, 10.0.0.5]
    encryption: true
    ddosProtectionPlan: /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.Network/ddosProtectionPlans/plan
    peerings: [hub]
    subnets:
      - name: pe
        addressPrefix: 10.1.9.0/24
        privateEndpointNetworkPolicies: NetworkSecurityGroupEnabled
        serviceEndpoints: [Microsoft.Storage, microsoft.keyvault]
        networkSecurityGroup: /subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg/providers/microsoft.network/networksecuritygroups/theirs
        routeTable: mine
        natGateway: out
      - {name: two, addressPrefix: 10.1.10.0/24, delegation: microsoft.app/environments}
routeTables: [{name: mine, disableBgpRoutePropagation: true}, {name: there, existing: true}]
natGateways: [{name: out, publicIPs: 2, publicIPPrefixLength: 31, zones: ["2"]}]
clusters:
  - {name: v2, vnet: spoke, outboundType: userAssignedNATGateway, natGateway: {publicIPs: 1, sku: StandardV2}, nodePools: [{name: system, count: 3}]}
`

func graphOf(name, text string) codeCase {
	p := plan.Build(spec.Parse(spec.Source{Name: name + ".yaml", Data: []byte(text)}))
	return codeCase{name, p, resource.BuildWith(p, everything())}
}

// TestAzureRMSendsTheSameBodies reads the resources of azurerm back as the bodies that the provider sends. They are
// those of the graph, and the defaults that the provider spells out.
func TestAzureRMSendsTheSameBodies(t *testing.T) {
	for _, c := range azurermCases(t) {
		data := c.print(t, render.AzureRM)[0].Data
		want := bodiesOf(t, c.graph)
		for id, body := range want {
			addDefaults(t, id, body.(map[string]any))
		}
		file := readAzureRM(t, data)
		if diff := cmp.Diff(want, file.bodies); diff != "" {
			t.Errorf("%s (-graph +azurerm):\n%s", c.name, diff)
		}
		if formatted := hclwrite.Format(data); !bytes.Equal(formatted, data) {
			t.Errorf("%s: not formatted (-want +got):\n%s", c.name, cmp.Diff(string(formatted), string(data)))
		}
		for _, n := range c.graph.Nodes {
			if !n.Existing && n.Type != resource.TypeCluster && file.azapi[filled(n.ID)] {
				t.Errorf("%s: %s is left to azapi", c.name, n.ID)
			}
		}
		checkDependencies(t, c, file)
	}
}

// checkDependencies fails if Terraform does not know what a resource needs: whatever the graph orders, a chain of
// references or depends_on orders too. A cluster also comes after everything that connects what it needs.
func checkDependencies(t *testing.T, c codeCase, file *azurermRead) {
	t.Helper()
	for _, n := range c.graph.Nodes {
		if n.Existing {
			continue
		}
		after := file.reachable(filled(n.ID))
		for _, need := range n.Needs() {
			if need.Existing {
				continue
			}
			if !after[filled(need.ID)] {
				t.Errorf("%s: Terraform may create %s before %s", c.name, n.ID, need.ID)
			}
		}
		if n.Type != resource.TypeCluster {
			continue
		}
		for id := range maps.Clone(after) {
			for _, link := range file.links[id] {
				if !after[link] {
					t.Errorf("%s: Terraform may create %s before %s", c.name, n.ID, link)
				}
			}
		}
	}
}

// Terraform leaves alone what Azure and AKS change: the actions of a delegation, and the route table of kubenet.
func TestAzureRMIgnoresChanges(t *testing.T) {
	for _, c := range azurermCases(t) {
		file := readAzureRM(t, c.print(t, render.AzureRM)[0].Data)
		for _, n := range c.graph.Nodes {
			if n.Existing || file.azapi[filled(n.ID)] {
				continue
			}
			want := ""
			if s, ok := n.Body.(*armnetwork.Subnet); ok && len(s.Properties.Delegations) > 0 {
				want = "[delegation[0].service_delegation[0].actions]"
			}
			if n.Once {
				want = "all"
			}
			if got := file.ignored[filled(n.ID)]; got != want {
				t.Errorf("%s: %s ignores %q, want %q", c.name, n.ID, got, want)
			}
		}
	}
}

// TestAzureRMTypes names the types of resources that azurerm expresses; a new type in the graph shows up here.
func TestAzureRMTypes(t *testing.T) {
	types := map[string]bool{}
	for _, c := range azurermCases(t) {
		for _, n := range c.graph.Nodes {
			types[n.Type] = true
		}
	}
	want := []string{
		resource.TypeVNet, resource.TypeSubnet, resource.TypePeering, resource.TypeNSG, resource.TypeRouteTable,
		resource.TypeRoute, resource.TypeNATGateway, resource.TypePublicIP, resource.TypePrefix,
		resource.TypeFirewallPolicy, resource.TypeFirewallRules, resource.TypeIdentity, resource.TypeRoleAssignment,
		resource.TypeCluster,
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(types))); diff != "" {
		t.Errorf("types in the samples (-want +got):\n%s", diff)
	}
}

// What azurerm would reject before it asks Azure is left to azapi, with the reason, and the network is the same.
func TestAzureRMLeavesToAzAPI(t *testing.T) {
	const head = "apiVersion: aksnet/v1\nsubscription: 11111111-1111-1111-1111-111111111111\nresourceGroup: rg\n" +
		"location: westeurope\n"
	const subnet = "vnets: [{name: v, addressPrefixes: [10.1.0.0/16], subnets: [{name: s, prefixLength: 24, %s}]}]\n"
	for _, tt := range []struct{ name, spec, id, reason string }{
		{
			"delegation", fmt.Sprintf(subnet, "delegation: Contoso.Network/things"), "/subnets/s",
			`azurerm does not accept "Contoso.Network/things" for serviceName.`,
		},
		{
			"service endpoint", fmt.Sprintf(subnet, "serviceEndpoints: [Contoso.Storage]"), "/subnets/s",
			`azurerm does not accept "Contoso.Storage" for service.`,
		},
		{
			"id", fmt.Sprintf(subnet, "routeTable: /subscriptions/s/providers/Microsoft.Network/routeTables/rt"),
			"/subnets/s", `azurerm does not accept "/subscriptions/s/providers/Microsoft.Network/routeTables/rt" as the ` +
				"id of a resource of type Microsoft.Network/routeTables.",
		},
		{
			"description", fmt.Sprintf(subnet, "networkSecurityGroup: g") + "networkSecurityGroups: [{name: g, rules: [" +
				"{name: r, priority: 100, direction: Inbound, access: Deny, description: " + strings.Repeat("x", 141) + "}]}]",
			"/networkSecurityGroups/g", "azurerm accepts at most 140 characters in the description of a rule.",
		},
		{
			"zones", fmt.Sprintf(subnet, "natGateway: g") +
				"natGateways: [{name: g, sku: StandardV2, publicIPs: 1, zones: [\"1\"]}]",
			"/natGateways/g", "azurerm has no zones for a NAT gateway of SKU StandardV2.",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := graphOf("azapi", head+tt.spec)
			data := c.print(t, render.AzureRM)[0].Data
			if !strings.Contains(string(data), "# azapi: "+tt.reason+"\n") {
				t.Errorf("no reason %q in\n%s", tt.reason, data)
			}
			file := readAzureRM(t, data)
			for id := range file.azapi {
				if !strings.HasSuffix(id, tt.id) {
					t.Errorf("%s is left to azapi", id)
				}
			}
			want := bodiesOf(t, c.graph)
			for id, body := range want {
				if !file.azapi[id] {
					addDefaults(t, id, body.(map[string]any))
				}
			}
			if diff := cmp.Diff(want, file.bodies); diff != "" {
				t.Errorf("(-graph +file):\n%s", diff)
			}
			checkDependencies(t, c, file)
		})
	}
}

// The version of azurerm is the oldest that has what the file uses.
func TestAzureRMVersion(t *testing.T) {
	const head = "apiVersion: aksnet/v1\nvnets: [{name: v, addressPrefixes: [10.1.0.0/16], subnets: [" +
		"{name: s, prefixLength: 24, natGateway: g"
	for text, want := range map[string]string{
		head + "}]}]\nnatGateways: [{name: g, publicIPs: 1}]":                                         ">= 4.9, < 6.0",
		head + "}]}]\nnatGateways: [{name: g, publicIPs: 1, sku: StandardV2}]":                        ">= 4.67, < 6.0",
		head + ", serviceEndpoints: [Microsoft.Sql]}]}]\nnatGateways: [{name: g, sku: StandardV2}]":   ">= 5.0, < 6.0",
		head + ", serviceEndpoints: [Microsoft.Sql], delegation: A.B/c}]}]\nnatGateways: [{name: g}]": ">= 4.9, < 6.0",
	} {
		data := string(graphOf("version", text).print(t, render.AzureRM)[0].Data)
		if !strings.Contains(data, "      source  = \"hashicorp/azurerm\"\n      version = \""+want+"\"\n") {
			t.Errorf("want %s for\n%s\ngot\n%s", want, text, data)
		}
	}
}
