package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/validate"
)

func textOf(t *testing.T, f Findings) string {
	t.Helper()
	var out bytes.Buffer
	if err := FindingsText(&out, f); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// findingsOf returns findings of a rule in a file, one on each line from 1.
func findingsOf(rule string, severity validate.Severity, n int) (out []validate.Finding) {
	for i := range n {
		out = append(out, validate.Finding{
			Rule: rule, Severity: severity, Message: fmt.Sprintf("message %d", i+1), File: "a.yaml", Line: i + 1, Column: 1,
		})
	}
	return out
}

func TestNotesThatRepeatAreOne(t *testing.T) {
	notes := findingsOf("EGR056", validate.Note, 1000)
	got := textOf(t, Findings{Result: validate.Result{Findings: notes}})
	want := `a.yaml:1:1: note: message 1 [EGR056]
  = 1000 notes of EGR056; the next ones:
  =   a.yaml:2:1: message 2
  =   a.yaml:3:1: message 3
  =   and 997 more; --all shows each
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	each := textOf(t, Findings{Result: validate.Result{Findings: notes}, All: true})
	if n := strings.Count(each, " note: message "); n != 1000 {
		t.Errorf("--all shows %d notes", n)
	}
}

func TestWhatIsNotCountedTogether(t *testing.T) {
	all := append(findingsOf("IP021", validate.Error, 9), findingsOf("POOL001", validate.Warning, 9)...)
	all = append(all, findingsOf("EGR058", validate.Note, mostPlaces)...)
	for i, reason := range []string{"one", "two", "three", "four"} {
		note := findingsOf("AKS109", validate.Note, i+1)[i]
		note.Waiver = &validate.Waiver{Reason: reason}
		all = append(all, note)
	}
	got := textOf(t, Findings{Result: validate.Result{Findings: all}})
	if n := strings.Count(got, "\na.yaml:") + 1; n != len(all) || strings.Contains(got, "more") {
		t.Errorf("%d of %d findings\n%s", n, len(all), got)
	}
}

func TestLeastSeverityOfText(t *testing.T) {
	all := append(findingsOf("IP021", validate.Error, 1), findingsOf("EGR058", validate.Note, 9)...)
	all = append(all, findingsOf("POOL001", validate.Warning, 1)...)
	got := textOf(t, Findings{Result: validate.Result{Findings: all}, Least: validate.Warning})
	if strings.Contains(got, "note") || !strings.Contains(got, "IP021") || !strings.Contains(got, "POOL001") {
		t.Errorf("got\n%s", got)
	}
}
