package spec

import (
	"reflect"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestSamplesWork looks at every required field of the spec: the value that a message proposes is one that the field takes.
func TestSamplesWork(t *testing.T) {
	seen, required := map[reflect.Type]bool{}, 0
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
			if !f.required {
				continue
			}
			required++
			var doc yaml.Node
			if err := yaml.Unmarshal([]byte(f.key+": "+f.sample), &doc); err != nil || f.sample == "" {
				t.Fatalf("%s.%s: sample %q: %v", of, f.key, f.sample, err)
			}
			d := &decoder{}
			value := reflect.New(of.Field(f.index).Type).Elem()
			d.value(doc.Content[0].Content[1], value, &f, f.key)
			problems := slices.DeleteFunc(d.problems, func(p Problem) bool { return p.Rule == ruleRequired })
			if len(problems) > 0 || empty(value) {
				t.Errorf("%s.%s: sample %q is read as %v, problems %v", of, f.key, f.sample, value, problems)
			}
		}
	}
	look(reflect.TypeFor[Spec]())
	if required < 15 {
		t.Errorf("only %d required fields", required)
	}
}
