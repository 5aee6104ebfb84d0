package validate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/validate"
)

// fixVerbs begin the advice of rules and findings: what to do is an imperative.
var fixVerbs = strings.Fields(`add allow apply assign change move pass replace run start try turn associate attach begin check choose combine correct create drain
	expose fix forward give have keep list lower merge peer put raise remove rename request resolve set shorten split
	spread upgrade use write`)

// TestFixesAreSentences requires a verb and its object wherever a rule or a finding says what to do: a bare word,
// number or value is no advice.
func TestFixesAreSentences(t *testing.T) {
	for _, r := range validate.Rules() {
		if !isSentence(r.Fix) {
			t.Errorf("%s: fix %q is no imperative sentence", r.ID, r.Fix)
		}
		for _, f := range only(r.ID, parse(t, r.ID, "bad")) {
			if !isSentence(f.Remedy()) {
				t.Errorf("%s: %q: fix %q is no imperative sentence", r.ID, f.Message, f.Remedy())
			}
		}
	}
}

// isSentence reports whether advice begins with a known verb, continues, and does not end with a full stop.
func isSentence(advice string) bool {
	words := strings.Fields(advice)
	return len(words) > 1 && slices.Contains(fixVerbs, words[0]) && !strings.HasSuffix(advice, ".")
}

func TestIsSentence(t *testing.T) {
	for advice, want := range map[string]bool{
		"cilium.": false, "8 at most": false, "1.28 or newer": false, "Manual": false,
		"[IPv4], or choose model overlay": false,
		"set":                             false, "use": false, "": false, "set maxPods to 250.": false,
		"set maxPods to 250": true, "split the pool": true, "raise maxPods": true,
	} {
		if got := isSentence(advice); got != want {
			t.Errorf("isSentence(%q) = %v, want %v", advice, got, want)
		}
	}
}
