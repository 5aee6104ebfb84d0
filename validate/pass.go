package validate

import (
	"fmt"
	"time"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Pass is one run of one rule: what its check looks at, and where it reports.
type Pass struct {
	Plan *plan.Plan
	Spec *spec.Spec
	// Today is the day of the run, at midnight UTC; zero when the caller does not say.
	Today time.Time
	// Old is the plan to compare with; nil when there is none. Its Spec is nil when it was read from a saved plan.
	Old *plan.Plan

	rule     *Rule
	kept     *kept
	findings []*Finding
}

// Report reports a finding about the value at a path. It may be refined with the methods of Finding.
func (p *Pass) Report(path, format string, a ...any) *Finding {
	return p.report(path, p.Spec.Position(path), fmt.Sprintf(format, a...))
}

// ReportKey reports a finding about a whole setting: it points at the key and not at the value.
func (p *Pass) ReportKey(path, format string, a ...any) *Finding {
	return p.report(path, p.Spec.KeyPosition(path), fmt.Sprintf(format, a...))
}

func (p *Pass) report(path string, at spec.Position, message string) *Finding {
	f := &Finding{
		Rule: p.rule.ID, Severity: p.rule.Severity, Message: message, Path: path, Advice: p.rule.Fix, Source: p.rule.Source,
		unwritten: path != "" && !p.Spec.Has(path),
		File:      at.File, Line: at.Line, Column: at.Column, EndColumn: at.Column + at.Width,
	}
	p.findings = append(p.findings, f)
	return f
}

// Relate adds another place that takes part in a finding.
func (p *Pass) Relate(f *Finding, path, format string, a ...any) *Finding {
	if at := p.Spec.Position(path); at != (spec.Position{}) {
		f.Related = append(f.Related, Place{
			File: at.File, Line: at.Line, Column: at.Column, Path: path, Message: fmt.Sprintf(format, a...),
		})
	}
	return f
}

// nearest is the first of the paths that the user wrote; the last one when there is none.
func nearest(p *Pass, paths ...string) string {
	for _, path := range paths {
		if p.Spec.Has(path) {
			return path
		}
	}
	return paths[len(paths)-1]
}
