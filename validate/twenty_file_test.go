package validate_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestTwentyInOneFile shows the mistakes of a whole file in one run, each at its own line and column.
func TestTwentyInOneFile(t *testing.T) {
	const dir = "../testdata/specs-bad"
	data, err := os.ReadFile(filepath.Join(dir, "twenty.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s := spec.Parse(spec.Source{Name: "twenty.yaml", Data: data})
	r := validate.Run(plan.Build(s), validate.Options{Today: exampleDay})
	var got bytes.Buffer
	rules := map[string]bool{}
	for _, f := range r.Findings {
		rules[f.Rule] = true
		fmt.Fprintf(&got, "%s: %s: %s [%s]\n", f.Where(), f.Severity, f.Message, f.Rule)
	}
	if len(rules) < 20 {
		t.Errorf("%d rules speak, want 20", len(rules))
	}
	golden(t, filepath.Join(dir, "twenty.want"), got.Bytes())
}
