package spec

import (
	"fmt"
	"reflect"
	"strings"
)

// Continuation is a text with which an edit may go on, and what it means.
type Continuation struct{ Text, Meaning string }

// Complete returns how an edit that starts with a text may go on: the keys of the value that the text ends in, the
// elements of a list that the spec has and the next one, or after "=" the words that the key takes.
func (s *Spec) Complete(typed string) []Continuation {
	if path, _, ok := strings.Cut(typed, "="); ok {
		return wordsAt(path)
	}
	if i := strings.LastIndexByte(typed, '['); i >= 0 && !strings.ContainsAny(typed[i:], "].") {
		return s.elements(typed[:i])
	}
	inside := typed[:strings.LastIndexByte(typed, '.')+1]
	if strings.HasSuffix(typed, "]") {
		inside = typed + "."
	}
	return keysIn(inside)
}

// keysIn returns the keys of the value at a path, which is empty or ends in a dot.
func keysIn(inside string) (out []Continuation) {
	t, _ := typeAt(strings.TrimSuffix(inside, "."))
	if t == nil || structOf(t) == nil || t.Kind() == reflect.Slice {
		return nil
	}
	t = structOf(t)
	for _, f := range fieldsOf(t) {
		if inside+f.key == "apiVersion" {
			continue // names the format of the file, and cannot be edited
		}
		doc, _, _ := strings.Cut(docOf(t, &f), ". ")
		out = append(out, Continuation{inside + f.key + after(t.Field(f.index).Type), doc})
	}
	return out
}

// after returns what follows a key: a bracket after a list of elements, a dot before more keys, else "=".
func after(t reflect.Type) string {
	switch t = valueType(t); {
	case structOf(t) != nil && t.Kind() == reflect.Slice:
		return "["
	case structOf(t) != nil || t.Kind() == reflect.Map:
		return "."
	}
	return "="
}

// elements returns the elements of the list at a path, by their index, and the index that adds one.
func (s *Spec) elements(path string) (out []Continuation) {
	t, _ := typeAt(path)
	if t == nil || t.Kind() != reflect.Slice || structOf(t) == nil {
		return nil
	}
	at, ok := s.indexed(path)
	n := 0
	for ; ok && s.Has(fmt.Sprintf("%s[%d]", at, n)); n++ {
		name := s.Text(fmt.Sprintf("%s[%d].name", at, n))
		out = append(out, Continuation{fmt.Sprintf("%s[%d].", path, n), name})
	}
	return append(out, Continuation{fmt.Sprintf("%s[%d].", path, n), "add an element"})
}

// indexed returns a path with indexes in place of the names of elements, and false if there is no such element.
func (s *Spec) indexed(path string) (string, bool) {
	steps, err := selectors(path)
	if err != nil {
		return "", false
	}
	at, t := "", reflect.TypeFor[Spec]()
	for _, step := range steps {
		switch {
		case t.Kind() != reflect.Slice:
			at = Key(at, step.key)
		case step.key == "":
			at = fmt.Sprintf("%s[%d]", at, step.index)
		default:
			i := 0
			for ; s.Text(fmt.Sprintf("%s[%d].name", at, i)) != step.key; i++ {
				if !s.Has(fmt.Sprintf("%s[%d]", at, i)) {
					return "", false
				}
			}
			at = fmt.Sprintf("%s[%d]", at, i)
		}
		if t, _ = stepInto(t, step); t == nil {
			return "", false
		}
	}
	return at, true
}

// wordsAt returns the words that the key at a path takes.
func wordsAt(path string) (out []Continuation) {
	t, f := typeAt(path)
	if t == nil {
		return nil
	}
	words := f.words
	if t.Kind() == reflect.Bool {
		words = []string{"true", "false"}
	}
	for _, word := range words {
		if t.Kind() == reflect.Slice {
			word = "[" + word + "]"
		}
		out = append(out, Continuation{Text: path + "=" + word})
	}
	return out
}

// typeAt returns the type of the value at a path, and the field that it belongs to; nil for a path that cannot be.
func typeAt(path string) (reflect.Type, *field) {
	t, f := reflect.TypeFor[Spec](), &field{}
	if path == "" {
		return t, f
	}
	steps, err := selectors(path)
	if err != nil {
		return nil, nil
	}
	for _, s := range steps {
		inner, within := stepInto(t, s)
		if inner == nil {
			return nil, nil
		}
		if t = inner; within != nil {
			f = within
		}
	}
	return t, f
}

// stepInto returns the type one step further, and the field if the step is a key.
func stepInto(t reflect.Type, s step) (reflect.Type, *field) {
	switch {
	case t.Kind() == reflect.Slice:
		return valueType(t.Elem()), nil
	case s.key == "" || structOf(t) == nil:
		return nil, nil
	}
	f := fieldsOf(structOf(t)).find(s.key)
	if f == nil {
		return nil, nil
	}
	return valueType(structOf(t).Field(f.index).Type), f
}

// valueType returns a type without the pointer that marks a value as optional.
func valueType(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
