package report

import (
	"strings"

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
}

func newRuleDocument(r *validate.Rule) ruleDocument {
	return ruleDocument{r.ID, r.Title, r.Severity, r.Also, r.Explanation, r.Fix, r.Source, r.Since}
}

// Rules returns a list of rules, one line each.
func Rules(rules []*validate.Rule) Report {
	docs := make([]ruleDocument, len(rules))
	g := grid{columns: []column{left("RULE"), left("SEVERITY"), left("TITLE")}}
	for i, r := range rules {
		docs[i] = newRuleDocument(r)
		g.rows = append(g.rows, []cell{{text: r.ID}, {text: severities(r)}, {text: r.Title}})
	}
	return Report{
		value: struct {
			Rules []ruleDocument `json:"rules"`
		}{docs},
		sheet: sheet{{title: "Rules", grids: []grid{g}}},
	}
}

// Rule returns the full description of one rule.
func Rule(r *validate.Rule) Report {
	return Report{value: newRuleDocument(r), sheet: sheet{ruleSection(r)}}
}

// ExplainedRules returns the full descriptions of several rules.
func ExplainedRules(rules []*validate.Rule) Report {
	out := Rules(rules)
	out.sheet = nil
	for _, r := range rules {
		out.sheet = append(out.sheet, ruleSection(r))
	}
	return out
}

// severities returns the severities of a rule's findings: "error, or warning".
func severities(r *validate.Rule) string {
	words := make([]string, 0, 3)
	for _, s := range r.Severities() {
		words = append(words, s.String())
	}
	return strings.Join(words, ", or ")
}

func ruleSection(r *validate.Rule) section {
	s := section{title: r.ID + ": " + r.Title}
	s.add("severity", severities(r))
	s.add("why", r.Explanation)
	s.add("fix", r.Fix)
	s.add("source", r.Source)
	s.add("since", r.Since)
	return s
}
