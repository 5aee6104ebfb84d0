package validate

import (
	"regexp"
	"testing"
)

// TestSiblingsNameRules requires the answers to be about rules of the catalogue, and to name only such rules.
func TestSiblingsNameRules(t *testing.T) {
	id := regexp.MustCompile(`\b[A-Z]+[0-9]{3}\b`)
	for rule, text := range siblings() {
		for _, name := range append(id.FindAllString(text, -1), rule) {
			if _, ok := Lookup(name); !ok {
				t.Errorf("%s: %q names %s, which is no rule", rule, text, name)
			}
		}
	}
	for _, r := range Rules() {
		if r.Siblings() == "" {
			t.Errorf("%s has not been asked for its siblings", r.ID)
		}
	}
}
