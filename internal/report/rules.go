package report

import (
	"strings"

	"github.com/aksnet/aksnet/internal/refusal"
	"github.com/aksnet/aksnet/testdata"
	"github.com/aksnet/aksnet/validate"
)

// ruleDocument is the JSON of a rule.
type ruleDocument struct {
	ID       string            `json:"id"`
	Title    string            `json:"title"`
	Severity validate.Severity `json:"severity"`
	// Also lists the other severities that findings of the rule may have.
	Also        []validate.Severity `json:"also,omitempty"`
	Explanation string              `json:"explanation"`
	Fix         string              `json:"fix"`
	Source      string              `json:"source"`
	Since       string              `json:"since"`
	// Unwaivable says why no waiver accepts a finding of the rule.
	Unwaivable  string               `json:"unwaivable,omitempty"`
	AzureErrors []refusal.Prediction `json:"azureErrors,omitempty"`
	Examples    *ruleExamples        `json:"examples,omitempty"`
}

// ruleExamples are a spec that a rule finds something in, and one in which it does not.
type ruleExamples struct {
	Bad  string `json:"bad"`
	Good string `json:"good"`
}

func newRuleDocument(r *validate.Rule, records []refusal.Record) ruleDocument {
	return ruleDocument{
		ID: r.ID, Title: r.Title, Severity: r.Severity, Also: r.Also, Explanation: r.Explanation,
		Fix: r.Fix, Source: r.Source, Since: r.Since, Unwaivable: r.Unwaivable,
		AzureErrors: refusal.Predictions(r.ID, records),
	}
}

// explainedRule returns the JSON of a rule with its examples.
func explainedRule(r *validate.Rule, records []refusal.Record) ruleDocument {
	doc := newRuleDocument(r, records)
	doc.Examples = &ruleExamples{Bad: testdata.Example(r.ID, "bad"), Good: testdata.Example(r.ID, "good")}
	return doc
}

// Rules returns a list of rules, one line each. The records say which predicted errors somebody has met.
func Rules(rules []*validate.Rule, records []refusal.Record) Report {
	docs := make([]ruleDocument, len(rules))
	g := grid{columns: []column{left("RULE"), left("SEVERITY"), left("TITLE")}}
	for i, r := range rules {
		docs[i] = newRuleDocument(r, records)
		g.rows = append(g.rows, []cell{{text: r.ID}, {text: severities(r)}, {text: r.Title}})
	}
	return Report{value: ruleDocuments{docs}, sheet: sheet{{title: "Rules", grids: []grid{g}}}}
}

type ruleDocuments struct {
	Rules []ruleDocument `json:"rules"`
}

// Rule returns the full description of one rule, with its examples.
func Rule(r *validate.Rule, records []refusal.Record) Report {
	doc := explainedRule(r, records)
	return Report{value: doc, sheet: sheet{ruleSection(r, doc)}}
}

// ExplainedRules returns the full descriptions of several rules.
func ExplainedRules(rules []*validate.Rule, records []refusal.Record) Report {
	var docs []ruleDocument
	var out sheet
	for _, r := range rules {
		doc := explainedRule(r, records)
		docs, out = append(docs, doc), append(out, ruleSection(r, doc))
	}
	return Report{value: ruleDocuments{docs}, sheet: out}
}

// severities returns the severities of a rule's findings: "error, or warning".
func severities(r *validate.Rule) string {
	words := make([]string, 0, 3)
	for _, s := range r.Severities() {
		words = append(words, s.String())
	}
	return strings.Join(words, ", or ")
}

func ruleSection(r *validate.Rule, doc ruleDocument) section {
	s := section{title: r.ID + ": " + r.Title}
	s.add("severity", severities(r))
	s.add("why", r.Explanation)
	s.add("fix", r.Fix)
	if r.Unwaivable != "" {
		s.add("waiver", "cannot be waived, because "+r.Unwaivable)
	}
	for _, text := range PredictionTexts(doc.AzureErrors) {
		s.add("Azure answers", text)
	}
	if siblings := r.Siblings(); siblings != "" {
		s.add("siblings", siblings)
	}
	s.add("source", r.Source)
	s.add("since", r.Since)
	s.examples = []example{{"found in", doc.Examples.Bad}, {"not found in", doc.Examples.Good}}
	return s
}

// PredictionTexts says what Azure answers, and who has seen the answer: "SubnetIsDelegated (reported 2021: https://…)".
// Answers that nobody is known to have seen are on one line, marked as unconfirmed.
func PredictionTexts(predictions []refusal.Prediction) []string {
	var out, unconfirmed []string
	for _, p := range predictions {
		if !p.Confirmed {
			unconfirmed = append(unconfirmed, p.Code)
			continue
		}
		reports := make([]string, len(p.Records))
		for i, r := range p.Records {
			reports[i] = r.Date + ": " + r.Sources[0]
		}
		out = append(out, p.Code+" (reported "+strings.Join(reports, "; ")+")")
	}
	if len(unconfirmed) > 0 {
		out = append(out,
			strings.Join(unconfirmed, ", ")+" (unconfirmed: no public report shows this answer to this mistake)")
	}
	return out
}
