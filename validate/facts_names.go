package validate

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
)

// badName reports a name that breaks the rule of its kind, and proposes a valid one. It returns nil for a valid name
// and for an empty one, which the reader of the spec reports.
func (p *Pass) badName(path, name string, kind aks.NameKind) *Finding {
	rule, ok := aks.NameRuleFor(kind)
	if !ok || name == "" || rule.Valid(name) {
		return nil
	}
	what := rule.Title
	if kind != aks.NameDNSPrefix {
		what += " name"
	}
	var f *Finding
	if n := utf8.RuneCountInString(name); !rule.LengthOK(name) {
		f = p.Reportf(path, "%s %q has %s; it needs %s", what, name, english.Count(n, "character"),
			lengthRange(rule.Min, rule.Max))
	} else {
		f = p.Reportf(path, "%s %q is invalid (allowed: %s)", what, name, rule.Describe)
	}
	if good, ok := goodName(rule, name, rule.Max); ok {
		f.Edit = set(good)
	}
	return f
}

func lengthRange(least, most int) string {
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d to %d", least, most)
}

// goodName returns a name that follows a rule and has at most the given number of characters. It replaces invalid
// characters by hyphens or removes them; a name that it shortens ends in a hash of the original. It reports false if
// nothing is left.
func goodName(rule aks.NameRule, name string, most int) (string, bool) {
	lower := !rule.CharactersOK("aAa")
	hyphen := rule.CharactersOK("a-a")
	out := strings.Map(func(r rune) rune {
		switch {
		case lower && 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case r < utf8.RuneSelf && rule.CharactersOK("a"+string(r)+"a"):
			return r
		case hyphen:
			return '-'
		}
		return -1
	}, name)
	out = trimName(rule, out)
	if len(out) > most {
		out = cutName(rule, out, name, most, hyphen)
	}
	for len(out) < rule.Min && out != "" {
		out += "1"
	}
	return out, out != "" && rule.Valid(out) && out != name
}

// trimName removes characters that are invalid at the start or the end.
func trimName(rule aks.NameRule, s string) string {
	for s != "" && !rule.CharactersOK(s[:1]+"a") {
		s = s[1:]
	}
	for s != "" && !rule.CharactersOK("a"+s[len(s)-1:]) {
		s = s[:len(s)-1]
	}
	return s
}

// cutName shortens a name and appends a hash of the original. Short names get a short hash.
func cutName(rule aks.NameRule, s, whole string, most int, hyphen bool) string {
	h := fnv.New32a()
	h.Write([]byte(whole))
	tail := fmt.Sprintf("%08x", h.Sum32())[:min(8, max(2, most/3))]
	if hyphen {
		tail = "-" + tail
	}
	return trimName(rule, s[:most-len(tail)]) + tail
}
