package validate

import (
	"cmp"
	"slices"
	"time"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Options says which rules run. The zero Options runs all of them and lets no waiver expire.
type Options struct {
	// Only and Skip are ids of rules or names of families, in any case. With Only, nothing else is shown. Errors about the shape
	// of the file are shown all the same: with them the plan is not what was meant, and no other rule can be trusted.
	Only, Skip []string
	// KeepErrors shows every error, whatever Only and Skip say: for what must not go on while one stands.
	KeepErrors bool
	// Today is the day by which waivers expire; with the zero Time they do not.
	Today time.Time
	// Against is what stands today: rules about changes say how AKS gets from there to the plan. Without it they are silent.
	Against *plan.Plan
}

// Result is what a run found.
type Result struct {
	// Findings is in the order of files, lines and columns, then of rule ids. It is never nil.
	Findings []Finding `json:"findings"`
	Summary  Summary   `json:"summary"`
}

// Summary counts findings.
type Summary struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Notes    int `json:"notes"`
}

// AtLeast reports whether there is a finding of the severity or worse.
func (r Result) AtLeast(s Severity) bool {
	return s <= Error && r.Summary.Errors > 0 || s <= Warning && r.Summary.Warnings > 0 || s <= Note && r.Summary.Notes > 0
}

// shapeFamily is the family of the rules about the shape of the file.
const shapeFamily = "SPEC"

// Run runs the rules of the catalogue over a plan and the spec that it was built from. It cannot fail. When a file could not be
// read at all, rules about the plan do not run: what they would miss may stand in that file.
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

// refusedValues is the paths of values that could not be read, so that the plan has something else there: what rules say of that
// would only repeat the mistake.
func refusedValues(s *spec.Spec) map[string]bool {
	refused := map[string]bool{}
	for _, problem := range s.Problems {
		if problem.Refused() {
			refused[problem.Path] = true
		}
	}
	return refused
}

// unreadable reports whether a file of the spec is missing from the plan.
func unreadable(p *plan.Plan) bool {
	return slices.ContainsFunc(p.Spec.Problems, spec.Problem.Unreadable)
}

func newResult(all []*Finding, o Options) Result {
	r := Result{Findings: []Finding{}}
	for _, f := range all {
		f.complete()
		if o.shows(f.Rule) || f.Severity == Error && (f.shape || o.KeepErrors) {
			r.Findings = append(r.Findings, *f)
		}
	}
	slices.SortStableFunc(r.Findings, compare)
	r.Findings = slices.CompactFunc(r.Findings, sameFinding)
	for _, f := range r.Findings {
		r.Summary.count(f.Severity)
	}
	return r
}

// shows reports whether the options leave a rule in.
func (o Options) shows(id string) bool {
	names := (&Rule{ID: id}).Matches
	return (len(o.Only) == 0 || slices.ContainsFunc(o.Only, names)) && !slices.ContainsFunc(o.Skip, names)
}

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

func compare(a, b Finding) int {
	return cmp.Or(a.Where().Compare(b.Where()), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Message, b.Message))
}

func sameFinding(a, b Finding) bool { return compare(a, b) == 0 }
