package spec

// The ids of the rules whose findings the reader makes. Their literals are in package validate.
const (
	RuleSyntax    = "SPEC001" // not readable as YAML or JSON
	RuleUnknown   = "SPEC002" // unknown key
	RuleDuplicate = "SPEC003" // duplicate key
	RuleType      = "SPEC004" // wrong type
	RuleHostBits  = "SPEC005" // prefix with host bits
	RuleAddress   = "SPEC006" // not an address or prefix
	RuleFamily    = "SPEC007" // wrong address family
	RuleWord      = "SPEC008" // not an accepted value
	RuleRequired  = "SPEC009" // required key missing
	RuleVersion   = "SPEC010" // apiVersion missing or unknown
	RuleName      = "SPEC011" // duplicate name
	RuleRange     = "SPEC012" // number out of range
	RuleEmpty     = "SPEC013" // empty spec
	RuleSize      = "SPEC014" // too large, too deep, or too many aliases
	RuleDefaults  = "SPEC015" // files disagree about a default
	RuleForeign   = "SPEC020" // a file of another kind
	RuleLeftOut   = "SPEC021" // a file of another kind, in a folder with a spec
)

// Refused reports whether the value at the path of the problem was not read, so that the spec holds a default there.
func (p Problem) Refused() bool {
	switch p.Rule {
	case RuleType, RuleAddress, RuleFamily, RuleWord, RuleRange:
		return true
	}
	return false
}

// Unreadable reports whether the problem keeps a file, or the rest of one, out of the spec.
func (p Problem) Unreadable() bool {
	return p.Rule == RuleSyntax || p.Rule == RuleSize || p.Rule == RuleForeign
}

// Harmless reports whether the spec is complete in spite of the problem.
func (p Problem) Harmless() bool { return p.Rule == RuleLeftOut }
