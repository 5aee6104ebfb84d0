package spec

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Edit changes one value of a spec without touching its file: what --set does. The zero Edit is refused.
type Edit struct {
	// Path is the value to change, as "clusters[0].nodePools[1].maxCount". An element of a list may also be named by
	// its name, "clusters[shop].nodePools[apps].maxCount", and the index after the last one adds an element.
	Path string
	// Value is the new value in YAML: 80, 25%, [IPv4, IPv6], {name: batch, count: 2}. null removes the value.
	Value string
}

// ParseEdit reads "path=value".
func ParseEdit(text string) (Edit, error) {
	path, value, ok := strings.Cut(text, "=")
	if path = strings.TrimSpace(path); !ok || path == "" {
		return Edit{}, fmt.Errorf("%s is not path=value, such as clusters[0].nodePools[1].maxCount=80", quote(text))
	}
	return Edit{Path: path, Value: strings.TrimSpace(value)}, nil
}

// ParseWith is Parse with edits applied one after another, before anything is decoded. A value that an edit replaces
// keeps its position, so that findings still point into the file. An edit whose path or value cannot be is an error: it
// is a mistake of the command line and not of the spec. When no file could be read, edits are not looked at.
func ParseWith(edits []Edit, sources ...Source) (*Spec, error) {
	s, roots := read(sources)
	if s.tree.root == nil {
		return s, nil
	}
	for _, e := range edits {
		if err := s.tree.edit(e); err != nil {
			return nil, err
		}
	}
	s.decode(roots)
	return s, nil
}

// edit applies one edit to the tree.
func (t *tree) edit(e Edit) error {
	fail := func(format string, a ...any) error {
		return fmt.Errorf("setting %s: %w", e.Path, fmt.Errorf(format, a...))
	}
	path, err := selectors(e.Path)
	if err != nil {
		return fail("%w", err)
	}
	if len(path) == 1 && path[0].key == "apiVersion" {
		return fail("it names the format of the file, and can only be changed there")
	}
	w := walker{tree: t, node: t.root, typ: reflect.TypeFor[Spec](), field: &field{}}
	for _, s := range path {
		if err := w.step(s); err != nil {
			return fail("%w", err)
		}
	}
	value, err := w.parse(e.Value)
	if err != nil {
		return fail("%w", err)
	}
	w.replace(value)
	if len(path) == 1 {
		t.edited = append(t.edited, path[0].key)
	}
	return nil
}

// selectors splits a path into its steps and refuses what steps would leave out.
func selectors(path string) (out []step, err error) {
	rest := path
	if rest == "" {
		return nil, fmt.Errorf("a key is missing")
	}
	for rest != "" {
		var s step
		switch {
		case rest[0] == '[':
			inside, after, ok := bracket(rest)
			if !ok {
				name, after2, found := strings.Cut(rest[1:], "]")
				if !found || name == "" {
					return nil, fmt.Errorf("bracket %s does not hold an index or a name", quote(rest))
				}
				inside, after = step{key: name}, after2
			}
			s, rest = inside, after
		default:
			rest = strings.TrimPrefix(rest, ".")
			end := strings.IndexAny(rest, ".[")
			if end < 0 {
				end = len(rest)
			}
			if end == 0 {
				return nil, fmt.Errorf("a key is missing")
			}
			s, rest = step{key: rest[:end]}, rest[end:]
		}
		out = append(out, s)
	}
	return out, nil
}

// walker goes down the tree and the Go type it will be decoded into at the same time. Every node it passes is made the
// tree's own, since aliases and the nodes of the files are shared.
type walker struct {
	tree  *tree
	node  *node
	typ   reflect.Type
	field *field
	// set replaces the current node.
	set func(*node)
	at  string
}

func (w *walker) step(s step) error {
	for w.typ.Kind() == reflect.Pointer {
		w.typ = w.typ.Elem()
	}
	leaf := w.typ == prefixType || w.typ == addrType || reflect.PointerTo(w.typ).Implements(scalarType)
	switch {
	case w.typ.Kind() == reflect.Struct && !leaf:
		return w.key(s)
	case w.typ.Kind() == reflect.Map:
		return w.entry(s)
	case w.typ.Kind() == reflect.Slice:
		return w.element(s)
	}
	return fmt.Errorf("%s is a single value and has nothing inside", w.name())
}

func (w *walker) name() string {
	if w.at == "" {
		return "the spec"
	}
	return w.at
}

// key goes into a field of a struct.
func (w *walker) key(s step) error {
	known := fieldsOf(w.typ)
	if s.key == "" {
		return fmt.Errorf("%s is not a list", w.name())
	}
	f := known.find(s.key)
	if f == nil {
		if near := Nearest(s.key, known.keys()); near != "" {
			return fmt.Errorf("unknown key %s, did you mean %q?", quote(s.key), near)
		}
		return fmt.Errorf("unknown key %s; %s takes %s", quote(s.key), w.name(), strings.Join(known.keys(), ", "))
	}
	w.enter(s.key)
	w.typ, w.field = w.typ.Field(f.index).Type, f
	return nil
}

// entry goes into an entry of a map of text to text.
func (w *walker) entry(s step) error {
	if s.key == "" {
		return fmt.Errorf("%s is not a list", w.name())
	}
	w.enter(s.key)
	w.typ, w.field = w.typ.Elem(), &field{}
	return nil
}

// enter moves to the value of a key of the mapping at hand, which is made when it is not there.
func (w *walker) enter(key string) {
	if w.node.kind != mappingNode {
		w.become(mappingNode)
	}
	parent := w.node
	i := keyIndex(parent, key)
	if i < 0 {
		value := w.blank(parent)
		if _, inherited := child(parent, key); inherited != nil {
			value = inherited
		}
		name := w.blank(parent)
		name.tag, name.value = tagStr, key
		parent.add(name, value)
		i = len(parent.content()) - 2
	}
	w.at = Key(w.at, key)
	w.descend(parent, i+1)
}

func keyIndex(mapping *node, key string) int {
	for i := 0; i+1 < len(mapping.content()); i += 2 {
		if mapping.content()[i].value == key && mapping.content()[i].tag != tagMerge {
			return i
		}
	}
	return -1
}

// element goes into an element of a list.
func (w *walker) element(s step) error {
	if w.node.kind != sequenceNode {
		w.become(sequenceNode)
	}
	list, i := w.node, s.index
	if s.key != "" {
		if i = indexOfName(list, s.key); i < 0 {
			return fmt.Errorf("%s has no element named %s", w.name(), quote(s.key))
		}
	}
	switch n := len(list.content()); {
	case i > n:
		return fmt.Errorf("%s has %d elements, [%d] does not exist ([%d] adds one)", w.name(), n, i, n)
	case i == n:
		list.add(w.blank(list))
	}
	w.at = fmt.Sprintf("%s[%d]", w.at, i)
	w.typ = w.typ.Elem()
	w.descend(list, i)
	return nil
}

func indexOfName(list *node, name string) int {
	return slices.IndexFunc(list.content(), func(n *node) bool {
		if n = target(n); n.kind != mappingNode {
			return false
		}
		_, v := child(n, "name")
		return v != nil && target(v).value == name
	})
}

// descend moves to the i-th node of parent, of which it makes a copy of the tree's own.
func (w *walker) descend(parent *node, i int) {
	old := parent.content()[i]
	mine := *target(old)
	mine.own()
	if old.kind == aliasNode {
		mine.line, mine.column = old.line, old.column
	}
	w.set = func(n *node) {
		parent.content()[i] = n
		if file, ok := w.tree.file[old]; ok {
			w.tree.file[n] = file
		}
	}
	w.node = &mine
	w.set(w.node)
}

// become turns the node at hand into an empty collection.
func (w *walker) become(kind nodeKind) {
	*w.node = node{kind: kind, line: w.node.line, column: w.node.column}
}

// blank returns an empty value with the position of what surrounds it.
func (w *walker) blank(around *node) *node {
	return &node{kind: scalarNode, tag: tagNull, line: around.line, column: around.column}
}

// parse reads a value as YAML and checks that it can stand where the walker is. Text is taken as it is, so that a name
// may look like a number.
func (w *walker) parse(text string) (*node, error) {
	if w.typ.Kind() == reflect.String && text != "null" && !reflect.PointerTo(w.typ).Implements(scalarType) &&
		!quoted(text) {
		return w.check(&node{kind: scalarNode, tag: tagStr, value: text})
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		return nil, fmt.Errorf("value %s is not readable as YAML", quote(text))
	}
	if len(doc.Content) != 1 {
		return nil, fmt.Errorf("the value is missing; null removes a value")
	}
	return w.check(newCompactor().document(&doc))
}

func quoted(text string) bool { return strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") }

func (w *walker) check(n *node) (*node, error) {
	if line, _, deep := tooDeep(n, 0); deep {
		return nil, fmt.Errorf("line %d of the value is nested deeper than %d levels", line, maxDepth)
	}
	d := &decoder{}
	d.value(n, reflect.New(w.typ).Elem(), w.field, w.at)
	for _, p := range d.problems {
		if p.Rule != RuleHostBits {
			return nil, fmt.Errorf("%s", p.Message)
		}
	}
	return n, nil
}

// replace puts a value where the walker is. It and all it holds take the position of what stood there.
func (w *walker) replace(value *node) {
	move(value, w.node.line, w.node.column)
	w.set(value)
}

func move(n *node, line, column int32) {
	n.line, n.column = line, column
	for _, c := range n.content() {
		move(c, line, column)
	}
}
