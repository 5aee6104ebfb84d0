package test

import (
	"fmt"
	"io"
	"net/netip"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// situations are clusters in which keys may have no effect: one for each model, outbound type and kind of network.
func situations() map[string]string {
	const own = "vnet: vnet-a, "
	out := map[string]string{
		"managed": "vnet: managed, ", "managed NAT gateway": "vnet: managed, outboundType: managedNATGateway, ",
		"NAT gateway": own + "outboundType: userAssignedNATGateway, ",
		"firewall":    own + "outboundType: userDefinedRouting, egress: {nextHopIP: 10.40.15.4}, ",
		"isolated":    own + "outboundType: none, bootstrapProfile: {artifactSource: Cache}, ",
		"private":     own + "privateCluster: true, ",
		"dual-stack":  own + "ipFamilies: [IPv4, IPv6], ",
		"cilium":      own + "model: overlay, networkDataplane: cilium, ",
	}
	for _, model := range []string{"kubenet", "node-subnet", "pod-subnet", "overlay", "byo"} {
		out[model] = own + "model: " + model + ", "
	}
	return out
}

const situation = `apiVersion: aksnet/v1
location: westeurope
resourceGroup: rg
vnets:
  - name: vnet-a
    addressPrefixes: [10.40.0.0/16]
    peerings: [{vnet: vnet-hub}]
    subnets:
      - {name: snet-vm, prefixLength: 27, natGateway: nat, routeTable: rt, networkSecurityGroup: nsg}
  - name: vnet-hub
    existing: true
    addressPrefixes: [10.32.0.0/22]
routeTables: [{name: rt, routes: [{name: r, addressPrefix: 192.168.0.0/24, nextHopType: VirtualNetworkGateway}]}]
networkSecurityGroups: [{name: nsg, rules: [{name: r, priority: 200, direction: Inbound, access: Allow}]}]
natGateways: [{name: nat, publicIPs: 1}]
clusters:
  - {name: shop, %snodePools: [{name: system, count: 3}, {name: apps, minCount: 2, maxCount: 5}]}
`

// values are what keys are set to where the value that follows from the type would not do.
func values() map[string]string {
	const id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft."
	return map[string]string{
		"clusters[0].ingress":                                    "[applicationGateway]",
		"vnets[0].peerings[0].allowVirtualNetworkAccess":         "false",
		"vnets[0].subnets[0].purpose":                            "applicationGateway",
		"clusters[0].services.clusterIPs":                        "70000",
		"networkSecurityGroups[0].rules[0].protocol":             "Tcp",
		"clusters[0].privateDNSZone":                             "none",
		"clusters[0].bootstrapProfile.containerRegistryId":       id + "ContainerRegistry/registries/cache",
		"clusters[0].loadBalancerProfile.outboundIPs":            "[" + id + "Network/publicIPAddresses/ip]",
		"clusters[0].loadBalancerProfile.outboundIPPrefixes":     "[" + id + "Network/publicIPPrefixes/ip]",
		"clusters[0].loadBalancerProfile.allocatedOutboundPorts": "1024",
		"clusters[0].loadBalancerProfile.idleTimeoutInMinutes":   "10",
		"clusters[0].natGateway.idleTimeoutInMinutes":            "10",
		"clusters[0].natGatewayProfile.idleTimeoutInMinutes":     "10",
		"clusters[0].authorizedIPRanges":                         "[203.0.113.0/24]",
		"clusters[0].dnsServiceIP":                               "10.0.0.20",
		"clusters[0].podCidrs":                                   "[10.220.0.0/16]",
		"clusters[0].serviceCidrs":                               "[10.221.0.0/16]",
		"clusters[0].serviceCidr":                                "10.221.0.0/16",
		"clusters[0].podCidr":                                    "10.220.0.0/16",
		"clusters[0].kubernetesVersion":                          `"1.33"`,
		"clusters[0].nodePools[0].orchestratorVersion":           `"1.33"`,
		"clusters[0].nodePools[0].maxPods":                       "50",
	}
}

// exempt are keys that a single cluster cannot show, and why.
func exempt() map[string]string {
	const reads = "rules compare it with what many clusters need"
	return map[string]string{
		"apiVersion": "there is one", "vnets[0].name": "others refer to it", "natGateways[0].name": "others refer to it",
		"addressSpace.pools[0].addressPrefix":                "networks without addressPrefixes are taken from it",
		"vnets[0].virtualHub.id":                             "it names the hub; the rest has keys of its own",
		"quotas.clusters":                                    reads,
		"quotas.publicIPAddresses":                           reads,
		"clusters[0].advancedNetworking.accelerationMode":    "the API version that is written has no such property",
		"clusters[0].advancedNetworking.transitEncryption":   "the API version that is written has no such property",
		"clusters[0].natGatewayProfile.managedOutboundIPv6s": "the API version that is written has no such property",
		"clusters[0].natGatewayProfile.outboundIPPrefixes":   "the API version that is written has no such property",
		"clusters[0].natGatewayProfile.outboundIPs":          "the API version that is written has no such property",
	}
}

// TestEveryKeyHasAnEffectOrAFinding sets every key of a cluster and its pools in every situation: the plan, what is
// written or the comparison must change, or a finding must point at the key. What a user wrote is never dropped without
// a word.
func TestEveryKeyHasAnEffectOrAFinding(t *testing.T) {
	for name, cluster := range situations() {
		text := fmt.Sprintf(situation, cluster)
		before := outcome(t, text)
		eachKey(reflect.TypeFor[spec.Spec](), "", func(key, value string) {
			if own, ok := values()[key]; ok {
				value = own
			}
			if exempt()[key] != "" || strings.Contains(cluster, lastWord(key)+": "+value) {
				return // or the situation has it already
			}
			if after := outcome(t, text, spec.Edit{Path: key, Value: value}); !after.differs(t, before, key) {
				t.Errorf("%s: %s: %s changes nothing, and no finding says so", name, key, value)
			}
		})
	}
}

// lastWord returns the last key of a path.
func lastWord(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// result is what a spec leads to.
type result struct {
	spec     *spec.Spec
	plan     *plan.Plan
	findings map[string]bool // path and message
	shown    map[int]string  // what views show
}

func outcome(t *testing.T, text string, edits ...spec.Edit) *result {
	t.Helper()
	s, err := spec.ParseWith(edits, spec.Source{Name: "spec.yaml", Data: []byte(text)})
	if err != nil {
		t.Fatal(edits, err)
	}
	r := &result{spec: s, plan: plan.Build(s), findings: map[string]bool{}, shown: map[int]string{}}
	for _, p := range s.Problems {
		r.findings[p.Path+" "+p.Message] = true
	}
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, f := range validate.Run(r.plan, validate.Options{Today: day}).Findings {
		r.findings[f.Path+" "+f.Message] = true
	}
	return r
}

// differs reports whether a finding speaks of a key, or something shows another result than before.
func (r *result) differs(t *testing.T, before *result, key string) bool {
	t.Helper()
	for f := range r.findings {
		path, _, _ := strings.Cut(f, " ")
		if !before.findings[f] && (strings.HasPrefix(path, key) || strings.HasPrefix(key, path+".")) {
			return true
		}
	}
	for i := range views() {
		if r.show(t, i) != before.show(t, i) {
			return true
		}
	}
	return false
}

func (r *result) show(t *testing.T, view int) string {
	t.Helper()
	if r.shown[view] == "" {
		var b strings.Builder
		if err := views()[view](&b, r); err != nil {
			t.Fatal(err)
		}
		r.shown[view] = b.String()
	}
	return r.shown[view]
}

// views are where an effect can be seen, the cheapest first.
func views() []func(io.Writer, *result) error {
	written := func(format func(*resource.Graph, render.Options) ([]render.File, error)) func(io.Writer, *result) error {
		return func(w io.Writer, r *result) error {
			files, err := format(resource.BuildWith(r.plan, resource.Options{RoleAssignments: true, Clusters: true}),
				render.Options{})
			for _, f := range files {
				fmt.Fprintf(w, "%s", f.Data)
			}
			return err
		}
	}
	return []func(io.Writer, *result) error{
		func(w io.Writer, r *result) error { return report.Plan(r.plan, nil, nil).JSON(w) },
		written(render.ARM), written(render.AzCLI),
		func(w io.Writer, r *result) error { return report.WriteJSON(w, compare.Of(r.spec)) },
	}
}

// eachKey calls do for every key that a struct of a spec can set, at its first element where it is in a list.
func eachKey(t reflect.Type, path string, do func(key, value string)) {
	for i := range t.NumField() {
		field := t.Field(i)
		key, _, _ := strings.Cut(field.Tag.Get("spec"), ",")
		if key == "" || key == "-" {
			continue
		}
		at := strings.TrimPrefix(path+"."+key, ".")
		ft := field.Type
		if ft.Kind() == reflect.Slice && ft.Elem().Kind() == reflect.Struct && hasKeys(ft.Elem()) {
			eachKey(ft.Elem(), at+"[0]", do)
			continue
		}
		if ft.Kind() == reflect.Struct && hasKeys(ft) {
			eachKey(ft, at, do)
			continue
		}
		do(at, valueFor(ft))
	}
}

// hasKeys reports whether a struct is a mapping of a spec.
func hasKeys(t reflect.Type) bool {
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("spec"); key != "" && key != "-" {
			return true
		}
	}
	return false
}

// valueFor returns a value of a type in the notation of the spec.
func valueFor(t reflect.Type) string {
	if enum, ok := reflect.Zero(t).Interface().(interface{ Words() []string }); ok {
		words := enum.Words()
		return words[len(words)-1]
	}
	switch t {
	case reflect.TypeFor[netip.Prefix]():
		return "10.40.128.0/24"
	case reflect.TypeFor[netip.Addr]():
		return "10.40.15.9"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "true"
	case reflect.Int:
		return "29"
	case reflect.Slice:
		return "[" + valueFor(t.Elem()) + "]"
	case reflect.Pointer:
		return valueFor(t.Elem())
	case reflect.Map:
		return "{team: net}"
	case reflect.String:
		return "other"
	}
	return "20%" // amounts
}
