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
	// Edit clears the finding; the zero Edit where none can be computed.
	Edit
	// Advice says in a sentence what to do; the rule's general advice when the check gives none.
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

	// rule made the finding.
	rule *Rule
	// general reports whether Advice is that of the rule.
	general bool
	// atKey points at the key of a setting and not at its value.
	atKey bool
	// unwritten reports whether the spec has nothing at Path: the finding points at what surrounds it.
	unwritten bool
	// shape reports whether the reader of the spec found it.
	shape bool
}

// Edit is a change of the spec: a value for a path, or the removal of what is there.
type Edit struct {
	// Value is in the spec's own notation; null for a removal.
	Value string `json:"fix"`
	// Path is where the value belongs; the path of the finding when empty.
	Path string `json:"fixPath,omitempty"`
	// Remove deletes what is at the path.
	Remove bool `json:"-"`
}

// set returns the edit that puts a value at the finding's own path.
func set(value any) Edit { return Edit{Value: fmt.Sprint(value)} }

// setAt returns the edit that puts a value at another path.
func setAt(path string, value any) Edit { return Edit{Value: fmt.Sprint(value), Path: path} }

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

// Remedy returns one line that says what to do: the finding's own advice, else its edit, else the rule's general advice.
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

// complete fills in what the check left open.
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
