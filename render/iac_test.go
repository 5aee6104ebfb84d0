package render_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
	"github.com/aksnet/aksnet/spec"
)

var updateCode = flag.Bool("update-code", false, "rewrite the goldens of infrastructure code")

// specFiles is every spec that has goldens.
func specFiles(t *testing.T) []string {
	t.Helper()
	own, err := filepath.Glob("testdata/specs/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return own
}

func graphOf(t *testing.T, file string, o resource.Options) *resource.Graph {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := spec.Parse(spec.Source{Name: filepath.Base(file), Data: data})
	for _, p := range s.Problems {
		t.Errorf("%s: %s", p.Position, p.Message)
	}
	return resource.BuildWith(plan.Build(s), o)
}

type printer struct {
	name  string
	print func(*resource.Graph, render.Options) ([]render.File, error)
}

func printers() []printer {
	return []printer{{"arm", render.ARM}, {"bicep", render.Bicep}}
}

func goldenDir(specFile string) string {
	return filepath.Join("testdata", "golden", strings.TrimSuffix(filepath.Base(specFile), ".yaml"))
}

func TestGoldenCode(t *testing.T) {
	for _, file := range specFiles(t) {
		g := graphOf(t, file, resource.Options{})
		for _, p := range printers() {
			files, err := p.print(g, render.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range files {
				checkGolden(t, filepath.Join(goldenDir(file), f.Name), f.Data)
			}
		}
	}
}

func checkGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *updateCode {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s (-want +got):\n%s", path, cmp.Diff(string(want), string(got)))
	}
}
