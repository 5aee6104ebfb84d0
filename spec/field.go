package spec

import (
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/aks"
)

// condition is a value that another field of the same struct has.
type condition struct{ key, value string }

// field is what the tags of a struct field say: spec:"key,required,unless=sku:Automatic,ipv4,min=0,max=9" sample:"…".
type field struct {
	index    int
	key      string
	required bool
	unless   *condition // under which a required field may be left out; nil for none
	sample   string     // a value that would work, of a required field
	ipv4     bool
	min, max *int
	words    []string // that the field or the elements of its list take; nil for free text
}

type fields []field

func (fs fields) find(key string) *field {
	for i := range fs {
		if fs[i].key == key {
			return &fs[i]
		}
	}
	return nil
}

func (fs fields) keys() []string {
	keys := make([]string, len(fs))
	for i, f := range fs {
		keys[i] = f.key
	}
	return keys
}

// known holds the fields of every struct type that was asked for: they are the same for all specs.
var known sync.Map

// fieldsOf returns the fields of a struct that a spec can set, in the order of their declaration.
func fieldsOf(t reflect.Type) fields {
	if fs, ok := known.Load(t); ok {
		return fs.(fields)
	}
	var fs fields
	for i := range t.NumField() {
		if f, ok := parseField(i, t.Field(i)); ok {
			fs = append(fs, f)
		}
	}
	known.Store(t, fs)
	return fs
}

func parseField(i int, sf reflect.StructField) (field, bool) {
	tag, ok := sf.Tag.Lookup("spec")
	if !ok || tag == "-" {
		return field{}, false
	}
	options := strings.Split(tag, ",")
	f := field{index: i, key: options[0], sample: sf.Tag.Get("sample")}
	f.words = wordsOf(sf.Type)
	if f.words != nil {
		f.sample = f.words[0]
	}
	for _, o := range options[1:] {
		name, value, _ := strings.Cut(o, "=")
		n, _ := strconv.Atoi(value)
		switch name {
		case "required":
			f.required = true
		case "unless":
			key, want, _ := strings.Cut(value, ":")
			f.unless = &condition{key, want}
		case "ipv4":
			f.ipv4 = true
		case "min":
			f.min = &n
		case "max":
			f.max = &n
		}
	}
	return f, true
}

// bounds returns the least and greatest number the field takes.
func (f *field) bounds() (lo, hi int) {
	lo, hi = math.MinInt32, maxAmount
	if f.min != nil {
		lo = *f.min
	}
	if f.max != nil {
		hi = *f.max
	}
	return lo, hi
}

func (f *field) examplePrefix() string {
	if strings.HasPrefix(f.key, "service") {
		return "172.20.0.0/16"
	}
	if strings.HasPrefix(f.key, "pod") {
		return "100.64.0.0/16"
	}
	return "10.40.0.0/20"
}

// excused reports whether a required field of a struct may be left out.
func (fs fields) excused(f *field, v reflect.Value) bool {
	if f.unless == nil {
		return false
	}
	other := fs.find(f.unless.key)
	return other != nil && v.Field(other.index).String() == f.unless.value
}

// wordsOf returns the words that a value of type t takes, or each element of a list; nil for free text. A model may
// also be written as cilium.
func wordsOf(t reflect.Type) []string {
	if t.Kind() == reflect.Slice {
		return wordsOf(t.Elem())
	}
	enum, ok := reflect.Zero(t).Interface().(interface{ Words() []string })
	switch {
	case !ok:
		return nil
	case t == reflect.TypeFor[aks.Model]():
		return append(enum.Words(), modelCilium)
	}
	return enum.Words()
}

// modelCilium is short for overlay with the cilium data plane and policy.
const modelCilium = "cilium"

// versionPattern is what a Kubernetes version looks like, for the schema.
const versionPattern = `^v?[0-9]{1,3}\.[0-9]{1,3}(\.[0-9]{1,5})?$`

// example shows how a struct is written, by its first keys.
func example(t reflect.Type) string {
	keys := fieldsOf(t).keys()
	return "{" + strings.Join(keys[:min(2, len(keys))], ": …, ") + ": …}"
}

// Key is the path of a key inside of a mapping: path.key, or path["key"] for a key with characters that a path cannot
// show.
func Key(path, key string) string {
	if !plainKey(key) {
		return path + "[" + strconv.Quote(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

func plainKey(key string) bool {
	for _, r := range key {
		if r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return false
		}
	}
	return key != ""
}

// lastKey returns what a message calls the value at path: its key, or for an element of a list "nodePools[1]".
func lastKey(path string) string {
	plain, _, _ := strings.Cut(path, "[\"")
	return path[strings.LastIndexByte(plain, '.')+1:]
}
