package validate

import "github.com/aksnet/aksnet/spec"

// problem is a rule whose findings the reader of the spec makes: its check passes them on.
func problem(id, title, explanation, fix string) *Rule {
	return &Rule{
		ID: id, Title: title, Severity: Error, Explanation: explanation, Fix: fix, Source: docsSpec, Since: "v0.1.0",
		Check: checkProblems,
	}
}

var unreadableProblem = problem("SPEC001", "not readable as YAML or JSON",
	"The file is not YAML, and so not JSON either. Nothing behind the place can be read, so other rules stay silent.",
	"correct the syntax at the place; an editor with YAML support marks it")

var unknownKeyProblem = problem("SPEC002", "unknown key",
	"A key that is not part of the format would be ignored without a word; most are misspelt.",
	"use a key of the format, see aksnet schema")

var duplicateKeyProblem = problem("SPEC003", "key written twice",
	"YAML forbids a key twice in one mapping: programs disagree about which one counts.",
	"remove one of the two")

var wrongTypeProblem = problem("SPEC004", "wrong type",
	"The key takes another kind of value: a number, a text, a list or a mapping.",
	"write a value of the type that the message names")

var hostBitsProblem = problem("SPEC005", "prefix with host bits",
	"The address of a prefix has bits set behind its length. Azure refuses such a prefix; the nearest one is named.",
	"use the network address, or a longer prefix length")

var notAPrefixProblem = problem("SPEC006", "not an address or prefix",
	"The text is no IP address or no prefix in CIDR notation.",
	"write an address as 10.0.0.4 and a prefix as 10.0.0.0/24")

var wrongFamilyProblem = problem("SPEC007", "wrong address family",
	"The setting takes IPv4 alone, or one of the other family.",
	"use an address of the family that the message names; lists with both families have keys of their own")

var unknownWordProblem = problem("SPEC008", "not one of the accepted words",
	"The setting takes one of a few words, those of the AKS and network API where there is one.",
	"use one of the words that the message lists")

var missingKeyProblem = problem("SPEC009", "required key missing",
	"Without this key the thing cannot be planned.",
	"add the key")

var unknownVersionProblem = problem("SPEC010", "apiVersion missing or unknown",
	"Every file says which version of the format it is written in, so that later versions can read it right.",
	"begin the file with apiVersion: aksnet/v1")

var duplicateNameProblem = problem("SPEC011", "name defined twice",
	"Networks, clusters, pools and subnets are found by their names, which Azure compares without regard to case.",
	"rename one of the two")

var numberOutOfRangeProblem = problem("SPEC012", "number out of range",
	"The number lies outside of what the setting can mean.",
	"use a number in the range that the message names")

var emptySpecProblem = problem("SPEC013", "nothing in the file",
	"An empty file, or one without clusters and networks, is most often the wrong file.",
	"give the file that holds the spec")

var oversizedProblem = problem("SPEC014", "too large, too deep or too many aliases",
	"Files beyond these bounds are no specs; they are refused so that no input can take all memory or time.",
	"split the spec over several files, or write aliases out")

var conflictingDefaultsProblem = problem("SPEC015", "files disagree about a default",
	"Several files are one plan. A default that stands in two of them with different values has no meaning.",
	"keep the default in one file, or set the value on each thing")

var waiverExpired = &Rule{
	ID: "SPEC016", Title: "waiver has expired", Severity: Error, Since: "v0.1.0",
	Explanation: "A waiver accepts a finding until a day. After it the finding counts again, and the waiver itself is an error, so that " +
		"nobody misses it.",
	Fix:    "fix what the waiver accepts and remove it, or set a later date in until",
	Source: docsWaivers,
}

var waiverIdle = &Rule{
	ID: "SPEC017", Title: "waiver matches no finding", Severity: Note, Since: "v0.1.0",
	Explanation: "What the waiver accepted is not found any more: it was repaired, or the path is wrong. An idle waiver would silence the " +
		"next finding there without a word. Findings about the shape of the file (SPEC) cannot be waived.",
	Fix:    "remove the waiver, or correct its path",
	Source: docsWaivers,
}

var waiverUnknown = &Rule{
	ID: "SPEC018", Title: "waiver names an unknown rule", Severity: Error, Since: "v0.1.0",
	Explanation: "A waiver names one rule by its id, such as IP012.",
	Fix:         "use an id that aksnet rules lists",
	Source:      docsWaivers,
}

var waiverDay = &Rule{
	ID: "SPEC019", Title: "invalid waiver date", Severity: Error, Since: "v0.1.0",
	Explanation: "until is the last day on which the waiver counts, as year-month-day. A waiver whose day cannot be read accepts nothing.",
	Fix:         "write until as 2027-03-31",
	Source:      docsWaivers,
}

// checkProblems passes on what the reader found.
func checkProblems(p *Pass) {
	for _, problem := range p.Spec.Problems {
		if problem.Rule == p.rule.ID {
			p.reportProblem(problem)
		}
	}
}

func (p *Pass) reportProblem(problem spec.Problem) {
	p.reportAt(problem.Position, Finding{
		Path: problem.Path, Message: problem.Message, Edit: set(problem.Fix), shape: true,
	})
}
