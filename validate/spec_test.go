package validate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

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
			if f.Fix == "" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(examples, r.ID, f.File))
			if err != nil {
				t.Fatal(err)
			}
			s := spec.Parse(spec.Source{Name: f.File, Data: []byte(replaced(string(data), f))})
			for _, g := range only(r.ID, s) {
				if g.Message == f.Message {
					t.Errorf("%s: %q leaves %q", r.ID, f.Fix, f.Message)
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
	lines[f.Line-1] = string(line[:f.Column-1]) + f.Fix + string(line[f.EndColumn-1:])
	return strings.Join(lines, "")
}
