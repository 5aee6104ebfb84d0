package report

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/ipam"
)

// Tree writes how prefixes contain each other: as nested objects in JSON, else as a tree drawing. With usedOnly it
// omits free space.
func Tree(w io.Writer, o ListOptions, nest *ipam.Nest, usedOnly bool) error {
	t := treeWriter{out: bufio.NewWriter(w), colour: o.Colour, usedOnly: usedOnly}
	if o.Format == ListJSON {
		s := newJSONStream(w)
		t.json(s, nest.Roots())
		return s.end()
	}
	t.width = t.widest(nest.Roots(), 0)
	for n := range nest.Roots() {
		t.draw(n, "", "", "")
	}
	return t.out.Flush()
}

// treeWriter draws a tree, with the sizes in one column.
type treeWriter struct {
	out      *bufio.Writer
	colour   bool
	usedOnly bool
	width    int // of the widest line without its size
}

const indent = 3 // columns per level

// shown yields the nodes that are not omitted.
func (t *treeWriter) shown(nodes iter.Seq[ipam.Nested]) iter.Seq[ipam.Nested] {
	if !t.usedOnly {
		return nodes
	}
	return func(yield func(ipam.Nested) bool) {
		for n := range nodes {
			if !n.Free() && !yield(n) {
				return
			}
		}
	}
}

// widest returns the width of the widest line of the drawing.
func (t *treeWriter) widest(nodes iter.Seq[ipam.Nested], level int) int {
	widest := 0
	for n := range t.shown(nodes) {
		widest = max(widest, level*indent+len(n.Prefix().String()))
		if !n.Leaf() {
			widest = max(widest, t.widest(n.Inside(), level+1))
		}
	}
	return widest
}

// draw draws n and its descendants. Its own line starts with prefix and branch, those of its children with prefix and
// trunk.
func (t *treeWriter) draw(n ipam.Nested, prefix, branch, trunk string) {
	t.line(n, prefix+branch)
	if n.Leaf() {
		return
	}
	var waiting *ipam.Nested // the next child, drawn once it is known whether it is the last
	for c := range t.shown(n.Inside()) {
		if waiting != nil {
			t.draw(*waiting, prefix+trunk, "├─ ", "│  ")
		}
		waiting = &c
	}
	if waiting != nil {
		t.draw(*waiting, prefix+trunk, "└─ ", "   ")
	}
}

func (t *treeWriter) line(n ipam.Nested, drawing string) {
	name := n.Prefix().String()
	pad := strings.Repeat(" ", max(0, t.width-utf8.RuneCountInString(drawing)-len(name)))
	size := fmt.Sprintf("%14s", calc.Count{Int: ipam.Count(n.Prefix())}.Grouped())
	note := treeNote(n)
	if n.Free() {
		name, size, note = mark(t.colour, dim, name), mark(t.colour, dim, size), mark(t.colour, green, note)
	} else {
		name = mark(t.colour, bold, name)
	}
	line := mark(t.colour, dim, drawing) + name + pad + size + "  " + note
	fmt.Fprintln(t.out, strings.TrimRight(line, " "))
}

// treeNote returns the text after the size of a line: the labels of a prefix and how often it occurs.
func treeNote(n ipam.Nested) string {
	if n.Free() {
		return "free"
	}
	note := Printable(strings.Join(n.Labels(), ", "))
	if n.Times() > 1 {
		note = strings.TrimSpace(fmt.Sprintf("%s ×%d", note, n.Times()))
	}
	return note
}

// json writes nodes as a list of objects, each with a list of its children.
func (t *treeWriter) json(s *jsonStream, nodes iter.Seq[ipam.Nested]) {
	s.open('[')
	for n := range t.shown(nodes) {
		s.next()
		s.open('{')
		s.member("prefix", n.Prefix())
		s.member("addresses", calc.Count{Int: ipam.Count(n.Prefix())})
		s.member("free", n.Free())
		if labels := n.Labels(); len(labels) > 0 {
			s.member("labels", labels)
		}
		if n.Times() > 1 {
			s.member("times", n.Times())
		}
		if !n.Leaf() {
			s.key("inside")
			t.json(s, n.Inside())
		}
		s.close('}')
	}
	s.close(']')
}
