package test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/refusal"
	"github.com/aksnet/aksnet/validate"
)

// expectation is what aksnet must say to the request of a record of testdata/refusals.
type expectation struct {
	// Findings are findings that must be there, beside others.
	Findings []expectedFinding
	// Clean forbids errors and warnings beside Findings.
	Clean bool
	// Never lists rules that must not speak.
	Never []string
	// Runs are further commands with the spec as their file, and words that their output must have.
	Runs []struct {
		Args  string
		Says  []string
		Never []string
	}
}

// expectedFinding describes a finding; what is empty matches everything.
type expectedFinding struct {
	Rule, Severity string
	// Path is the beginning of the path.
	Path string
	// Says are words of the message, the sums or the advice.
	Says []string
	// Code, Wants and Has are of the answer that the finding predicts.
	Code       string
	Wants, Has int
}

func (e expectedFinding) matches(f validate.Finding) bool {
	text := strings.Join(append([]string{f.Message, f.Advice, f.Edit.Value}, f.Sums...), "\n")
	for _, words := range e.Says {
		if !strings.Contains(text, words) {
			return false
		}
	}
	code, wants, has := "", 0, 0
	if f.AzureError != nil {
		code, wants, has = f.AzureError.Code, f.AzureError.Wants, f.AzureError.Has
	}
	return (e.Rule == "" || e.Rule == f.Rule) && (e.Severity == "" || e.Severity == f.Severity.String()) &&
		strings.HasPrefix(f.Path, e.Path) && (e.Code == "" || e.Code == code) &&
		(e.Wants == 0 || e.Wants == wants) && (e.Has == 0 || e.Has == has)
}

// TestRefusals runs aksnet over every request of the public record in testdata/refusals, and holds what it says to what
// Azure did.
func TestRefusals(t *testing.T) {
	t.Setenv("AKSNET_CONFIG", "")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	records, err := refusal.Records()
	if err != nil {
		t.Fatal(err)
	}
	if len(records) < 35 {
		t.Errorf("only %d records", len(records))
	}
	for _, r := range records {
		t.Run(r.Name, func(t *testing.T) {
			folder := filepath.Join("testdata", "refusals", r.Name)
			want := readExpectation(t, filepath.Join(folder, "refusal.yaml"))
			checkRecord(t, r, want)
			checkFindings(t, r, want, recordFindings(t, folder))
			for _, run := range want.Runs {
				out, errs, _ := aksnet(t, append(strings.Fields(run.Args), filepath.Join(folder, "spec.yaml"))...)
				for _, words := range run.Says {
					if !strings.Contains(out+errs, words) {
						t.Errorf("aksnet %s does not say %q:\n%s%s", run.Args, words, out, errs)
					}
				}
				for _, words := range run.Never {
					if strings.Contains(out+errs, words) {
						t.Errorf("aksnet %s says %q:\n%s%s", run.Args, words, out, errs)
					}
				}
			}
		})
	}
}

func readExpectation(t *testing.T, path string) expectation {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Expect expectation }
	if err := yaml.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Expect
}

// checkRecord holds a record to what every record has, and its text to what explain recognises.
func checkRecord(t *testing.T, r refusal.Record, want expectation) {
	t.Helper()
	if r.Story == "" || r.Date == "" || len(r.Sources) == 0 {
		t.Errorf("a record has a story, a date and sources: %+v", r)
	}
	if len(want.Findings)+len(want.Runs) == 0 && !want.Clean {
		t.Error("nothing is expected")
	}
	if r.Code != "" {
		if _, known := aks.ErrorCodeOf(r.Code); !known {
			t.Errorf("code %s is not in the table of answers", r.Code)
		}
	}
	if r.Text == "" {
		return
	}
	answers := refusal.Read([]byte(r.Text))
	if !slices.ContainsFunc(answers, func(a refusal.Answer) bool { return a.Known && a.Code == r.Code }) {
		t.Errorf("explain does not recognise %s in %q: %+v", r.Code, r.Text, answers)
	}
}

// recordFindings validates the request of a record, as a change where the record has an older spec.
func recordFindings(t *testing.T, folder string) []validate.Finding {
	t.Helper()
	args := []string{"validate", "-o", "json", filepath.Join(folder, "spec.yaml")}
	if old := filepath.Join(folder, "old.yaml"); fileExists(old) {
		args = append(args, "--against", old)
	}
	out, errs, code := aksnet(t, args...)
	if code > 1 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var result struct{ Findings []validate.Finding }
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		t.Fatal(err)
	}
	return result.Findings
}

func checkFindings(t *testing.T, r refusal.Record, want expectation, got []validate.Finding) {
	t.Helper()
	expected := func(f validate.Finding) bool {
		return slices.ContainsFunc(want.Findings, func(e expectedFinding) bool { return e.matches(f) })
	}
	for _, e := range want.Findings {
		if !slices.ContainsFunc(got, e.matches) {
			t.Errorf("no finding like %+v", e)
		}
	}
	for _, f := range got {
		if slices.Contains(want.Never, f.Rule) || want.Clean && f.Severity != validate.Note && !expected(f) {
			t.Errorf("%s: %s: %s", f.Severity, f.Rule, f.Message)
		}
	}
	confirms := func(f validate.Finding) bool {
		return f.Rule == r.Rule && (r.Code == "" || f.AzureError == nil || f.AzureError.Code == r.Code)
	}
	if r.Rule != "" && !slices.ContainsFunc(got, confirms) {
		t.Errorf("%s does not find it, or predicts another answer than %q", r.Rule, r.Code)
	}
}
