package migrate_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/growth"
	"github.com/aksnet/aksnet/internal/migrate"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// FuzzQuestions asks everything about specs that are written badly: no answer may panic, and every cluster gets one.
func FuzzQuestions(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "specs", "*.yaml"))
	if err != nil || len(files) == 0 {
		f.Fatalf("no shipped specs: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, 3)
	}
	f.Add(
		[]byte("{apiVersion: aksnet/v1, clusters: [{name: a, model: pod-subnet, vnet: managed, nodePools: [{name: x, "+
			"count: 0, maxPods: -1}]}, {}]}"),
		0,
	)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		s := spec.Parse(spec.Source{Name: "x.yaml", Data: data})
		if len(s.Clusters) > 20 {
			return
		}
		p := plan.Build(s)
		if got := len(compare.Of(s).Clusters); got != len(s.Clusters) {
			t.Errorf("compared %d of %d clusters", got, len(s.Clusters))
		}
		for _, c := range p.Clusters {
			plan.AdviseEgress(c, n)
		}
		growth.Of(p, growth.Options{Rate: spec.Amount{N: max(0, n%1000), Percent: n%2 == 0}, Months: n % 40})
		for _, to := range migrate.Targets() {
			migrate.To(to, s)
		}
	})
}
