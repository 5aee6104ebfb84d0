package aks_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// sources parses the package without its tests.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = f
	}
	return files
}

// A number that is in a constant must not be written again in the table of limits, and none may be missing there.
func TestLimitsUseConstants(t *testing.T) {
	files := sources(t)
	used := map[string]bool{}
	for _, name := range []string{"limits.go", "limits_table.go"} {
		ast.Inspect(files[name], func(n ast.Node) bool {
			if row, ok := n.(*ast.CompositeLit); ok && len(row.Elts) == 6 {
				value, ok := row.Elts[3].(*ast.Ident)
				if !ok {
					t.Errorf("%s: row %v has a number of its own", name, row.Elts[0])
					return true
				}
				used[value.Name] = true
			}
			return true
		})
	}
	for name, f := range files {
		if !strings.HasPrefix(name, "limits_") && name != "snat.go" && name != "surge.go" && name != "label.go" {
			continue
		}
		for _, constant := range numbers(f) {
			if !used[constant] {
				t.Errorf("%s: %s is not in the table of limits", name, constant)
			}
		}
	}
	if len(used) < 100 {
		t.Errorf("only %d constants in the table: %v", len(used), slices.Sorted(maps.Keys(used)))
	}
}

// numbers returns the exported constants of the file that hold a number.
func numbers(f *ast.File) []string {
	var names []string
	for _, decl := range f.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.CONST {
			continue
		}
		for _, spec := range gen.Specs {
			value := spec.(*ast.ValueSpec)
			if len(value.Values) == 0 { // the next one in a list
				continue
			}
			if lit, ok := value.Values[0].(*ast.BasicLit); ok && lit.Kind == token.INT && value.Names[0].IsExported() {
				names = append(names, value.Names[0].Name)
			}
		}
	}
	return names
}

var readDay = regexp.MustCompile(`read 20[0-9]{2}-[0-9]{2}-[0-9]{2}\)`)

// Every number that comes from Azure bears its page and the day it was read.
func TestConstantsBearSources(t *testing.T) {
	for name, f := range sources(t) {
		for _, decl := range f.Decls {
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.CONST || len(numbers(&ast.File{Decls: []ast.Decl{gen}})) == 0 {
				continue
			}
			doc := gen.Doc.Text()
			if !namesPage(doc) || !readDay.MatchString(doc) {
				t.Errorf("%s: %s has no source", name, numbers(&ast.File{Decls: []ast.Decl{gen}})[0])
			}
		}
	}
}

// pageName is a page of pages.go in a comment: [PagePlanning].
var pageName = regexp.MustCompile(`\[Page[A-Za-z0-9]+\]`)

// namesPage reports whether a comment names a page, by its constant or by its address.
func namesPage(doc string) bool {
	return pageName.MatchString(doc) || strings.Contains(doc, "https://")
}

// The package must load in no time: nothing is built at start, and nothing that a caller could change is exported.
func TestNothingBuiltAtStart(t *testing.T) {
	for name, f := range sources(t) {
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function", name)
			}
			gen, ok := decl.(*ast.GenDecl)
			if !ok || gen.Tok != token.VAR {
				continue
			}
			for _, spec := range gen.Specs {
				checkVariable(t, name, spec.(*ast.ValueSpec))
			}
		}
	}
}

func checkVariable(t *testing.T, file string, v *ast.ValueSpec) {
	t.Helper()
	for _, name := range v.Names {
		if name.IsExported() {
			t.Errorf("%s: variable %s is exported", file, name.Name)
		}
	}
	for _, value := range v.Values {
		if builtWhenAsked(value) {
			continue
		}
		ast.Inspect(value, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.CallExpr, *ast.MapType:
				t.Errorf("%s: %s is built at start", file, v.Names[0].Name)
			}
			return true
		})
	}
}

// builtWhenAsked tells whether a value is sync.OnceValue of a function literal: only the wrapper is made at start.
func builtWhenAsked(value ast.Expr) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	fn, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || fn.Sel.Name != "OnceValue" {
		return false
	}
	_, literal := call.Args[0].(*ast.FuncLit)
	return literal
}
