package test

import (
	"encoding/json"
	"go/ast"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// node is a part of the JSON Schema of a spec, as far as paths need it.
type node struct {
	Ref        string           `json:"$ref"`
	Properties map[string]*node `json:"properties"`
	Items      *node            `json:"items"`
	AnyOf      []*node          `json:"anyOf"`
	Additional any              `json:"additionalProperties"`
	Defs       map[string]*node `json:"$defs"`
}

func schemaRoot(t *testing.T) *node {
	t.Helper()
	root := &node{}
	if err := json.Unmarshal(spec.Schema(), root); err != nil {
		t.Fatal(err)
	}
	return root
}

// pathStep is one step of a path: a key, an index, or a quoted key.
var pathStep = regexp.MustCompile(`^(?:\.?([A-Za-z][\w-]*)|\[(\d+|%d)\]|\[("(?:[^"\\]|\\.)*")\])`)

// knows reports whether the schema has a place for a path that starts at n, such as "clusters[0].nodePools[1].maxPods".
func (root *node) knows(n *node, path string) bool {
	for path != "" {
		m := pathStep.FindStringSubmatch(path)
		if m == nil {
			return false
		}
		if n = root.step(n, m[1], m[2] != ""); n == nil {
			return false
		}
		path = path[len(m[0]):]
	}
	return true
}

// step returns what a key or an index of n leads to; nil when the schema has nothing there. Quoted keys are those of
// tags.
func (root *node) step(n *node, key string, index bool) *node {
	if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok {
		n = root.Defs[name]
	}
	if next := n.Properties[key]; next != nil && !index {
		return next
	}
	for _, alternative := range n.AnyOf {
		if next := root.step(alternative, key, index); next != nil {
			return next
		}
	}
	if index {
		return n.Items
	}
	if _, free := n.Additional.(map[string]any); free {
		return &node{}
	}
	return nil
}

// knownSomewhere reports whether some part of the schema has a place for the end of a path.
func (root *node) knownSomewhere(end string) bool {
	for _, n := range root.Defs {
		if root.knows(n, end) || strings.HasPrefix(end, "[") && root.inLists(n, end) {
			return true
		}
	}
	return root.knows(root, strings.TrimPrefix(end, "."))
}

func (root *node) inLists(n *node, end string) bool {
	for _, p := range n.Properties {
		if p.Items != nil && root.knows(p, end) {
			return true
		}
	}
	return false
}

// TestReportedPathsAreInTheSchema runs all rules over every example and every spec: what findings point at, and where
// their fixes belong, are places of the schema. Keys that the reader does not know have none.
func TestReportedPathsAreInTheSchema(t *testing.T) {
	root, seen := schemaRoot(t), 0
	for _, file := range pathFixtures(t) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		o := validate.Options{Today: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
		if old, err := os.ReadFile(filepath.Join(filepath.Dir(file), "old.yaml")); err == nil {
			o.Against = plan.Build(spec.Parse(spec.Source{Name: "old.yaml", Data: old}))
		}
		for _, f := range validate.Run(plan.Build(spec.Parse(spec.Source{Name: file, Data: data})), o).Findings {
			paths := []string{f.Path, f.Edit.Path}
			for _, r := range f.Related {
				paths = append(paths, r.Path)
			}
			for _, path := range paths {
				if seen++; f.Rule != spec.RuleUnknown && !root.knows(root, path) {
					t.Errorf("%s: %s points at %q, which the schema does not have", file, f.Rule, path)
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d paths", seen)
	}
}

func pathFixtures(t *testing.T) (files []string) {
	t.Helper()
	for _, pattern := range []string{"testdata/rules/*/*.yaml", "testdata/specs/*.yaml", "testdata/specs/*/*.yaml"} {
		more, err := filepath.Glob(pattern)
		if err != nil || len(more) == 0 {
			t.Fatalf("no files for %s (%v)", pattern, err)
		}
		files = append(files, more...)
	}
	return files
}

// pathEnd is a literal that is added to the path of something: ".natGateway.sku", "%s.nodePools[%d]".
var pathEnd = regexp.MustCompile(`^(?:%s)?((?:\.[a-z]\w*|\[\d+\]|\[%d\])+)$`)

// TestWrittenPathsAreInTheSchema looks at the source of every package that makes paths, also where no example leads:
// each literal that is added to a path, and each that starts one, is a chain of keys of the schema.
func TestWrittenPathsAreInTheSchema(t *testing.T) {
	root, seen := schemaRoot(t), 0
	for name, f := range goFiles(t) {
		if !within(
			name,
			[]string{"validate", "plan", "spec", "internal/compare", "internal/growth", "internal/migrate"},
		) {
			continue
		}
		for _, path := range pathLiterals(f) {
			seen++
			if m := pathEnd.FindStringSubmatch(path); m == nil && !root.knows(root, path) ||
				m != nil && !root.knownSomewhere(m[1]) {
				t.Errorf("%s: the schema has no place for %q", name, path)
			}
		}
	}
	if seen < 200 {
		t.Errorf("only %d literals", seen)
	}
}

// pathTakers are the functions whose first argument is a path.
var pathTakers = map[string]bool{
	"Reportf": true, "setAt": true, "Has": true, "Position": true, "KeyPosition": true, "indexed": true,
}

// pathLiterals returns the literals of a file that are the end of a path, by their look, or the start of one, by their
// use.
func pathLiterals(f *ast.File) (out []string) {
	literals(f, func(text string) {
		if pathEnd.MatchString(text) {
			out = append(out, text)
		}
	})
	add := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok {
			if text, err := strconv.Unquote(lit.Value); err == nil && !pathEnd.MatchString(text) {
				out = append(out, text)
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if len(n.Args) > 0 && pathTakers[calledName(n)] {
				add(n.Args[0])
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Path" {
				add(n.Value)
			}
		}
		return true
	})
	return out
}

func calledName(call *ast.CallExpr) string {
	switch fn := call.Fun.(type) {
	case *ast.Ident:
		return fn.Name
	case *ast.SelectorExpr:
		return fn.Sel.Name
	}
	return ""
}
