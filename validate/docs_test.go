package validate_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/validate"
)

// TestDocs holds docs/rules.md to the rules and to what their examples print today.
func TestDocs(t *testing.T) {
	var page bytes.Buffer
	if err := report.RulesPage(&page, ruleExamples(t)); err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("..", "docs", "rules.md"), page.Bytes())
}

func ruleExamples(t *testing.T) (out []report.RuleExample) {
	for _, r := range validate.Rules() {
		e := report.RuleExample{Rule: r}
		bad := parse(t, r.ID, "bad")
		names := bad.Files()
		if _, err := os.Stat(filepath.Join(examples, r.ID, "old.yaml")); err == nil {
			names = append([]string{"old.yaml"}, names...)
		}
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(examples, r.ID, name))
			if err != nil {
				t.Fatal(err)
			}
			e.Files = append(e.Files, report.ExampleFile{Name: name, Text: string(data)})
		}
		var text bytes.Buffer
		if err := report.FindingsText(&text,
			report.Findings{Result: validate.Result{Findings: only(r.ID, bad)}, Spec: bad}); err != nil {
			t.Fatal(err)
		}
		e.Output = text.String()
		out = append(out, e)
	}
	return out
}
