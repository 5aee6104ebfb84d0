package spec

import (
	"bytes"
	"fmt"
	"testing"
	"unsafe"

	"go.yaml.in/yaml/v3"
)

// compacted reads a document with the YAML library and returns it as a node.
func compacted(t *testing.T, text string) *node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader([]byte(text))).Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return newCompactor().document(&doc)
}

// written describes a node, with all that is inside.
func written(n *node) string {
	s := fmt.Sprintf("%d/%d@%d:%d%q%t%t%t", n.kind, n.tag, n.line, n.column, n.value, n.quoted, n.block, n.flow)
	if n.kind == aliasNode {
		return s + "*" + written(n.alias())
	}
	for _, c := range n.content() {
		s += "(" + written(c) + ")"
	}
	return s
}

// TestNodes compares nodes with what the YAML library says about a document that has every kind of value.
func TestNodes(t *testing.T) {
	text := `a: [1, 0x1f, 1.5, true, ~, "1", '2', 2026-11-29, !x y]
b: &b {c: text, "d": 'quoted'}
h: |
  block
e: *b
f:
  <<: *b
  "<<": no merge
  g: >-
    folded
`
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	if got, want := written(compacted(t, text)), libraryWritten(doc.Content[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// libraryWritten is written for a node of the library.
func libraryWritten(n *yaml.Node) string {
	s := fmt.Sprintf("%d/%d@%d:%d%q%t%t%t", kindOf(n), tagOf(n), n.Line, n.Column, libraryValue(n),
		n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0,
		n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0, n.Style&yaml.FlowStyle != 0)
	if n.Kind == yaml.AliasNode {
		return s + "*" + libraryWritten(n.Alias)
	}
	for _, c := range n.Content {
		s += "(" + libraryWritten(c) + ")"
	}
	return s
}

func libraryValue(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode {
		return ""
	}
	return n.Value
}

// TestNodesAreSmall keeps the spec of ten thousand clusters, which has half a million nodes, in little memory.
func TestNodesAreSmall(t *testing.T) {
	if size := unsafe.Sizeof(node{}); size > 40 {
		t.Errorf("a node takes %d bytes", size)
	}
	root := compacted(t, "a: {name: apps, mode: apps}")
	in := root.content()[1].content()
	if unsafe.StringData(in[1].value) != unsafe.StringData(in[3].value) {
		t.Error("equal texts take memory twice")
	}
}
