package test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
)

// goFiles parses the Go files of the repository that are no tests and lie outside the given folders.
func goFiles(t *testing.T, except ...string) map[string]*ast.File {
	t.Helper()
	out, err := exec.Command("git", "ls-files", "--cached", "--others", "--exclude-standard", "*.go").Output()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]*ast.File{}
	for _, name := range strings.Fields(string(out)) {
		if strings.HasSuffix(name, "_test.go") || within(name, except) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = f
	}
	if len(files) < 50 {
		t.Fatalf("only %d Go files", len(files))
	}
	return files
}

func within(name string, folders []string) bool {
	for _, folder := range folders {
		if strings.HasPrefix(name, folder+"/") {
			return true
		}
	}
	return false
}

// literals calls visit with every string literal of a file.
func literals(f *ast.File, visit func(text string)) {
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil {
				visit(text)
			}
		}
		return true
	})
}

// TestPagesAreNamedInAKS holds the addresses of Microsoft's pages to one place: package aks.
func TestPagesAreNamedInAKS(t *testing.T) {
	for name, f := range goFiles(t, "aks", "internal/armtest") {
		literals(f, func(text string) {
			for _, host := range []string{
				"https://learn.microsoft.com", "https://github.com/Azure", "https://github.com/MicrosoftDocs",
			} {
				if strings.Contains(text, host) {
					t.Errorf("%s: %q: use a page of package aks", name, text)
				}
			}
		})
	}
}

// TestPagesAreWrittenOnce holds package aks to one line an address: only pages.go joins them.
func TestPagesAreWrittenOnce(t *testing.T) {
	seen := map[string]bool{}
	for name, f := range goFiles(t) {
		if !within(name, []string{"aks"}) || name == "aks/source.go" {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			join, ok := n.(*ast.BinaryExpr)
			if !ok {
				return true
			}
			base, isName := join.X.(*ast.Ident)
			tail, isText := join.Y.(*ast.BasicLit)
			if !isName || !isText || !strings.HasPrefix(base.Name, "learn") && !strings.HasSuffix(base.Name, "Pages") {
				return true
			}
			if name != "aks/pages.go" || seen[base.Name+tail.Value] {
				t.Errorf("%s: %s + %s: name the page once, in aks/pages.go", name, base.Name, tail.Value)
			}
			seen[base.Name+tail.Value] = true
			return true
		})
	}
	if len(seen) < 80 {
		t.Errorf("only %d pages", len(seen))
	}
}

// TestErrorCodesAreNamedInAKS holds the codes that rules and apply name to those of the table.
func TestErrorCodesAreNamedInAKS(t *testing.T) {
	codes := map[string]bool{}
	for _, e := range aks.ErrorCodes() {
		codes[e.Code] = e.Code != ""
	}
	for name, f := range goFiles(t, "aks", "internal/armtest") {
		literals(f, func(text string) {
			if codes[text] {
				t.Errorf("%s: %q: use a code of package aks", name, text)
			}
		})
	}
}
