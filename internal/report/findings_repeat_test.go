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

// TestFindingsWrapAtWords checks the text at the width of a terminal: no word is broken, nothing is lost, and only a
// new finding begins at the edge.
func TestFindingsWrapAtWords(t *testing.T) {
	f := findingsOf("IP021", validate.Error, 1)
	f[0].Message = "node subnet needs 1369 addresses, and 10.0.0.0/22 has only 1019 of them that nodes can use"
	f[0].Source = "https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning"
	f[0].Advice = "use a larger subnet, or lower the node counts or maxPods"
	all := Findings{Result: validate.Result{Findings: f}}
	wide := textOf(t, all)
	for _, width := range []int{40, 60, 80, 120} {
		for _, colour := range []bool{false, true} {
			all.Width, all.Colour = width, colour
			got := textOf(t, all)
			got = strings.NewReplacer(bold, "", red, "", plain, "").Replace(got)
			if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(wide), " ") {
				t.Errorf("at %d columns, colour %v:\n%s", width, colour, got)
			}
			atEdge := 0
			for line := range strings.Lines(got) {
				if line[0] != ' ' {
					atEdge++
				}
				if displayWidth(strings.TrimSuffix(line, "\n")) > width && !strings.Contains(line, "https://") {
					t.Errorf("at %d columns: %q", width, line)
				}
			}
			if atEdge != 1 {
				t.Errorf("at %d columns %d lines begin at the edge:\n%s", width, atEdge, got)
			}
		}
	}
}
