package spec

import (
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strings"
)

// Setting is the value of one key of an element of a spec, such as a cluster or a subnet.
type Setting struct {
	// Key is the path of the key in the element: "loadBalancerProfile.idleTimeoutInMinutes".
	Key string
	// Value is the value as text, lists as "[a, b]"; empty if the key is not set.
	Value string
}

// Settings returns the keys of an element, in the order of their declaration. Lists of elements with keys of their own,
// such as the pools of a cluster, are left out.
func Settings[T Element](of *T) []Setting { return settingsOf(reflect.ValueOf(of).Elem(), "") }

// Element is what a list of a spec can hold.
type Element interface {
	Cluster | NodePool | VNet | Peering | Subnet | RouteTable | Route | NetworkSecurityGroup | SecurityRule | NATGateway
}

func settingsOf(v reflect.Value, path string) (out []Setting) {
	for _, f := range fieldsOf(v.Type()) {
		key := Key(path, f.key)
		switch field := v.Field(f.index); {
		case field.Kind() == reflect.Slice && structOf(field.Type()) != nil:
		case structOf(field.Type()) != nil && field.Kind() == reflect.Struct:
			out = append(out, settingsOf(field, key)...)
		default:
			out = append(out, Setting{key, textOf(field)})
		}
	}
	return out
}

// textOf returns a value as text, empty for one that is not set. A boolean is always set.
func textOf(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case bool:
		return fmt.Sprint(x)
	case netip.Prefix, netip.Addr, Amount:
		if v.IsZero() {
			return ""
		}
		return fmt.Sprint(x)
	case map[string]string:
		return mapText(x)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return textOf(v.Elem())
	case reflect.Slice:
		return listText(v)
	case reflect.Int:
		if v.IsZero() {
			return ""
		}
	}
	return fmt.Sprint(v.Interface())
}

func listText(v reflect.Value) string {
	if v.Len() == 0 {
		return ""
	}
	var out []string
	for i := range v.Len() {
		out = append(out, textOf(v.Index(i)))
	}
	return "[" + strings.Join(out, ", ") + "]"
}

func mapText(m map[string]string) string {
	var out []string
	for key, value := range m {
		out = append(out, key+": "+value)
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

// Keys returns the path of every key that a spec can have, without indexes: "clusters[].nodePools[].maxPods". Of a key
// that has keys below it, only those are in the list.
func Keys() []string { return keysOf(reflect.TypeFor[Spec](), "") }

func keysOf(t reflect.Type, path string) (out []string) {
	for _, f := range fieldsOf(t) {
		key, ft := Key(path, f.key), t.Field(f.index).Type
		inner := structOf(ft)
		if inner == nil {
			out = append(out, key)
			continue
		}
		if ft.Kind() == reflect.Slice {
			key += "[]"
		}
		out = append(out, keysOf(inner, key)...)
	}
	return out
}
