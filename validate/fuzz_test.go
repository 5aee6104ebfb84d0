package validate_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// exampleFiles returns the text of every bad example.
func exampleFiles(tb testing.TB) (out [][]byte) {
	files, err := filepath.Glob(filepath.Join(examples, "*", "bad*.yaml"))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no examples (%v)", err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		out = append(out, data)
	}
	return out
}

// FuzzRun changes the examples of all rules: no rule panics, and every finding points into the file.
func FuzzRun(f *testing.F) {
	for _, data := range exampleFiles(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		runAll(t, data)
	})
}

// runAll validates a text and prints what is found, and fails when a finding points outside of the text.
func runAll(t *testing.T, data []byte) {
	t.Helper()
	s := spec.Parse(spec.Source{Name: "fuzz.yaml", Data: data})
	r := validate.Run(plan.Build(s), validate.Options{})
	lines := bytes.Count(data, []byte("\n")) + 1
	for _, f := range r.Findings {
		if f.Line > lines || f.Line < 0 || f.Column < 0 || f.EndColumn < f.Column {
			t.Errorf("%s at %d:%d-%d, the text has %d lines", f.Rule, f.Line, f.Column, f.EndColumn, lines)
		}
		if f.Message == "" || !utf8.ValidString(f.Rule) {
			t.Errorf("%s has no message", f.Rule)
		}
	}
	if err := report.FindingsText(io.Discard, report.Findings{Result: r, Spec: s, Colour: true}); err != nil {
		t.Error(err)
	}
	if err := report.FindingsJSON(io.Discard, report.Findings{Result: r}); err != nil {
		t.Error(err)
	}
}

// TestMutations runs all rules over the examples with one line missing or without its value, in turn.
func TestMutations(t *testing.T) {
	for _, data := range exampleFiles(t) {
		lines := bytes.SplitAfter(data, []byte("\n"))
		for i, line := range lines {
			var changed []byte
			if key, _, ok := bytes.Cut(line, []byte(":")); ok && i%2 == 0 {
				changed = append(bytes.Clone(key), ":\n"...)
			}
			runAll(t, bytes.Join([][]byte{bytes.Join(lines[:i], nil), changed, bytes.Join(lines[i+1:], nil)}, nil))
		}
	}
}
