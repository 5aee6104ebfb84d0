package spec

import (
	"fmt"
	"reflect"
	"strings"
)

// Reference returns the reference of the spec as Markdown, made from the same tags and comments as Schema, and from
// Defaults.
func Reference() string {
	r := &reference{seen: map[reflect.Type]bool{}}
	r.b.WriteString(`# The spec

A spec is YAML or JSON. Several files, or the files of a folder, are one spec: lists are joined, and a name that is defined twice is
a finding. Keys use AKS and ARM property names where there is one. Unknown keys, duplicate keys, wrong types and prefixes with host
bits are findings with their position.

A file that is something else, such as a template, a manifest or output of az, is named as what it is. In a folder that has a spec,
such files are left out with a note.

An editor that reads JSON Schema knows all of this from [aksnet.schema.json](aksnet.schema.json), or from ` + "`aksnet schema`" + `.

This page is generated from the types that the reader fills.

`)
	r.table("Top level", reflect.TypeFor[Spec]())
	r.defaults()
	return r.b.String()
}

type reference struct {
	b    strings.Builder
	seen map[reflect.Type]bool
}

// table writes the keys of a struct, then those of the structs in it that have not been written yet.
func (r *reference) table(title string, t reflect.Type) {
	fmt.Fprintf(&r.b, "## %s\n\n| Key | Value | Meaning |\n| --- | --- | --- |\n", title)
	var inner []reflect.Type
	for _, f := range fieldsOf(t) {
		ft := t.Field(f.index).Type
		if s := structOf(ft); s != nil && !r.seen[s] {
			r.seen[s] = true
			inner = append(inner, s)
		}
		doc := docOf(t, &f)
		switch {
		case f.unless != nil:
			doc += fmt.Sprintf(" **Required**, unless %s is %s.", f.unless.key, f.unless.value)
		case f.required:
			doc += " **Required.**"
		}
		fmt.Fprintf(&r.b, "| `%s` | %s | %s |\n", f.key, valueText(ft, &f), strings.ReplaceAll(doc, "|", `\|`))
	}
	r.b.WriteByte('\n')
	for _, s := range inner {
		r.table(s.Name(), s)
	}
}

// structOf is the struct behind a field, through lists and pointers; nil for plain values.
func structOf(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	text := t == prefixType || t == addrType || t == authorizedType
	if t.Kind() != reflect.Struct || text || reflect.PointerTo(t).Implements(scalarType) {
		return nil
	}
	return t
}

// valueText says what a field takes.
func valueText(t reflect.Type, f *field) string {
	switch {
	case t.Kind() == reflect.Slice:
		return "list of " + valueText(t.Elem(), f)
	case t.Kind() == reflect.Pointer:
		return valueText(t.Elem(), f)
	case t == peeringType:
		return "name, resource id or [Peering](#peering)"
	case t == poolType:
		return "range or [Pool](#pool)"
	case t == authorizedType:
		return "range or service tag"
	case t == prefixType && f.ipv4:
		return "IPv4 range"
	case t == prefixType:
		return "range"
	case t == addrType && f.ipv4:
		return "IPv4 address"
	case t == addrType:
		return "address"
	case t == reflect.TypeFor[Amount]():
		return "number or percentage"
	case t == reflect.TypeFor[Version]():
		return "version"
	}
	return kindText(t, f)
}

func kindText(t reflect.Type, f *field) string {
	switch t.Kind() {
	case reflect.Struct:
		return fmt.Sprintf("[%s](#%s)", t.Name(), strings.ToLower(t.Name()))
	case reflect.Map:
		return "mapping of text to text"
	case reflect.Bool:
		return "`true` or `false`"
	case reflect.Int:
		return "number" + boundsText(f)
	}
	if words := f.words; words != nil {
		return "`" + strings.Join(words, "`, `") + "`"
	}
	return "text"
}

func boundsText(f *field) string {
	switch {
	case f.min != nil && f.max != nil:
		return fmt.Sprintf(", %d to %d", *f.min, *f.max)
	case f.min != nil && *f.min > 0:
		return fmt.Sprintf(", at least %d", *f.min)
	}
	return ""
}

func (r *reference) defaults() {
	r.b.WriteString(
		"## Defaults\n\nThe value of a key that is left out. Ranges and subnets that are left out are sized and " +
			"allocated by the plan.\n\n",
	)
	r.b.WriteString("| Key | Default | Source |\n| --- | --- | --- |\n")
	for _, d := range Defaults() {
		fmt.Fprintf(&r.b, "| `%s` | %s | <%s> |\n", d.Path, d.Value, d.Source)
	}
}
