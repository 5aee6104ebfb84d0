package report

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// FindingsText writes findings for people: the message, the source line, the calculation, the fix, the error that Azure
// would return, and the documentation.
func FindingsText(w io.Writer, all Findings) error {
	var out bytes.Buffer
	for i, f := range repetitions(atLeast(all.Least, all.Result.Findings), all.All) {
		if i > 0 {
			out.WriteByte('\n')
		}
		p := findingPrinter{
			out: &out, escape: Printable, colour: all.Colour, width: all.Width,
			gutter: strings.Repeat(" ", len(strconv.Itoa(f.Line))),
		}
		p.head(f.Finding)
		if all.Spec != nil && f.Line > 0 {
			p.source(f.Finding, all.Spec.Excerpt(f.Where(), maxValue, maxAround))
		}
		p.repeated(f)
		p.details(f.Finding)
	}
	_, err := w.Write(printable.Lines(out.Bytes()))
	return err
}

// FindingsSummary returns on one line how many findings are in what was checked: "2 errors, 1 note in aksnet.yaml", or
// "no findings in aksnet.yaml (358 rules)".
func FindingsSummary(f Findings) string {
	counts := counted(f.Result.Summary)
	checked := ""
	if f.Spec != nil {
		checked = checkedFiles(f.Spec.Files())
	}
	if counts != "" {
		return counts + checked
	}
	return "no findings" + checked + " (" + english.Count(f.Result.Rules, "rule") + ")"
}

func counted(s validate.Summary) string {
	var parts []string
	for _, n := range []struct {
		n    int
		word string
	}{{s.Errors, "error"}, {s.Warnings, "warning"}, {s.Notes, "note"}} {
		if n.n > 0 {
			parts = append(parts, english.Count(n.n, n.word))
		}
	}
	return strings.Join(parts, ", ")
}

// checkedFiles names a file, or counts several.
func checkedFiles(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return " in " + Printable(names[0])
	}
	return " in " + english.Count(len(names), "file")
}

// findingPrinter writes a finding.
type findingPrinter struct {
	out    *bytes.Buffer
	escape func(string) string // makes a text printable
	colour bool
	width  int // of the terminal, at which text wraps at words; 0 for any
	// gutter is the space for the line number.
	gutter string
}

func (p findingPrinter) head(f validate.Finding) {
	message := f.Message
	if f.Waiver != nil {
		message += " (" + waived(f.Waiver) + ")"
	}
	where := p.escape(f.Where().String())
	if where != "" {
		where += ": "
	}
	severity, tag := f.Severity.String(), "["+f.Rule+"]"
	text := where + severity + ": " + p.escape(message) + " " + tag
	lines := wrap(text, p.width)
	if len(lines) > 1 {
		lines = wrap(text, p.width-len(hanging))
	}
	if p.colour {
		lines[0] = strings.TrimPrefix(lines[0], where+severity+": ")
		for i, line := range lines {
			line, tagged := strings.CutSuffix(line, tag)
			lines[i] = mark(line != "", bold, line)
			if tagged {
				lines[i] += tag
			}
		}
		lines[0] = where + mark(true, severityColour(f.Severity), severity) + ": " + lines[0]
	}
	fmt.Fprintln(p.out, strings.Join(lines, "\n"+hanging))
}

// waived returns the text of a waiver, which a printer has to escape.
func waived(w *validate.Waiver) string {
	if w.Until == "" {
		return "waived: " + w.Reason
	}
	return "waived until " + w.Until + ": " + w.Reason
}

// source prints the line and highlights the value in it.
func (p findingPrinter) source(f validate.Finding, e spec.Excerpt) {
	before, value, after := parts(e)
	if before+value+after == "" {
		return
	}
	fmt.Fprintf(p.out, "%s |\n", p.gutter)
	fmt.Fprintf(p.out, "%d | %s%s%s\n", f.Line, before, value, after)
	carets := p.mark(severityColour(f.Severity), strings.Repeat("^", max(1, displayWidth(value))))
	fmt.Fprintf(p.out, "%s | %s%s\n", p.gutter, strings.Repeat(" ", displayWidth(before)), carets)
}

// Maximum lengths of the parts of a source line: the text around the value, and the value itself.
const (
	maxAround = 100
	maxValue  = 120
)

// parts returns the parts of an excerpt in printable form, and marks what is cut.
func parts(e spec.Excerpt) (before, value, after string) {
	const more = "…"
	before, value, after = shown(e.Before), shown(e.Value), shown(e.After)
	if e.MoreBefore {
		before = more + before
	}
	switch {
	case e.MoreValue:
		value += more
	case e.MoreAfter:
		after += more
	default:
		after = strings.TrimRight(after, " ")
	}
	return before, value, after
}

// shown returns source text in printable form, with every tab replaced by a space.
func shown(text string) string { return Printable(strings.ReplaceAll(text, "\t", " ")) }

func (p findingPrinter) details(f validate.Finding) {
	for _, sum := range f.Sums {
		p.detail(sum)
	}
	if fix := f.Remedy(); fix != "" {
		p.detail("fix: " + fix)
	}
	if e := f.AzureError; e != nil {
		p.detail("Azure would answer " + azureLine(e))
	}
	if f.Source != "" {
		p.detail("see " + f.Source)
	}
}

func (p findingPrinter) detail(text string) {
	margin := p.gutter + "   "
	lines := wrap(p.escape(text), max(0, p.width-len(margin)))
	fmt.Fprintf(p.out, "%s = %s\n", p.gutter, strings.Join(lines, "\n"+margin))
}

func azureLine(e *validate.AzureError) string {
	text := e.Code
	if e.Wants != 0 || e.Has != 0 {
		return fmt.Sprintf("%s (wants %d, has %d)", text, e.Wants, e.Has)
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	return text
}

func severityColour(s validate.Severity) string {
	switch s {
	case validate.Error:
		return bold + red
	case validate.Warning:
		return bold + yellow
	}
	return bold + cyan
}

func (p findingPrinter) mark(sequence, text string) string { return mark(p.colour, sequence, text) }
