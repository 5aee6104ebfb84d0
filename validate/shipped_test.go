package validate_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestShippedSpecs raises no false alarm: the specs that come with aksnet have notes at most.
func TestShippedSpecs(t *testing.T) {
	const root = "../testdata/specs"
	entries, err := os.ReadDir(root)
	if err != nil || len(entries) == 0 {
		t.Fatalf("no specs (%v)", err)
	}
	for _, e := range entries {
		var sources []spec.Source
		err := filepath.WalkDir(filepath.Join(root, e.Name()), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") {
				return err
			}
			data, err := os.ReadFile(path)
			sources = append(sources, spec.Source{Name: filepath.Base(path), Data: data})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range validate.Run(plan.Build(spec.Parse(sources...)), validate.Options{Today: exampleDay}).Findings {
			if f.Severity > validate.Note {
				t.Errorf("%s: %s: %s [%s]", f.Where(), f.Severity, f.Message, f.Rule)
			}
		}
	}
}
