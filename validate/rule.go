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

// Family is the letters of the rule's id.
func (r *Rule) Family() string { return strings.TrimRight(r.ID, "0123456789") }

// Matches reports whether a word names the rule: its id or its family, in any case.
func (r *Rule) Matches(word string) bool {
	return strings.EqualFold(word, r.ID) || strings.EqualFold(word, r.Family())
}

// Lookup returns the rule with the id, in any case, and false when there is none.
func Lookup(id string) (*Rule, bool) {
	for _, r := range Rules() {
		if strings.EqualFold(r.ID, id) {
			return r, true
		}
	}
	return nil, false
}

// Known reports whether a word names a rule or a family.
func Known(word string) bool {
	for _, r := range Rules() {
		if r.Matches(word) {
			return true
		}
	}
	return false
}

// Families returns the families of the catalogue, in its order.
func Families() (out []string) {
	for _, r := range Rules() {
		if f := r.Family(); len(out) == 0 || out[len(out)-1] != f {
			out = append(out, f)
		}
	}
	return out
}
