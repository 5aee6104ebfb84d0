package spec

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
)

// Text is a text of a spec: a value of a setting that takes any text, or the name of a tag.
type Text struct {
	Value string
	// IsKey marks the name of a tag, whose value is at the same path.
	IsKey bool

	at *textPlace
}

// Path returns the place in the joined spec: "clusters[0].nodePools[1].name".
func (t Text) Path() string { return t.at.path() }

// Setting returns the name of the setting, as Keys lists them: "clusters[].nodePools[].name".
func (t Text) Setting() string {
	if t.at.key == "" || t.at.entry {
		return t.at.above.setting()
	}
	return t.at.setting()
}

// textPlace is a step of a path, with the steps above it. Paths become text only when they are asked for.
type textPlace struct {
	above *textPlace
	key   string // of a struct or a map
	index int    // of a list, when key is empty
	entry bool   // of a map
}

func (p *textPlace) path() string {
	switch {
	case p == nil:
		return ""
	case p.key == "" && !p.entry:
		return p.above.path() + "[" + strconv.Itoa(p.index) + "]"
	}
	return Key(p.above.path(), p.key)
}

func (p *textPlace) setting() string {
	switch {
	case p == nil:
		return ""
	case p.key == "":
		return p.above.setting() + "[]"
	}
	return Key(p.above.setting(), p.key)
}

// EachText calls visit for every text of the spec, in the order of the fields and lists.
func (s *Spec) EachText(visit func(Text)) { eachText(reflect.ValueOf(s).Elem(), nil, visit) }

func eachText(v reflect.Value, at *textPlace, visit func(Text)) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			eachText(v.Elem(), at, visit)
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() && v.Len() > 0 {
			visit(Text{Value: v.String(), at: at})
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachText(v.Index(i), &textPlace{above: at, index: i}, visit)
		}
	case reflect.Map:
		tags, _ := v.Interface().(map[string]string)
		for _, name := range slices.Sorted(maps.Keys(tags)) {
			entry := &textPlace{above: at, key: name, entry: true}
			visit(Text{Value: name, IsKey: true, at: entry})
			visit(Text{Value: tags[name], at: entry})
		}
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			if inner := v.Field(f.index); !inner.IsZero() {
				eachText(inner, &textPlace{above: at, key: f.key}, visit)
			}
		}
	}
}
