package aks_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/aks"
)

// TestConcepts compares the rows with the page: overlay, pod subnet, node subnet, kubenet, and
// the Cilium data plane.
func TestConcepts(t *testing.T) {
	const s, n, p, b, m = aks.Supported, aks.Unsupported, aks.PodInitiated, aks.BothWays, aks.AsModel
	want := map[string][5]string{
		"vnet": {s, s, s, "supported with routes of one's own", m}, "pod-vm": {p, b, b, p, m},
		"on-premises":       {p, b, b, p, m},
		"service-endpoints": {s, s, s, s, m}, "load-balancer": {s, s, s, s, m}, "agic": {s, s, s, s, m},
		"agc":     {s, s, s, n, m},
		"windows": {s, s, s, n, n}, "dns": {s, s, s, s, m}, "shared-subnet": {s, s, s, n, m}, "pod-pod": {s, s, s, s, s},
		"extra-hop": {"none: on a par with machines", "none", "none", "one: by the route table", m},
	}
	rows := aks.Concepts()
	if len(rows) != len(want) {
		t.Fatalf("%d rows, want %d", len(rows), len(want))
	}
	for _, r := range rows {
		checkSource(t, r.ID, r.Source)
		if diff := cmp.Diff(want[r.ID], [5]string{r.Overlay, r.PodSubnet, r.NodeSubnet, r.Kubenet, r.Cilium}); diff != "" {
			t.Errorf("%s: %s", r.ID, diff)
		}
	}
}

// TestConceptsAgreeWithCapabilities compares the page with the newer table of single facts.
func TestConceptsAgreeWithCapabilities(t *testing.T) {
	features := map[string]aks.Feature{
		"service-endpoints": aks.FeatureServiceEndpoints, "agic": aks.FeatureAGIC, "agc": aks.FeatureAGC,
		"windows": aks.FeatureWindows, "shared-subnet": aks.FeatureSharedSubnet, "pod-vm": aks.FeaturePodReachable,
	}
	for _, r := range aks.Concepts() {
		f, ok := features[r.ID]
		if !ok {
			continue
		}
		for column, text := range map[aks.Column]string{
			aks.OnOverlay: r.Overlay, aks.OnPodDynamic: r.PodSubnet, aks.OnNodeSubnet: r.NodeSubnet, aks.OnKubenet: r.Kubenet,
			aks.OnCilium: r.Cilium,
		} {
			works := aks.CapabilityOn(f, column).Support != aks.No
			if page := text == aks.Supported || text == aks.BothWays || text == aks.AsModel; works != page {
				t.Errorf("%s under %s: page says %q, the table %v", r.ID, column, text, works)
			}
		}
	}
}

func TestVariants(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range aks.Variants() {
		checkUnique(t, seen, v.ID)
		got, exact := aks.VariantOf(v.Model, v.Mode, v.Dataplane)
		if got != v || !exact {
			t.Errorf("%s: VariantOf returns %s, exact %v", v.ID, got.ID, exact)
		}
		if _, ok := aks.VariantByID(v.ID); !ok {
			t.Errorf("%s is not found", v.ID)
		}
	}
	if v, exact := aks.VariantOf(aks.NodeSubnet, "", aks.DataplaneCilium); v.ID != "node-subnet" || exact {
		t.Errorf("node-subnet with cilium is %s, exact %v", v.ID, exact)
	}
	if _, ok := aks.VariantByID("flannel"); ok {
		t.Error("found a variant that does not exist")
	}
}

func TestGuidance(t *testing.T) {
	for _, g := range aks.GuidanceRows() {
		checkSource(t, g.Variant, g.Source)
		if _, ok := aks.VariantByID(g.Variant); !ok || g.When == "" || g.Advice != aks.Take && g.Advice != aks.Avoid {
			t.Errorf("row %+v is not filled in", g)
		}
	}
	for _, v := range aks.Variants() {
		_, take := aks.GuidanceFor(v.ID, aks.Take)
		_, avoid := aks.GuidanceFor(v.ID, aks.Avoid)
		if !take && !avoid {
			t.Errorf("%s has no guidance", v.ID)
		}
	}
	if _, ok := aks.GuidanceFor("kubenet", aks.Take); ok {
		t.Error("kubenet is advised")
	}
}

// TestAddressPlans compares the rows with the documentation: pod addresses, block, source address outside.
func TestAddressPlans(t *testing.T) {
	want := map[string][3]string{
		"kubenet": {"pod CIDR", "/24", "node address"}, "node-subnet": {"node subnet", "maxPods", "node address"},
		"pod-subnet/DynamicIndividual": {"pod subnet", "16", "pod address"},
		"pod-subnet/StaticBlock":       {"pod subnet", "/28", "pod address"},
		"overlay":                      {"pod CIDR", "/24", "node address"}, "byo": {"CNI", "none", "CNI"},
	}
	for _, r := range aks.AddressPlans() {
		checkSource(t, string(r.Model), r.Source)
		key := string(r.Model)
		if r.Mode != "" {
			key += "/" + string(r.Mode)
		}
		w, ok := want[key]
		if !ok || !strings.Contains(r.Pod, w[0]) || !strings.Contains(r.Block, w[1]) ||
			!strings.Contains(r.SeenAs, w[2]) {
			t.Errorf("%s: %+v, want %v", key, r, w)
		}
		delete(want, key)
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
}

func TestWorkedSizesBearSources(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range aks.WorkedSizes() {
		checkUnique(t, seen, w.ID)
		checkSource(t, w.ID, w.Source)
	}
}
