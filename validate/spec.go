package validate

import "github.com/aksnet/aksnet/spec"

// problem returns a rule whose findings the reader of the spec makes; its check passes them on.
func problem(id, title, explanation, fix string) *Rule {
	return &Rule{
		ID: id, Title: title, Severity: Error, Explanation: explanation, Fix: fix, Source: docsSpec, Since: "v0.1.0",
		Check: checkProblems,
	}
}

var unreadableProblem = problem(spec.RuleSyntax, "not readable as YAML or JSON",
	"The file is neither YAML nor JSON. Nothing after this position can be read, so no other rules run.",
	"correct the syntax at this position; an editor with YAML support marks it")

var unknownKeyProblem = problem(spec.RuleUnknown, "unknown key",
	"A key that is not part of the format would be silently ignored; most are typos.",
	"use a key of the format; aksnet schema lists them")

var duplicateKeyProblem = problem(spec.RuleDuplicate, "duplicate key",
	"YAML forbids duplicate keys in one mapping: programs disagree about which one counts.",
	"remove one of the two")

var wrongTypeProblem = problem(spec.RuleType, "wrong type",
	"The key takes a different kind of value: a number, text, a list or a mapping.",
	"write a value of the type that the message names")

var hostBitsProblem = problem(spec.RuleHostBits, "prefix with host bits",
	"The address of the prefix has bits set beyond its length. Azure rejects such a prefix.",
	"use the network address, or a longer prefix length")

var notAPrefixProblem = problem(spec.RuleAddress, "not an address or prefix",
	"The text is not an IP address, or not a prefix in CIDR notation.",
	"write an address as 10.0.0.4 and a prefix as 10.0.0.0/24")

var wrongFamilyProblem = problem(spec.RuleFamily, "wrong address family",
	"The setting takes an address or prefix of the other family.",
	"use an address of the family that the message names; lists of both families have their own keys")

var unknownWordProblem = problem(spec.RuleWord, "not an accepted value",
	"The setting takes one value of a fixed list. Case does not matter; where the AKS or network API has the setting, the values are its own.",
	"use one of the values that the message lists")

var missingKeyProblem = problem(spec.RuleRequired, "required key missing",
	"Nothing can be planned without this key.",
	"add the key")

var unknownVersionProblem = problem(spec.RuleVersion, "apiVersion missing or unknown",
	"Every file names the version of its format, so that later releases can still read it.",
	"start the file with apiVersion: aksnet/v1")

var duplicateNameProblem = problem(spec.RuleName, "duplicate name",
	"Networks, clusters, pools and subnets are identified by name, and Azure ignores case.",
	"rename one of the two")

var numberOutOfRangeProblem = problem(spec.RuleRange, "number out of range",
	"The number is outside the range of the setting.",
	"use a number in the range that the message names")

var emptySpecProblem = problem(spec.RuleEmpty, "empty spec",
	"A file that is empty, or has neither clusters nor networks, is usually the wrong file.",
	"pass the file that contains the spec")

var oversizedProblem = problem(spec.RuleSize, "too large, too deep, or too many aliases",
	"No real spec exceeds these limits. They keep any input from exhausting memory or time.",
	"split the spec into several files, or replace aliases with what they stand for")

var conflictingDefaultsProblem = problem(spec.RuleDefaults, "files disagree about a default",
	"Several files form one plan. When two of them set the same default to different values, neither can apply to the other files.",
	"keep the default in one file, or set the value wherever it applies")

var waiverExpired = &Rule{
	ID: "SPEC016", Title: "waiver has expired", Severity: Error, Since: "v0.1.0",
	Explanation: "A waiver accepts a finding until a date. After that the finding counts again, and the waiver itself is an error, so that " +
		"nobody misses it.",
	Fix:    "fix what the waiver accepts and remove it, or set a later date in until",
	Source: docsWaivers,
}

var waiverIdle = &Rule{
	ID: "SPEC017", Title: "waiver matches no finding", Severity: Note, Since: "v0.1.0",
	Explanation: "What the waiver accepted is no longer found: it was fixed, or the path is wrong. An unused waiver would silently accept the " +
		"next finding there. Findings about the shape of the file (SPEC) cannot be waived.",
	Fix:    "remove the waiver, or correct its path",
	Source: docsWaivers,
}

var waiverUnknown = &Rule{
	ID: "SPEC018", Title: "waiver names an unknown rule", Severity: Error, Since: "v0.1.0",
	Explanation: "A waiver names one rule by its id, such as IP012.",
	Fix:         "set rule to an id that aksnet rules lists",
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
