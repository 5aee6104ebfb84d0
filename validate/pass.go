package validate

import (
	"cmp"
	"fmt"
	"time"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Pass is a run of one rule: the input of its check and the findings that it reports.
type Pass struct {
	Plan *plan.Plan
	Spec *spec.Spec
	// Today is the date of the run, at midnight UTC, or zero if the caller does not set it.
	Today time.Time
	// Old is the plan to compare with, or nil. Its Spec is nil if it was read from a saved plan.
	Old *plan.Plan

	rule     *Rule
	facts    *facts
	findings []*Finding
}

// day returns the date of the run, or nothing if the caller does not set it.
func (p *Pass) day() string {
	if p.Today.IsZero() {
		return ""
	}
	return p.Today.Format(time.DateOnly)
}

// Report adds a finding. It sets the rule, the position of the path and, if the finding has none, the severity and
// source of the rule. The check may still change the finding that it returns.
func (p *Pass) Report(f Finding) *Finding {
	at := p.Spec.Position(f.Path)
	if f.atKey {
		at = p.Spec.KeyPosition(f.Path)
	}
	return p.reportAt(at, f)
}

// Reportf adds a finding that has only a path and a message.
func (p *Pass) Reportf(path, format string, a ...any) *Finding {
	return p.Report(Finding{Path: path, Message: fmt.Sprintf(format, a...)})
}

// reportAt adds a finding at a position.
func (p *Pass) reportAt(at spec.Position, f Finding) *Finding {
	f.rule = p.rule
	f.Rule, f.Severity, f.Source = p.rule.ID, cmp.Or(f.Severity, p.rule.Severity), cmp.Or(f.Source, p.rule.Source)
	f.File, f.Line, f.Column, f.EndColumn = at.File, at.Line, at.Column, at.Column+at.Width
	f.unwritten = f.Path != "" && !p.Spec.Has(f.Path)
	p.findings = append(p.findings, &f)
	return &f
}

// Relate adds another place that is involved in a finding.
func (p *Pass) Relate(f *Finding, path, format string, a ...any) *Finding {
	if at := p.Spec.Position(path); at != (spec.Position{}) {
		f.Related = append(f.Related, Place{
			File: at.File, Line: at.Line, Column: at.Column, Path: path, Message: fmt.Sprintf(format, a...),
		})
	}
	return f
}

// nearest returns the first of the paths that the spec sets, or the last one if it sets none.
func nearest(p *Pass, paths ...string) string {
	for _, path := range paths {
		if p.Spec.Has(path) {
			return path
		}
	}
	return paths[len(paths)-1]
}
