package spec

import (
	"iter"
	"slices"
	"strconv"
	"strings"
)

// tree is the text of all files joined: one mapping, whose lists hold the elements of the lists of all files.
type tree struct {
	sources []Source
	// lines finds lines in each source, once somebody asked.
	lines []*lines
	root  *node
	// file is the file of each value and list element of root.
	file map[*node]string
	// edited is the keys of the top level that an edit has changed: they count for all files.
	edited []string
}

// pairs yields the keys and values of a mapping, "<<" left out.
func pairs(n *node) iter.Seq2[*node, *node] {
	return func(yield func(k, v *node) bool) {
		for i := 0; i+1 < len(n.content()); i += 2 {
			if n.content()[i].tag == tagMerge {
				continue
			}
			if !yield(n.content()[i], n.content()[i+1]) {
				return
			}
		}
	}
}

// behindMerges returns the values of the "<<" keys of n, the elements of lists one by one.
func behindMerges(n *node) (out []*node) {
	for i := 0; i+1 < len(n.content()); i += 2 {
		switch v := n.content()[i+1]; {
		case n.content()[i].tag != tagMerge:
		case v.kind == sequenceNode:
			out = append(out, v.content()...)
		default:
			out = append(out, v)
		}
	}
	return out
}

// merged returns the mappings behind the "<<" keys of n, nearest first.
func merged(n *node, depth int) (out []*node) {
	if depth > maxDepth {
		return nil
	}
	for _, m := range behindMerges(n) {
		if m = target(m); m.kind == mappingNode {
			out = append(append(out, m), merged(m, depth+1)...)
		}
	}
	return out
}

// unmergeable returns the values of the "<<" keys of n that are not mappings.
func unmergeable(n *node) []*node {
	return slices.DeleteFunc(behindMerges(n), func(m *node) bool { return target(m).kind == mappingNode })
}

func target(n *node) *node {
	if n.kind == aliasNode {
		return n.alias()
	}
	return n
}

// child returns the value of a key of a mapping, or nil.
func child(n *node, key string) (k, v *node) {
	for k, v := range pairs(n) {
		if k.value == key {
			return k, v
		}
	}
	for _, m := range merged(n, 0) {
		for k, v := range pairs(m) {
			if k.value == key {
				return k, v
			}
		}
	}
	return nil, nil
}

// add joins a document to the tree: lists and the mappings of the top level grow, and an existing value stays.
func (t *tree) add(file string, doc *node) []Problem {
	if t.root == nil {
		t.root = &node{kind: mappingNode, line: doc.line, column: doc.column}
		t.file = map[*node]string{t.root: file}
	}
	d := &decoder{file: file}
	t.addMapping(t.root, d, doc, "")
	return d.problems
}

func (t *tree) addMapping(into *node, d *decoder, doc *node, path string) {
	seen := make(map[string]*node, len(doc.content())/2)
	for k, v := range pairs(doc) {
		v = target(v)
		if first := seen[k.value]; first != nil {
			d.problem(
				RuleDuplicate,
				k,
				Key(path, k.value),
				"",
				"duplicate key %s, first on line %d; the first one counts",
				quote(k.value),
				first.line,
			)
			continue
		}
		seen[k.value] = k
		_, have := child(into, k.value)
		switch {
		case have == nil:
			t.addNew(into, d, k, v, path)
		case have.kind != v.kind:
			d.wrongType(v, Key(path, k.value), describe(have)+" as in "+t.file[have], "")
		case v.kind == sequenceNode:
			have.add(v.content()...)
			t.own(d.file, v.content()...)
		case v.kind == mappingNode:
			t.addMapping(have, d, v, Key(path, k.value))
		}
	}
}

// addNew puts a copy of v into the tree, so that joining further files leaves the file's own nodes as they are.
func (t *tree) addNew(into *node, d *decoder, k, v *node, path string) {
	mine := *v
	into.add(k, &mine)
	t.own(d.file, k, &mine)
	if v.kind == mappingNode {
		mine.inside = nil
		t.addMapping(&mine, d, v, Key(path, k.value))
		return
	}
	mine.own()
	if v.kind == sequenceNode {
		t.own(d.file, v.content()...)
	}
}

func (t *tree) own(file string, nodes ...*node) {
	for _, n := range nodes {
		t.file[n] = file
	}
}

// step is one step of a path: a key, or an index of a list when key is empty.
type step struct {
	key   string
	index int
}

// steps splits "clusters[0].nodePools[1].maxPods" and `tags["a.b"]`. What cannot be read ends the path.
func steps(path string) iter.Seq[step] {
	return func(yield func(step) bool) {
		for path != "" {
			s, rest, ok := firstStep(path)
			if !ok || !yield(s) {
				return
			}
			path = rest
		}
	}
}

func firstStep(path string) (s step, rest string, ok bool) {
	if path[0] == '[' {
		return bracket(path)
	}
	path = strings.TrimPrefix(path, ".")
	end := 0
	for end < len(path) && path[end] != '.' && path[end] != '[' {
		end++
	}
	return step{key: path[:end]}, path[end:], end > 0
}

func bracket(path string) (s step, rest string, ok bool) {
	if len(path) > 1 && strings.IndexByte("\"'`", path[1]) >= 0 {
		quoted, err := strconv.QuotedPrefix(path[1:])
		if err != nil {
			return s, "", false
		}
		key, _ := strconv.Unquote(quoted)
		rest, ok = strings.CutPrefix(path[1+len(quoted):], "]")
		return step{key: key}, rest, ok
	}
	number, rest, ok := strings.Cut(path[1:], "]")
	i, err := strconv.Atoi(number)
	return step{index: i}, rest, ok && err == nil && i >= 0
}

// find walks path as far as it goes. It returns the last node found, the key before it, the file, and whether the whole
// path exists.
func (t *tree) find(path string) (key, n *node, file string, whole bool) {
	key, n, whole = t.walk(path, func(n *node) {
		if f, ok := t.file[n]; ok {
			file = f
		}
	})
	return key, n, file, whole
}

// value returns the node at path, nil when the path does not exist as a whole.
func (t *tree) value(path string) *node {
	if _, n, whole := t.walk(path, func(*node) {}); whole {
		return n
	}
	return nil
}

// walk visits the nodes along path as far as it goes.
func (t *tree) walk(path string, visit func(*node)) (key, n *node, whole bool) {
	if t.root == nil {
		return nil, nil, false
	}
	n = t.root
	visit(n)
	for s := range steps(path) {
		var k, v *node
		switch n = target(n); {
		case s.key != "" && n.kind == mappingNode:
			k, v = child(n, s.key)
		case s.key == "" && n.kind == sequenceNode && s.index < len(n.content()):
			v = n.content()[s.index]
		}
		if v == nil {
			return key, n, false
		}
		key, n = k, v
		visit(v)
	}
	return key, n, true
}

// Position returns the position of the value at path, or of the nearest value around it when there is none.
func (s *Spec) Position(path string) Position {
	_, n, file, _ := s.tree.find(path)
	if n == nil {
		return Position{}
	}
	return at(file, target(n))
}

// KeyPosition returns the position of the key of the value at path, to point at when the whole setting is wrong.
func (s *Spec) KeyPosition(path string) Position {
	key, n, file, whole := s.tree.find(path)
	if n == nil {
		return Position{}
	}
	if key == nil || !whole {
		return at(file, target(n))
	}
	return at(file, key)
}

// Has reports whether the user wrote a value at path.
func (s *Spec) Has(path string) bool {
	n := s.tree.value(path)
	return n != nil && target(n).tag != tagNull
}

// Text returns the scalar that the user wrote at path, without quotes; empty when there is none.
func (s *Spec) Text(path string) string {
	n := s.tree.value(path)
	if n == nil || target(n).kind != scalarNode {
		return ""
	}
	return target(n).value
}
