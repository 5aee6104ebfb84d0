package validate_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aksnet/aksnet/validate"
)

// exampleDay is the day on which examples run: the day the facts were read.
var exampleDay = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)

// TestCatalogue holds every literal to what a reader needs of it.
func TestCatalogue(t *testing.T) {
	id := regexp.MustCompile(`^(SPEC|NAME|IP|VNET|AKS|POOL|EGR|NSG|LIFE|LEDGER)\d{3}$`)
	seen := map[string]bool{}
	var last *validate.Rule
	for _, r := range validate.Rules() {
		if last != nil && last.Family() == r.Family() && last.ID >= r.ID {
			t.Errorf("%s stands behind %s", r.ID, last.ID)
		}
		last = r
		if !id.MatchString(r.ID) || seen[r.ID] {
			t.Errorf("%q is no id, or there twice", r.ID)
		}
		seen[r.ID] = true
		if r.Title == "" || len(r.Title) > 80 || strings.HasSuffix(r.Title, ".") {
			t.Errorf("%s: title %q", r.ID, r.Title)
		}
		if len(r.Explanation) < 40 || !strings.HasSuffix(r.Explanation, ".") {
			t.Errorf("%s: explanation %q", r.ID, r.Explanation)
		}
		if r.Fix == "" || strings.HasSuffix(r.Fix, ".") {
			t.Errorf("%s: fix %q", r.ID, r.Fix)
		}
		if !strings.HasPrefix(r.Source, "https://") || r.Since == "" || r.Severity.String() == "" {
			t.Errorf("%s: source %q, since %q, severity %q", r.ID, r.Source, r.Since, r.Severity)
		}
	}
}

// TestOnlyRulesHaveExamples finds examples of rules that are no more.
func TestOnlyRulesHaveExamples(t *testing.T) {
	folders, err := os.ReadDir(examples)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if _, ok := validate.Lookup(f.Name()); !ok {
			t.Errorf("%s is no rule", f.Name())
		}
	}
}
