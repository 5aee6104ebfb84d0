package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Finding is one thing that is wrong with the user's network.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Message says what is wrong, with the numbers, on one line.
	Message string `json:"message"`
	// File, Line and Column are where it stands in the spec: of the value, or of the nearest thing around it that the user wrote.
	// Lines and columns count from 1, columns count characters, EndColumn is behind the last character.
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndColumn int    `json:"endColumn,omitempty"`
	// Path is the place in the joined spec: "clusters[0].serviceCidr".
	Path string `json:"path"`
	// Fix is a value that clears the finding when it stands at FixPath, in the spec's own notation: null takes the value away. It is
	// empty where none can be computed.
	Fix string `json:"fix"`
	// FixPath is where Fix belongs; Path when empty.
	FixPath string `json:"fixPath,omitempty"`
	// Advice says in a sentence what to do.
	Advice string `json:"advice,omitempty"`
	// Sums is the arithmetic behind the message, a line each.
	Sums []string `json:"sums,omitempty"`
	// Moment is when it breaks, where that is known.
	Moment Moment `json:"moment,omitempty"`
	// Related is the other places that take part, as an overlapping range.
	Related []Place `json:"related,omitempty"`
	Source  string  `json:"source"`
	// AzureError is Azure's refusal, where one is known.
	AzureError *AzureError `json:"azureError,omitempty"`
	// Waiver is why the finding is accepted; it is a note then.
	Waiver *Waiver `json:"waiver,omitempty"`

	// advised is whether Advice was made for this finding and is not the general one of its rule.
	advised bool
	// unwritten is whether nothing stands at Path yet: the finding points at what is around it.
	unwritten bool
	// shape is whether the reader of the spec found it.
	shape bool
}

// AzureError is what Azure would answer.
type AzureError struct {
	Code string `json:"code"`
	// Wants and Has are the numbers in Azure's message, where it has any: what it counts, and what is there.
	Wants   int    `json:"wants,omitempty"`
	Has     int    `json:"has,omitempty"`
	Message string `json:"message,omitempty"`
	// Gates is the ways in which Azure is known to count, where there are several.
	Gates []Gate `json:"gates,omitempty"`
}

// Gate is one way in which Azure counts before it refuses.
type Gate struct {
	Name    string `json:"name"` // "documented" or "observed"
	Formula string `json:"formula"`
	Wants   int    `json:"wants"`
	Refuses bool   `json:"refuses"` // whether wants is more than there is
}

// Place is a place in a spec.
type Place struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Path    string `json:"path"`
	Message string `json:"message"`
}

// Waiver is why a finding is accepted.
type Waiver struct {
	Reason string `json:"reason"`
	Until  string `json:"until,omitempty"`
}

// Moment is the phase in the life of a cluster in which something breaks.
type Moment = plan.Phase

// The phases, in their order, as package plan describes them.
const (
	Create  = plan.Create
	Steady  = plan.Steady
	Upgrade = plan.Upgrade
	Replace = plan.Replace
)

// Where returns the place of the finding.
func (f *Finding) Where() spec.Position {
	return spec.Position{File: f.File, Line: f.Line, Column: f.Column, Width: f.EndColumn - f.Column}
}

// Put sets the value that clears the finding at its own path.
func (f *Finding) Put(value any) *Finding {
	f.Fix = fmt.Sprint(value)
	return f
}

// removal is the Fix that takes a value away.
const removal = "null"

// Remove says that taking the value away clears the finding.
func (f *Finding) Remove() *Finding { return f.Put(removal) }

// PutAt sets the value that clears the finding when it stands at another path.
func (f *Finding) PutAt(path string, value any) *Finding {
	f.Fix, f.FixPath = fmt.Sprint(value), path
	if path == f.Path {
		f.FixPath = ""
	}
	return f
}

// Advise says what to do, in place of the rule's general words.
func (f *Finding) Advise(format string, a ...any) *Finding {
	f.Advice, f.advised = fmt.Sprintf(format, a...), true
	return f
}

// Remedy says in a line what to do: what was worked out for this finding, else the value, else the rule's general advice.
func (f *Finding) Remedy() string {
	value := strings.Trim(f.Fix, `"`)
	switch {
	case f.advised, f.Fix == "", f.Fix == removal, f.Advice != value && strings.Contains(f.Advice, value):
		return f.Advice
	case f.FixPath != "":
		return "set " + f.FixPath + " to " + f.Fix
	case f.unwritten:
		return "set " + f.Path + " to " + f.Fix
	}
	return "use " + f.Fix
}

// Sum adds a line of arithmetic.
func (f *Finding) Sum(format string, a ...any) *Finding {
	f.Sums = append(f.Sums, fmt.Sprintf(format, a...))
	return f
}

// When sets the moment at which it breaks.
func (f *Finding) When(m Moment) *Finding {
	f.Moment = m
	return f
}

// As changes the severity of this finding alone.
func (f *Finding) As(s Severity) *Finding {
	f.Severity = s
	return f
}

// See changes the page that the finding names.
func (f *Finding) See(source string) *Finding {
	f.Source = source
	return f
}

// Azure says what Azure would answer: its code, and its message where it is known in full.
func (f *Finding) Azure(code, message string) *Finding {
	f.AzureError = &AzureError{Code: code, Message: message}
	return f
}

// Counts adds the numbers of Azure's message, after Azure.
func (f *Finding) Counts(wants, has int) *Finding {
	f.AzureError.Wants, f.AzureError.Has = wants, has
	return f
}
