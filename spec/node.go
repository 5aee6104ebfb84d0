package spec

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// node is a value, or a key, of a file: what yaml.Node says about it that is used here, in a third of the memory.
type node struct {
	kind nodeKind
	tag  nodeTag
	// quoted is set for text in quotes, block for text behind | or >, flow for what is written in brackets.
	quoted, block, flow bool
	line, column        int32
	// value is the text of a scalar.
	value string
	// inside is what other nodes than scalars have; nil for none. Most nodes are scalars.
	inside *inside
}

// inside is the nodes that belong to a node.
type inside struct {
	content []*node
	alias   *node
}

// nodeKind is the shape of a value.
type nodeKind uint8

const (
	scalarNode nodeKind = iota + 1
	mappingNode
	sequenceNode
	aliasNode
)

// nodeTag is the type of a scalar. The zero value is the type of everything else.
type nodeTag uint8

const (
	tagOther nodeTag = iota
	tagNull
	tagStr
	tagInt
	tagFloat
	tagBool
	tagTimestamp
	tagMerge
)

func tagOf(n *yaml.Node) nodeTag {
	switch n.ShortTag() {
	case "!!null":
		return tagNull
	case "!!str":
		return tagStr
	case "!!int":
		return tagInt
	case "!!float":
		return tagFloat
	case "!!bool":
		return tagBool
	case "!!timestamp":
		return tagTimestamp
	case "!!merge":
		return tagMerge
	}
	return tagOther
}

func kindOf(n *yaml.Node) nodeKind {
	switch n.Kind {
	case yaml.MappingNode:
		return mappingNode
	case yaml.SequenceNode:
		return sequenceNode
	case yaml.AliasNode:
		return aliasNode
	}
	return scalarNode
}

// place is where a node starts.
func (n *node) place() (line, column int) { return int(n.line), int(n.column) }

// content returns the elements of a list, or the keys and values of a mapping in turn.
func (n *node) content() []*node {
	if n.inside == nil {
		return nil
	}
	return n.inside.content
}

// add appends to the content.
func (n *node) add(more ...*node) {
	if n.inside == nil {
		n.inside = &inside{}
	}
	n.inside.content = append(n.inside.content, more...)
}

// own gives a copy of a node a list of its content for itself.
func (n *node) own() {
	if n.inside != nil {
		n.inside = &inside{slices.Clone(n.inside.content), n.inside.alias}
	}
}

// alias returns the node that an alias stands for.
func (n *node) alias() *node { return n.inside.alias }

// compactor turns what the YAML library read into nodes. It takes the library's nodes apart on the way, so that a large
// file is not in memory twice.
type compactor struct {
	anchors map[*yaml.Node]*node
	// texts holds short texts, most of which a large file repeats.
	texts map[string]string
}

// maxShared is how long a text may be that equal texts share.
const maxShared = 32

func newCompactor() *compactor {
	return &compactor{anchors: map[*yaml.Node]*node{}, texts: map[string]string{}}
}

// document returns the root of a document.
func (c *compactor) document(doc *yaml.Node) *node {
	var n node
	c.fill(&n, doc.Content[0])
	doc.Content = nil
	return &n
}

func (c *compactor) fill(n *node, from *yaml.Node) {
	const quotes, block = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle, yaml.LiteralStyle | yaml.FoldedStyle
	*n = node{
		kind: kindOf(from), tag: tagOf(from), line: int32(from.Line), column: int32(from.Column),
		quoted: from.Style&quotes != 0, block: from.Style&block != 0, flow: from.Style&yaml.FlowStyle != 0,
	}
	if from.Anchor != "" {
		c.anchors[from] = n
	}
	switch n.kind {
	case scalarNode:
		n.value = c.text(from.Value)
	case aliasNode:
		n.inside = &inside{alias: c.anchors[from.Alias]}
	default:
		n.inside = &inside{content: c.content(from.Content)}
	}
}

// content returns the content of a list or mapping.
func (c *compactor) content(from []*yaml.Node) []*node {
	all := make([]node, len(from))
	out := make([]*node, len(all))
	for i := range all {
		out[i] = &all[i]
		c.fill(&all[i], from[i])
		from[i] = nil
	}
	return out
}

func (c *compactor) text(s string) string {
	if len(s) > maxShared {
		return s
	}
	if same, ok := c.texts[s]; ok {
		return same
	}
	c.texts[s] = s
	return s
}
