package spec

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// eachField calls do for every field that a spec can set, once for each struct type.
func eachField(do func(of reflect.Type, f *field)) {
	seen := map[reflect.Type]bool{}
	var look func(of reflect.Type)
	look = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			return
		}
		seen[of] = true
		for _, f := range fieldsOf(of) {
			look(of.Field(f.index).Type)
			do(of, &f)
		}
	}
	look(reflect.TypeFor[Spec]())
}

// TestSamplesWork looks at every required field of the spec: the field accepts the value that a message proposes.
func TestSamplesWork(t *testing.T) {
	required := 0
	eachField(func(of reflect.Type, f *field) {
		if !f.required {
			return
		}
		required++
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(f.key+": "+f.sample), &doc); err != nil || f.sample == "" {
			t.Fatalf("%s.%s: sample %q: %v", of, f.key, f.sample, err)
		}
		d := &decoder{}
		value := reflect.New(of.Field(f.index).Type).Elem()
		d.value(newCompactor().document(&doc).content()[1], value, f, f.key)
		problems := slices.DeleteFunc(d.problems, func(p Problem) bool { return p.Rule == RuleRequired })
		if len(problems) > 0 || empty(value) {
			t.Errorf("%s.%s: sample %q is read as %v, problems %v", of, f.key, f.sample, value, problems)
		}
	})
	if required < 15 {
		t.Errorf("only %d required fields", required)
	}
}

// TestWordsInAnyCase reads every word of every enumeration in upper and in lower case: the value has the canonical
// spelling.
func TestWordsInAnyCase(t *testing.T) {
	read := 0
	eachField(func(of reflect.Type, f *field) {
		for _, w := range f.words {
			for _, written := range []string{strings.ToUpper(w), strings.ToLower(w)} {
				read++
				d := &decoder{}
				value := reflect.New(of.Field(f.index).Type).Elem()
				if value.Kind() == reflect.Slice {
					value.Set(reflect.MakeSlice(value.Type(), 1, 1))
					value = value.Index(0)
				}
				d.text(&node{kind: scalarNode, tag: tagStr, value: written}, value, f, f.key)
				if value.String() != w || len(d.problems) > 0 {
					t.Errorf("%s.%s: %q is read as %q, want %q; problems %v", of, f.key, written, value, w, d.problems)
				}
			}
		}
	})
	if read < 150 {
		t.Errorf("only %d words", read)
	}
}

// TestEveryKeyIsDescribed requires a comment on every field that a spec can set: the schema and the reference show it.
func TestEveryKeyIsDescribed(t *testing.T) {
	keys := 0
	eachField(func(of reflect.Type, f *field) {
		if keys++; !strings.HasSuffix(docOf(of, f), ".") {
			t.Errorf("%s.%s has no comment that is a sentence: %q", of, f.key, docOf(of, f))
		}
	})
	if keys < 150 {
		t.Errorf("only %d keys", keys)
	}
}
