package validate

import (
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Finding is one mistake in the user's network.
type Finding struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	// Message describes the mistake, with its numbers, on one line.
	Message string `json:"message"`
	// File, Line and Column are the position in the spec of the value, or of the nearest enclosing node that the user
	// wrote. Lines and columns count from 1, columns count characters, and EndColumn is after the last character.
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndColumn int    `json:"endColumn,omitempty"`
	// Path is the place in the joined spec: "clusters[0].serviceCidr".
	Path string `json:"path"`
	// Edit resolves the finding. It is the zero Edit if none can be computed.
	Edit
	// Advice is a sentence about what to do. It is the rule's general advice if the check sets none.
	Advice string `json:"advice,omitempty"`
	// Sums is the arithmetic behind the message, line by line.
	Sums []string `json:"sums,omitempty"`
	// Moment is the phase in which the network breaks, if known.
	Moment Moment `json:"moment,omitempty"`
	// Related is the list of other places involved, such as an overlapping range.
	Related []Place `json:"related,omitempty"`
	Source  string  `json:"source"`
	// AzureError is the error that Azure returns, if known.
	AzureError *AzureError `json:"azureError,omitempty"`
	// Waiver is the waiver that accepts the finding, which is then a note.
	Waiver *Waiver `json:"waiver,omitempty"`

	// rule is the rule that reported the finding.
	rule *Rule
	// general reports whether Advice comes from the rule.
	general bool
	// atKey reports whether the finding points at the key of a setting instead of its value.
	atKey bool
	// unwritten reports whether the spec does not set Path, so that the finding points at the enclosing node.
	unwritten bool
	// backstop reports whether any other error at the path says more than the finding, which is then left out.
	backstop bool
	// shape reports whether the finding comes from the spec parser.
	shape bool
}

// Edit is a change to the spec: it sets the value at a path or removes it.
type Edit struct {
	// Value is in the notation of the spec, or null for a removal.
	Value string `json:"fix"`
	// Path is the path of the value. If empty, it is the path of the finding.
	Path string `json:"fixPath,omitempty"`
	// Remove removes the value at the path.
	Remove bool `json:"-"`
}

// set returns an edit that sets the value at the finding's own path.
func set(value any) Edit { return Edit{Value: fmt.Sprint(value)} }

// setAt returns an edit that sets the value at another path.
func setAt(path string, value any) Edit { return Edit{Value: fmt.Sprint(value), Path: path} }

// AzureError is the error that Azure would return.
type AzureError struct {
	Code string `json:"code"`
	// Wants and Has are the numbers in Azure's message, if it has any: those required and available.
	Wants   int    `json:"wants,omitempty"`
	Has     int    `json:"has,omitempty"`
	Message string `json:"message,omitempty"`
	// Gates lists Azure's known methods of counting, if there are several.
	Gates []Gate `json:"gates,omitempty"`
}

// Gate is one method by which Azure counts before it rejects a request.
type Gate struct {
	Name    string `json:"name"` // "documented" or "observed"
	Formula string `json:"formula"`
	Wants   int    `json:"wants"`
	Refuses bool   `json:"refuses"` // whether Wants exceeds what is available
}

// Place is a position in a spec, with a message about it.
type Place struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Path    string `json:"path"`
	Message string `json:"message"`
}

// Waiver is the reason why a finding is accepted.
type Waiver struct {
	Reason string `json:"reason"`
	Until  string `json:"until,omitempty"`
}

// Moment is the phase in the life of a cluster in which something breaks.
type Moment = plan.Phase

// The phases, in the order in which package plan defines them.
const (
	Create  = plan.Create
	Steady  = plan.Steady
	Upgrade = plan.Upgrade
	Replace = plan.Replace
)

// Where returns the position of the finding.
func (f *Finding) Where() spec.Position {
	return spec.Position{File: f.File, Line: f.Line, Column: f.Column, Width: f.EndColumn - f.Column}
}

// Remedy returns one line about what to do: the finding's own advice, else its edit, else the rule's general advice.
func (f *Finding) Remedy() string {
	switch {
	case !f.general, f.Edit.Value == "", f.Remove:
		return f.Advice
	case f.shape:
		return "use " + f.Edit.Value
	case f.Edit.Path != "":
		return "set " + f.Edit.Path + " to " + f.Edit.Value
	case f.unwritten:
		return "set " + f.Path + " to " + f.Edit.Value
	}
	return "set " + lastKey(f.Path) + " to " + f.Edit.Value
}

// lastKey returns the last key of a path, with its index: "pools[0]" of "addressSpace.pools[0]".
func lastKey(path string) string { return path[strings.LastIndexByte(path, '.')+1:] }

// complete sets the fields that the check left empty.
func (f *Finding) complete() {
	if f.Advice == "" {
		f.Advice, f.general = f.rule.Fix, true
	}
	if f.Remove {
		f.Edit.Value = "null"
	}
	if f.Edit.Path == f.Path {
		f.Edit.Path = ""
	}
}
