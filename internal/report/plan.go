package report

import (
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/validate"
)

// planDocument is the JSON of a plan.
type planDocument struct {
	*plan.Plan
	Findings []validate.Finding `json:"findings"`
	Explain  []plan.Explanation `json:"explain,omitempty"`
}

// Plan returns the report on a plan. Its JSON contains the findings; for people, FindingsText prints them separately.
// The explanations of its numbers may be nil.
func Plan(p *plan.Plan, findings []validate.Finding, explain []plan.Explanation) Report {
	if findings == nil {
		findings = []validate.Finding{}
	}
	return Report{
		value: planDocument{Plan: p, Findings: findings, Explain: explain},
		draw:  func() sheet { return append(planSheet(p), explainSheet(explain)...) },
	}
}
