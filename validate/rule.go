package validate

import (
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// Rule describes one mistake in a network. Its id never changes.
type Rule struct {
	// ID consists of the letters of the family and three digits: "IP004".
	ID string
	// Title summarizes the mistake in a few words.
	Title string
	// Severity is the severity of the rule's findings, unless the check sets one of Also.
	Severity Severity
	// Also lists the other severities that a finding may have, in the cases that Explanation describes or by date.
	Also []Severity
	// Explanation describes why it matters, when Azure checks it, and where sources disagree.
	Explanation string
	// Fix is the general remedy. A finding also has a value if one can be computed.
	Fix string
	// Source is the page that documents it.
	Source string
	// Since is the first version of aksnet with the rule.
	Since string
	// Unwaivable says why no waiver accepts a finding of the rule, in a clause; empty for a rule that can be waived.
	Unwaivable string
	// Check examines the plan and reports findings. It is nil for rules whose findings come from the engine itself.
	Check func(*Pass)
}

// Pages of this project that rules cite.
const (
	docsSpec    = aks.PageSpec
	docsWaivers = "https://github.com/aksnet/aksnet/blob/main/docs/rules/README.md#waivers"
)

// Family returns the letters of the rule's id.
func (r *Rule) Family() string { return strings.TrimRight(r.ID, "0123456789") }

// Matches reports whether a word is the rule's id or family, in any case.
func (r *Rule) Matches(word string) bool {
	return strings.EqualFold(word, r.ID) || strings.EqualFold(word, r.Family())
}

// Severities returns every severity that a finding of the rule may have, the usual one first.
func (r *Rule) Severities() []Severity { return append([]Severity{r.Severity}, r.Also...) }
