package report

import (
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/validate"
)

// planDocument is a plan as it is written for programs.
type planDocument struct {
	*plan.Plan
	Findings []validate.Finding `json:"findings"`
	Explain  []plan.Explanation `json:"explain,omitempty"`
}

// Plan makes the report of a plan. Programs see the findings in it; people are shown them apart, with FindingsText. The
// explanations of its numbers are nil when nobody asked for them.
func Plan(p *plan.Plan, findings []validate.Finding, explain []plan.Explanation) Report {
	if findings == nil {
		findings = []validate.Finding{}
	}
	return Report{
		value: planDocument{Plan: p, Findings: findings, Explain: explain},
		sheet: append(planSheet(p), explainSheet(explain)...),
	}
}
