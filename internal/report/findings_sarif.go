package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// Names of the format, as SARIF readers know them.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (read 2026-11-22)
const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	projectPage  = "https://github.com/aksnet/aksnet"
	// fingerprintKey names our way to recognise a finding; a change of the way is a new name.
	fingerprintKey = "aksnetFinding/v1"
)

// FindingsSARIF writes findings as a SARIF 2.1.0 log with one run: all rules of the catalogue with their help, the findings with
// their places, and those fixes that replace a value in the text. Findings are recognised by rule, file, the names on their path
// and message, so that a finding that moves to another line stays the same one. The spec may be nil; version may be empty.
func FindingsSARIF(w io.Writer, s *spec.Spec, r validate.Result, version string) error {
	p := sarifPrinter{spec: s, index: map[string]int{}, seen: map[string]int{}}
	driver := sarifDriver{Name: "aksnet", InformationURI: projectPage, Version: version, Rules: []sarifRule{}}
	for i, rule := range validate.Rules() {
		p.index[rule.ID] = i
		driver.Rules = append(driver.Rules, newSARIFRule(rule))
	}
	results := []sarifResult{}
	for _, f := range r.Findings {
		results = append(results, p.result(f))
	}
	return writeJSON(w, sarifLog{
		Schema: sarifSchema, Version: sarifVersion,
		Runs: []sarifRun{{Tool: sarifTool{driver}, ColumnKind: "unicodeCodePoints", Results: results}},
	})
}

func newSARIFRule(r *validate.Rule) sarifRule {
	text := r.Explanation + "\n\nWhat to do: " + r.Fix + ".\n\nSource: " + r.Source
	markdown := markdownText(r.Explanation) + "\n\n**What to do:** " + markdownText(r.Fix) + ".\n\n**Source:** <" + r.Source + ">"
	return sarifRule{
		ID: r.ID, ShortDescription: sarifText{Text: r.Title}, FullDescription: sarifText{Text: r.Explanation},
		Help: sarifText{Text: text, Markdown: markdown}, HelpURI: projectPage + "/blob/main/docs/rules.md#" + strings.ToLower(r.ID),
		Configuration: sarifConfiguration{Level: r.Severity.String()}, Properties: sarifRuleProperties{Tags: []string{r.Family()}, Since: r.Since},
	}
}

// sarifPrinter knows where rules stand in the log and which fingerprints it has given.
type sarifPrinter struct {
	spec  *spec.Spec
	index map[string]int
	seen  map[string]int
}

func (p *sarifPrinter) result(f validate.Finding) sarifResult {
	r := sarifResult{
		RuleID: f.Rule, Level: f.Severity.String(), Message: sarifText{Text: sarifMessage(f)},
		PartialFingerprints: map[string]string{fingerprintKey: p.fingerprint(f)},
		Properties:          sarifProperties{Path: f.Path, Moment: string(f.Moment), AzureError: f.AzureError},
	}
	if i, ok := p.index[f.Rule]; ok {
		r.RuleIndex = &i
	}
	if where, ok := sarifPlace(f.File, f.Line, f.Column, f.EndColumn); ok {
		r.Locations = []sarifLocation{{PhysicalLocation: where}}
		if f.Path != "" {
			r.Locations[0].LogicalLocations = []sarifLogical{{FullyQualifiedName: f.Path}}
		}
	}
	for _, other := range f.Related {
		if where, ok := sarifPlace(other.File, other.Line, other.Column, 0); ok {
			r.RelatedLocations = append(r.RelatedLocations, sarifLocation{PhysicalLocation: where, Message: &sarifText{Text: other.Message}})
		}
	}
	if f.Waiver != nil {
		r.Suppressions = []sarifSuppression{{Kind: "inSource", Justification: f.Waiver.Reason}}
	}
	if fix, ok := p.fix(f); ok {
		r.Fixes = []sarifFix{fix}
	}
	return r
}

func sarifMessage(f validate.Finding) string {
	lines := append([]string{f.Message}, f.Sums...)
	if fix := f.Remedy(); fix != "" {
		lines = append(lines, "Fix: "+fix)
	}
	if f.AzureError != nil {
		lines = append(lines, "Azure would answer "+azureLine(f.AzureError))
	}
	return strings.Join(lines, "\n")
}

func sarifPlace(file string, line, column, end int) (sarifPhysical, bool) {
	if file == "" {
		return sarifPhysical{}, false
	}
	where := sarifPhysical{ArtifactLocation: sarifArtifact{URI: fileURI(file)}}
	if line > 0 {
		where.Region = &sarifRegion{StartLine: line, StartColumn: max(column, 1), EndColumn: max(end, column+1, 2)}
	}
	return where, true
}

// fileURI is a file's name as a URI reference: relative names stay relative.
func fileURI(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	u := url.URL{Path: name}
	if path.IsAbs(name) {
		u.Scheme = "file"
	}
	return u.String()
}

// fix is the change of the text that a finding proposes: a scalar that the user wrote, replaced by another one.
func (p *sarifPrinter) fix(f validate.Finding) (sarifFix, bool) {
	at := f.Path
	if f.FixPath != "" {
		at = f.FixPath
	}
	if p.spec == nil || f.Fix == "" || f.Fix == "null" || at == "" || strings.ContainsAny(f.Fix, "[{\n") {
		return sarifFix{}, false
	}
	was := p.spec.Text(at)
	where := p.spec.Position(at)
	line := []rune(p.spec.Line(where.File, where.Line))
	start, end := where.Column-1, where.Column-1+where.Width
	if was == "" || start < 0 || end > len(line) || string(line[start:end]) != was {
		return sarifFix{}, false
	}
	value := f.Fix
	if start > 0 && (line[start-1] == '"' || line[start-1] == '\'') {
		value = strings.Trim(value, `"'`)
	}
	return sarifFix{
		Description: sarifText{Text: fmt.Sprintf("replace %s by %s", was, value)},
		Changes: []sarifChange{{
			ArtifactLocation: sarifArtifact{URI: fileURI(where.File)},
			Replacements: []sarifReplacement{{
				Deleted:  sarifRegion{StartLine: where.Line, StartColumn: start + 1, EndColumn: end + 1},
				Inserted: sarifText{Text: value},
			}},
		}},
	}, true
}

// fingerprint recognises a finding by what does not change when lines move or other elements come before it.
func (p *sarifPrinter) fingerprint(f validate.Finding) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule, f.File, p.named(f.Path), f.Message}, "\x00")))
	key := hex.EncodeToString(sum[:16])
	p.seen[key]++
	return key + ":" + strconv.Itoa(p.seen[key])
}

var listIndex = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[[0-9]+\]`) })

// named writes a path with the names of list elements for their indices, where they have one.
func (p *sarifPrinter) named(at string) string {
	if p.spec == nil {
		return at
	}
	var out strings.Builder
	last := 0
	for _, m := range listIndex().FindAllStringIndex(at, -1) {
		out.WriteString(at[last:m[0]])
		if name := p.spec.Text(at[:m[1]] + ".name"); name != "" {
			out.WriteString("[" + strconv.Quote(name) + "]")
		} else {
			out.WriteString(at[m[0]:m[1]])
		}
		last = m[1]
	}
	return out.String() + at[last:]
}
