package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/aksnet/aksnet"

// layers is the direction of imports: a package may import those of lower layers. What lies side by side does not know of the other.
func layers() map[string]int {
	return map[string]int{
		"ipam/span": 0,
		"ipam":      1, "aks": 1,
		"spec":     2,
		"plan":     3,
		"validate": 4, "compare": 4, "growth": 4, "starter": 4, "resource": 4, "apply/estate": 4,
		"migrate": 5,
		"render":  6, "apply": 6, "apply/armtest": 6,
		"cmd": 7, "cmd/express": 7,
		"": 8,
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
		"github.com/spf13/":                        {"cmd"},
		"github.com/olekukonko/tablewriter":        {"render"},
		"github.com/Azure/azure-sdk-for-go/":       {"resource", "apply", "apply/armtest"},
		"github.com/AzureAD/":                      {"apply"},
		"net/http":                                 {"apply", "apply/armtest", "cmd"},
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
			if name, ok := local(path); pkg == "ipam" && ok && name != "ipam" && name != "ipam/span" {
				t.Errorf("ipam depends on %s", path)
			}
		}
	}
}

// TestTablewriterHasOneUser holds tablewriter to one file.
func TestTablewriterHasOneUser(t *testing.T) {
	files, err := filepath.Glob("render/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), `"github.com/olekukonko/tablewriter`) && file != filepath.Join("render", "table.go") {
			t.Errorf("%s imports tablewriter", file)
		}
	}
}

// TestNothingRunsAtStart keeps init functions out: they cost every start of the command. The one of package express saves
// more than it costs.
func TestNothingRunsAtStart(t *testing.T) {
	for _, row := range goList(t, "-f", `{{.ImportPath}} {{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}} {{end}}`, "./...") {
		name, _ := local(row[0])
		for _, file := range row[1:] {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if has := strings.Contains(string(text), "\nfunc init() {"); has != (name == "cmd/express") {
				t.Errorf("%s: init function %v", file, has)
			}
		}
	}
}

// TestExpressIsLight holds package express to what is set up before it can answer: whatever it imports has its turn first.
func TestExpressIsLight(t *testing.T) {
	heavy := []string{"fmt", "strings", "bufio", "net", "net/netip", "reflect", "unicode"}
	for _, row := range goList(t, "-deps", module+"/cmd/express") {
		name, ours := local(row[0])
		if slices.Contains(heavy, row[0]) || strings.Contains(row[0], ".") && !ours || ours && name != "cmd/express" && name != "ipam/span" {
			t.Errorf("express depends on %s", row[0])
		}
	}
	for _, row := range goList(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...") {
		if from, _ := local(row[0]); from != "" && slices.Contains(row[1:], module+"/cmd/express") {
			t.Errorf("%q imports express, which may end the process", from)
		}
	}
}
