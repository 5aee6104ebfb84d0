package importer

import (
	"net/netip"
	"strings"
)

// object is one JSON object. Look-ups find a member beside the others or under "properties", whichever is there, and in
// whatever case: az writes vnetSubnetId and dnsServiceIp where Azure answers vnetSubnetID and dnsServiceIP. A member
// that is missing, null or of another type reads as its zero value.
type object struct{ m map[string]any }

func (o object) get(path string) any {
	var v any = o.m
	for _, key := range strings.Split(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		if v = member(m, key); v == nil {
			inner, _ := m["properties"].(map[string]any)
			v = member(inner, key)
		}
	}
	return v
}

// member finds a member of an object: by its exact name, else the first in order whose name differs in case alone.
func member(m map[string]any, key string) any {
	if v := m[key]; v != nil {
		return v
	}
	found := ""
	for k := range m {
		if strings.EqualFold(k, key) && m[k] != nil && (found == "" || k < found) {
			found = k
		}
	}
	return m[found]
}

func (o object) text(path string) string {
	s, _ := o.get(path).(string)
	return s
}

func (o object) flag(path string) bool {
	b, _ := o.get(path).(bool)
	return b
}

// number reads whole numbers; anything else is 0.
func (o object) number(path string) int {
	f, ok := o.get(path).(float64)
	if !ok || f != float64(int(f)) {
		return 0
	}
	return int(f)
}

func (o object) list(path string) []any {
	l, _ := o.get(path).([]any)
	return l
}

// objects returns the objects of a list.
func (o object) objects(path string) (out []object) {
	for _, x := range o.list(path) {
		if m, ok := x.(map[string]any); ok {
			out = append(out, object{m})
		}
	}
	return out
}

// texts returns the texts of a list.
func (o object) texts(path string) (out []string) {
	for _, x := range o.list(path) {
		if s, ok := x.(string); ok && s != "" {
			out = append(out, s)
		}
	}
	return out
}

// ids returns the ids of a list of objects that are references.
func (o object) ids(path string) (out []string) {
	for _, x := range o.objects(path) {
		if id := x.text("id"); id != "" {
			out = append(out, id)
		}
	}
	return out
}

// prefixes returns the address prefixes of a list, masked.
func (o object) prefixes(path string) (out []string) {
	for _, s := range o.texts(path) {
		if p := prefix(s); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// prefix returns a prefix without host bits; a bare address is a prefix of that address alone, and what is neither is
// empty.
func prefix(s string) string {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked().String()
	}
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(a, a.BitLen()).String()
	}
	return ""
}

// id is the parts of a resource id that a spec speaks of.
type id struct {
	text, subscription, group, kind, name, parent string
}

// parseID splits "/subscriptions/S/resourceGroups/G/providers/P/type/name/…". Parts that are missing are empty; parent
// is the name one level up, as a subnet's network.
func parseID(text string) id {
	parts := strings.Split(strings.Trim(text, "/"), "/")
	out := id{text: text}
	for i := 0; i+1 < len(parts); i += 2 {
		switch key, value := strings.ToLower(parts[i]), parts[i+1]; key {
		case "subscriptions":
			out.subscription = value
		case "resourcegroups":
			out.group = value
		case "providers":
			out.kind = value
		default:
			out.kind += "/" + parts[i]
			out.parent, out.name = out.name, value
		}
	}
	return out
}

// key tells resources apart; Azure's ids do not distinguish case.
func (i id) key() string { return strings.ToLower(strings.Trim(i.text, "/")) }

// parentID is the id one level up.
func (i id) parentID() id {
	parts := strings.Split(strings.Trim(i.text, "/"), "/")
	return parseID("/" + strings.Join(parts[:max(0, len(parts)-2)], "/"))
}

func (i id) same(other id) bool { return i.text != "" && i.key() == other.key() }
