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

var update = flag.Bool("update", false, "rewrite the goldens of infrastructure code")

// codeCase is one plan as infrastructure code.
type codeCase struct {
	name  string
	plan  *plan.Plan
	graph *resource.Graph
}

func (c codeCase) arm(t *testing.T) []byte { return c.print(t, render.ARM)[0].Data }

func (c codeCase) bicep(t *testing.T) []render.File { return c.print(t, render.Bicep) }

func (c codeCase) print(t *testing.T, p func(*resource.Graph, render.Options) ([]render.File, error)) []render.File {
	t.Helper()
	files, err := p(c.graph, render.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// everything asks for all that a graph can hold.
func everything() resource.Options {
	return resource.Options{Lockdown: true, RoleAssignments: true, Clusters: true}
}

// codeCases returns every shipped spec, plain and with everything.
func codeCases(t *testing.T) (cases []codeCase) {
	t.Helper()
	paths, err := filepath.Glob("../testdata/specs/*")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no specs: %v", err)
	}
	for _, path := range paths {
		plain := codeCaseOf(t, path)
		cases = append(cases, plain, codeCase{
			plain.name + "+everything", plain.plan, resource.BuildWith(plain.plan, everything()),
		})
	}
	return cases
}

// codeCaseOf reads a spec: a file, or a folder of files.
func codeCaseOf(t *testing.T, path string) codeCase {
	t.Helper()
	name := strings.TrimSuffix(filepath.Base(path), ".yaml")
	p := planOf(t, path)
	return codeCase{name, p, resource.Build(p)}
}

func planOf(t *testing.T, path string) *plan.Plan {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(path, "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		files = []string{path}
	}
	var sources []spec.Source
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, spec.Source{Name: filepath.Base(file), Data: data})
	}
	s := spec.Parse(sources...)
	for _, p := range s.Problems {
		t.Errorf("%s: %s", p.Position, p.Message)
	}
	return plan.Build(s)
}

type printer struct {
	name string
	// dir is the folder of its golden files in that of the case.
	dir   string
	print func(*resource.Graph, render.Options) ([]render.File, error)
}

func printers() []printer {
	return []printer{
		{"arm", "", render.ARM}, {"bicep", "", render.Bicep}, {"azcli", "", render.AzCLI},
		{"terraform", "", render.Terraform}, {"azurerm", "azurerm", render.AzureRM},
		{"azcli commands", "commands", render.AzCLICommands},
	}
}

func goldenDir(c codeCase) string { return filepath.Join("..", "testdata", "golden", c.name) }

// hasGolden leaves out what is checked without being kept: most specs with everything.
func hasGolden(c codeCase) bool {
	_, err := os.Stat(goldenDir(c))
	return err == nil || !strings.HasSuffix(c.name, "+everything")
}

func TestGoldenCode(t *testing.T) {
	for _, c := range codeCases(t) {
		if !hasGolden(c) {
			continue
		}
		for _, p := range printers() {
			for _, f := range c.print(t, p.print) {
				checkGolden(t, filepath.Join(goldenDir(c), p.dir, filepath.FromSlash(f.Name)), f.Data)
			}
		}
	}
}

func checkGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
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
