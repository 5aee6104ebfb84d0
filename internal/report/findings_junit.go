package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/validate"
)

// FindingsJUnit writes findings as JUnit XML: a suite for each file of the spec, a test case for each finding. Findings
// of severity FailOn or higher fail their case, lower ones become its output, waived ones skip it. A file without
// findings has one passing case.
func FindingsJUnit(w io.Writer, f Findings) error {
	all := junitSuites{Name: "aksnet"}
	for _, file := range suiteFiles(f) {
		suite := junitSuite{Name: xmlText(file)}
		if file == "" {
			suite.Name = "spec"
		}
		for _, one := range f.Result.Findings {
			if one.File == file {
				suite.add(newJUnitCase(one, suite.Name, f.FailOn))
			}
		}
		if suite.Tests == 0 {
			suite.add(junitCase{Class: suite.Name, Name: "no findings"})
		}
		all.Tests, all.Failures, all.Skipped = all.Tests+suite.Tests, all.Failures+suite.Failures, all.Skipped+suite.Skipped
		all.Suites = append(all.Suites, suite)
	}
	var out bytes.Buffer
	out.WriteString(xml.Header)
	enc := xml.NewEncoder(&out)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	out.WriteByte('\n')
	_, err := w.Write(printable.XML(out.Bytes()))
	return err
}

// suiteFiles returns the files of the spec, then any other files with findings, each once.
func suiteFiles(f Findings) (out []string) {
	seen := map[string]bool{}
	add := func(file string) {
		if !seen[file] {
			seen[file] = true
			out = append(out, file)
		}
	}
	if f.Spec != nil {
		for _, file := range f.Spec.Files() {
			add(file)
		}
	}
	for _, one := range f.Result.Findings {
		add(one.File)
	}
	return out
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitFailure `xml:"failure"`
	Skipped *junitSkipped `xml:"skipped"`
	Output  string        `xml:"system-out,omitempty"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

func (s *junitSuite) add(c junitCase) {
	s.Tests++
	if c.Failure != nil {
		s.Failures++
	}
	if c.Skipped != nil {
		s.Skipped++
	}
	s.Cases = append(s.Cases, c)
}

func newJUnitCase(f validate.Finding, class string, failOn validate.Severity) junitCase {
	c := junitCase{Class: class, Name: xmlText(junitName(f))}
	var text bytes.Buffer
	fmt.Fprintf(&text, "%s: %s: %s\n", f.Where(), f.Severity, f.Message)
	p := findingPrinter{out: &text, escape: printable.Visible}
	p.details(f)
	details := xmlText(text.String())
	switch {
	case f.Waiver != nil:
		c.Skipped = &junitSkipped{Message: xmlText(waived(f.Waiver))}
	case failOn > 0 && f.Severity >= failOn:
		c.Failure = &junitFailure{Type: f.Severity.String(), Message: xmlText(f.Message), Text: details}
	default:
		c.Output = details
	}
	return c
}

func junitName(f validate.Finding) string {
	name := f.Rule
	if f.Path != "" {
		name += " " + f.Path
	}
	if f.Line > 0 {
		name += fmt.Sprintf(" (line %d)", f.Line)
	}
	return name
}

// xmlText escapes characters that XML does not allow or that a terminal would interpret; it preserves line breaks, and
// the commands for CI runners that FindingsJUnit escapes in the way of XML.
func xmlText(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		lines[i] = printable.Visible(line)
	}
	return strings.Join(lines, "\n")
}
