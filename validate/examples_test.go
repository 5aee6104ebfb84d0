package validate_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

var update = flag.Bool("update", false, "rewrite the expected output")

const examples = "../testdata/rules"

// parse reads an example of a rule, "bad" or "good": one file, or several when others stand beside it as bad-1.yaml.
func parse(t *testing.T, id, name string, edits ...spec.Edit) *spec.Spec {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(examples, id, name+"*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s.yaml for %s (%v)", name, id, err)
	}
	var sources []spec.Source
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, spec.Source{Name: filepath.Base(file), Data: data})
	}
	s, err := spec.ParseWith(edits, sources...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// only runs one rule over a spec. A rule about changes has an old.yaml to compare with.
func only(id string, s *spec.Spec) []validate.Finding {
	o := validate.Options{Only: []string{id}, Today: exampleDay}
	if old, err := os.ReadFile(filepath.Join(examples, id, "old.yaml")); err == nil {
		o.Against = plan.Build(spec.Parse(spec.Source{Name: "old.yaml", Data: old}))
	}
	return validate.Run(plan.Build(s), o).Findings
}

// TestExamples holds every rule to its example: the bad spec gives exactly the findings of want, the good one none.
func TestExamples(t *testing.T) {
	for _, r := range validate.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			bad := parse(t, r.ID, "bad")
			var got bytes.Buffer
			if err := render.FindingsText(&got, bad, only(r.ID, bad), render.FindingsOptions{}); err != nil {
				t.Fatal(err)
			}
			if got.Len() == 0 {
				t.Errorf("bad.yaml gives no finding")
			}
			golden(t, filepath.Join(examples, r.ID, "want"), got.Bytes())

			good := parse(t, r.ID, "good")
			for _, f := range only(r.ID, good) {
				t.Errorf("good.yaml: %s: %s", f.Where(), f.Message)
			}
		})
	}
}

func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// TestFixes puts the value that a finding proposes into the spec: the finding must be gone.
func TestFixes(t *testing.T) {
	for _, r := range validate.Rules() {
		t.Run(r.ID, func(t *testing.T) {
			bad := parse(t, r.ID, "bad")
			for _, f := range only(r.ID, bad) {
				if f.Fix == "" || r.Family() == "SPEC" {
					continue
				}
				path := f.Path
				if f.FixPath != "" {
					path = f.FixPath
				}
				fixed := parse(t, r.ID, "bad", spec.Edit{Path: path, Value: f.Fix})
				for _, p := range fixed.Problems {
					t.Errorf("%s = %s: %s", path, f.Fix, p.Message)
				}
				for _, g := range only(r.ID, fixed) {
					if g.Path == f.Path && g.Message == f.Message {
						t.Errorf("%s = %s leaves %q", path, f.Fix, f.Message)
					}
				}
			}
		})
	}
}

// followUps is the rules that a fix leaves to be followed: renaming a network leaves the references to it.
var followUps = map[string]string{"NAME010": "VNET006"}

// TestFixesDoNoHarm puts the values that findings propose into the spec: no other rule may find more than before.
func TestFixesDoNoHarm(t *testing.T) {
	for _, r := range validate.Rules() {
		switch r.Family() {
		case "NAME", "IP", "VNET":
		default:
			continue
		}
		bad := parse(t, r.ID, "bad")
		before := counts(bad)
		for _, f := range only(r.ID, bad) {
			if f.Fix == "" {
				continue
			}
			path := f.Path
			if f.FixPath != "" {
				path = f.FixPath
			}
			for rule, n := range counts(parse(t, r.ID, "bad", spec.Edit{Path: path, Value: f.Fix})) {
				if n > before[rule] && followUps[r.ID] != rule {
					t.Errorf("%s: %s = %s makes %s find more", r.ID, path, f.Fix, rule)
				}
			}
		}
	}
}

// counts is how many errors and warnings each rule finds.
func counts(s *spec.Spec) map[string]int {
	out := map[string]int{}
	for _, f := range validate.Run(plan.Build(s), validate.Options{Today: exampleDay}).Findings {
		if f.Severity > validate.Note {
			out[f.Rule]++
		}
	}
	return out
}
