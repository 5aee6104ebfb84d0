package migrate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// az writes commands of the Azure CLI for one cluster.
type az struct {
	subscription, group, cluster string
}

func newAz(s *spec.Spec, c *plan.Cluster) az { return az{s.Subscription, c.ResourceGroup, c.Name} }

// aks is "az aks VERB" for the cluster.
func (a az) aks(verb string, arguments ...string) string {
	return a.word(append([]string{"aks", verb, "--name", a.cluster}, arguments...)...)
}

func (a az) update(arguments ...string) string { return a.aks("update", arguments...) }

func (a az) show(query string) string { return a.aks("show", "--query", query, "--output", "json") }

// word is an az command in the resource group of the cluster.
func (a az) word(arguments ...string) string { return a.inGroup(a.group, arguments...) }

// inGroup is an az command in a resource group. A group that the spec does not name is the shell's variable RESOURCE_GROUP.
func (a az) inGroup(group string, arguments ...string) string {
	words := []string{"az"}
	for _, w := range arguments {
		words = append(words, quote(w))
	}
	words = append(words, "--resource-group")
	if group == "" {
		words = append(words, `"$RESOURCE_GROUP"`)
	} else {
		words = append(words, quote(group))
	}
	if a.subscription != "" {
		words = append(words, "--subscription", quote(a.subscription))
	}
	return strings.Join(words, " ")
}

// quote writes a text as one word of a shell, on one line: as it is where the shell gives no character a meaning, in single quotes
// otherwise. Characters that a terminal would act on are written as escapes, in the form that bash, zsh and ksh know.
func quote(s string) string {
	switch {
	case s != "" && strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 && s[0] != '~':
		return s
	case strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }) < 0:
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	var b strings.Builder
	b.WriteString("$'")
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\'' || c == '\\':
			b.WriteString(`\` + string(c))
		case c < ' ' || c > '~':
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String() + "'"
}

// plain reports whether a shell leaves a character alone wherever it stands in a word.
func plain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:,@+", r)
}
