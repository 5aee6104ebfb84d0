package aks

import "testing"

func TestSignInErrorIn(t *testing.T) {
	for text, want := range map[string]struct{ code, what string }{
		"":                      {},
		"no code":               {},
		"AADSTS1: x":            {"AADSTS1", ""},
		"AADSTS50076: use MFA.": {"AADSTS50076", "Azure wants you to sign in again, for example with a second factor"},
		// A code that begins like a known one is another code.
		"AADSTS500761":                  {"AADSTS500761", ""},
		"AADSTS1 and AADSTS7000222 too": {"AADSTS7000222", "the secret of the application has expired"},
	} {
		if code, e := SignInErrorIn(text); code != want.code || e.What != want.what {
			t.Errorf("%q: %q %q", text, code, e.What)
		}
	}
}

// Each code has one meaning.
func TestSignInErrors(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range signInErrors() {
		if e.What == "" || e.Fix == "" {
			t.Errorf("%v has no text", e.Codes)
		}
		for _, c := range e.Codes {
			if seen[c] || signInCode().FindString(c) != c {
				t.Errorf("%s", c)
			}
			seen[c] = true
		}
	}
}
