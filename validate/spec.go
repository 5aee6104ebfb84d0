package validate

import "github.com/aksnet/aksnet/spec"

// unread says why a problem of the spec cannot be waived.
const unread = "what could not be read is not in the plan"

// problem returns a rule whose findings come from the spec parser; its check reports them.
func problem(id, title, explanation, fix string) *Rule {
	return &Rule{
		ID: id, Title: title, Severity: Error, Explanation: explanation, Fix: fix, Source: docsSpec, Since: "v0.1.0",
		Unwaivable: unread, Check: checkProblems,
	}
}

var unreadableProblem = problem(spec.RuleSyntax, "invalid YAML or JSON",
	"The file is neither valid YAML nor valid JSON. Nothing after this position can be read, so no other rules run.",
	"correct the syntax at this position; an editor with YAML support marks it")

var unknownKeyProblem = problem(spec.RuleUnknown, "unknown key",
	"A key that is not part of the format would be silently ignored; most are typos.",
	"use a key of the format; aksnet schema lists them")

var duplicateKeyProblem = problem(spec.RuleDuplicate, "duplicate key",
	"YAML forbids duplicate keys in a mapping, because parsers disagree about which one applies.",
	"remove one of the two")

var wrongTypeProblem = problem(spec.RuleType, "wrong type",
	"The key expects a different type of value: a number, a string, a list or a mapping.",
	"use a value of the type in the message")

var hostBitsProblem = problem(spec.RuleHostBits, "prefix with host bits",
	"The address of the prefix has bits set beyond its length. Azure rejects such a prefix.",
	"use the network address, or a longer prefix length")

var notAPrefixProblem = problem(spec.RuleAddress, "not an address or prefix",
	"The text is not an IP address, or not a prefix in CIDR notation.",
	"write an address as 10.0.0.4 and a prefix as 10.0.0.0/24")

var wrongFamilyProblem = problem(spec.RuleFamily, "wrong address family",
	"The setting expects an address or prefix of the other family.",
	"use an address of the family in the message; lists with both families have their own keys, such as podCidrs")

var unknownWordProblem = problem(spec.RuleWord, "not an accepted value",
	"The setting accepts one value from a fixed list, in any case. If the AKS or network API has the same setting, "+
		"the values are those of the API.",
	"use one of the values that the message lists")

var missingKeyProblem = problem(spec.RuleRequired, "required key missing",
	"The plan cannot be computed without this key.",
	"add the key")

var unknownVersionProblem = problem(spec.RuleVersion, "apiVersion missing or unknown",
	"Every file states its format version, so that later releases can still read it.",
	"start the file with apiVersion: aksnet/v1")

var duplicateNameProblem = problem(spec.RuleName, "duplicate name",
	"Networks, clusters, pools and subnets are identified by name, and Azure ignores case.",
	"rename one of the two")

var numberOutOfRangeProblem = problem(spec.RuleRange, "number out of range",
	"The number is outside the range of the setting.",
	"use a number within the range in the message")

var emptySpecProblem = problem(spec.RuleEmpty, "empty spec",
	"A file that is empty, or has neither clusters nor networks, is usually the wrong file.",
	"pass the file that contains the spec")

var oversizedProblem = problem(spec.RuleSize, "too large, too deep, or too many aliases",
	"No real spec exceeds these limits. They prevent malicious input from exhausting memory or time.",
	"split the spec into several files, or replace aliases with their values")

var conflictingDefaultsProblem = problem(spec.RuleDefaults, "files disagree about a default",
	"Several files form one plan. If two of them set the same default to different values, neither value can apply to "+
		"the other files.",
	"keep the default in one file, or set the value wherever it applies")

var foreignFileProblem = problem(spec.RuleForeign, "not a spec",
	"The content of the file shows that it is something else: infrastructure code, output of another program, or a "+
		"document. Nothing in it is read.",
	"pass the spec, or do what the message says")

var leftOutProblem = &Rule{
	ID: spec.RuleLeftOut, Title: "file in a folder is not a spec", Severity: Note, Since: "v0.1.0",
	Explanation: "A folder stands for every YAML and JSON file in it. A file that is recognized as something else is " +
		"left out if the folder, or another argument, has a spec. If you name such a file itself, it is an error (SPEC020).",
	Fix:        "pass the files of the spec instead of the folder, or move the other file",
	Source:     docsSpec,
	Unwaivable: unread,
	Check:      checkProblems,
}

// aboutWaivers says why findings about waivers cannot be waived.
const aboutWaivers = "it is about a waiver"

var waiverExpired = &Rule{
	ID: "SPEC016", Title: "waiver has expired", Severity: Error, Since: "v0.1.0",
	Explanation: "A waiver accepts a finding until a date. After that date, the finding counts again and the waiver " +
		"itself is an error, so that nobody overlooks it.",
	Fix:    "fix the finding and remove the waiver, or set a later date in until",
	Source: docsWaivers, Unwaivable: aboutWaivers,
}

var waiverIdle = &Rule{
	ID: "SPEC017", Title: "waiver matches no finding", Severity: Note, Since: "v0.1.0",
	Explanation: "The finding that the waiver accepts no longer exists: it was fixed, or the path is wrong. An " +
		"unused waiver would silently accept the next finding at that path.",
	Fix:    "remove the waiver, or correct its path",
	Source: docsWaivers, Unwaivable: aboutWaivers,
}

var waiverUnknown = &Rule{
	ID: "SPEC018", Title: "waiver names an unknown rule", Severity: Error, Since: "v0.1.0",
	Explanation: "A waiver refers to one rule by its id, such as IP012.",
	Fix:         "set rule to an id from the list that aksnet rules prints",
	Source:      docsWaivers, Unwaivable: aboutWaivers,
}

var waiverDay = &Rule{
	ID: "SPEC019", Title: "invalid waiver date", Severity: Error, Since: "v0.1.0",
	Explanation: "until is the last day on which the waiver applies, in the form year-month-day. A waiver with an " +
		"unreadable date accepts no finding.",
	Fix:    "write until as 2027-03-31",
	Source: docsWaivers, Unwaivable: aboutWaivers,
}

var waiverVoid = &Rule{
	ID: "SPEC022", Title: "waiver has no effect", Severity: Warning, Since: "v0.1.0",
	Explanation: "Some rules cannot be waived: those about the shape of the file and about waivers, because the plan " +
		"would not be the intended one, and those that keep a text from changing the meaning of an id, a URL or a " +
		"script. aksnet explain says so for each of them. Their findings count in spite of the waiver.",
	Fix:    "fix the finding and remove the waiver",
	Source: docsWaivers, Unwaivable: aboutWaivers,
}
