package spec

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// tree is the text of all files joined: one mapping, whose lists hold the elements of the lists of all files.
type tree struct {
	sources []Source
	// lines finds lines in each source, once somebody asked.
	lines []*lines
	root  *yaml.Node
	// file is the file of each value and list element of root.
	file map[*yaml.Node]string
	// edited is the keys of the top level that an edit has changed: they count for all files.
	edited []string
}

// pairs yields the keys and values of a mapping, "<<" left out.
func pairs(n *yaml.Node) iter.Seq2[*yaml.Node, *yaml.Node] {
	return func(yield func(k, v *yaml.Node) bool) {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Tag == "!!merge" {
				continue
			}
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

// behindMerges returns the values of the "<<" keys of n, the elements of lists one by one.
func behindMerges(n *yaml.Node) (out []*yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch v := n.Content[i+1]; {
		case n.Content[i].Tag != "!!merge":
		case v.Kind == yaml.SequenceNode:
			out = append(out, v.Content...)
		default:
			out = append(out, v)
		}
	}
	return out
}

// merged returns the mappings behind the "<<" keys of n, nearest first.
func merged(n *yaml.Node, depth int) (out []*yaml.Node) {
	if depth > maxDepth {
		return nil
	}
	for _, m := range behindMerges(n) {
		if m = target(m); m.Kind == yaml.MappingNode {
			out = append(append(out, m), merged(m, depth+1)...)
		}
	}
	return out
}

// unmergeable returns the values of the "<<" keys of n that are not mappings.
func unmergeable(n *yaml.Node) []*yaml.Node {
	return slices.DeleteFunc(behindMerges(n), func(m *yaml.Node) bool { return target(m).Kind == yaml.MappingNode })
}

func target(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// child returns the value of a key of a mapping, or nil.
func child(n *yaml.Node, key string) (k, v *yaml.Node) {
	for k, v := range pairs(n) {
		if k.Value == key {
			return k, v
		}
	}
	for _, m := range merged(n, 0) {
		for k, v := range pairs(m) {
			if k.Value == key {
				return k, v
			}
		}
	}
	return nil, nil
}

// add joins a document to the tree: lists and the mappings of the top level grow, and an existing value stays.
func (t *tree) add(file string, doc *yaml.Node) []Problem {
	if t.root == nil {
		t.root = &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: doc.Line, Column: doc.Column}
		t.file = map[*yaml.Node]string{t.root: file}
	}
	d := &decoder{file: file}
	t.addMapping(t.root, d, doc, "")
	return d.problems
}

func (t *tree) addMapping(into *yaml.Node, d *decoder, doc *yaml.Node, path string) {
	seen := make(map[string]*yaml.Node, len(doc.Content)/2)
	for k, v := range pairs(doc) {
		v = target(v)
		if first := seen[k.Value]; first != nil {
			d.problem(
				RuleDuplicate,
				k,
				Key(path, k.Value),
				"",
				"duplicate key %s, first on line %d; the first one counts",
				quote(k.Value),
				first.Line,
			)
			continue
		}
		seen[k.Value] = k
		_, have := child(into, k.Value)
		switch {
		case have == nil:
			t.addNew(into, d, k, v, path)
		case have.Kind != v.Kind:
			d.wrongType(v, Key(path, k.Value), describe(have)+" as in "+t.file[have], "")
		case v.Kind == yaml.SequenceNode:
			have.Content = append(have.Content, v.Content...)
			t.own(d.file, v.Content...)
		case v.Kind == yaml.MappingNode:
			t.addMapping(have, d, v, Key(path, k.Value))
		}
	}
}

// addNew puts a copy of v into the tree, so that joining further files leaves the file's own nodes as they are.
func (t *tree) addNew(into *yaml.Node, d *decoder, k, v *yaml.Node, path string) {
	mine := *v
	into.Content = append(into.Content, k, &mine)
	t.own(d.file, k, &mine)
	if v.Kind == yaml.MappingNode {
		mine.Content = nil
		t.addMapping(&mine, d, v, Key(path, k.Value))
		return
	}
	mine.Content = append([]*yaml.Node(nil), v.Content...)
	if v.Kind == yaml.SequenceNode {
		t.own(d.file, v.Content...)
	}
}

func (t *tree) own(file string, nodes ...*yaml.Node) {
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
func (t *tree) find(path string) (key, n *yaml.Node, file string, whole bool) {
	key, n, whole = t.walk(path, func(n *yaml.Node) {
		if f, ok := t.file[n]; ok {
			file = f
		}
	})
	return key, n, file, whole
}

// value returns the node at path, nil when the path does not exist as a whole.
func (t *tree) value(path string) *yaml.Node {
	if _, n, whole := t.walk(path, func(*yaml.Node) {}); whole {
		return n
	}
	return nil
}

// walk visits the nodes along path as far as it goes.
func (t *tree) walk(path string, visit func(*yaml.Node)) (key, n *yaml.Node, whole bool) {
	if t.root == nil {
		return nil, nil, false
	}
	n = t.root
	visit(n)
	for s := range steps(path) {
		var k, v *yaml.Node
		switch n = target(n); {
		case s.key != "" && n.Kind == yaml.MappingNode:
			k, v = child(n, s.key)
		case s.key == "" && n.Kind == yaml.SequenceNode && s.index < len(n.Content):
			v = n.Content[s.index]
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
	return n != nil && target(n).ShortTag() != "!!null"
}

// Text returns the scalar that the user wrote at path, without quotes; empty when there is none.
func (s *Spec) Text(path string) string {
	n := s.tree.value(path)
	if n == nil || target(n).Kind != yaml.ScalarNode {
		return ""
	}
	return target(n).Value
}
