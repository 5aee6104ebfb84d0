package refusal

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/aks"
)

// code is a code that a text holds, and where.
type code struct {
	name string
	at   int
}

var (
	// word is a run of letters, digits and underscores that is long enough for a code.
	word = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[A-Za-z][A-Za-z0-9_]{7,}`) })
	// labelled is a code where a text says that it is one.
	labelled = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(
			`(?i:"?\bcode"?\s*[:=]\s*["']?|error:\s+)([A-Z][A-Za-z0-9_]{7,})\b|(?:^|\s)\(([A-Z][A-Za-z0-9_]{7,})\)\s`)
	})
)

// wrappers are codes that only carry another one, and words of az, Terraform and Kubernetes that stand where codes do.
func wrappers() []string {
	return []string{
		"BadRequest", "DeploymentFailed", "InvalidTemplateDeployment", "ResourceDeploymentFailure",
		"ReconcileVNetError", "Conflict",
		"DeploymentFailedCleanUp", "ReconcileError", "ControlPlaneAddOnsNotReady", "InternalServerError",
		"ResourceOperationFailure",
		"VMSSAgentPoolReconciler", "CreateVMSSAgentPoolFailed", "NotFound", "InvalidRequest", "InvalidTemplate",
		"MultipleErrorsOccurred",
		"CreateOrUpdate", "polling", "Message", "AgentPoolProfile", "HttpResponseError",
	}
}

// codesIn returns the codes of a text in the order in which they stand in it, each once: those of the table wherever
// they stand, others where the text says that they are codes.
func codesIn(plain string) []code {
	known := map[string]bool{}
	for _, c := range aks.Codes() {
		known[strings.ToLower(c)] = true
	}
	var out []code
	add := func(name string, at int) {
		if !slices.ContainsFunc(out, func(c code) bool { return strings.EqualFold(c.name, name) }) {
			out = append(out, code{name, at})
		}
	}
	for _, loc := range word().FindAllStringIndex(plain, -1) {
		if name := plain[loc[0]:loc[1]]; known[strings.ToLower(name)] {
			add(name, loc[0])
		}
	}
	for _, loc := range labelled().FindAllStringSubmatchIndex(plain, -1) {
		from, to := loc[2], loc[3]
		if from < 0 {
			from, to = loc[4], loc[5]
		}
		if name := plain[from:to]; camel(name) && !slices.Contains(wrappers(), name) {
			add(name, from)
		}
	}
	return out
}

// camel reports whether a word is built of several capitalised ones, as Azure's codes are.
func camel(s string) bool {
	capitals := 0
	for i, r := range s {
		if 'A' <= r && r <= 'Z' && (i == 0 || s[i-1] > 'Z' || s[i-1] < 'A') {
			capitals++
		}
	}
	return capitals > 1
}
