package test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/validate"
)

// TestArchitectures holds validate to what Microsoft publishes: the specs of testdata/architectures have the ranges of
// reference architectures and quickstarts, which Azure accepts, so that a finding above a note must be true and named
// here.
func TestArchitectures(t *testing.T) {
	expected := map[string][]string{
		// The template has a /27, and the page of Application Gateway recommends a /24.
		"landing-zone-accelerator": {"VNET027 warning"},
		// The commands leave the delegation to the add-on. A second deployment of the subnet would take it away.
		"virtual-nodes": {"VNET014 warning"},
	}
	files, err := filepath.Glob("testdata/architectures/*.yaml")
	if err != nil || len(files) < 16 {
		t.Fatalf("%d architectures (%v)", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		t.Run(name, func(t *testing.T) {
			namesItsSource(t, file)
			if diff := cmp.Diff(expected[name], aboveNotes(t, file)); diff != "" {
				t.Errorf("findings above notes (-want +got):\n%s", diff)
			}
			if _, stderr, code := aksnet(t, "plan", file); code != 0 {
				t.Errorf("plan: exit code %d\n%s", code, stderr)
			}
		})
	}
}

// namesItsSource fails if the comment at the top of a file has no page with the day on which it was read.
func namesItsSource(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	comment, _, _ := strings.Cut(string(text), "\napiVersion:")
	if !strings.Contains(comment, "\n# https://") || !strings.Contains(comment, " (read 20") {
		t.Errorf("no line with a page and the day on which it was read:\n%s", comment)
	}
}

// aboveNotes returns the errors and warnings of a file as "VNET027 warning", sorted.
func aboveNotes(t *testing.T, file string) (got []string) {
	t.Helper()
	stdout, stderr, code := aksnet(t, "validate", "-o", "json", file)
	if code > 1 {
		t.Fatalf("validate: exit code %d\n%s", code, stderr)
	}
	var report struct{ Findings []validate.Finding }
	if err := json.Unmarshal([]byte(stdout), &report); err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.Severity > validate.Note {
			got = append(got, f.Rule+" "+f.Severity.String())
		}
	}
	slices.Sort(got)
	return got
}
