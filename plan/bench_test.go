package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// fleet is the YAML of n clusters of five pools, of all models in turn.
func fleet(n int) spec.Source {
	var b strings.Builder
	b.WriteString("apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg\naddressSpace:\n" +
		"  pools: [10.0.0.0/8]\nclusters:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - name: c%05d\n    model: %s\n    nodePools:\n", i, models[i%len(models)])
		for j := range 5 {
			fmt.Fprintf(&b, "      - {name: p%d, count: %d, maxPods: %d, maxSurge: 33%%}\n", j, 3+j, 30+j)
		}
	}
	return spec.Source{Name: "fleet.yaml", Data: []byte(b.String())}
}

func BenchmarkParse(b *testing.B) {
	for _, n := range []int{1, 100, 1000, 10000} {
		src := fleet(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				spec.Parse(src)
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{1, 100, 1000, 10000} {
		s := spec.Parse(fleet(n))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				plan.Build(s)
			}
		})
	}
}
