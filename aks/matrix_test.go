package aks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
)

// TestFeatureMatrix compares the table of capabilities with the documentation, a row a feature: kubenet, node-subnet,
// pod-subnet dynamic and static, overlay, bring your own CNI, Cilium data plane. y yes, n no, c under a condition, . no
// page says.
func TestFeatureMatrix(t *testing.T) {
	want := map[aks.Feature]string{
		aks.FeatureWindows:             "n y y c y c n",
		aks.FeaturePolicyAzure:         "n y y y y n n",
		aks.FeaturePolicyCalico:        "c y y y y c n",
		aks.FeaturePolicyCilium:        "n c c c c n y",
		aks.FeatureDataplaneCilium:     "n c c c c n y",
		aks.FeatureDualStack:           "n n n c y c y",
		aks.FeatureVirtualNodes:        "n y y y n n c",
		aks.FeatureAGIC:                "c y y y y . y",
		aks.FeatureAGC:                 "n y y y y . y",
		aks.FeatureServiceEndpoints:    "y y y y y y y",
		aks.FeatureSharedSubnet:        "n y y y y . c",
		aks.FeaturePodReachable:        "n y y y n . c",
		aks.FeatureAutoProvisioning:    "n y n n y c y",
		aks.FeatureStaticEgressGateway: "y y n n y . y",
		aks.FeaturePrivateLinkService:  "y y y n y . .",
		aks.FeatureManagedVNet:         "y y n n y y c",
		aks.FeatureAvailabilitySets:    "n n n n n n n",
		aks.FeatureDCsv2:               ". . . . n . .",
	}
	letters := map[aks.Support]string{aks.Yes: "y", aks.No: "n", aks.Conditional: "c", aks.NotStated: "."}
	got := map[aks.Feature]string{}
	for _, f := range aks.Features() {
		row := ""
		for i, c := range aks.Columns() {
			if i > 0 {
				row += " "
			}
			row += letters[aks.CapabilityOn(f, c).Support]
		}
		got[f] = row
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestMaxPodsRows compares least, default and largest maxPods with the documentation.
func TestMaxPodsRows(t *testing.T) {
	want := map[aks.Model][3]int{
		aks.Kubenet: {10, 110, 250}, aks.NodeSubnet: {10, 30, 250}, aks.PodSubnet: {10, 110, 250},
		aks.Overlay: {10, 250, 250}, aks.BYO: {10, 110, 250},
	}
	for _, f := range aks.Models() {
		if got := [3]int{f.MinMaxPods, f.DefaultMaxPods, f.MaxMaxPods}; got != want[f.Model] {
			t.Errorf("%s: maxPods %v, want %v", f.Model, got, want[f.Model])
		}
	}
	if c := contradiction("pod-subnet-max-pods"); c.Older == "" || c.Newer == "" {
		t.Error("the two defaults of pod-subnet are not both kept")
	}
}

// TestScaleRows compares the scale limits with the documentation: nodes and pods of a cluster.
func TestScaleRows(t *testing.T) {
	rows := []struct {
		model       aks.Model
		mode        aks.AllocationMode
		nodes, pods int
	}{
		{aks.Kubenet, "", 400, 400 * 250}, {aks.NodeSubnet, "", 5000, 65_536},
		{aks.PodSubnet, aks.DynamicIndividual, 5000, 64_000},
		{aks.PodSubnet, aks.StaticBlock, 5000, 1_000_000}, {aks.Overlay, "", 5000, 200_000}, {aks.BYO, "", 5000, 0},
	}
	for _, r := range rows {
		if got := r.model.Facts().MaxNodes; got != r.nodes {
			t.Errorf("%s: %d nodes, want %d", r.model, got, r.nodes)
		}
		if got := r.model.MaxPods(r.mode); got != r.pods {
			t.Errorf("%s %s: %d pods, want %d", r.model, r.mode, got, r.pods)
		}
	}
	general := map[string]int{
		"nodes-per-pool": 1000, "node-pools": 100, "clusters": 5000, "clusters-per-region": 100,
		"nodes-free-tier":         1000,
		"nodes-free-tier-advised": 10,
		"lb-services":             300, "nodes-stop": 100, "nodes-npm": 250, "pods-npm": 20_000, "nodes-l7": 1000,
		"pods-l7": 40_000, "cilium-identities": 65_535,
		"nodes-internal-lb": 750, "authorized-ranges": 200, "authorized-ranges-vnet": 2000, "scale-step-above": 1000,
		"largest-dynamic-subnet": 16, "largest-static-subnet": 12,
	}
	for id, value := range general {
		if l, ok := aks.LimitByID(id); !ok || l.Value != value {
			t.Errorf("%s is %d, want %d", id, l.Value, value)
		}
	}
	if c := contradiction("overlay-pods"); c.Older == "" || c.Newer == "" {
		t.Error("the two limits of overlay are not both kept")
	}
}
