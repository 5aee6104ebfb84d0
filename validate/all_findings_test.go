package validate_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// twenty is a spec with twenty mistakes that have nothing to do with each other.
const twenty = `apiVersion: aksnet/v1
locatoin: westeurope
addressSpace:
  reserved:
    - {name: on-premises, addressPrefix: 10.0.0.0/12}
vnets:
  - name: vnet-hub
    existing: true
    addressPrefixes: [10.32.0.0/22]
  - name: vnet-shop
    addressPrefixes: [10.40.0.0/16]
    peerings: [vnet-hug]
    dnsServers: [10.32.0.4]
    subnets:
      - {name: AzureBastionSubnet, addressPrefix: 10.40.0.0/27}
      - {name: GatewaySubnet, addressPrefix: 10.40.1.0/27, networkSecurityGroup: nsg-gateway}
      - {name: snet-one, addressPrefix: 10.40.2.0/24}
      - {name: snet-two, addressPrefix: 10.40.2.128/25}
      - {name: snet-out, addressPrefix: 10.41.0.0/24}
      - {name: snet-tiny, addressPrefix: 10.40.3.0/30}
      - {name: -snet, addressPrefix: 10.40.4.0/24}
      - {name: snet-agc, addressPrefix: 10.40.5.0/24, purpose: applicationGatewayForContainers}
networkSecurityGroups:
  - {name: nsg-gateway}
clusters:
  - name: windows-shop
    vnet: vnet-shop
    podCidr: 10.4.0.0/16
    serviceCidr: 172.10.0.0/16
    dnsServiceIP: 10.0.0.10
    dnsPrefix: shop.prod
    nodePools:
      - {name: System, mode: System, count: 3}
      - {name: windows, osType: Windows, count: 3, maxPods: 30}
  - name: store
    vnet: vnet-shop
    podCidr: 172.16.0.0/12
    serviceCidr: 10.40.2.0/25
    nodeSubnet: {name: snet-store, addressPrefix: 10.40.6.0/28}
    nodePools:
      - {name: system, mode: System, count: 30, maxPods: eleven}
`

func TestAllFindings(t *testing.T) {
	_, r := check(t, twenty, validate.Options{Only: []string{"SPEC", "NAME", "IP", "VNET"}})
	var got []string
	for _, f := range r.Findings {
		got = append(got, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Rule))
	}
	want := []string{
		"2:1 SPEC002", "12:16 VNET005", "13:17 VNET026", "15:51 VNET012", "16:82 VNET015", "18:41 VNET002",
		"19:41 VNET001",
		"20:42 VNET011", "21:16 NAME011", "22:9 VNET014", "26:11 NAME002", "28:14 IP008", "29:18 IP015", "30:19 IP020",
		"31:16 NAME005",
		"33:16 NAME003", "34:16 NAME004", "37:14 IP012", "38:18 IP004", "38:18 IP019", "39:51 IP021", "41:58 SPEC004",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// TestAllFindingsOfAFile shows the mistakes of a whole file in one run, each at its own line and column.
func TestAllFindingsOfAFile(t *testing.T) {
	const dir = "../testdata/specs-bad"
	data, err := os.ReadFile(filepath.Join(dir, "twenty.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s := spec.Parse(spec.Source{Name: "twenty.yaml", Data: data})
	r := validate.Run(plan.Build(s), validate.Options{Today: exampleDay})
	var got bytes.Buffer
	rules := map[string]bool{}
	for _, f := range r.Findings {
		rules[f.Rule] = true
		fmt.Fprintf(&got, "%s: %s: %s [%s]\n", f.Where(), f.Severity, f.Message, f.Rule)
	}
	if len(rules) < 20 {
		t.Errorf("%d rules speak, want 20", len(rules))
	}
	golden(t, filepath.Join(dir, "twenty.want"), got.Bytes())
}
