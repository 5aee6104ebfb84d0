package validate

import (
	"cmp"
	"slices"
	"time"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Options selects the findings to show. The zero Options shows all of them, and waivers do not expire.
type Options struct {
	// Only and Skip are rule ids or family names, in any case. With Only, no other findings are shown, except errors
	// about the shape of the file: they mean that the plan is not the intended one, so no other rule can be trusted.
	Only, Skip []string
	// KeepErrors shows every error despite Only and Skip, for commands that must stop at any error.
	KeepErrors bool
	// Today is the date against which waivers expire. With the zero Time they do not.
	Today time.Time
	// Against is the present plan. The rules about changes compare it with the new one; without it they report nothing.
	Against *plan.Plan
}

// Result is the result of a run.
type Result struct {
	// Findings is sorted by file, line and column, then by rule id. It is never nil.
	Findings []Finding `json:"findings"`
	Summary  Summary   `json:"summary"`
	// Rules is how many rules of the catalogue the options include.
	Rules int `json:"-"`
}

// Summary counts findings.
type Summary struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Notes    int `json:"notes"`
}

// AtLeast reports whether the result has a finding of the severity or a higher one.
func (r Result) AtLeast(s Severity) bool {
	return s <= Error && r.Summary.Errors > 0 || s <= Warning && r.Summary.Warnings > 0 ||
		s <= Note && r.Summary.Notes > 0
}

// shapeFamily is the family of the rules about the shape of the file.
const shapeFamily = "SPEC"

// Run runs the rules of the catalogue on a plan and the spec from which it was built. It cannot fail. If a file could
// not be read at all, the rules about the plan do not run, because that file may contain what they would miss.
func Run(p *plan.Plan, o Options) Result {
	shared := newFacts()
	var all []*Finding
	for _, r := range Rules() {
		if r.Check == nil || p.Spec == nil || r.Family() != shapeFamily && unreadable(p) {
			continue
		}
		pass := &Pass{Plan: p, Spec: p.Spec, Today: o.Today, Old: o.Against, rule: r, facts: shared}
		r.Check(pass)
		all = append(all, pass.findings...)
	}
	if p.Spec != nil {
		refused := refusedValues(p.Spec)
		all = slices.DeleteFunc(all, func(f *Finding) bool { return refused[f.Path] && !f.shape })
		all = append(all, waive(p.Spec, all, o.Today)...)
	}
	return newResult(all, o)
}

// refusedValues returns the paths of values that could not be read. The plan has another value there, and findings
// about it would only repeat the mistake.
func refusedValues(s *spec.Spec) map[string]bool {
	refused := map[string]bool{}
	for _, problem := range s.Problems {
		if problem.Refused() {
			refused[problem.Path] = true
		}
	}
	return refused
}

// unreadable reports whether the plan lacks a file of the spec because it could not be read.
func unreadable(p *plan.Plan) bool {
	return slices.ContainsFunc(p.Spec.Problems, spec.Problem.Unreadable)
}

// newResult returns the findings that the options show, sorted and without duplicates.
func newResult(all []*Finding, o Options) Result {
	r := Result{Findings: []Finding{}}
	for _, f := range all {
		f.complete()
		if o.shows(f.Rule) || f.Severity == Error && (f.shape || o.KeepErrors) {
			r.Findings = append(r.Findings, *f)
		}
	}
	r.Findings = slices.DeleteFunc(r.Findings, repeats(r.Findings))
	slices.SortStableFunc(r.Findings, compare)
	r.Findings = slices.CompactFunc(r.Findings, sameFinding)
	for _, f := range r.Findings {
		r.Summary.count(f.Severity)
	}
	for _, rule := range Rules() {
		if o.shows(rule.ID) {
			r.Rules++
		}
	}
	return r
}

// repeats returns a function that reports whether a finding is a backstop that another error makes superfluous.
func repeats(findings []Finding) func(Finding) bool {
	wrong := map[string]bool{}
	for _, f := range findings {
		if f.Severity == Error && !f.backstop {
			wrong[f.Path] = true
		}
	}
	return func(f Finding) bool { return f.backstop && wrong[f.Path] }
}

// shows reports whether the options include a rule.
func (o Options) shows(id string) bool {
	names := (&Rule{ID: id}).Matches
	return (len(o.Only) == 0 || slices.ContainsFunc(o.Only, names)) && !slices.ContainsFunc(o.Skip, names)
}

// count adds a finding of a severity.
func (s *Summary) count(severity Severity) {
	switch severity {
	case Error:
		s.Errors++
	case Warning:
		s.Warnings++
	default:
		s.Notes++
	}
}

// compare orders findings by position, rule, path and message.
func compare(a, b Finding) int {
	return cmp.Or(a.Where().Compare(b.Where()), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Message, b.Message))
}

// sameFinding reports whether two findings are duplicates.
func sameFinding(a, b Finding) bool { return compare(a, b) == 0 }
