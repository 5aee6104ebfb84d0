package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/aksnet/aksnet/validate"
)

// FindingsGitHub writes findings as GitHub Actions workflow commands, one per line, which appear as annotations of the
// file.
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions (read 2026-11-22)
func FindingsGitHub(w io.Writer, all Findings) error {
	var out bytes.Buffer
	for _, f := range all.Result.Findings {
		out.WriteString("::" + githubLevel(f.Severity) + " ")
		if f.File != "" {
			fmt.Fprintf(&out, "file=%s,", githubProperty(f.File))
			if f.Line > 0 {
				fmt.Fprintf(
					&out,
					"line=%d,endLine=%d,col=%d,endColumn=%d,",
					f.Line,
					f.Line,
					f.Column,
					max(f.EndColumn, f.Column),
				)
			}
		}
		fmt.Fprintf(&out, "title=%s::%s\n", githubProperty(githubTitle(f)), githubMessage(f))
	}
	_, err := w.Write(out.Bytes())
	return err
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
