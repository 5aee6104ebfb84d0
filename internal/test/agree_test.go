package test

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestCompareAgreesWithValidate sets clusters to every variant that compare judges: what compare calls possible
// validates without an error, and what it does not call possible has one.
func TestCompareAgreesWithValidate(t *testing.T) {
	all := features()
	for i := range all {
		for j := range i + 1 {
			text := clusterWith(all[i], all[j])
			for _, o := range compare.Of(readSpec(t, text)).Clusters[0].Options {
				set := readSpec(t, text, settings(text, o)...)
				var errors []string
				for _, f := range validate.Run(plan.Build(set), validate.Options{Today: agreeDay}).Findings {
					if f.Severity == validate.Error {
						errors = append(errors, f.Rule+" "+f.Message)
					}
				}
				if o.Feasible != (len(errors) == 0) {
					t.Errorf("%s: compare finds %q, validate %q with %q and %q", o.Variant, refusals(o), errors, all[i], all[j])
				}
			}
		}
	}
}

var agreeDay = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

func refusals(o compare.Option) (out []string) {
	for _, b := range o.Blockers {
		if b.Severity == compare.Error {
			out = append(out, b.Text)
		}
	}
	return out
}

func readSpec(t *testing.T, text string, edits ...spec.Edit) *spec.Spec {
	s, err := spec.ParseWith(edits, spec.Source{Name: "spec.yaml", Data: []byte(text)})
	if err != nil || len(s.Problems) > 0 {
		t.Fatal(err, s.Problems, text)
	}
	return s
}

// pinnedPods is the pod CIDR of one of the features. Where compare finds it too small, it shows another one.
var pinnedPods = netip.MustParsePrefix("10.200.0.0/16")

// settings are the edits that give the cluster the variant of an option. A pod CIDR goes where the model has none.
func settings(text string, o compare.Option) []spec.Edit {
	edits := []spec.Edit{{Path: "clusters[0].model", Value: string(o.Model)}}
	set := func(key, value string) {
		if value == "" {
			value = "null"
		}
		if value != "null" || strings.Contains(text, key+": ") {
			edits = append(edits, spec.Edit{Path: "clusters[0]." + key, Value: value})
		}
	}
	set("networkDataplane", string(o.NetworkDataplane))
	if o.Feasible || !strings.Contains(text, "    networkPolicy: ") {
		set("networkPolicy", string(o.NetworkPolicy))
	}
	set("podIPAllocationMode", string(o.AllocationMode))
	if !o.Model.Facts().NeedsPodCIDR || o.PodCIDR != pinnedPods {
		set("podCidr", "")
	}
	return edits
}

// features are lines of a cluster, and of its pools, that not every model supports. Nothing else is wrong with them.
func features() []string {
	return []string{
		"", "networkPolicy: azure", "networkPolicy: calico", "networkPolicy: none", "ipFamilies: [IPv4, IPv6]",
		`kubernetesVersion: "1.35"`, "podCidr: " + pinnedPods.String(), "virtualNodes: true",
		"ingress: [applicationGatewayForContainers]", "ingress: [applicationGateway]", "nodeProvisioningMode: Auto",
		"staticEgressGateway: true", "privateLinkServices: 1", "privateCluster: true", "apiServerVnetIntegration: true",
		"advancedNetworking: {advancedNetworkPolicies: FQDN}", "advancedNetworking: {advancedNetworkPolicies: L7}",
		"advancedNetworking: {transitEncryption: WireGuard}", "requirements: {podsReachableFromVnet: true}",
		"requirements: {windows: true}", "requirements: {maxNodes: 600}", "requirements: {sharedSubnet: true}",
		"outboundType: userAssignedNATGateway", "outboundType: userDefinedRouting\n    egress: {nextHopIP: 10.40.255.4}",
		"identity: SystemAssigned", "services: {internalLoadBalancers: 4}",
		"- {name: win, osType: Windows, osSKU: Windows2022, count: 2}", "- {name: many, count: 300, maxPods: 30}",
		"- {name: dense, count: 20, maxPods: 250}", "- {name: scaled, minCount: 2, maxCount: 10}",
		"- {name: wide, count: 500, maxPods: 110}",
	}
}

func clusterWith(features ...string) string {
	cluster, pools := "", "    nodePools:\n      - {name: system, count: 3}\n"
	for _, f := range features {
		key, _, _ := strings.Cut(f, ":")
		switch {
		case f == "" || strings.Contains(cluster, key+":") || strings.Contains(pools, f):
		case strings.HasPrefix(f, "- "):
			pools += "      " + f + "\n"
		default:
			cluster += "    " + f + "\n"
		}
	}
	return "apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg\nvnets:\n  - name: net\n" +
		"    addressPrefixes: [10.40.0.0/16]\n    subnets:\n" +
		"      - {name: snet-aci, purpose: virtualNodes, delegation: " + aks.DelegationContainers + "}\n" +
		"      - {name: snet-agw, prefixLength: 24, purpose: applicationGateway}\n" +
		"      - {name: snet-agc, prefixLength: 24, delegation: " + aks.DelegationAppGW + "}\n" +
		"clusters:\n  - name: shop\n    vnet: net\n" + cluster + pools
}
