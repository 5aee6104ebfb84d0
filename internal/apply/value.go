package apply

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/netip"
	"reflect"
	"slices"
	"strings"
)

// Property is one member that a change sets. Path identifies elements of named lists by their name:
// "properties.routes[default].properties.nextHopType". Before and After are JSON values; nil means absent.
type Property struct {
	Path   string `json:"path"`
	Before any    `json:"before"`
	After  any    `json:"after"`
}

// at returns the value at a path of keys in a JSON value, or nil if there is none.
func at(v any, keys ...string) any {
	for _, k := range keys {
		m, _ := v.(map[string]any)
		v = m[k]
	}
	return v
}

// toJSON converts a body to a JSON object.
func toJSON(body any) (map[string]any, error) {
	data, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encoding the body: %w", err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, fmt.Errorf("encoding the body: %w", err)
	}
	return m, nil
}

func clone(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = clone(x)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = clone(x)
		}
		return out
	}
	return v
}

// compare returns the members of want that differ in have, in the order of their paths.
func compare(want, have map[string]any) []Property {
	var out []Property
	compareValue("", plural(want), plural(have), &out)
	return out
}

// pairs returns members that Azure has in a singular and a plural form. Whoever sets one also owns the other.
func pairs() [][2]string {
	return [][2]string{
		{"addressPrefix", "addressPrefixes"},
		{"sourceAddressPrefix", "sourceAddressPrefixes"}, {"destinationAddressPrefix", "destinationAddressPrefixes"},
		{"sourcePortRange", "sourcePortRanges"}, {"destinationPortRange", "destinationPortRanges"},
	}
}

// plural returns a copy of a value with singular members converted to their plural form. A route's addressPrefix has no
// plural form; converting it does not affect a comparison.
func plural(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[k] = plural(x)
		}
		for _, p := range pairs() {
			one, _ := out[p[0]].(string)
			if many, _ := out[p[1]].([]any); one != "" && len(many) == 0 {
				out[p[1]] = []any{one}
			}
			delete(out, p[0])
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, x := range v {
			out[i] = plural(x)
		}
		return out
	}
	return v
}

func compareValue(path string, want, have any, out *[]Property) {
	switch w := want.(type) {
	case map[string]any:
		h, _ := have.(map[string]any)
		for _, k := range slices.Sorted(maps.Keys(w)) {
			compareValue(join(path, k), w[k], h[k], out)
		}
		return
	case []any:
		if key := keyOf(w); key != "" {
			compareNamed(path, key, w, have, out)
			return
		}
	}
	if !same(path, want, have) {
		*out = append(*out, Property{path, clone(have), clone(want)})
	}
}

// compareNamed compares lists of objects by name. Elements that exist only in have belong to somebody else.
func compareNamed(path, key string, want []any, have any, out *[]Property) {
	h, _ := have.([]any)
	for _, w := range want {
		name := textAt(w, key)
		element := fmt.Sprintf("%s[%s]", path, shortName(name))
		if i := find(h, key, name); i >= 0 {
			compareValue(element, w, h[i], out)
		} else {
			*out = append(*out, Property{element, nil, clone(w)})
		}
	}
}

// keyOf returns the member that identifies the elements of a list: name, id, service or pool.id; empty when they are
// not objects.
func keyOf(list []any) string {
	for _, key := range []string{"name", "id", "service", "pool.id"} {
		all := len(list) > 0
		for _, x := range list {
			all = all && textAt(x, key) != ""
		}
		if all {
			return key
		}
	}
	return ""
}

// textAt returns the string at a path of keys joined by dots; empty if there is none.
func textAt(v any, path string) string {
	s, _ := at(v, strings.Split(path, ".")...).(string)
	return s
}

func find(list []any, key, name string) int {
	return slices.IndexFunc(list, func(x any) bool { return strings.EqualFold(textAt(x, key), name) })
}

// shortName returns the last part of an id.
func shortName(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func lastKey(path string) string {
	path, _, _ = strings.Cut(path[strings.LastIndexByte(path, '.')+1:], "[")
	return path
}

// same reports whether both values mean the same to Azure. Azure returns ids, regions and its own keywords in any case
// and prefixes in their shortest form, and omits empty members.
func same(path string, want, have any) bool {
	key := lastKey(path)
	switch w := want.(type) {
	case nil:
		return true
	case string:
		h, ok := have.(string)
		return ok && sameText(path, key, w, h) || !ok && w == ""
	case bool:
		h, ok := have.(bool)
		return ok && w == h || !ok && !w && key != "defaultOutboundAccess"
	case []any:
		h, _ := have.([]any)
		return sameList(path, key, w, h)
	}
	return reflect.DeepEqual(want, have)
}

func sameText(path, key, want, have string) bool {
	switch {
	case want == have:
		return true
	case strings.HasPrefix(path, "tags."), key == "description":
		return false
	case key == "location":
		return strings.EqualFold(strings.ReplaceAll(want, " ", ""), strings.ReplaceAll(have, " ", ""))
	case strings.EqualFold(want, have):
		return true
	}
	w, err := netip.ParsePrefix(want)
	h, err2 := netip.ParsePrefix(have)
	if err == nil && err2 == nil {
		return w == h
	}
	wa, err := netip.ParseAddr(want)
	ha, err2 := netip.ParseAddr(have)
	return err == nil && err2 == nil && wa == ha
}

// sameList compares lists of plain values as sets. Only for DNS servers does the order matter.
func sameList(path, key string, want, have []any) bool {
	if len(want) != len(have) {
		return false
	}
	if key == "dnsServers" {
		return slices.EqualFunc(want, have, func(w, h any) bool { return same(path, w, h) })
	}
	left := slices.Clone(have)
	for _, w := range want {
		i := slices.IndexFunc(left, func(h any) bool { return same(path, w, h) })
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return true
}

// merge returns have overlaid with the members of want. It keeps elements of named lists that are not in want.
func merge(want, have any) any {
	switch w := want.(type) {
	case map[string]any:
		h, _ := have.(map[string]any)
		out := maps.Clone(h)
		if out == nil {
			out = map[string]any{}
		}
		for _, p := range pairs() {
			if w[p[0]] != nil || w[p[1]] != nil {
				delete(out, p[0])
				delete(out, p[1])
			}
		}
		if w["ipamPoolPrefixAllocations"] != nil {
			// Azure fills the prefixes in, and rejects a request with both.
			delete(out, "addressPrefix")
			delete(out, "addressPrefixes")
		}
		for k, x := range w {
			out[k] = merge(x, out[k])
		}
		return out
	case []any:
		key := keyOf(w)
		h, ok := have.([]any)
		if key == "" || !ok {
			return clone(w)
		}
		out := slices.Clone(h)
		for _, x := range w {
			name := textAt(x, key)
			if i := find(out, key, name); i >= 0 {
				out[i] = merge(x, out[i])
			} else {
				out = append(out, clone(x))
			}
		}
		return out
	}
	return want
}

// writable returns a copy of Azure's response without the members that it does not accept.
func (k kind) writable(body map[string]any) map[string]any {
	out := clone(body).(map[string]any)
	for _, key := range []string{"id", "name", "type", "etag"} {
		delete(out, key)
	}
	if props, ok := out["properties"].(map[string]any); ok {
		for _, key := range k.readOnly {
			delete(props, key)
		}
	}
	stripState(out)
	return out
}

// stripState removes Azure's own state members from every element.
func stripState(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["id"]; ok {
			delete(v, "type")
			delete(v, "etag")
		}
		for _, key := range []string{"provisioningState", "resourceGuid", "remoteVirtualNetworkEncryption",
			"allocatedAddressPrefixes"} {
			delete(v, key)
		}
		for k, x := range v {
			if k != "tags" {
				stripState(x)
			}
		}
	case []any:
		for _, x := range v {
			stripState(x)
		}
	}
}
