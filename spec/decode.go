package spec

import (
	"cmp"
	"fmt"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// maxAliased is how many values the aliases of a spec may expand to, all together. The files themselves are bounded by
// their size.
const maxAliased = 200_000

// maxList is how many elements a list may have: five times the clusters that a plan is made for in a second or two.
const maxList = 50_000

// decoder fills Go values from nodes. It collects problems and goes on.
type decoder struct {
	// file is the file of the node at hand; files knows it for every node that starts a new one.
	file     string
	files    map[*node]string
	problems []Problem
	// beside is the fields beside the value at hand.
	beside fields
	// refused holds the paths of problems.
	refused map[string]bool
	// aliased counts values reached through aliases; inAlias is how many aliases lie around the value at hand.
	aliased, inAlias int
}

// speller is implemented by the types whose words others spell in another way, which is read too.
type speller interface {
	Spelled(text string) (word string, known bool)
}

// scalar is implemented by the types that read themselves from a scalar. The error says what would be accepted.
type scalar interface {
	unmarshalText(text string) error
}

func (a *Amount) unmarshalText(text string) (err error) { *a, err = ParseAmount(text); return err }

func (v *Version) unmarshalText(text string) error {
	if !aks.ValidKubernetesVersion(text) {
		return fmt.Errorf("expected a Kubernetes version such as 1.34 or 1.34.2")
	}
	*v = Version(text)
	return nil
}

var (
	prefixType  = reflect.TypeFor[netip.Prefix]()
	addrType    = reflect.TypeFor[netip.Addr]()
	peeringType = reflect.TypeFor[Peering]()
	poolType    = reflect.TypeFor[Pool]()
	scalarType  = reflect.TypeFor[scalar]()
)

func (d *decoder) problem(rule string, n *node, path, fix, format string, a ...any) {
	if d.refused == nil {
		d.refused = map[string]bool{}
	}
	d.refused[path] = true
	d.problems = append(d.problems, Problem{
		Rule: rule, Path: path, Position: at(d.file, n), Message: fmt.Sprintf(format, a...), Fix: fix,
	})
}

// enter notes the file of a node that starts a new one.
func (d *decoder) enter(n *node) {
	if file, ok := d.files[n]; ok {
		d.file = file
	}
}

// value fills v from n. f describes the field the value belongs to; lists hand it on to their elements.
func (d *decoder) value(n *node, v reflect.Value, f *field, path string) {
	d.enter(n)
	if n.kind == aliasNode {
		d.inAlias++
		defer func() { d.inAlias-- }()
		n = n.alias()
	}
	if d.exhausted(n, path) {
		return
	}
	if n.kind == scalarNode && n.tag == tagNull {
		return
	}
	if reflect.PointerTo(v.Type()).Implements(scalarType) {
		d.scalar(n, v, path)
		return
	}
	switch {
	case v.Type() == prefixType:
		d.prefix(n, v, f, path)
	case v.Type() == addrType:
		d.addr(n, v, f, path)
	case v.Type() == authorizedType:
		d.authorized(n, v, f, path)
	case v.Type() == peeringType && n.kind == scalarNode:
		d.text(n, v.Field(0), &field{}, path)
	case v.Type() == poolType && n.kind != mappingNode:
		d.prefix(n, v.Field(0), f, path)
	case v.Kind() == reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), f, path)
	case v.Kind() == reflect.Struct:
		d.mapping(n, v, path)
	case v.Kind() == reflect.Slice:
		d.list(n, v, f, path)
	case v.Kind() == reflect.Map:
		d.strings(n, v, path)
	case v.Kind() == reflect.String:
		d.text(n, v, f, path)
	case v.Kind() == reflect.Int:
		d.int(n, v, f, path)
	case v.Kind() == reflect.Bool:
		d.bool(n, v, path)
	}
}

// exhausted counts a value and reports whether aliases have expanded to too many.
func (d *decoder) exhausted(n *node, path string) bool {
	if d.inAlias == 0 {
		return false
	}
	if d.aliased++; d.aliased == maxAliased+1 {
		d.problem(RuleSize, n, path, "", "aliases expand to more than %d values", maxAliased)
	}
	return d.aliased > maxAliased
}

// wrongType reports a value of another type than is wanted. The hint says how to write it, if that is known.
func (d *decoder) wrongType(n *node, path, want, hint string) {
	d.problem(RuleType, n, path, "", "%s must be %s, found %s%s", lastKey(path), want, describe(n), hint)
}

func (d *decoder) mapping(n *node, v reflect.Value, path string) {
	if n.kind != mappingNode {
		d.wrongType(n, path, "a mapping such as "+example(v.Type()), nameHint(n, fieldsOf(v.Type())))
		return
	}
	known := fieldsOf(v.Type())
	seen := make(map[string]*node, len(n.content())/2)
	var meant []string // keys that unknown ones were likely meant to be
	for key, val := range pairs(n) {
		d.enter(key)
		if key.kind != scalarNode {
			d.problem(RuleType, key, path, "", "a key must be text, found %s", describe(key))
			continue
		}
		keyPath := Key(path, key.value)
		if first := seen[key.value]; first != nil {
			d.problem(
				RuleDuplicate,
				key,
				keyPath,
				"",
				"duplicate key %s, first on line %d; the first one counts",
				quote(key.value),
				first.line,
			)
			continue
		}
		seen[key.value] = key
		f := known.find(key.value)
		if f == nil {
			meant = append(meant, d.unknownKey(key, known, keyPath, path))
			continue
		}
		d.beside = known
		d.value(val, v.Field(f.index), f, keyPath)
	}
	d.merges(n, v, known, seen, path)
	d.enter(n)
	for i := range known {
		if f := &known[i]; f.required && !slices.Contains(meant, f.key) && !known.excused(f, v) &&
			(seen[f.key] == nil || empty(v.Field(f.index)) && !d.refused[Key(path, f.key)]) {
			d.missing(n, f, path)
		}
	}
}

// merges reads the mappings behind "<<" keys: what they hold counts where the mapping itself says nothing.
func (d *decoder) merges(n *node, v reflect.Value, known fields, seen map[string]*node, path string) {
	d.inAlias++
	defer func() { d.inAlias-- }()
	for _, m := range unmergeable(n) {
		d.problem(RuleType, m, path, "", "<< must be a mapping or a list of mappings, found %s", describe(m))
	}
	for _, m := range merged(n, 0) {
		for key, val := range pairs(m) {
			f := known.find(key.value)
			if f == nil || seen[key.value] != nil {
				continue
			}
			seen[key.value] = key
			d.value(val, v.Field(f.index), f, Key(path, key.value))
		}
	}
}

// empty reports whether a value is its zero value or a list without elements.
func empty(v reflect.Value) bool { return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0 }

func (d *decoder) missing(n *node, f *field, path string) {
	what := lastKey(path)
	if what == "" {
		what = "the spec"
	}
	d.problem(RuleRequired, n, path, "", "%s has no %s, such as %s: %s", what, f.key, f.key, f.sample)
}

// unknownKey reports a key and returns the one that it was likely meant to be, or nothing.
func (d *decoder) unknownKey(key *node, known fields, keyPath, path string) string {
	if s, ok := synonymIn(key.value, known); ok && s.says != "" {
		d.problem(RuleUnknown, key, keyPath, "", "unknown key %s; %s", quote(key.value), s.says)
		return s.key
	} else if ok {
		d.problem(RuleUnknown, key, keyPath, s.key, "unknown key %s; use %q", quote(key.value), s.key)
		return s.key
	}
	if hint, meant := keyHint(key.value, known); hint != "" {
		d.problem(RuleUnknown, key, keyPath, "", "unknown key %s%s", quote(key.value), hint)
		return meant
	}
	if near := Nearest(key.value, known.keys()); near != "" {
		d.problem(RuleUnknown, key, keyPath, near, "unknown key %s, did you mean %q?", quote(key.value), near)
		return near
	}
	if hint := homeHint(key.value); hint != "" {
		d.problem(RuleUnknown, key, keyPath, "", "unknown key %s%s", quote(key.value), hint)
		return ""
	}
	where := lastKey(path)
	if where == "" {
		where = "the spec"
	}
	takes := strings.Join(known.keys(), ", ")
	if len(known) > 12 {
		takes = fmt.Sprintf("%d others, which aksnet schema lists", len(known))
	}
	d.problem(RuleUnknown, key, keyPath, "", "unknown key %s; %s takes %s", quote(key.value), where, takes)
	return ""
}

func (d *decoder) list(n *node, v reflect.Value, f *field, path string) {
	if n.kind != sequenceNode {
		d.wrongType(n, path, "a list", listHint(n, v.Type()))
		return
	}
	if len(n.content()) > maxList {
		d.problem(
			RuleSize,
			n,
			path,
			"",
			"%s has %d elements, a list may have %d",
			lastKey(path),
			len(n.content()),
			maxList,
		)
		return
	}
	out := reflect.MakeSlice(v.Type(), len(n.content()), len(n.content()))
	for i, c := range n.content() {
		d.element(c, out.Index(i), f, path+"["+strconv.Itoa(i)+"]")
	}
	v.Set(out)
}

// element reads an element of a list. Unlike the value of a key, an element cannot be null: that is as wrong as an
// empty mapping.
func (d *decoder) element(n *node, v reflect.Value, f *field, path string) {
	null := target(n).kind == scalarNode && target(n).tag == tagNull
	switch {
	case !null:
		d.value(n, v, f, path)
	case structOf(v.Type()) != nil:
		d.enter(n)
		d.mapping(&node{kind: mappingNode, line: n.line, column: n.column}, v, path)
	default:
		d.wrongType(n, path, "a value", "")
	}
}

func (d *decoder) strings(n *node, v reflect.Value, path string) {
	if n.kind != mappingNode {
		d.wrongType(n, path, "a mapping of text to text", "")
		return
	}
	m := make(map[string]string, len(n.content())/2)
	for key, val := range pairs(n) {
		keyPath := Key(path, key.value)
		if _, twice := m[key.value]; twice {
			d.problem(RuleDuplicate, key, keyPath, "", "duplicate key %s; the first one counts", quote(key.value))
			continue
		}
		var text string
		d.value(val, reflect.ValueOf(&text).Elem(), &field{}, keyPath)
		m[key.value] = text
	}
	v.Set(reflect.ValueOf(m))
}

func (d *decoder) text(n *node, v reflect.Value, f *field, path string) {
	if n.kind != scalarNode || n.tag != tagStr && n.tag != tagTimestamp {
		want := "text"
		if n.kind == scalarNode {
			want = "text, in quotes: " + strconv.Quote(n.value)
		}
		d.wrongType(n, path, want, singleHint(n, f, d.beside))
		return
	}
	words := f.words
	if words == nil {
		v.SetString(n.value)
		return
	}
	if i := slices.IndexFunc(words, func(w string) bool { return strings.EqualFold(w, n.value) }); i >= 0 {
		v.SetString(words[i])
		return
	}
	if own, ok := v.Interface().(speller); ok {
		if word, known := own.Spelled(n.value); known {
			v.SetString(word)
			return
		}
	}
	near := Nearest(n.value, words)
	hint := ""
	switch own := foreignWord(f.key, n.value); {
	case own != "":
		near, hint = "", ", "+own
	case near != "":
		hint = fmt.Sprintf(", did you mean %q?", near)
	}
	d.problem(RuleWord, n, path, near, "%s is %s%s (accepted: %s)", lastKey(path), quote(n.value), hint,
		strings.Join(words, ", "))
}

// scalar reads the types that may be written as a number, a word or quoted text.
func (d *decoder) scalar(n *node, v reflect.Value, path string) {
	if n.kind != scalarNode {
		d.wrongType(n, path, "a number or text", singleHint(n, &field{}, nil))
		return
	}
	if err := v.Addr().Interface().(scalar).unmarshalText(n.value); err != nil {
		d.problem(RuleRange, n, path, "", "%s is %s: %s", lastKey(path), quote(n.value), err)
	}
}

func (d *decoder) int(n *node, v reflect.Value, f *field, path string) {
	if n.kind != scalarNode || n.tag != tagInt {
		d.wrongType(n, path, "a whole number", scalarHint(n, reflect.Int)+singleHint(n, f, d.beside))
		return
	}
	if digits := strings.TrimLeft(n.value, "+-"); len(digits) > 1 && digits[0] == '0' &&
		strings.Trim(digits, "0123456789") == "" {
		d.problem(
			RuleRange,
			n,
			path,
			cmp.Or(strings.TrimLeft(digits, "0"), "0"),
			"%s is %s; some programs read a leading zero as octal, others do not",
			lastKey(path),
			n.value,
		)
		return
	}
	i, err := strconv.ParseInt(n.value, 0, 32)
	if err != nil || i > maxAmount || i < -maxAmount {
		d.problem(
			RuleRange,
			n,
			path,
			"",
			"%s is %s, expected a whole number up to %d",
			lastKey(path),
			quote(n.value),
			maxAmount,
		)
		return
	}
	if lo, hi := f.bounds(); int(i) < lo || int(i) > hi {
		d.problem(
			RuleRange,
			n,
			path,
			strconv.Itoa(max(lo, min(int(i), hi))),
			"%s is %d, expected %d to %d",
			lastKey(path),
			i,
			lo,
			hi,
		)
		return
	}
	v.SetInt(i)
}

func (d *decoder) bool(n *node, v reflect.Value, path string) {
	b, err := strconv.ParseBool(n.value)
	if n.kind != scalarNode || n.tag != tagBool || err != nil {
		d.wrongType(n, path, "true or false", scalarHint(n, reflect.Bool))
		return
	}
	v.SetBool(b)
}

func (d *decoder) prefix(n *node, v reflect.Value, f *field, path string) {
	if n.kind != scalarNode {
		d.wrongType(n, path, "a range such as "+f.examplePrefix(), singleHint(n, f, d.beside))
		return
	}
	p, err := netip.ParsePrefix(n.value)
	if err != nil || p.Addr().Zone() != "" || p.Addr().Is4In6() {
		d.badPrefix(n, f, path)
		return
	}
	if f.ipv4 && !p.Addr().Is4() {
		d.problem(
			RuleFamily,
			n,
			path,
			"",
			"%s is %s, expected an IPv4 range such as %s",
			lastKey(path),
			quote(n.value),
			f.examplePrefix(),
		)
		return
	}
	if masked := p.Masked(); masked != p {
		d.problem(RuleHostBits, n, path, masked.String(), "%s has host bits set, the range is %s", n.value, masked)
		p = masked
	}
	v.Set(reflect.ValueOf(p))
}

// badPrefix says what is wrong with the text of a range: often a length is all that is missing.
func (d *decoder) badPrefix(n *node, f *field, path string) {
	hint, fix := prefixHint(n.value)
	if hint == "" {
		hint = " such as " + f.examplePrefix()
	}
	d.problem(RuleAddress, n, path, fix, "%s is %s, expected an address range%s", lastKey(path), quote(n.value), hint)
}

func (d *decoder) addr(n *node, v reflect.Value, f *field, path string) {
	if n.kind != scalarNode {
		d.wrongType(n, path, "an address such as 10.0.0.10", singleHint(n, f, d.beside))
		return
	}
	a, err := netip.ParseAddr(n.value)
	if err != nil || a.Zone() != "" || a.Is4In6() {
		d.problem(
			RuleAddress,
			n,
			path,
			"",
			"%s is %s, expected an address such as 10.0.0.10",
			lastKey(path),
			quote(n.value),
		)
		return
	}
	if f.ipv4 && !a.Is4() {
		d.problem(
			RuleFamily,
			n,
			path,
			"",
			"%s is %s, expected an IPv4 address such as 10.0.0.10",
			lastKey(path),
			quote(n.value),
		)
		return
	}
	v.Set(reflect.ValueOf(a))
}
