package report

import (
	"io"

	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// Findings is the result of a validation, with the context that its formats show.
type Findings struct {
	// Result contains the findings and their counts.
	Result validate.Result
	// Spec is the spec that was validated. Without it, the formats show no source lines and no text fixes.
	Spec *spec.Spec
	// FailOn is the lowest severity that fails a test case; zero fails none.
	FailOn validate.Severity
	// Version is the version of aksnet, or empty.
	Version string
	// All shows each note, even if one rule reports many. Only the text for people counts them otherwise.
	All bool
	// AllRules makes a SARIF log describe every rule, not only those that found something.
	AllRules bool
	// Least is the lowest severity that the text for people shows; zero shows all.
	Least validate.Severity
	// Width is the width of the terminal, at which the text for people wraps at words; 0 means unlimited.
	Width int
	// Colour allows escape sequences that highlight severities and the value in a line.
	Colour bool
}

// FindingsFormat is one format of findings. A new format needs a row in FindingsFormats and a file with its function;
// help, completion and the list of accepted values follow from that.
type FindingsFormat struct {
	Name string
	// ForPeople marks a format for terminals, after which the counts are also printed.
	ForPeople bool
	// Write writes all findings; any error comes from the writer.
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
