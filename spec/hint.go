package spec

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/ipam"
)

// scalarHint says how a number or a boolean would be written that is in quotes, or in another word for it. It is empty
// when the text is none.
func scalarHint(n *node, want reflect.Kind) string {
	if n.kind != scalarNode || n.tag != tagStr {
		return ""
	}
	word := strings.ToLower(strings.TrimSpace(n.value))
	quoted := n.quoted
	switch {
	case want == reflect.Int && quoted && word != "" && strings.Trim(word, "0123456789") == "":
		return "; write it without quotes: " + word
	case want == reflect.Int && separated(word):
		return "; write it without separators: " + strings.NewReplacer(",", "", "_", "", " ", "", ".", "").Replace(word)
	case want != reflect.Bool:
		return ""
	case quoted && (word == "true" || word == "false"):
		return "; write it without quotes: " + word
	case slices.Contains([]string{"yes", "y", "on", "enabled"}, word):
		return "; write true"
	case slices.Contains([]string{"no", "n", "off", "disabled"}, word):
		return "; write false"
	}
	return ""
}

// separated reports whether a text is a number with separators between its groups of three digits.
func separated(text string) bool {
	groups := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",_ .", r) })
	for i, g := range groups {
		if strings.Trim(g, "0123456789") != "" || i > 0 && len(g) != 3 || len(g) > 3 {
			return false
		}
	}
	return len(groups) > 1
}

// singleHint says how a value is written that stands in a list, but is only one: f is its field, and known the keys
// beside it. It is empty for anything else.
func singleHint(n *node, f *field, known fields) string {
	if n.kind == mappingNode && isTemplate(n) {
		return "; fill in the template first"
	}
	if n.kind != sequenceNode {
		return ""
	}
	if several := known.find(f.key + "s"); several != nil {
		return fmt.Sprintf("; %s takes a list", several.key)
	}
	if len(n.content()) == 1 && target(n.content()[0]).kind == scalarNode {
		return "; write it without brackets: " + quotePlain(target(n.content()[0]).value)
	}
	return ""
}

// isTemplate reports whether a mapping is a placeholder in double braces, which YAML reads as a mapping in a mapping.
func isTemplate(n *node) bool {
	return n.flow && len(n.content()) == 2 && n.content()[0].kind == mappingNode
}

// listHint says how a list is written, for the value that stands in its place. The type is that of the list.
func listHint(n *node, t reflect.Type) string {
	element := structOf(t)
	switch {
	case n.kind == scalarNode && element == nil:
		return fmt.Sprintf("; write it in brackets: [%s]", quotePlain(n.value))
	case n.kind != mappingNode || element == nil || len(n.content()) == 0:
		return ""
	case fieldsOf(element).find(n.content()[0].value) != nil:
		return fmt.Sprintf(`; each element starts with a dash: "- %s: …"`, n.content()[0].value)
	case fieldsOf(element).find("name") != nil && n.content()[0].kind == scalarNode:
		return fmt.Sprintf(
			`; each element starts with a dash and has its name: "- name: %s"`,
			quotePlain(n.content()[0].value),
		)
	}
	return ""
}

// nameHint says how a thing is written of which only the name was given.
func nameHint(n *node, known fields) string {
	if n.kind != scalarNode || n.tag != tagStr || known.find("name") == nil {
		return ""
	}
	return fmt.Sprintf("; with only a name, write {name: %s}", quotePlain(n.value))
}

// quotePlain shows a value as it may be written in a spec, shortened when it is very long.
func quotePlain(value string) string {
	if quoted := quote(value); strings.Trim(value, "+-./_0123456789"+letters) != "" {
		return quoted
	}
	return strings.Trim(quote(value), `"`)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// prefixHint says what is wrong with the text of a range, and returns the range that it was likely meant to be. Both
// are empty when that is not known.
func prefixHint(text string) (hint, fix string) {
	text = strings.TrimSpace(text)
	if item, err := ipam.ParseItem(text); err == nil && strings.ContainsAny(text, "/-") {
		if p, ok := item.Prefix(); ok {
			return fmt.Sprintf("; it is written %s", p), p.String()
		}
		return "; a range that is no single prefix is written as several, see aksnet ip range", ""
	}
	if p, err := netip.ParsePrefix(strings.ReplaceAll(text, `\`, "/")); err == nil {
		return fmt.Sprintf("; it is written %s", p), p.String()
	}
	if a, err := netip.ParseAddr(text); err == nil && a.Zone() == "" {
		return addressHint(a.Unmap())
	}
	for i, octet := range strings.Split(strings.SplitN(text, "/", 2)[0], ".") {
		switch n, err := strconv.Atoi(octet); {
		case err != nil || i > 3:
			return "", ""
		case n > 255:
			return fmt.Sprintf("; %d is more than 255", n), ""
		case len(octet) > 1 && octet[0] == '0':
			return fmt.Sprintf("; %s has a leading zero", octet), ""
		}
	}
	return "", ""
}

// addressHint says how the range of an address is written: one that ends in zeros is a range without its length.
func addressHint(a netip.Addr) (hint, fix string) {
	if a.Is4() {
		for octets, bytes := 3, a.As4(); octets > 0 && bytes[octets] == 0; octets-- {
			if octets == 1 || bytes[octets-1] != 0 {
				return fmt.Sprintf("; its length is missing, such as %s/%d", a, 8*octets), ""
			}
		}
	}
	fix = netip.PrefixFrom(a, a.BitLen()).String()
	return fmt.Sprintf("; a single address is written %s", fix), fix
}

// keyHint says what an unknown key is likely to be that is no typo, and the key that was meant. Both are empty when
// that is not known.
func keyHint(key string, known fields) (hint, meant string) {
	if name, value, ok := strings.Cut(key, ":"); ok && known.find(name) != nil {
		return fmt.Sprintf("; a space is missing after the colon: write %s", quote(name+": "+value)), name
	}
	if len(key) == 3 && strings.Trim(key, "0123456789") == "" {
		return "; is it the end of a number with a comma? Write numbers without separators", ""
	}
	if key == "properties" {
		return "; the keys of ARM's properties stand beside name", ""
	}
	return "", ""
}

// maxHomes is in how many places a key may be known to name them for a key that stands somewhere else.
const maxHomes = 2

// homes maps each key to the lists and mappings that take it.
var homes = sync.OnceValue(func() map[string][]string {
	out := map[string][]string{}
	addHomes(out, reflect.TypeFor[Spec](), "", 0)
	return out
})

func addHomes(out map[string][]string, t reflect.Type, path string, depth int) {
	if depth > maxDepth {
		return
	}
	for _, f := range fieldsOf(t) {
		own := Key(path, f.key)
		if path != "" && !slices.Contains(out[f.key], path) {
			out[f.key] = append(out[f.key], path)
		}
		typ := t.Field(f.index).Type
		if inner := structOf(typ); inner != nil && inner != t {
			if typ.Kind() == reflect.Slice {
				own += "[]"
			}
			addHomes(out, inner, own, depth+1)
		}
	}
}

// homeHint says where a key belongs that is unknown where it stands.
func homeHint(key string) string {
	if places := homes()[key]; len(places) > 0 && len(places) <= maxHomes {
		return "; it belongs in " + strings.Join(places, " or ")
	}
	return ""
}
