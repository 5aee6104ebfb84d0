package compare_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func parse(t *testing.T, text string) *spec.Spec {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "test.yaml", Data: []byte("apiVersion: aksnet/v1\n" + text)})
	for _, p := range s.Problems {
		t.Fatalf("%s: %s", p.Position, p.Message)
	}
	return s
}

// cluster returns a spec of one cluster with pools of three and at most forty nodes, and more settings.
func cluster(more string) string {
	return "clusters: [{name: shop, " + more + " nodePools: [{name: system, count: 3, maxPods: 30}, {name: apps, " +
		"minCount: 3, maxCount: 40, maxPods: 30}]}]"
}

func TestRecommendation(t *testing.T) {
	tests := map[string]struct {
		text  string
		want  string
		unmet []string
	}{
		"nothing said": {cluster(""), "overlay-cilium", nil},
		"smallest": {
			"clusters: [{name: shop, nodePools: [{name: system, count: 3}]}]", "overlay-cilium", nil,
		},
		"Automatic": {"clusters: [{name: shop, sku: Automatic}]", "overlay-cilium", nil},
		"Automatic, reachable": {
			"clusters: [{name: shop, sku: Automatic, requirements: {podsReachableFromVnet: true}}]", "overlay-cilium",
			[]string{"podsReachableFromVnet"},
		},
		"kubenet today":      {cluster("model: kubenet,"), "overlay-cilium", nil},
		"Windows wished for": {cluster("requirements: {windows: true},"), "overlay", nil},
		"Windows pool": {
			"clusters: [{name: shop, nodePools: [{name: system, count: 3}, {name: win, osType: Windows, count: 2}]}]", "overlay",
			nil,
		},
		"reachable": {cluster("requirements: {podsReachableFromVnet: true},"), "pod-subnet-cilium", nil},
		"reachable, Windows": {
			cluster("requirements: {podsReachableFromVnet: true, windows: true},"), "pod-subnet", nil,
		},
		"reachable, many pods": {
			cluster("requirements: {podsReachableFromVnet: true, maxPods: 100000},"), "pod-subnet-static", nil,
		},
		"reachable, managed": {
			cluster("vnet: managed, requirements: {podsReachableFromVnet: true},"), "node-subnet", nil,
		},
		"reachable, few addresses": {
			cluster("requirements: {podsReachableFromVnet: true, saveAddresses: true},"), "pod-subnet-cilium", nil,
		},
		"virtual nodes": {cluster("virtualNodes: true,"), "pod-subnet-cilium", nil},
		"static egress, reachable": {
			cluster("staticEgressGateway: true, requirements: {podsReachableFromVnet: true},"), "node-subnet", nil,
		},
		"policy azure":            {cluster("networkPolicy: azure,"), "overlay", nil},
		"policy calico":           {cluster("requirements: {networkPolicy: calico},"), "overlay", nil},
		"policy cilium":           {cluster("requirements: {networkPolicy: cilium},"), "overlay-cilium", nil},
		"dual-stack":              {cluster("ipFamilies: [IPv4, IPv6],"), "overlay-cilium", nil},
		"dual-stack, old version": {cluster("kubernetesVersion: 1.28, requirements: {dualStack: true},"), "overlay", nil},
		"many nodes":              {cluster("requirements: {maxNodes: 1000},"), "overlay-cilium", nil},
		"few addresses": {
			cluster("model: node-subnet, requirements: {saveAddresses: true},"), "overlay-cilium", nil,
		},
		"too many nodes": {cluster("requirements: {maxNodes: 6000},"), "overlay-cilium", []string{"maxNodes"}},
		"Windows with cilium": {
			cluster("requirements: {windows: true, networkPolicy: cilium},"), "overlay-cilium", []string{"windows"},
		},
		"dual-stack with calico": {
			cluster("requirements: {dualStack: true, networkPolicy: calico},"), "overlay-cilium", []string{"networkPolicy"},
		},
		"too many for NPM": {
			cluster("requirements: {networkPolicy: azure, maxNodes: 300},"), "overlay-cilium", []string{"networkPolicy"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := compare.Of(parse(t, tt.text)).Clusters[0]
			var unmet []string
			for _, u := range c.Recommendation.Unmet {
				unmet = append(unmet, u.Need)
			}
			if c.Recommendation.Variant != tt.want || !cmp.Equal(unmet, tt.unmet) {
				t.Errorf("recommended %s without %v, want %s without %v", c.Recommendation.Variant, unmet, tt.want, tt.unmet)
				for _, r := range c.Recommendation.Reasons {
					t.Log(r.Text)
				}
			}
			for _, r := range c.Recommendation.Reasons {
				if !strings.HasPrefix(r.Source.URL, "https://") {
					t.Errorf("reason %q has no source", r.Text)
				}
			}
			if len(c.Recommendation.Reasons) == 0 {
				t.Error("no reasons")
			}
		})
	}
}

func TestBlockers(t *testing.T) {
	tests := map[string]struct {
		text, variant string
		want          string
		severity      compare.Severity
	}{
		"Windows with cilium": {
			cluster("requirements: {windows: true},"), "overlay-cilium", "the Cilium data plane does not support Windows",
			compare.Error,
		},
		"400 routes": {
			"clusters: [{name: shop, nodePools: [{name: system, count: 399, maxSurge: 2}]}]", "kubenet",
			"a route table holds 400 routes", compare.Error,
		},
		"400 routes are enough": {
			"clusters: [{name: shop, nodePools: [{name: system, count: 398, maxSurge: 2}]}]", "kubenet", "", compare.Error,
		},
		"routes of egress": {
			"clusters: [{name: shop, outboundType: userDefinedRouting, egress: {nextHopIP: 10.0.0.4}, nodePools: [{name: " +
				"system, count: 398, maxSurge: 2}]}]",
			"kubenet", "at most 399 nodes", compare.Error,
		},
		"kubenet ends": {cluster(""), "kubenet", "retires on 2028-03-31", compare.Warning},
		"NPM ends":     {cluster("networkPolicy: azure,"), "overlay", "ends on 2028-09-30", compare.Warning},
		"NPM nodes": {
			"clusters: [{name: shop, networkPolicy: azure, nodePools: [{name: system, count: 251, maxPods: 30}]}]", "overlay",
			"works up to 250 nodes", compare.Error,
		},
		"reachable": {
			cluster("requirements: {podsReachableFromVnet: true},"), "overlay", "does not support pods reachable", compare.Error,
		},
		"shared subnet": {
			"vnets: [{name: v, addressPrefixes: [10.0.0.0/16]}]\nclusters: [{name: a, vnet: v, nodeSubnet: {name: s}, " +
				"nodePools: [{name: x}]}, {name: b, vnet: v, nodeSubnet: {name: s}, nodePools: [{name: x}]}]",
			"kubenet", "several clusters in subnet s", compare.Error,
		},
		"no room": {
			"vnets: [{name: v, addressPrefixes: [10.0.0.0/24]}]\nclusters: [{name: a, vnet: v, nodePools: [{name: x, count: " +
				"50, maxPods: 30}]}]",
			"node-subnet", "no room for", compare.Error,
		},
		"no room for a listed subnet": {
			"vnets: [{name: v, addressPrefixes: [10.0.0.0/24], subnets: [{name: s}]}]\n" +
				"clusters: [{name: a, vnet: v, nodeSubnet: {name: s}, nodePools: [{name: x, count: 50, maxPods: 30}]}]",
			"node-subnet", "no room for s", compare.Error,
		},
		"existing subnet": {
			"vnets: [{name: v, existing: true, addressPrefixes: [10.0.0.0/16], subnets: [{name: s, addressPrefix: " +
				"10.0.0.0/24, existing: true}]}]\nclusters: [{name: a, vnet: v, nodeSubnet: {name: s}, nodePools: [{name: x, " +
				"count: 50, maxPods: 30}]}]",
			"node-subnet", "subnet s needs 1705 addresses, 10.0.0.0/24 has 251 usable", compare.Error,
		},
		"tight pin": {
			cluster("nodeSubnet: {addressPrefix: 10.128.0.0/26},"), "node-subnet", "pins subnet snet-shop-nodes",
			compare.Warning,
		},
		"mapping limit": {
			"addressSpace: {pools: [10.0.0.0/8]}\nclusters: [{name: shop, nodePools: [{name: system, count: 900, maxPods: " +
				"110}]}]",
			"node-subnet", "a network maps 65536 addresses", compare.Error,
		},
		"static by version": {
			cluster("kubernetesVersion: 1.27,"), "pod-subnet-static", "need Kubernetes 1.28", compare.Error,
		},
		"gateway for pods": {
			cluster("ingress: [applicationGatewayForContainers],"), "kubenet",
			"does not support Application Gateway for Containers", compare.Error,
		},
		"provisioning": {
			cluster("nodeProvisioningMode: Auto,"), "pod-subnet", "does not support node auto-provisioning", compare.Error,
		},
		"private link": {
			cluster("privateLinkServices: 1,"), "pod-subnet-static", "does not support Private Link Services", compare.Error,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := option(t, compare.Of(parse(t, tt.text)).Clusters[0], tt.variant)
			found := tt.want == "" && got.Feasible
			for _, b := range got.Blockers {
				found = found || tt.want != "" && b.Severity == tt.severity && strings.Contains(b.Text, tt.want)
			}
			if !found {
				t.Errorf("want %s %q, got %v", tt.severity, tt.want, got.Blockers)
			}
		})
	}
}

func option(t *testing.T, c compare.Cluster, variant string) compare.Option {
	t.Helper()
	for _, o := range c.Options {
		if o.Variant == variant {
			return o
		}
	}
	t.Fatalf("no variant %s", variant)
	return compare.Option{}
}

// TestObstaclesAreNamed asks for what only a model does that finds no room.
func TestObstaclesAreNamed(t *testing.T) {
	text := "vnets: [{name: v, addressPrefixes: [10.0.0.0/26]}]\n" +
		"clusters: [{name: a, vnet: v, requirements: {podsReachableFromVnet: true}, nodePools: [{name: x, count: 20, " +
		"maxPods: 30}]}]"
	r := compare.Of(parse(t, text)).Clusters[0].Recommendation
	if r.Feasible || len(r.Obstacles) == 0 || len(r.Unmet) > 0 || !strings.HasPrefix(r.Variant, "pod-subnet") {
		t.Errorf("recommended %s, feasible %v, obstacles %v, unmet %v", r.Variant, r.Feasible, r.Obstacles, r.Unmet)
	}
}

// TestOptionsAreThePlan compares each option with the plan of a spec that has that model.
func TestOptionsAreThePlan(t *testing.T) {
	models := map[string]string{
		"overlay": "model: overlay,", "overlay-cilium": "model: cilium,", "kubenet": "model: kubenet,",
		"node-subnet": "model: node-subnet,",
		"pod-subnet":  "model: pod-subnet,", "pod-subnet-static": "model: pod-subnet, podIPAllocationMode: StaticBlock,",
		"pod-subnet-cilium": "model: pod-subnet, networkDataplane: cilium,", "byo": "model: byo,",
	}
	c := compare.Of(parse(t, cluster(""))).Clusters[0]
	if len(c.Options) != len(models) || len(models) != len(aks.Variants()) {
		t.Fatalf("%d options, want %d", len(c.Options), len(models))
	}
	for _, o := range c.Options {
		p := plan.Build(parse(t, cluster(models[o.Variant]))).Clusters[0]
		if o.Capacity != p.Capacity || o.PodCIDR != p.PodCIDR || o.Nodes != p.Nodes || o.Pods != p.Pods ||
			o.NetworkPolicy != p.NetworkPolicy {
			t.Errorf("%s: %+v differs from the plan %+v", o.Variant, o, p)
		}
		if want := p.NodePools[0].NodeSubnet(); o.NodeSubnets[0].AddressPrefix != want.AddressPrefix ||
			o.NodeSubnets[0].Addresses != want.Demand.Total {
			t.Errorf("%s: node subnet %+v, want %s with %d", o.Variant, o.NodeSubnets[0], want.AddressPrefix, want.Demand.Total)
		}
		for _, b := range o.Blockers {
			if !strings.HasPrefix(b.Source.URL, "https://") {
				t.Errorf("%s: blocker %q has no source", o.Variant, b.Text)
			}
		}
	}
}

func TestDefaultMaxPodsFollowTheModel(t *testing.T) {
	c := compare.Of(parse(t, "clusters: [{name: shop, nodePools: [{name: system, count: 3}]}]")).Clusters[0]
	want := map[string]int{"overlay": 750, "node-subnet": 90, "kubenet": 330, "pod-subnet": 330}
	for variant, pods := range want {
		if got := option(t, c, variant).Pods; got != pods {
			t.Errorf("%s: %d pods, want %d", variant, got, pods)
		}
	}
}

// TestNeighboursStay checks that the network of a cluster is planned with all clusters in it, each under its own model.
func TestNeighboursStay(t *testing.T) {
	text := "vnets: [{name: v, addressPrefixes: [10.0.0.0/24]}]\nclusters:\n" +
		"  - {name: a, vnet: v, nodePools: [{name: x, count: 20}]}\n" +
		"  - {name: elsewhere, nodePools: [{name: x, count: 20}]}\n" +
		"  - {name: b, vnet: v, nodePools: [{name: x, count: 100}]}\n"
	c := compare.Of(parse(t, text), "b").Clusters
	if len(c) != 1 || c[0].Name != "b" {
		t.Fatalf("got %d clusters", len(c))
	}
	if got := option(t, c[0], "kubenet").NodeSubnets[0].AddressPrefix.String(); got != "10.0.0.0/25" {
		t.Errorf("node subnet %s, want the half that cluster a leaves", got)
	}
}

func BenchmarkOf(b *testing.B) {
	text := "apiVersion: aksnet/v1\naddressSpace: {pools: [10.0.0.0/8]}\nclusters:\n"
	for i := range 100 {
		text += "  - {name: c" + string(rune('a'+i/26)) + string(rune('a'+i%26)) + ", nodePools: [{name: x, count: 3}]}\n"
	}
	s := spec.Parse(spec.Source{Name: "b.yaml", Data: []byte(text)})
	for b.Loop() {
		compare.Of(s)
	}
}
