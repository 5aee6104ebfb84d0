package test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// TestMistakes holds the messages for mistakes that people make to the ones that were read and found good.
func TestMistakes(t *testing.T) {
	file := filepath.Join("testdata", "mistakes.txtar")
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if name, ok := strings.CutSuffix(f.Name, ".yaml"); ok {
			got.Files = append(got.Files, f, txtar.File{Name: name + ".want", Data: findingsOf(f.Data)})
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	for _, f := range got.Files {
		if string(f.Data) != want[f.Name] {
			t.Errorf("%s:\n%swant\n%s", f.Name, f.Data, want[f.Name])
		}
	}
}

// findingsOf returns the errors and warnings about a spec, one a line.
func findingsOf(text []byte) []byte {
	p := plan.Build(spec.Parse(spec.Source{Name: "aksnet.yaml", Data: text}))
	var out []byte
	for _, f := range validate.Run(p, validate.Options{}).Findings {
		if f.Severity > validate.Note {
			out = fmt.Appendf(out, "%d:%d %s %s\n", f.Line, f.Column, f.Rule, f.Message)
		}
	}
	return out
}
