package importer

import (
	"net/netip"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
)

// object is one JSON object. Lookups find a member at the top level or under "properties", ignoring case: az prints
// vnetSubnetId and dnsServiceIp where Azure returns vnetSubnetID and dnsServiceIP. A member that is missing, null or of
// another type reads as its zero value.
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

// member returns a member of an object: the one with the exact name, else the first in order whose name differs only in
// case.
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

// number returns a whole number; anything else is 0.
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

// prefix returns a prefix without host bits. A bare address becomes a single-address prefix; anything else is empty.
func prefix(s string) string {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked().String()
	}
	if a, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(a, a.BitLen()).String()
	}
	return ""
}

// id holds the parts of a resource id that a spec needs. Text is the id as Azure wrote it.
type id struct {
	text, subscription, group, kind, name, parent string
}

// parseID reads a resource id. A text that is not one gives an id with nothing but the text; parent is the name one
// level up, as a subnet's network.
func parseID(text string) id {
	r, err := arm.ParseResourceID(text)
	if err != nil {
		return id{text: text}
	}
	out := id{
		text:         text,
		subscription: r.SubscriptionID,
		group:        r.ResourceGroupName,
		kind:         r.ResourceType.String(),
		name:         r.Name,
	}
	if r.Parent != nil {
		out.parent = r.Parent.Name
	}
	return out
}

// key returns the id for comparison; Azure's ids ignore case.
func (i id) key() string { return strings.ToLower(strings.Trim(i.text, "/")) }

// parentID returns the id one level up.
func (i id) parentID() id {
	r, err := arm.ParseResourceID(i.text)
	if err != nil || r.Parent == nil {
		return id{}
	}
	return parseID(r.Parent.String())
}

func (i id) same(other id) bool { return i.text != "" && i.key() == other.key() }
