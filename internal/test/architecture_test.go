package test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/aksnet/aksnet"

// layers is the direction of imports: a package may import those of lower layers. Packages of the same layer do not
// import each other.
func layers() map[string]int {
	return map[string]int{
		"internal/english": 0, "internal/fleet": 0, "internal/printable": 0, "internal/cirunner": 0, "testdata": 0,
		"ipam": 1, "aks": 1, "internal/shell": 1, "internal/filekind": 1,
		"spec":     2,
		"plan":     3,
		"validate": 4, "resource": 4,
		"internal/refusal": 4, "internal/calc": 4, "internal/compare": 4, "internal/growth": 4,
		"internal/starter": 4, "internal/importer": 4, "internal/ledger": 4,
		"render": 5, "internal/migrate": 5, "internal/apply": 5, "internal/armtest": 5,
		"internal/report": 6,
		"cmd/cli":         7,
		"cmd/ip":          8,
		"cmd":             9,
		"":                10, "internal/test": 10, "scripts/bench-fleet": 10,
	}
}

// goList lists packages with their imports: the line is the package and what the template names.
func goList(t *testing.T, args ...string) [][]string {
	t.Helper()
	c := exec.Command("go", append([]string{"list"}, args...)...)
	c.Env = append(os.Environ(), "GOFLAGS=-mod=readonly")
	c.Stderr = os.Stderr
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(out)) {
		rows = append(rows, strings.Fields(line))
	}
	return rows
}

func local(path string) (name string, ok bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

func TestImportsPointDown(t *testing.T) {
	known := layers()
	for _, row := range goList(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...") {
		from, _ := local(row[0])
		layer, ok := known[from]
		if !ok {
			t.Errorf("package %q has no layer here", from)
			continue
		}
		for _, path := range row[1:] {
			if to, ok := local(path); ok && known[to] >= layer {
				t.Errorf("%q imports %q, which is not below it", from, to)
			}
		}
	}
}

// TestWhoImportsWhat keeps libraries in the one place that knows them.
func TestWhoImportsWhat(t *testing.T) {
	owners := map[string][]string{
		"github.com/spf13/":                 {"cmd", "cmd/cli", "cmd/ip"},
		"github.com/olekukonko/tablewriter": {"internal/report"},
		"github.com/Azure/azure-sdk-for-go/": {
			"resource",
			"internal/apply",
			"internal/armtest",
			"internal/importer",
			"internal/ledger",
		},
		"github.com/AzureAD/": {"internal/apply"},
		"net/http":            {"internal/apply", "internal/armtest", "cmd"},
		"github.com/santhosh-tekuri/jsonschema/v6": {},
	}
	for _, row := range goList(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...") {
		from, _ := local(row[0])
		for _, path := range row[1:] {
			for library, allowed := range owners {
				if strings.HasPrefix(path, library) && !slices.Contains(allowed, from) {
					t.Errorf("%q imports %s", from, path)
				}
			}
		}
	}
}

// TestHotPathHasNoSDK looks at everything that the packages of the plan pull in.
func TestHotPathHasNoSDK(t *testing.T) {
	for _, pkg := range []string{"ipam", "aks", "spec", "plan", "validate"} {
		for _, row := range goList(t, "-deps", "-f", "{{.ImportPath}}", module+"/"+pkg) {
			path := row[0]
			if strings.Contains(path, "Azure/") || path == "net/http" || path == "os/exec" {
				t.Errorf("%s depends on %s", pkg, path)
			}
			if name, ok := local(path); pkg == "ipam" && ok && name != "ipam" {
				t.Errorf("ipam depends on %s", path)
			}
		}
	}
}

// TestTablewriterHasOneUser holds tablewriter to one file.
func TestTablewriterHasOneUser(t *testing.T) {
	files, err := filepath.Glob("internal/report/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"github.com/olekukonko/tablewriter`) &&
			file != filepath.Join("internal", "report", "table.go") {
			t.Errorf("%s imports tablewriter", file)
		}
	}
}

// TestNothingRunsAtStart keeps init functions out: they cost every start of the command.
func TestNothingRunsAtStart(t *testing.T) {
	for _, row := range goList(t, "-f", `{{.ImportPath}} {{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}} {{end}}`, "./...") {
		for _, file := range row[1:] {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "\nfunc init() {") {
				t.Errorf("%s has an init function", file)
			}
		}
	}
}
