package validate

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// TestEveryRowOfEffectsIsShown requires the example of the rule to have every key of its tables once.
func TestEveryRowOfEffectsIsShown(t *testing.T) {
	want := []string{"addressPrefixes"} // of a peering
	want = append(want, keysOf(clusterEffects())...)
	want = append(want, keysOf(poolEffects())...)
	want = append(want, keysOf(subnetEffects())...)
	want = append(want, keysOf(networkEffects())...)
	data, err := os.ReadFile("../testdata/rules/AKS115/bad.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := spec.Parse(spec.Source{Name: "bad.yaml", Data: data})
	var got []string
	for _, f := range Run(plan.Build(s), Options{Only: []string{noEffect.ID}}).Findings {
		key, _, _ := strings.Cut(f.Message, " ")
		got = append(got, key)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the example shows %v, the tables have %v", got, want)
	}
}

func keysOf[T any](effects []effect[T]) (out []string) {
	for _, e := range effects {
		out = append(out, e.key)
	}
	return out
}
