package validate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestWorkedExamples holds the rules to the documentation's examples of ranges that are refused and accepted, by
// number. Each row names what the rules about ranges say, with Azure's own code where it would refuse.
func TestWorkedExamples(t *testing.T) {
	tests := []struct {
		number  string
		network string
		cluster string
		want    []string
	}{
		{"E14", "", "podCidr: 172.16.0.0/12", []string{"IP012 error podCidr"}},
		{
			"E15", "", "serviceCidr: 10.200.0.0/16, dnsServiceIP: 10.0.0.10",
			[]string{"IP020 error dnsServiceIP DnsServiceIpOutOfServiceCidr"},
		},
		{"E16", "10.240.0.0/12: 10.244.1.0/24", "podCidr: 10.244.0.0/16, serviceCidr: 172.20.0.0/16",
			[]string{"IP001 error podCidr NetworkProfileCIDROverlapVNET"}},
		{"E17", "10.0.0.0/12: 10.0.10.0/24", "podCidr: 10.244.0.0/16, serviceCidr: 10.0.0.0/16",
			[]string{"IP004 error serviceCidr ServiceCidrOverlapExistingSubnetsCidr"}},
		{"E18", "10.1.0.0/16: 10.1.0.0/24", "podCidr: 10.244.0.0/16, serviceCidr: 10.0.0.0/16", nil},
		{
			"E19 inside the network", "10.0.0.0/8: 10.240.0.0/16", "podCidr: 10.100.0.0/16, serviceCidr: 172.20.0.0/16",
			[]string{"IP002 warning podCidr"},
		},
		{"E19 in the subnet", "10.0.0.0/8: 10.240.0.0/16", "podCidr: 10.240.0.0/16, serviceCidr: 172.20.0.0/16",
			[]string{"IP001 error podCidr NetworkProfileCIDROverlapVNET"}},
		{"E19 beside it", "10.0.0.0/8: 10.240.0.0/16", "podCidr: 100.64.0.0/16, serviceCidr: 172.20.0.0/16", nil},
	}
	for _, tt := range tests {
		t.Run(tt.number, func(t *testing.T) {
			if d := cmp.Diff(tt.want, rangeFindings(t, tt.network, tt.cluster)); d != "" {
				t.Errorf("findings (-want +got):\n%s", d)
			}
		})
	}
}

// rangeFindings validates one cluster whose network is "ADDRESS SPACE: NODE SUBNET", and one of its own when that is
// empty.
func rangeFindings(t *testing.T, network, cluster string) (out []string) {
	t.Helper()
	text := "apiVersion: aksnet/v1\nclusters:\n  - {name: shop, " + cluster + ", nodePools: [{name: system, count: " +
		"3}]}\n"
	if space, subnet, ok := strings.Cut(network, ": "); ok {
		text = strings.Replace(
			text,
			"name: shop,",
			"name: shop, vnet: vnet-shop, nodeSubnet: {addressPrefix: "+subnet+"},",
			1,
		) +
			"vnets:\n  - {name: vnet-shop, addressPrefixes: [" + space + "]}\n"
	}
	s := spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(text)})
	for _, f := range validate.Run(plan.Build(s),
		validate.Options{Only: []string{"SPEC", "IP"}, Today: exampleDay}).Findings {
		line := fmt.Sprintf("%s %s %s", f.Rule, f.Severity, strings.TrimPrefix(f.Path, "clusters[0]."))
		if f.AzureError != nil {
			line += " " + f.AzureError.Code
		}
		out = append(out, line)
	}
	return out
}

// TestE15Message has Azure's own words.
func TestE15Message(t *testing.T) {
	s := spec.Parse(spec.Source{
		Name: "spec.yaml",
		Data: []byte("apiVersion: aksnet/v1\nclusters:\n  - {name: shop, serviceCidr: 10.200.0.0/16, dnsServiceIP: " +
			"10.0.0.10, nodePools: [{name: system, count: 3}]}\n"),
	})
	got := only("IP020", s)
	want := "The DNS service IP 10.0.0.10 is out of the range defined by service CIDR 10.200.0.0/16."
	if len(got) != 1 || got[0].AzureError == nil || got[0].AzureError.Message != want {
		t.Errorf("findings: %+v", got)
	}
}

// TestE20 grows the pod CIDR of an overlay cluster: AKS does it in place.
func TestE20(t *testing.T) {
	cluster := func(pods string) *plan.Plan {
		text := "apiVersion: aksnet/v1\nclusters:\n  - {name: shop, podCidr: " + pods +
			", nodePools: [{name: system, count: 3}]}\n"
		return plan.Build(spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(text)}))
	}
	grown := against(cluster("10.244.0.0/18"), cluster("10.244.0.0/16"))
	if len(grown) != 1 || grown[0].Rule != "LIFE022" || grown[0].Severity == validate.Error {
		t.Errorf("growing: %+v", grown)
	}
	shrunk := against(cluster("10.244.0.0/16"), cluster("10.244.0.0/18"))
	if len(shrunk) != 1 || shrunk[0].Severity != validate.Error {
		t.Errorf("shrinking: %+v", shrunk)
	}
}
