package spec

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
)

// schemaDialect is the dialect of JSON Schema that Schema is written in.
const schemaDialect = "https://json-schema.org/draft/2020-12/schema"

// Patterns of text in a spec. They check only the form; the reader checks host bits and families.
const (
	octet          = `(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])`
	addressPattern = `(` + octet + `\.){3}` + octet
	prefix4Pattern = `^` + addressPattern + `/(3[0-2]|[12]?[0-9])$`
	prefixPattern  = `^(` + addressPattern +
		`/(3[0-2]|[12]?[0-9])|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))$`
	addr4Pattern  = `^` + addressPattern + `$`
	addrPattern   = `^(` + addressPattern + `|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$`
	amountPattern = `^[0-9]{1,7}%?$`
)

// schema is the part of JSON Schema that the spec needs.
type schema struct {
	Dialect     string    `json:"$schema,omitempty"`
	Title       string    `json:"title,omitempty"`
	Description string    `json:"description,omitempty"`
	Ref         string    `json:"$ref,omitempty"`
	Type        any       `json:"type,omitempty"`
	Const       string    `json:"const,omitempty"`
	Enum        []string  `json:"enum,omitempty"`
	Pattern     string    `json:"pattern,omitempty"`
	Minimum     *int      `json:"minimum,omitempty"`
	Maximum     *int      `json:"maximum,omitempty"`
	AnyOf       []*schema `json:"anyOf,omitempty"`
	Items       *schema   `json:"items,omitempty"`
	MinItems    int       `json:"minItems,omitempty"`
	MinLength   int       `json:"minLength,omitempty"`
	Required    []string  `json:"required,omitempty"`
	Properties  members   `json:"properties,omitempty"`
	Additional  any       `json:"additionalProperties,omitempty"`
	Defs        members   `json:"$defs,omitempty"`
}

// members is the members of a JSON object in a fixed order.
type members []member

type member struct {
	key    string
	schema *schema
}

// MarshalJSON writes the members as an object.
func (ms members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range ms {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := marshalPlain(m.schema)
		if err != nil {
			return nil, err
		}
		b.Write(append(append(key, ':'), value...))
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshalPlain leaves "<", ">" and "&" as they are.
func marshalPlain(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// Schema returns the JSON Schema (2020-12) of a spec, made from the tags and comments of Spec and the types in it. It
// is as strict as the reader about keys, types and words; sums, overlaps and names it does not know.
func Schema() []byte {
	m := &schemaMaker{seen: map[reflect.Type]bool{}}
	root := m.object(reflect.TypeFor[Spec]())
	root.Dialect, root.Title = schemaDialect, "aksnet spec"
	root.Description = "Networks of Azure Kubernetes Service clusters, as aksnet plans them."
	root.Required = append(root.Required, "apiVersion")
	root.Properties[0].schema = &schema{Const: APIVersion, Description: root.Properties[0].schema.Description}
	root.Defs = m.defs
	text, err := marshalPlain(root)
	if err != nil {
		panic("spec: its own schema cannot be written: " + err.Error())
	}
	var out bytes.Buffer
	if err := json.Indent(&out, text, "", "  "); err != nil {
		panic("spec: its own schema is not JSON: " + err.Error())
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// schemaMaker collects the definitions of the structs it meets.
type schemaMaker struct {
	defs members
	seen map[reflect.Type]bool
}

func (m *schemaMaker) object(t reflect.Type) *schema {
	s := &schema{Type: "object", Additional: false}
	for _, f := range fieldsOf(t) {
		value := m.value(t.Field(f.index).Type, &f)
		value.Description = docOf(t, &f)
		s.Properties = append(s.Properties, member{f.key, value})
		switch {
		case f.unless != nil:
			s.AnyOf = append(s.AnyOf, f.choice()...)
		case f.required:
			s.Required = append(s.Required, f.key)
			value.refuseEmpty()
		}
	}
	return s
}

// choice is the two ways to satisfy a field that is required unless another one has a value.
func (f *field) choice() []*schema {
	return []*schema{
		{Required: []string{f.key}, Properties: members{{f.key, &schema{MinItems: 1}}}},
		{
			Required:   []string{f.unless.key},
			Properties: members{{f.unless.key, &schema{Const: f.unless.value}}},
		},
	}
}

// refuseEmpty asks of a list or a free text that something is in it.
func (s *schema) refuseEmpty() {
	switch {
	case s.Type == "array":
		s.MinItems = 1
	case s.Type == "string" && s.Pattern == "" && len(s.Enum) == 0:
		s.MinLength = 1
	}
}

// value is the schema of a value of type t in field f.
func (m *schemaMaker) value(t reflect.Type, f *field) *schema {
	switch {
	case t == prefixType:
		return text(f.ipv4, prefix4Pattern, prefixPattern)
	case t == authorizedType:
		return &schema{AnyOf: []*schema{text(f.ipv4, prefix4Pattern, prefixPattern), text(false, "", tagPattern)}}
	case t == addrType:
		return text(f.ipv4, addr4Pattern, addrPattern)
	case t == reflect.TypeFor[Amount]():
		zero, most := 0, maxAmount
		return &schema{AnyOf: []*schema{
			{Type: "integer", Minimum: &zero, Maximum: &most}, {Type: "string", Pattern: amountPattern},
		}}
	case t == reflect.TypeFor[Version]():
		return &schema{Type: []string{"string", "number"}, Pattern: versionPattern}
	case t == peeringType:
		return &schema{AnyOf: []*schema{{Type: "string"}, m.ref(t)}}
	case t == poolType:
		return &schema{AnyOf: []*schema{text(f.ipv4, prefix4Pattern, prefixPattern), m.ref(t)}}
	}
	return m.kind(t, f)
}

func text(only4 bool, pattern4, pattern string) *schema {
	if only4 {
		pattern = pattern4
	}
	return &schema{Type: "string", Pattern: pattern}
}

func (m *schemaMaker) kind(t reflect.Type, f *field) *schema {
	switch t.Kind() {
	case reflect.Pointer:
		return m.value(t.Elem(), f)
	case reflect.Struct:
		return m.ref(t)
	case reflect.Slice:
		return &schema{Type: "array", Items: m.value(t.Elem(), f)}
	case reflect.Map:
		return &schema{Type: "object", Additional: &schema{Type: "string"}}
	case reflect.Bool:
		return &schema{Type: "boolean"}
	case reflect.Int:
		return &schema{Type: "integer", Minimum: f.min, Maximum: f.max}
	}
	return &schema{Type: "string", Enum: f.words}
}

// ref is a reference to the definition of a struct, which is made when it is first met.
func (m *schemaMaker) ref(t reflect.Type) *schema {
	name := strings.ToLower(t.Name()[:1]) + t.Name()[1:]
	if t.Name() == "VNet" {
		name = "vnet"
	}
	if !m.seen[t] {
		m.seen[t] = true
		at := len(m.defs)
		m.defs = append(m.defs, member{key: name})
		m.defs[at].schema = m.object(t)
	}
	return &schema{Ref: "#/$defs/" + name}
}
