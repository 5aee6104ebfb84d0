package validate

import "strings"

// Rule is one thing that can be wrong. Its id is for ever.
type Rule struct {
	// ID is a family of letters and three digits: "IP004".
	ID string
	// Title says in a few words what is wrong.
	Title string
	// Severity is that of the rule's findings, unless a check says otherwise for one of them.
	Severity Severity
	// Explanation says why it matters, when Azure checks it, and where sources disagree.
	Explanation string
	// Fix says what to do, in general. Findings carry a value where one can be computed.
	Fix string
	// Source is the page that says so.
	Source string
	// Since is the version of aksnet that brought the rule.
	Since string
	// Check looks at the plan and reports findings. It is nil for rules whose findings the engine makes itself.
	Check func(*Pass)
}

// Pages of this project that rules cite.
const (
	docsSpec    = "https://github.com/aksnet/aksnet/blob/main/docs/spec.md"
	docsWaivers = "https://github.com/aksnet/aksnet/blob/main/docs/rules/README.md#waivers"
)

// Family is the letters of the rule's id.
func (r *Rule) Family() string { return strings.TrimRight(r.ID, "0123456789") }

// Matches reports whether a word names the rule: its id or its family, in any case.
func (r *Rule) Matches(word string) bool {
	return strings.EqualFold(word, r.ID) || strings.EqualFold(word, r.Family())
}
