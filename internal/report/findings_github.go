package report

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/validate"
)

// githubAnnotations is how many annotations of one level GitHub shows of a step. A job shows 50 of all its steps.
// https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md (read 2026-11-29)
const githubAnnotations = 10

// FindingsGitHub writes findings as GitHub Actions workflow commands, one per line, which appear as annotations of the
// file. GitHub shows the first ones only, so that errors come first, and where it leaves some out, a notice before all
// of them says so.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions (read 2026-11-22)
func FindingsGitHub(w io.Writer, all Findings) error {
	var out bytes.Buffer
	if text := githubOmits(all.Result.Summary); text != "" {
		fmt.Fprintf(&out, "::notice title=aksnet::%s\n", githubData(text))
	}
	worstFirst := slices.Clone(all.Result.Findings)
	slices.SortStableFunc(worstFirst, func(a, b validate.Finding) int { return cmp.Compare(b.Severity, a.Severity) })
	for _, f := range worstFirst {
		out.WriteString("::" + githubLevel(f.Severity) + " ")
		if f.File != "" {
			fmt.Fprintf(&out, "file=%s,", githubProperty(f.File))
		}
		if f.File != "" && f.Line > 0 {
			fmt.Fprintf(&out, "line=%d,endLine=%d,", f.Line, f.Line)
			fmt.Fprintf(&out, "col=%d,endColumn=%d,", f.Column, max(f.EndColumn, f.Column))
		}
		fmt.Fprintf(&out, "title=%s::%s\n", githubProperty(githubTitle(f)), githubMessage(f))
	}
	_, err := w.Write(out.Bytes())
	return err
}

// githubOmits says what GitHub shows of more findings than it has annotations for, and where the rest is.
func githubOmits(s validate.Summary) string {
	if max(s.Errors, s.Warnings, s.Notes) <= githubAnnotations {
		return ""
	}
	return fmt.Sprintf("%s: GitHub shows the first %d of each kind as annotations, and the log of this step has all of "+
		"them. For a page with all findings, write -o text to $GITHUB_STEP_SUMMARY, or upload -o sarif to code scanning.",
		counted(s), githubAnnotations)
}

func githubLevel(s validate.Severity) string {
	if s == validate.Note {
		return "notice"
	}
	return s.String()
}

func githubTitle(f validate.Finding) string {
	if rule, ok := validate.Lookup(f.Rule); ok {
		return f.Rule + " " + rule.Title
	}
	return f.Rule
}

func githubMessage(f validate.Finding) string {
	message := f.Message
	if f.Waiver != nil {
		message += " (" + waived(f.Waiver) + ")"
	}
	lines := append([]string{message}, f.Sums...)
	if fix := f.Remedy(); fix != "" {
		lines = append(lines, "fix: "+fix)
	}
	if f.AzureError != nil {
		lines = append(lines, "Azure would answer "+azureLine(f.AzureError))
	}
	if f.Source != "" {
		lines = append(lines, "see "+f.Source)
	}
	for i, line := range lines {
		lines[i] = githubData(Printable(line))
	}
	return strings.Join(lines, githubData("\n"))
}

// githubData escapes the message of a workflow command: line breaks, and the escape character itself.
func githubData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// githubProperty escapes a property of a workflow command, in which colons and commas are separators too.
func githubProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(Printable(s))
}
