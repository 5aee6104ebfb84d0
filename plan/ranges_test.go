package plan_test

import (
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// What Free proposes for the size that a cluster has is what the planner chose.
func TestFreeAgreesWithThePlanner(t *testing.T) {
	const cluster = `clusters: [{name: a, vnet: v, nodePools: [{name: p, count: 3}]}]
vnets: [{name: v, addressPrefixes: [10.2.0.0/16]}]
`
	tests := []struct{ name, spec string }{
		{"defaults", cluster},
		{"kubenet", `clusters: [{name: a, model: kubenet, nodePools: [{name: p, count: 3}]}]`},
		{"defaults taken", cluster + `addressSpace: {reserved: [{name: r, addressPrefix: 10.0.0.0/8}]}`},
		{"pools", cluster + `addressSpace: {podPools: [100.80.0.0/12], servicePools: [172.21.0.0/16]}`},
		{
			"pools that networks share",
			cluster + `addressSpace: {pools: [10.0.0.0/8], podPools: [10.0.0.0/8], servicePools: [10.0.0.0/8]}`,
		},
		{"managed network", `clusters: [{name: a, vnet: managed, nodePools: [{name: p, count: 3}]}]`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := plan.Build(
				spec.Parse(spec.Source{Name: "test.yaml", Data: []byte("apiVersion: aksnet/v1\n" + tt.spec)}),
			)
			c, ranges := p.Clusters[0], plan.NewRanges(p)
			if got, ok := ranges.Free(c, aks.UseService, c.ServiceCIDR.Bits()); !ok || got != c.ServiceCIDR {
				t.Errorf("free for Services: %s, the planner took %s", got, c.ServiceCIDR)
			}
			if got, ok := ranges.Free(c, aks.UsePod, c.PodCIDR.Bits()); !ok || got != c.PodCIDR {
				t.Errorf("free for pods: %s, the planner took %s", got, c.PodCIDR)
			}
		})
	}
}

// kubenet clusters of one network must not have overlapping pod CIDRs; other clusters may.
func TestFreeAvoidsSiblings(t *testing.T) {
	const text = `apiVersion: aksnet/v1
vnets: [{name: v, addressPrefixes: [10.2.0.0/16]}]
clusters:
  - {name: a, vnet: v, model: kubenet, nodePools: [{name: p, count: 3}]}
  - {name: b, vnet: v, model: kubenet, nodePools: [{name: p, count: 3}]}
`
	p := plan.Build(spec.Parse(spec.Source{Name: "test.yaml", Data: []byte(text)}))
	first, second := p.Clusters[0], p.Clusters[1]
	got, ok := plan.NewRanges(p).Free(second, aks.UsePod, first.PodCIDR.Bits())
	if !ok || got.Overlaps(first.PodCIDR) {
		t.Errorf("free: %s, which the first cluster has (%s)", got, first.PodCIDR)
	}
}
