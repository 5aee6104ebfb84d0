package spec

// Ids of the rules whose findings the reader makes. Their literals are in package validate.
const (
	ruleSyntax    = "SPEC001" // not readable as YAML or JSON
	ruleUnknown   = "SPEC002" // unknown key
	ruleDuplicate = "SPEC003" // key written twice
	ruleType      = "SPEC004" // wrong type
	ruleHostBits  = "SPEC005" // prefix with host bits
	ruleAddress   = "SPEC006" // not a CIDR or address
	ruleFamily    = "SPEC007" // wrong address family
	ruleWord      = "SPEC008" // not one of the accepted words
	ruleRequired  = "SPEC009" // required key missing
	ruleVersion   = "SPEC010" // apiVersion missing or unknown
	ruleName      = "SPEC011" // name defined twice
	ruleRange     = "SPEC012" // number out of range
	ruleEmpty     = "SPEC013" // empty file
	ruleSize      = "SPEC014" // too large, too deep, too many aliases
	ruleDefaults  = "SPEC015" // files disagree about a default
)
