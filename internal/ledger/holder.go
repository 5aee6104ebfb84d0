package ledger

import "strings"

// Holder is on whose behalf a ledger is read or changed: an owner, and the specs that it plans.
type Holder struct {
	// Owner is the team or repository. Empty, entries of any owner belong to the holder if they name one of its specs:
	// a
	// file beside a spec is the spec's own, whoever runs aksnet.
	Owner string
	// Specs is the files of the plan, as entries name them. A name that ends in a slash stands for all files below it.
	Specs []string
}

// Holds reports whether an entry is the holder's.
func (h Holder) Holds(e *Entry) bool {
	if h.Owner != "" && e.Owner != h.Owner {
		return false
	}
	for _, spec := range h.Specs {
		if e.Spec == spec || strings.HasSuffix(spec, "/") && strings.HasPrefix(e.Spec, spec) {
			return true
		}
	}
	return false
}
