package validate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/spec"
)

// familyPrefixes begin the names of the files in which the rules of a family are declared.
var familyPrefixes = map[string]string{
	"SPEC": "spec", "NAME": "name_", "IP": "ip_", "VNET": "vnet_", "AKS": "aks_", "POOL": "pool_", "EGR": "egress_",
	"NSG": "nsg", "LIFE": "life_", "LEDGER": "ledger",
}

// specIDs maps the constants of package spec to the ids of the rules that it reports.
var specIDs = map[string]string{
	"RuleSyntax": spec.RuleSyntax, "RuleUnknown": spec.RuleUnknown, "RuleDuplicate": spec.RuleDuplicate,
	"RuleType": spec.RuleType, "RuleHostBits": spec.RuleHostBits, "RuleAddress": spec.RuleAddress,
	"RuleFamily": spec.RuleFamily, "RuleWord": spec.RuleWord, "RuleRequired": spec.RuleRequired,
	"RuleVersion": spec.RuleVersion, "RuleName": spec.RuleName, "RuleRange": spec.RuleRange,
	"RuleEmpty": spec.RuleEmpty, "RuleSize": spec.RuleSize, "RuleDefaults": spec.RuleDefaults,
	"RuleForeign": spec.RuleForeign, "RuleLeftOut": spec.RuleLeftOut,
}

// house is the package's source.
type house struct {
	// rules maps the id of a rule to the file that declares it.
	rules map[string]string
	// uses lists what a file uses of other files.
	uses []use
}

// use is a name that one file uses and another one declares.
type use struct{ file, name, home string }

func TestRulesAreFoundFromTheirIDs(t *testing.T) {
	h := readHouse(t)
	for _, r := range Rules() {
		file, prefix := h.rules[r.ID], familyPrefixes[r.Family()]
		if prefix == "" || !strings.HasPrefix(file, prefix) {
			t.Errorf("%s is declared in %q, want a file that begins with %q", r.ID, file, prefix)
		}
	}
}

// TestRuleFilesShareNothing requires helpers of several families to be in the facts files.
func TestRuleFilesShareNothing(t *testing.T) {
	h := readHouse(t)
	ruleFiles := map[string]bool{}
	for _, file := range h.rules {
		ruleFiles[file] = true
	}
	for _, u := range h.uses {
		namesRules := u.file == "catalogue.go" || u.file == "waiver.go"
		if ruleFiles[u.home] && !namesRules {
			t.Errorf("%s uses %s of %s: move it to a facts file", u.file, u.name, u.home)
		}
	}
}

// emptyImports stands for every package that is imported: names of this package can be resolved without them.
type emptyImports struct{}

func (emptyImports) Import(p string) (*types.Package, error) {
	pkg := types.NewPackage(p, path.Base(p))
	pkg.MarkComplete()
	return pkg, nil
}

func readHouse(t *testing.T) house {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	h := house{rules: map[string]string{}}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
		h.findRules(f, name)
	}
	h.findUses(set, files)
	if len(h.rules) != len(Rules()) || len(h.uses) == 0 {
		t.Fatalf("%d rules found in the source, the catalogue has %d; %d uses", len(h.rules), len(Rules()), len(h.uses))
	}
	return h
}

// findRules records the rules that a file declares, as a literal or by a call of problem or ledgerRule.
func (h *house) findRules(f *ast.File, file string) {
	record := func(e ast.Expr) {
		switch e := e.(type) {
		case *ast.BasicLit:
			h.rules[strings.Trim(e.Value, `"`)] = file
		case *ast.SelectorExpr:
			h.rules[specIDs[e.Sel.Name]] = file
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "ID" {
				record(n.Value)
			}
		case *ast.CallExpr:
			if fn, ok := n.Fun.(*ast.Ident); ok && (fn.Name == "problem" || fn.Name == "ledgerRule") {
				record(n.Args[0])
			}
		}
		return true
	})
}

// findUses records what files use of other files.
func (h *house) findUses(set *token.FileSet, files []*ast.File) {
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: emptyImports{}, Error: func(error) {}}
	//nolint:errcheck // the imports are empty, so that names of them are errors
	config.Check("validate", set, files, &info)
	for id, object := range info.Uses {
		file, home := set.Position(id.Pos()).Filename, set.Position(object.Pos()).Filename
		if u := (use{file, id.Name, home}); file != home && home != "" && !slices.Contains(h.uses, u) {
			h.uses = append(h.uses, u)
		}
	}
}
