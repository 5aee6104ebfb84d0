package validate_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// manyClusters is a spec of so many clusters: with networks of their own, or all in one.
func manyClusters(n int, vnet string) *spec.Spec {
	var b strings.Builder
	b.WriteString("apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg\n" +
		"addressSpace: {pools: [10.0.0.0/8], podPools: [100.64.0.0/10]}\n")
	if vnet != "" {
		fmt.Fprintf(&b, "vnets: [{name: %s, addressPrefixes: [10.0.0.0/8]}]\n", vnet)
		vnet = ", vnet: " + vnet
	}
	b.WriteString("clusters:\n")
	for i := range n {
		fmt.Fprintf(
			&b,
			"  - {name: c%04d%s, nodePools: [{name: system, count: 3}, {name: apps, minCount: 1, maxCount: "+
				"20}]}\n",
			i,
			vnet,
		)
	}
	return spec.Parse(spec.Source{Name: "many.yaml", Data: []byte(b.String())})
}

// BenchmarkRun measures validation beside planning: it is to take at most twice as long.
func BenchmarkRun(b *testing.B) {
	for _, n := range []int{100, 1000, 2000} {
		for _, vnet := range []string{"", "vnet"} {
			s := manyClusters(n, vnet)
			p := plan.Build(s)
			b.Run(fmt.Sprintf("plan/%d%s", n, vnet), func(b *testing.B) {
				for b.Loop() {
					plan.Build(s)
				}
			})
			b.Run(fmt.Sprintf("validate/%d%s", n, vnet), func(b *testing.B) {
				for b.Loop() {
					validate.Run(p, validate.Options{})
				}
			})
		}
	}
}
