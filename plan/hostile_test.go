package plan_test

import (
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// TestOverlappingPrefixes plans networks whose address prefixes overlap, with pins and addresses of Services that move
// what was placed. Azure rejects such a network; a rule says so, and the plan must be made all the same.
func TestOverlappingPrefixes(t *testing.T) {
	for _, text := range []string{
		"vnets: [{name: v, addressPrefixes: [10.2.0.0/16, 10.2.1.0/24], subnets: [{name: a, prefixLength: 24}, " +
			"{name: b, prefixLength: 24}, {name: c, addressPrefix: 10.2.0.0/23}]}]\nclusters: []",
		"vnets: [{name: v, addressPrefixes: [10.2.1.0/24, 10.2.0.0/16], subnets: [{name: a, prefixLength: 29}, " +
			"{name: c, addressPrefix: 10.2.0.0/20}]}]\nclusters: []",
		"vnets: [{name: v, prefixLength: 20, subnets: [{name: c, addressPrefix: 10.128.0.0/9}]}]\nclusters: [{name: a, " +
			"vnet: v, services: {staticIPs: [10.128.0.9]}, nodePools: [{name: p, count: 1}]}]",
		"addressSpace: {pools: [10.0.0.0/8, 10.0.0.0/29, 10.0.0.0/31]}\nclusters: [{name: a, " +
			"services: {staticIPs: [10.0.0.9]}, nodePools: [{name: p, count: 1}]}]",
	} {
		for _, repack := range []bool{false, true} {
			s := spec.Parse(spec.Source{Name: "a.yaml", Data: []byte("apiVersion: aksnet/v1\n" + text + "\n")})
			if p := plan.BuildWith(s, plan.Options{Repack: repack}); len(p.VNets) == 0 {
				t.Errorf("no network: %s", text)
			}
		}
	}
}
