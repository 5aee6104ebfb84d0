package test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
)

// marked is a number of a hand-written page and the limit that it is: 400<!-- routes-per-table -->. Readers do not see
// the mark.
var marked = regexp.MustCompile(`(/?[0-9][0-9,]*)<!-- ([a-z0-9-]+) -->`)

// handWritten returns the pages that no command writes.
func handWritten(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("docs/*.md")
	if err != nil || len(pages) < 8 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	generated := []string{
		"docs/spec.md", "docs/models.md", "docs/changes.md", "docs/limits.md", "docs/commands.md", "docs/benchmarks.md",
	}
	pages = slices.DeleteFunc(pages, func(p string) bool { return slices.Contains(generated, p) })
	return append(pages, "README.md")
}

// TestNumbersInPages holds the marked numbers of hand-written pages to package aks, -update writes them anew, and asks
// for a mark wherever prose has a number that is a limit.
func TestNumbersInPages(t *testing.T) {
	found := 0
	for _, page := range handWritten(t) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		got := marked.ReplaceAllStringFunc(string(text), func(whole string) string {
			found++
			m := marked.FindStringSubmatch(whole)
			limit, ok := aks.LimitByID(m[2])
			if !ok {
				t.Errorf("%s: there is no limit %q", page, m[2])
				return whole
			}
			return written(limit) + "<!-- " + m[2] + " -->"
		})
		golden(t, page, got)
		prose := fence.ReplaceAllString(marked.ReplaceAllString(got, ""), "")
		for _, n := range numbersOf(prose) {
			if id, known := distinctive()[n]; known && page != "docs/ip.md" {
				t.Errorf("%s: %s is the limit %s: write %s<!-- %s -->", page, n, id, n, id)
			}
		}
	}
	if found < 4 {
		t.Errorf("only %d marked numbers", found)
	}
}

// written returns a limit as prose writes it: with commas, or with the slash of a prefix length.
func written(l aks.Limit) string {
	if l.Unit == "prefix length" {
		return "/" + strconv.Itoa(l.Value)
	}
	s := strconv.Itoa(l.Value)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// distinctive returns the limits from 100 up by their digits without commas. Smaller numbers are too often something
// else.
func distinctive() map[string]string {
	out := map[string]string{}
	for _, l := range aks.Limits() {
		if l.Unit != "prefix length" && l.Value >= 100 {
			out[strconv.Itoa(l.Value)] = l.ID
		}
	}
	return out
}

var (
	number     = regexp.MustCompile(`\b[0-9][0-9,]*\b`)
	notNumbers = regexp.MustCompile(
		"`[^`]*`|https?://[^ )>]*|[0-9]{4}-[0-9]{2}(-[0-9]{2})?|[0-9]+(\\.[0-9]+)+(/[0-9]+)?|[A-Za-z]+[0-9]+",
	)
)

// numbersOf returns the numbers of a text without commas; dates, versions, addresses, code and names are no numbers.
func numbersOf(text string) (out []string) {
	for _, n := range number.FindAllString(notNumbers.ReplaceAllString(text, ""), -1) {
		out = append(out, strings.ReplaceAll(n, ",", ""))
	}
	return out
}

// reviewedNumbers lists numbers in sentences of the code that equal a limit by chance or state the past, by file.
func reviewedNumbers() map[string][]string {
	return map[string][]string{
		"aks/errorcode_address.go":   {"256"},         // addresses of a /24, in a sentence that explains the sum
		"aks/errorcode_subnet.go":    {"65535"},       // a port
		"aks/fact.go":                {"500"},         // advice about maxSurge
		"aks/model.go":               {"250", "110"},  // what pages and the portal have said at other times
		"aks/contradiction.go":       {"1000", "250"}, // what pages said before
		"cmd/egress.go":              {"4000"},        // examples
		"cmd/ip/size.go":             {"500"},
		"cmd/ip/split.go":            {"200"},
		"internal/calc/size.go":      {"1000", "500"},
		"internal/fleet/networks.go": {"200", "4000"}, // priorities of rules
		"plan/explain_cluster.go":    {"100"},         // percent
		"spec/spec.go":               {"200"},         // an example
	}
}

// TestNumbersInSentences refuses the digits of a known limit in the sentences of the code: they are formatted from the
// constant. The texts of rules have a stricter test of their own.
func TestNumbersInSentences(t *testing.T) {
	known, reviewed := distinctive(), reviewedNumbers()
	found := map[string]bool{}
	for name, f := range goFiles(t, "validate", "internal/armtest", "internal/refusal") {
		literals(f, func(text string) {
			if !strings.Contains(text, " ") {
				return
			}
			for _, n := range numbersOf(text) {
				found[name+" "+n] = true
				if id, ok := known[n]; ok && !slices.Contains(reviewed[name], n) {
					t.Errorf("%s: %q: %s is the limit %s: format the constant of package aks", name, text, n, id)
				}
			}
		})
	}
	for name, numbers := range reviewed {
		for _, n := range numbers {
			if !found[name+" "+n] {
				t.Errorf("%s: %s is reviewed and in no sentence", name, n)
			}
		}
	}
}
