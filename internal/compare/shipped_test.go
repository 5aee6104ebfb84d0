package compare_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/spec"
)

// TestShippedSpecs holds the recommendation for every shipped spec to the documentation's guidance: overlay is for all
// whose pods need no addresses of the network, Cilium for all that run Linux alone and ask for no other policy engine.
// [aks.PageModels], [aks.PageCilium]
func TestShippedSpecs(t *testing.T) {
	const cilium, azure = "overlay-cilium", "overlay"
	want := map[string]string{
		"aks-baseline": cilium, "automatic": "overlay-cilium",
		"api-server": cilium, "byo-cni": cilium, "dual-stack": cilium, "existing-vnet": cilium,
		"fleet": cilium, "ipam-pool": cilium,
		"hub-spoke": cilium, "managed-vnet": cilium, "minimal": cilium, "overlay-cilium": cilium, "private-firewall": cilium,
		"shared-subnet": cilium, "shared-vnet": cilium, "pod-subnet-dynamic": cilium, "pod-subnet-static": cilium,
		"cluster-features": cilium, "hub-spoke-firewall": cilium, "kubenet-two-groups": cilium, "two-subscriptions": cilium,
		// Windows pools do not run on the Cilium data plane.
		"pod-subnet-nat": azure,
		// Calico is asked for, which the Cilium data plane does not have.
		"kubenet-udr": azure, "mixed-os": azure, "node-subnet": azure,
	}
	got := map[string]string{}
	for name, s := range shipped(t) {
		for _, c := range compare.Of(s).Clusters {
			if r := c.Recommendation; len(r.Unmet) > 0 || got[name] != "" && got[name] != r.Variant {
				t.Errorf("%s: cluster %s gets %s without %v", name, c.Name, r.Variant, r.Unmet)
			}
			got[name] = c.Recommendation.Variant
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("recommendations (a new spec needs a line in this table):\n%s", diff)
	}
}

// TestShippedSpecsThatNeedPodAddresses asks for reachable pods in every shipped spec that could have them.
func TestShippedSpecsThatNeedPodAddresses(t *testing.T) {
	want := map[string]string{
		"managed-vnet": "node-subnet", "mixed-os": "pod-subnet", "kubenet-udr": "pod-subnet", "minimal": "pod-subnet-cilium",
	}
	for name, s := range shipped(t) {
		if want[name] == "" {
			continue
		}
		s.Clusters[0].Requirements.PodsReachableFromVnet = true
		if got := compare.Of(s).Clusters[0].Recommendation; got.Variant != want[name] {
			t.Errorf("%s: %s, want %s", name, got.Variant, want[name])
		}
	}
}

// shipped returns the specs of testdata/specs by name.
func shipped(t *testing.T) map[string]*spec.Spec {
	t.Helper()
	dir := filepath.Join("..", "..", "testdata", "specs")
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*spec.Spec{}
	for _, e := range entries {
		files := []string{filepath.Join(dir, e.Name())}
		if e.IsDir() {
			if files, err = filepath.Glob(filepath.Join(dir, e.Name(), "*.yaml")); err != nil {
				t.Fatal(err)
			}
		}
		var sources []spec.Source
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			sources = append(sources, spec.Source{Name: f, Data: data})
		}
		out[strings.TrimSuffix(e.Name(), ".yaml")] = spec.Parse(sources...)
	}
	return out
}
