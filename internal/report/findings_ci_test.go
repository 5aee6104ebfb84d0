package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

var updateFindings = flag.Bool("update-findings", false, "rewrite the goldens of findings")

// ciSpec has findings of all severities, a waived one, a fix in quotes, and text that formats could trip over.
const ciSpec = `apiVersion: aksnet/v1
location: westeurope
waivers:
  - {rule: POOL004, path: "clusters[0]", reason: "a lab, 100% <ours> & \"cheap\"", until: 2027-01-31}
clusters:
  - name: shop
    kubernetesVersion: "1.27"
    model: pod-subnet
    podIPAllocationMode: StaticBlock
    networkPolicy: cilium
    privateDNSZone: "a,b::c%0A\u001b[31m<x>"
    loadBalancerProfile: {managedOutboundIPs: 1, allocatedOutboundPorts: 64000, idleTimeoutInMinutes: 110}
    nodePools:
      - {name: system, count: 1, maxPods: 300}
`

func ciFindings(t testing.TB, before ...spec.Source) (*spec.Spec, validate.Result) {
	t.Helper()
	s := spec.Parse(append(before, spec.Source{Name: "teams/a,b: 50%.yaml", Data: []byte(ciSpec)})...)
	r := validate.Run(plan.Build(s), validate.Options{Only: []string{"AKS", "POOL", "EGR"}})
	if len(r.Findings) < 7 || r.Summary.Errors == 0 || r.Summary.Warnings == 0 || r.Summary.Notes == 0 {
		t.Fatalf("the example lost its findings: %+v", r.Summary)
	}
	return s, r
}

func ciGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "findings", name)
	if *updateFindings {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s (-want +got):\n%s", name, d)
	}
}

func TestFindingsGitHub(t *testing.T) {
	_, r := ciFindings(t)
	var out bytes.Buffer
	if err := FindingsGitHub(&out, Findings{Result: r}); err != nil {
		t.Fatal(err)
	}
	ciGolden(t, "github", out.Bytes())
}

func TestFindingsJUnit(t *testing.T) {
	s, r := ciFindings(t, spec.Source{Name: "clean.yaml", Data: []byte("apiVersion: aksnet/v1\n")})
	var out bytes.Buffer
	if err := FindingsJUnit(&out, Findings{Result: r, Spec: s, FailOn: validate.Error}); err != nil {
		t.Fatal(err)
	}
	ciGolden(t, "junit.xml", out.Bytes())
	var read junitSuites
	if err := xml.Unmarshal(out.Bytes(), &read); err != nil {
		t.Fatal(err)
	}
	if read.Failures != r.Summary.Errors || read.Tests != len(r.Findings)+1 || read.Skipped != 1 {
		t.Errorf("%d tests, %d failures, %d skipped; findings: %+v", read.Tests, read.Failures, read.Skipped, r.Summary)
	}
}

func TestFindingsSARIF(t *testing.T) {
	s, r := ciFindings(t)
	var out bytes.Buffer
	if err := FindingsSARIF(&out, Findings{Result: r, Spec: s, Version: "v0.1.0"}); err != nil {
		t.Fatal(err)
	}
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []map[string]any
		}
	}
	if err := json.Unmarshal(out.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range r.Findings {
		found[f.Rule] = true
	}
	if got, want := len(log.Runs[0].Tool.Driver.Rules), len(found); got != want {
		t.Errorf("%d rules in the log, %d with findings", got, want)
	}
	// The index of a rule moves with the rules that find something: it is compared here, and not with the golden.
	for _, result := range log.Runs[0].Results {
		if i, ok := result["ruleIndex"].(float64); !ok || log.Runs[0].Tool.Driver.Rules[int(i)].ID != result["ruleId"] {
			t.Errorf("%v: index %v", result["ruleId"], result["ruleIndex"])
		}
		delete(result, "ruleIndex")
	}
	results, err := json.MarshalIndent(log.Runs[0].Results, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	ciGolden(t, "sarif-results.json", append(results, '\n'))
	checkSARIF(t, out.Bytes())
}

func TestSARIFOfAllRules(t *testing.T) {
	s, r := ciFindings(t)
	var out bytes.Buffer
	if err := FindingsSARIF(&out, Findings{Result: r, Spec: s, AllRules: true}); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Count(out.String(), `"shortDescription"`), len(validate.Rules()); got != want {
		t.Errorf("%d rules in the log, %d in the catalogue", got, want)
	}
	checkSARIF(t, out.Bytes())
}

// TestGitHubShowsTheWorstFirst checks the order of annotations, and the notice about those that GitHub leaves out.
func TestGitHubShowsTheWorstFirst(t *testing.T) {
	for n, notices := range map[int]int{githubAnnotations: 0, githubAnnotations + 1: 1} {
		all := append(findingsOf("EGR056", validate.Note, 1), findingsOf("POOL001", validate.Warning, n)...)
		all = append(all, findingsOf("IP021", validate.Error, 1)...)
		r := validate.Result{Findings: all, Summary: validate.Summary{Errors: 1, Warnings: n, Notes: 1}}
		var out bytes.Buffer
		if err := FindingsGitHub(&out, Findings{Result: r}); err != nil {
			t.Fatal(err)
		}
		want := strings.Repeat("::notice ", notices) + "::error " + strings.Repeat("::warning ", n) + "::notice "
		got := ""
		for line := range strings.Lines(out.String()) {
			got += line[:strings.IndexByte(line, ' ')+1]
		}
		if got != want {
			t.Errorf("%d warnings: %s, want %s", n, got, want)
		}
		if notices > 0 && !strings.HasPrefix(out.String(), "::notice title=aksnet::1 error, 11 warnings, 1 note: GitHub ") {
			t.Errorf("the notice is %.200s", out.String())
		}
		if all[0].Severity != validate.Note {
			t.Error("the findings of the caller were sorted")
		}
	}
}

// checkSARIF holds a log to the official schema, through a reader of somebody else that carries it. The reader must not
// lose anything: else it would check less than was written.
func checkSARIF(t *testing.T, text []byte) {
	t.Helper()
	read, err := sarif.FromBytes(text)
	if err != nil {
		t.Fatal(err)
	}
	// The reader adds these with values that the schema refuses.
	for _, run := range read.Runs {
		run.Language, run.Tool.Driver.Language, run.NewlineSequences = "en-US", "en-US", []string{"\n"}
	}
	if err := read.Validate(); err != nil {
		t.Error(err)
	}
	again, err := json.Marshal(read)
	if err != nil {
		t.Fatal(err)
	}
	var before, after any
	if err := json.Unmarshal(text, &before); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(again, &after); err != nil {
		t.Fatal(err)
	}
	if lost := missing(before, after, "$"); lost != "" {
		t.Errorf("the reader loses %s", lost)
	}
}

// missing returns a path in a that b does not have with the same value; empty when there is none.
func missing(a, b any, at string) string {
	switch x := a.(type) {
	case map[string]any:
		y, _ := b.(map[string]any)
		for key, value := range x {
			if lost := missing(value, y[key], at+"."+key); lost != "" {
				return lost
			}
		}
		return ""
	case []any:
		y, _ := b.([]any)
		for i, value := range x {
			if i >= len(y) {
				return fmt.Sprintf("%s[%d]", at, i)
			}
			if lost := missing(value, y[i], fmt.Sprintf("%s[%d]", at, i)); lost != "" {
				return lost
			}
		}
		return ""
	}
	if !reflect.DeepEqual(a, b) {
		return fmt.Sprintf("%s (%v, %v)", at, a, b)
	}
	return ""
}

// TestSARIFFixes applies the replacements to the text: each proposed value stands there afterwards and clears its
// finding.
func TestSARIFFixes(t *testing.T) {
	s, r := ciFindings(t)
	var out bytes.Buffer
	if err := FindingsSARIF(&out, Findings{Result: r, Spec: s}); err != nil {
		t.Fatal(err)
	}
	log, err := sarif.FromBytes(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	applied := 0
	for i, f := range r.Findings {
		fixes := log.Runs[0].Results[i].Fixes
		if len(fixes) == 0 {
			continue
		}
		applied++
		change := fixes[0].ArtifactChanges[0].Replacements[0]
		lines := strings.Split(ciSpec, "\n")
		at, inserted := change.DeletedRegion, *change.InsertedContent.Text
		line := []rune(lines[*at.StartLine-1])
		lines[*at.StartLine-1] = string(line[:*at.StartColumn-1]) + inserted + string(line[*at.EndColumn-1:])
		fixed := spec.Parse(spec.Source{Name: "fixed.yaml", Data: []byte(strings.Join(lines, "\n"))})
		for _, g := range validate.Run(plan.Build(fixed), validate.Options{Only: []string{f.Rule}}).Findings {
			if g.Path == f.Path && g.Message == f.Message {
				t.Errorf("%s: %q leaves %q", f.Rule, inserted, f.Message)
			}
		}
	}
	if applied < 4 {
		t.Errorf("only %d fixes", applied)
	}
}

func TestFingerprintsAreStable(t *testing.T) {
	prints := func(text string) map[string]bool {
		s := spec.Parse(spec.Source{Name: "shop.yaml", Data: []byte(text)})
		r := validate.Run(plan.Build(s), validate.Options{Only: []string{"AKS"}})
		p := sarifPrinter{spec: s, index: map[string]int{}, seen: map[string]int{}}
		out := map[string]bool{}
		for _, f := range r.Findings {
			out[p.fingerprint(f)] = true
		}
		return out
	}
	const head = "apiVersion: aksnet/v1\nclusters:\n"
	const other = "  - {name: other, nodePools: [{name: system}]}\n"
	const shop = "  - {name: shop, model: kubenet, networkPolicy: azure, nodePools: [{name: system}]}\n"
	if d := cmp.Diff(prints(head+shop), prints(head+"# moved\n"+other+shop)); d != "" {
		t.Errorf("fingerprints change when a finding moves (-before +after):\n%s", d)
	}
}

func TestFileURI(t *testing.T) {
	for name, want := range map[string]string{
		"aksnet.yaml": "aksnet.yaml", `teams\a b.yaml`: "teams/a%20b.yaml", "/srv/a.yaml": "file:///srv/a.yaml", "a:b.yaml": "./a:b.yaml", "50%.yaml": "50%25.yaml",
	} {
		got := fileURI(name)
		if got != want {
			t.Errorf("fileURI(%q) = %q, want %q", name, got, want)
		}
		if _, err := url.Parse(got); err != nil {
			t.Error(err)
		}
	}
}

// FuzzFindingFormats writes a finding with any text in it: a workflow command stays one line that reads back, XML and
// SARIF stay well-formed.
func FuzzFindingFormats(f *testing.F) {
	f.Add("shop.yaml", "plain", "10.0.0.0/16")
	f.Add("a,b:c%.yaml", "one\ntwo\r::error::three", "]]><x>&\x00\xff")
	f.Fuzz(func(t *testing.T, file, message, path string) {
		found := validate.Finding{
			Rule: "AKS001", Severity: validate.Error, Message: message, File: file, Line: 1, Column: 1, EndColumn: 2, Path: path,
			Source: message, Edit: validate.Edit{Value: path},
			Waiver: &validate.Waiver{Reason: message},
		}
		r := validate.Result{Findings: []validate.Finding{found}}
		var line, doc, log bytes.Buffer
		if err := FindingsGitHub(&line, Findings{Result: r}); err != nil {
			t.Fatal(err)
		}
		checkCommand(t, line.String(), file)
		if err := FindingsJUnit(&doc, Findings{Result: r, FailOn: validate.Error}); err != nil {
			t.Fatal(err)
		}
		dec := xml.NewDecoder(&doc)
		for {
			if _, err := dec.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatal(err)
			}
		}
		if err := FindingsSARIF(&log, Findings{Result: r}); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(log.Bytes()) {
			t.Fatal("SARIF is no JSON")
		}
	})
}

// checkCommand reads a workflow command the way the runner does.
func checkCommand(t *testing.T, text, file string) {
	t.Helper()
	line, rest, _ := strings.Cut(text, "\n")
	if rest != "" || strings.ContainsAny(line, "\r") {
		t.Fatalf("more than one line: %q", text)
	}
	head, _, ok := strings.Cut(strings.TrimPrefix(line, "::"), "::")
	if !ok {
		t.Fatalf("no message in %q", line)
	}
	_, properties, _ := strings.Cut(head, " ")
	unescape := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	for _, pair := range strings.Split(properties, ",") {
		key, value, ok := strings.Cut(pair, "=")
		if !ok {
			t.Fatalf("no property: %q", pair)
		}
		if key == "file" && unescape.Replace(value) != Printable(file) {
			t.Errorf("file reads back as %q, want %q", unescape.Replace(value), Printable(file))
		}
	}
}
