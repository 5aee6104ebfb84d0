package report

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
)

// member is a member of a JSON object.
type member struct {
	name  string
	value reflect.Value
}

// membersOf returns the members of a struct in the order in which encoding/json writes them, so that they can be
// written one after another. It returns false for values that are no structs, or that encoding/json writes in another
// way than by their fields.
func membersOf(v any) (out []member, ok bool) {
	s := reflect.ValueOf(v)
	for s.Kind() == reflect.Pointer {
		s = s.Elem()
	}
	if s.Kind() != reflect.Struct || marshals(s.Type()) {
		return nil, false
	}
	return appendMembers(nil, s)
}

func appendMembers(out []member, s reflect.Value) (_ []member, ok bool) {
	for i := range s.NumField() {
		f, v := s.Type().Field(i), s.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" && options == "":
		case f.Anonymous && name == "":
			if v.Kind() == reflect.Pointer {
				v = v.Elem()
			}
			if v.Kind() != reflect.Struct || marshals(v.Type()) {
				return nil, false
			}
			if out, ok = appendMembers(out, v); !ok {
				return nil, false
			}
		case !f.IsExported():
		case name == "" || options != "" && options != "omitempty":
			return nil, false
		case options == "" || !omitted(v):
			out = append(out, member{name, v})
		}
	}
	return out, true
}

// omitted reports whether omitempty leaves a value out.
func omitted(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		return false
	case reflect.Slice, reflect.Map, reflect.Array, reflect.String:
		return v.Len() == 0
	}
	return v.IsZero()
}

// elements returns the list that a member holds, and false for any other value.
func (m member) elements() (list []any, ok bool) {
	v := m.value
	if v.Kind() != reflect.Slice || v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 || marshals(v.Type()) {
		return nil, false
	}
	list = make([]any, v.Len())
	for i := range list {
		list[i] = v.Index(i).Addr().Interface()
	}
	return list, true
}

// marshals reports whether values of a type write themselves.
func marshals(t reflect.Type) bool {
	own, text := reflect.TypeFor[json.Marshaler](), reflect.TypeFor[encoding.TextMarshaler]()
	p := reflect.PointerTo(t)
	return p.Implements(own) || p.Implements(text)
}
