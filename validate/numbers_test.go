package validate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
)

// reviewed lists numbers in texts of rules that equal a limit by chance, or that state the past.
func reviewed() map[string][]string {
	return map[string][]string{
		"AKS080":  {"1,000"},      // what overlay had until 2024
		"IP018":   {"/12", "/16"}, // what Kubernetes takes, and what is usual
		"NAME001": {"63"},         // lengths of names, which are in aks.NameRules
		"NAME010": {"64"},
		"NAME011": {"80"},
		"NAME012": {"64", "80"},
		"NAME014": {"80"},
		"NAME015": {"80"},
		"NAME016": {"80"},
		"NSG004":  {"65535"},                   // the largest port
		"POOL018": {"20", "500"},               // advice about maxSurge
		"POOL019": {"20", "500"},               // advice about maxSurge
		"POOL041": {"100"},                     // the whole pool
		"IP042":   {"/64"},                     // of the documented default
		"POOL022": {"/28", "/29", "/31", "16"}, // sizes of prefixes, by arithmetic
		"VNET013": {"/24"},                     // Application Gateway for Containers, in aks.SubnetKinds
		"VNET029": {"/24", "250"},              // Application Gateway for Containers, in aks.SubnetKinds
	}
}

// typed is a number in a text, with the slash of a prefix length; dates, versions, addresses and names are no numbers.
var typed = regexp.MustCompile(`/?\b\d[\d,]*\b`)

var notNumbers = regexp.MustCompile(`\d{4}-\d\d(-\d\d)?|\d+\.\d+(\.\d+)*(/\d+)?|[A-Za-z]+\d+|\d+[A-Za-z]\w*`)

// TestNumbersComeFromFacts refuses the digits of a known limit in the text of a rule: english.Text formats the
// constant.
func TestNumbersComeFromFacts(t *testing.T) {
	known := map[string]string{}
	for _, l := range aks.Limits() {
		if l.Unit == "prefix length" {
			known["/"+strconv.Itoa(l.Value)] = l.ID
		} else if l.Value >= 16 {
			known[strconv.Itoa(l.Value)] = l.ID
		}
	}
	allowed, found := reviewed(), map[string]bool{}
	for id, text := range ruleLiterals(t) {
		for _, number := range typed.FindAllString(notNumbers.ReplaceAllString(text, ""), -1) {
			found[id+" "+number] = true
			limit, ok := known[strings.ReplaceAll(number, ",", "")]
			if ok && !slices.Contains(allowed[id], number) {
				t.Errorf(
					"%s: %s is the limit %s: format the constant of package aks with english.Text",
					id,
					number,
					limit,
				)
			}
		}
	}
	for id, numbers := range allowed {
		for _, number := range numbers {
			if !found[id+" "+number] {
				t.Errorf("%s: %s is reviewed but not in its text", id, number)
			}
		}
	}
}

// ruleLiterals returns the string literals in title, explanation and fix of each rule, by id.
func ruleLiterals(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if typ, ok := lit.Type.(*ast.Ident); ok && typ.Name == "Rule" {
				fields := ruleFields(lit)
				texts[fields["ID"]] += fields["Title"] + "\n" + fields["Explanation"] + "\n" + fields["Fix"]
			}
			return true
		})
	}
	if len(texts) < 150 {
		t.Fatalf("only %d rules", len(texts))
	}
	return texts
}

// ruleFields returns the string literals of each field of a literal, joined.
func ruleFields(lit *ast.CompositeLit) map[string]string {
	fields := map[string]string{}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		ast.Inspect(kv.Value, func(n ast.Node) bool {
			if s, ok := n.(*ast.BasicLit); ok && s.Kind == token.STRING {
				if text, err := strconv.Unquote(s.Value); err == nil {
					fields[kv.Key.(*ast.Ident).Name] += text
				}
			}
			return true
		})
	}
	return fields
}
