package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// endpointsOf returns the endpoints of the only cluster of a spec as "FQDN port" words; optional ones end with "?".
func endpointsOf(t *testing.T, cloud aks.Cloud, keys string) []string {
	t.Helper()
	text := "apiVersion: aksnet/v1\nlocation: West Europe\nresourceGroup: rg\n" +
		"vnets: [{name: v, addressPrefixes: [10.40.0.0/16], dnsServers: [10.1.0.4]}]\n" +
		"clusters: [{name: shop, vnet: v, " + keys + "}]\n"
	s := spec.Parse(spec.Source{Name: "t.yaml", Data: []byte(text)})
	if len(s.Problems) > 0 {
		t.Fatalf("%s: %v", keys, s.Problems)
	}
	var out []string
	for _, e := range plan.Build(s).Clusters[0].Endpoints(cloud) {
		word := fmt.Sprintf("%s %s %d", e.Destination, e.Protocol, e.Port)
		if !e.Required {
			word += "?"
		}
		if e.Why == "" || e.Source.URL == "" || slices.Contains(out, word) {
			t.Errorf("%s: %q has no reason, no source, or a twin", keys, word)
		}
		out = append(out, word)
	}
	return out
}

func TestEndpoints(t *testing.T) {
	const linux = "nodePools: [{name: system, count: 3}]"
	const none = "outboundType: none, bootstrapProfile: {artifactSource: Cache}, privateCluster: true, "
	tests := []struct {
		name, keys string
		cloud      aks.Cloud
		want, not  []string
	}{
		{
			"a public cluster", linux, "",
			[]string{
				"*.hcp.westeurope.azmk8s.io HTTPS 443", "mcr.microsoft.com HTTPS 443", "login.microsoftonline.com HTTPS 443",
				"AzureCloud.westeurope UDP 1194?", "security.ubuntu.com HTTP 80?", "10.1.0.4 UDP 53", "10.1.0.4 TCP 53",
				"ntp.ubuntu.com UDP 123?", "<API server IP> TCP 443?",
			},
			[]string{"AzureMonitor TCP 443?", "onegetcdn.azureedge.net HTTPS 443", "*.vault.azure.net HTTPS 443"},
		},
		{
			"a private cluster", "privateCluster: true, " + linux, "",
			[]string{"mcr.microsoft.com HTTPS 443"},
			[]string{
				"*.hcp.westeurope.azmk8s.io HTTPS 443",
				"AzureCloud.westeurope UDP 1194?",
				"<API server IP> TCP 443?",
			},
		},
		{
			"an API server in the network", "apiServerVnetIntegration: true, " + linux, "",
			nil, []string{"*.hcp.westeurope.azmk8s.io HTTPS 443"},
		},
		{
			"artifacts from a cache", "bootstrapProfile: {artifactSource: Cache}, " + linux, "",
			[]string{"management.azure.com HTTPS 443"},
			[]string{
				"mcr.microsoft.com HTTPS 443",
				"packages.microsoft.com HTTPS 443",
				"packages.aks.azure.com HTTPS 443",
			},
		},
		{
			"a network isolated cluster", none + "addOns: [azurePolicy], " + linux, "",
			[]string{"10.1.0.4 UDP 53", "data.policy.core.windows.net HTTPS 443"},
			[]string{"management.azure.com HTTPS 443", "ntp.ubuntu.com UDP 123?", "security.ubuntu.com HTTP 80?"},
		},
		{
			"words of others", "addOns: [omsagent, Azure-Policy, azure_keyvault_secrets_provider, GitOps], " + linux, "",
			[]string{
				"*.ods.opinsights.azure.com HTTPS 443", "store.policy.core.windows.net HTTPS 443", "*.vault.azure.net HTTPS 443",
				"westeurope.dp.kubernetesconfiguration.azure.com HTTPS 443", "AzureMonitor TCP 443?",
			},
			nil,
		},
		{
			"what the nodes need",
			"model: node-subnet, nodePools: [{name: system, osSKU: AzureLinux}, {name: w, osType: Windows}, " +
				"{name: g, osSKU: AzureLinux3, vmSize: Standard_NC24ads_A100_v4}]", "",
			[]string{
				"onegetcdn.azureedge.net HTTPS 443",
				"ctldl.windowsupdate.com HTTP 80",
				"nvidia.github.io HTTPS 443",
			},
			[]string{"security.ubuntu.com HTTP 80?"},
		},
		{
			"certificates of application routing", "ingress: [appRoutingNginx], " + linux, "",
			[]string{"*.vault.azure.net HTTPS 443?"}, nil,
		},
		{
			"certificates, and the add-on beside them", "ingress: [appRoutingNginx], addOns: [keyVault], " + linux, "",
			[]string{"*.vault.azure.net HTTPS 443"}, nil,
		},
		{
			"China by its region", "location: chinaeast2, addOns: [costAnalysis], " + linux, "",
			[]string{
				"*.tun.chinaeast2.cx.prod.service.azk8s.cn HTTPS 443", "login.microsoftonline.cn HTTPS 443",
				"AzureCloud.chinaeast2 TCP 22", "ntp.ubuntu.com UDP 123",
			},
			[]string{"login.microsoftonline.com HTTPS 443"},
		},
		{
			"Government by the flag", linux, aks.CloudUSGov,
			[]string{"login.microsoftonline.us HTTPS 443", "AzureCloud.westeurope UDP 1194"}, nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := endpointsOf(t, test.cloud, test.keys)
			for _, w := range test.want {
				if !slices.Contains(got, w) {
					t.Errorf("no %s in\n%s", w, strings.Join(got, "\n"))
				}
			}
			for _, w := range test.not {
				if slices.Contains(got, w) {
					t.Errorf("%s in the list", w)
				}
			}
		})
	}
}
