package plan

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/spec"
)

const savedSpec = `
apiVersion: aksnet/v1
location: westeurope
resourceGroup: rg
vnets:
  - name: net
    addressPrefixes: [10.40.0.0/16]
    subnets: [{name: other, prefixLength: 26}]
clusters:
  - name: flat
    vnet: net
    model: pod-subnet
    nodePools: [{name: system, count: 3}, {name: apps, minCount: 1, maxCount: 9}]
  - name: small
    vnet: managed
    nodePools: [{name: system, count: 3}]
`

func TestReadSavedPlan(t *testing.T) {
	built := Build(spec.Parse(spec.Source{Name: "aksnet.yaml", Data: []byte(savedSpec)}))
	want, err := json.Marshal(built)
	if err != nil {
		t.Fatal(err)
	}
	if !Saved(want) || Saved([]byte(savedSpec)) {
		t.Error("Saved does not tell a plan from a spec")
	}
	p, err := Read(strings.NewReader(string(want)))
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("a plan changes when it is read back (-want +got):\n%s", d)
	}
	pool := p.Clusters[0].NodePools[1]
	if pool.Cluster != p.Clusters[0] || pool.NodeSubnet() == nil || pool.PodSubnet() == nil ||
		pool.NodeSubnet().VNet != p.VNets[0] {
		t.Errorf("pool is not joined to its cluster and subnets: %+v", pool)
	}
	if c := p.Clusters[1]; c.VNet() != nil || c.NodePools[0].NodeSubnet() != nil {
		t.Error("a cluster in a managed network got one")
	}
}

func TestReadRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON":       "apiVersion: aksnet/v1",
		"a spec":        `{"apiVersion": "aksnet/v1", "clusters": []}`,
		"other version": `{"apiVersion": "aksnet/v9", "kind": "Plan"}`,
		"wrong type":    `{"apiVersion": "aksnet/v1", "kind": "Plan", "vnets": {}}`,
		"null vnet":     `{"apiVersion": "aksnet/v1", "kind": "Plan", "vnets": [null]}`,
		"null subnet":   `{"apiVersion": "aksnet/v1", "kind": "Plan", "vnets": [{"subnets": [null]}]}`,
		"null cluster":  `{"apiVersion": "aksnet/v1", "kind": "Plan", "clusters": [null]}`,
		"null pool":     `{"apiVersion": "aksnet/v1", "kind": "Plan", "clusters": [{"nodePools": [null]}]}`,
	} {
		if p, err := Read(strings.NewReader(text)); err == nil {
			t.Errorf("%s: read as %+v", name, p)
		}
	}
}
