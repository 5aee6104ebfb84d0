package validate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestSpecFixes puts the words that the reader proposes in place of those that it points at: the finding must be gone.
func TestSpecFixes(t *testing.T) {
	fixed := 0
	for _, r := range validate.Rules() {
		if r.Family() != "SPEC" {
			continue
		}
		bad := parse(t, r.ID, "bad")
		for _, f := range only(r.ID, bad) {
			if f.Edit.Value == "" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(examples, r.ID, f.File))
			if err != nil {
				t.Fatal(err)
			}
			s := spec.Parse(spec.Source{Name: f.File, Data: []byte(replaced(string(data), f))})
			for _, g := range only(r.ID, s) {
				if g.Message == f.Message {
					t.Errorf("%s: %q leaves %q", r.ID, f.Edit.Value, f.Message)
				}
			}
			fixed++
		}
	}
	if fixed < 4 {
		t.Errorf("%d fixes tried", fixed)
	}
}

// replaced is a text with the fix of a finding where the finding stands.
func replaced(text string, f validate.Finding) string {
	lines := strings.SplitAfter(text, "\n")
	line := []rune(lines[f.Line-1])
	lines[f.Line-1] = string(line[:f.Column-1]) + f.Edit.Value + string(line[f.EndColumn-1:])
	return strings.Join(lines, "")
}

// TestOneMistakeOneFinding has mistakes whose consequences are not worth a finding of their own.
func TestOneMistakeOneFinding(t *testing.T) {
	for cluster, want := range map[string]string{
		"nodePools: [{name: system, count: three}]":                                              "SPEC004",
		"nodePools: [{name: system, count: 3, maxSurge: lots}]":                                  "SPEC012",
		"nodePools: [{name: system, count: 3, maxPods: 9999999}]":                                "SPEC012",
		"model: kubenet, networkDataplane: cilium, nodePools: [{name: system, count: 3}]":        "AKS004",
		"podCidr: 10.0.0.0/99, nodePools: [{name: system, count: 3}]":                            "SPEC006",
		"serviceCidr: 172.20.0.0/16, dnsServiceIP: 1.2.3, nodePools: [{name: system, count: 3}]": "SPEC006",
		"nodepools: [{name: system, count: 3}]":                                                  "SPEC002",
	} {
		text := "apiVersion: aksnet/v1\nclusters:\n  - {name: shop, " + cluster + "}\n"
		var got []string
		for _, f := range validate.Run(plan.Build(spec.Parse(spec.Source{Name: "spec.yaml", Data: []byte(text)})),
			validate.Options{}).Findings {
			if f.Severity > validate.Note {
				got = append(got, f.Rule)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s alone", cluster, got, want)
		}
	}
}
