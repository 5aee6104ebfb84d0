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

// Names defined by SARIF.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (read 2026-11-22)
const (
	sarifVersion = "2.1.0"
	sarifSchema  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	projectPage  = "https://github.com/aksnet/aksnet"
	// fingerprintKey names our fingerprint algorithm; a changed algorithm needs a new name.
	fingerprintKey = "aksnetFinding/v1"
)

// object is a JSON object of the log, with the keys of the format.
type object = map[string]any

// FindingsSARIF writes findings as a SARIF 2.1.0 log with one run: the rules that found something, or all rules, with
// their help; the findings with their positions; and the fixes that replace a value in the text. The fingerprint of a
// finding consists of its rule, file, the names on its path, and message, so that it does not change when the finding
// moves to another line.
func FindingsSARIF(w io.Writer, f Findings) error {
	p := sarifPrinter{spec: f.Spec, index: map[string]int{}, seen: map[string]int{}}
	rules, results := []object{}, []object{}
	found := map[string]bool{}
	for _, one := range f.Result.Findings {
		found[one.Rule] = true
	}
	for _, rule := range validate.Rules() {
		if f.AllRules || found[rule.ID] {
			p.index[rule.ID] = len(rules)
			rules = append(rules, sarifRule(rule))
		}
	}
	for _, one := range f.Result.Findings {
		results = append(results, p.result(one))
	}
	driver := object{"name": "aksnet", "informationUri": projectPage, "rules": rules}
	if f.Version != "" {
		driver["version"] = f.Version
	}
	run := object{"tool": object{"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
	return WriteJSON(w, object{"$schema": sarifSchema, "version": sarifVersion, "runs": []object{run}})
}

func sarifRule(r *validate.Rule) object {
	return object{
		"id":               r.ID,
		"shortDescription": sarifText(r.Title),
		"fullDescription":  sarifText(r.Explanation),
		"help": object{
			"text": r.Explanation + "\n\nWhat to do: " + r.Fix + ".\n\nSource: " + r.Source,
			"markdown": markdownText(r.Explanation) + "\n\n**What to do:** " + markdownText(r.Fix) +
				".\n\n**Source:** <" + r.Source + ">",
		},
		"helpUri":              projectPage + "/blob/main/docs/rules/" + strings.ToLower(r.Family()+".md#"+r.ID),
		"defaultConfiguration": object{"level": r.Severity.String()},
		"properties":           object{"tags": []string{r.Family()}, "since": r.Since},
	}
}

// sarifText returns a text as a SARIF message.
func sarifText(text string) object { return object{"text": text} }

// sarifPrinter holds the index of each rule in the log and the fingerprints used so far.
type sarifPrinter struct {
	spec  *spec.Spec
	index map[string]int
	seen  map[string]int
}

func (p *sarifPrinter) result(f validate.Finding) object {
	r := object{
		"ruleId": f.Rule, "level": f.Severity.String(), "message": sarifText(sarifMessage(f)),
		"partialFingerprints": object{fingerprintKey: p.fingerprint(f)},
		"properties":          sarifProperties(f),
	}
	if i, ok := p.index[f.Rule]; ok {
		r["ruleIndex"] = i
	}
	if where, ok := sarifPlace(f.File, f.Line, f.Column, f.EndColumn); ok {
		location := object{"physicalLocation": where}
		if f.Path != "" {
			location["logicalLocations"] = []object{{"fullyQualifiedName": f.Path}}
		}
		r["locations"] = []object{location}
	}
	if related := sarifRelated(f); len(related) > 0 {
		r["relatedLocations"] = related
	}
	if f.Waiver != nil {
		suppression := object{"kind": "inSource"}
		if f.Waiver.Reason != "" {
			suppression["justification"] = f.Waiver.Reason
		}
		r["suppressions"] = []object{suppression}
	}
	if fix, ok := p.fix(f); ok {
		r["fixes"] = []object{fix}
	}
	return r
}

// sarifProperties returns the data that SARIF has no field for.
func sarifProperties(f validate.Finding) object {
	out := object{}
	if f.Path != "" {
		out["path"] = f.Path
	}
	if f.Moment != "" {
		out["moment"] = f.Moment
	}
	if f.AzureError != nil {
		out["azureError"] = f.AzureError
	}
	return out
}

func sarifRelated(f validate.Finding) (out []object) {
	for _, other := range f.Related {
		if where, ok := sarifPlace(other.File, other.Line, other.Column, 0); ok {
			out = append(out, object{"physicalLocation": where, "message": sarifText(other.Message)})
		}
	}
	return out
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

// sarifPlace returns a position in a file, and false if there is none.
func sarifPlace(file string, line, column, end int) (object, bool) {
	if file == "" {
		return nil, false
	}
	where := object{"artifactLocation": object{"uri": fileURI(file)}}
	if line > 0 {
		where["region"] = sarifRegion(line, max(column, 1), max(end, column+1, 2))
	}
	return where, true
}

// sarifRegion returns a part of a line; the end column is exclusive.
func sarifRegion(line, column, end int) object {
	return object{"startLine": line, "startColumn": column, "endColumn": end}
}

// fileURI returns a file's name as a URI reference: relative names stay relative.
func fileURI(name string) string {
	name = strings.ReplaceAll(name, `\`, "/")
	u := url.URL{Path: name}
	if path.IsAbs(name) {
		u.Scheme = "file"
	}
	return u.String()
}

// fix returns the text change that a finding proposes: it replaces a scalar that the user wrote.
func (p *sarifPrinter) fix(f validate.Finding) (object, bool) {
	at := f.Path
	if f.Edit.Path != "" {
		at = f.Edit.Path
	}
	if p.spec == nil || f.Edit.Value == "" || f.Remove || at == "" || strings.ContainsAny(f.Edit.Value, "[{\n") {
		return nil, false
	}
	was := p.spec.Text(at)
	where := p.spec.Position(at)
	written := p.spec.Excerpt(where, where.Width, 1)
	if was == "" || written.Value != was {
		return nil, false
	}
	value := f.Edit.Value
	if written.Before == `"` || written.Before == "'" {
		value = strings.Trim(value, `"'`)
	}
	return object{
		"description": sarifText(fmt.Sprintf("replace %s with %s", was, value)),
		"artifactChanges": []object{{
			"artifactLocation": object{"uri": fileURI(where.File)},
			"replacements": []object{{
				"deletedRegion":   sarifRegion(where.Line, where.Column, where.Column+where.Width),
				"insertedContent": sarifText(value),
			}},
		}},
	}, true
}

// fingerprint returns a hash of what does not change when the finding moves to another line or list index.
func (p *sarifPrinter) fingerprint(f validate.Finding) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule, f.File, p.named(f.Path), f.Message}, "\x00")))
	key := hex.EncodeToString(sum[:16])
	p.seen[key]++
	return key + ":" + strconv.Itoa(p.seen[key])
}

var listIndex = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[[0-9]+\]`) })

// named returns a path with the names of list elements instead of their indices, where they have a name.
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
