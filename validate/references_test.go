package validate_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestPublishedNetworks holds validation to networks that others publish: numbers of W3 (Azure/AKS-Construction,
// regression parameters and their defaults) and W5 (Azure/bicep-registry-modules, container-service/managed-cluster,
// end to end tests). The errors and warnings are named; a network that is in use must have no error.
func TestPublishedNetworks(t *testing.T) {
	vnet := "vnets:\n  - {name: vnet-aks, addressPrefixes: [10.240.0.0/16]}\n"
	cluster := func(settings, pool string) string {
		return "apiVersion: aksnet/v1\n" + vnet + "clusters:\n  - {name: shop, vnet: vnet-aks, " + settings +
			", nodePools: [{name: system, " + pool + "}]}\n"
	}
	tests := []struct {
		name, text string
		findings   []string
	}{
		{"W5 max", `apiVersion: aksnet/v1
vnets:
  - name: vnet-max
    addressPrefixes: [10.0.0.0/16]
    subnets:
      - {name: snet-default, addressPrefix: 10.0.0.0/20}
      - {name: snet-private-endpoints, addressPrefix: 10.0.16.0/24}
      - {name: snet-apiserver, addressPrefix: 10.0.17.0/28, delegation: Microsoft.ContainerService/managedClusters}
clusters:
  - name: max
    vnet: vnet-max
    serviceCidr: 10.10.200.0/24
    dnsServiceIP: 10.10.200.10
    podCidr: 10.244.0.0/16
    networkPolicy: azure
    apiServerVnetIntegration: true
    nodeSubnet: {name: snet-default}
    apiServerSubnet: {name: snet-apiserver}
    nodePools:
      - {name: systempool, minCount: 1, maxCount: 3, maxPods: 50}
      - {name: userpool1, minCount: 1, maxCount: 3, maxPods: 50}
      - {name: userpool2, minCount: 1, maxCount: 3, maxPods: 50}
`, nil},
		{
			"W3 overlay with the raw default",
			cluster("podCidr: 10.240.100.0/24, serviceCidr: 172.20.0.0/16, nodeSubnet: "+
				"{addressPrefix: 10.240.0.0/22}", "count: 1"),
			[]string{"IP002", "IP023"},
		},
		{
			"W3 public service range",
			cluster(
				"serviceCidr: 172.10.0.0/16, nodeSubnet: {addressPrefix: 10.240.0.0/22}",
				"count: 3",
			), []string{"IP015"},
		},
		{
			"W3 cni-overlay, eleven addresses",
			cluster("nodeSubnet: {addressPrefix: 10.240.0.0/28}", "count: 10, maxSurge: 1"),
			nil,
		},
		{
			"W3 cni-overlay, twelve addresses",
			cluster("nodeSubnet: {addressPrefix: 10.240.0.0/28}", "count: 11, maxSurge: 1"),
			[]string{"IP021"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(tt.text)})
			var got []string
			for _, f := range validate.Run(plan.Build(s), validate.Options{Today: exampleDay}).Findings {
				if f.Severity != validate.Note && !slices.Contains(got, f.Rule) {
					got = append(got, f.Rule)
				}
			}
			if d := cmp.Diff(tt.findings, got); d != "" {
				t.Errorf("findings (-want +got):\n%s", d)
			}
		})
	}
}
