package report

import (
	"io"

	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// Findings is the result of a validation, with what its formats show beside it.
type Findings struct {
	// Result is the findings and their counts.
	Result validate.Result
	// Spec is what the findings are about. Without it no source lines and no fixes of the text are shown.
	Spec *spec.Spec
	// FailOn is the least severity that fails a test case; zero fails none.
	FailOn validate.Severity
	// Version is the version of aksnet; it may be empty.
	Version string
	// Colour allows escape sequences that mark severities and the value in a line.
	Colour bool
}

// FindingsFormat is one format of findings. A new format needs a row in FindingsFormats and a file with its function:
// help, completion and the list of accepted words follow.
type FindingsFormat struct {
	Name string
	// ForPeople marks a format after which a person also wants the counts.
	ForPeople bool
	// Write writes the findings whole; an error comes from the writer.
	Write func(io.Writer, Findings) error
}

// FindingsFormats returns all formats of findings, the default first.
func FindingsFormats() []FindingsFormat {
	return []FindingsFormat{
		{"text", true, FindingsText},
		{"json", false, FindingsJSON},
		{"sarif", false, FindingsSARIF},
		{"junit", false, FindingsJUnit},
		{"github", false, FindingsGitHub},
	}
}
