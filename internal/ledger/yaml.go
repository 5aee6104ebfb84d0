package ledger

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// yaml reads a ledger as a YAML document, however it is laid out.
func (r *reader) yaml(data []byte) {
	var doc yaml.Node
	if err := yaml.NewDecoder(bytes.NewReader(data)).Decode(&doc); err != nil {
		r.problem(
			RuleFormat,
			1,
			span{1, 1},
			"this is not a ledger of aksnet: %s",
			strings.TrimPrefix(err.Error(), "yaml: "),
		)
		return
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		r.problem(
			RuleFormat,
			root.Line,
			spanOf(root),
			"this is not a ledger of aksnet: a ledger has kind: %s",
			fileKind,
		)
		return
	}
	if alias := aliasIn(root); alias != nil {
		r.problem(RuleFormat, alias.Line, spanOf(alias), "a ledger has no aliases: write the value out")
		return
	}
	r.ledger.head = lines(doc.HeadComment) + lines(root.HeadComment)
	var header []item
	var entries *yaml.Node
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		r.ledger.tail += lines(key.FootComment)
		if key.Value == "entries" {
			entries = value
			r.ledger.head += lines(key.HeadComment)
		} else {
			header = append(header, itemOf(key, value))
			r.ledger.head += lines(comments(key, value))
		}
	}
	r.ledger.tail += lines(root.FootComment) + lines(doc.FootComment)
	switch {
	case !r.header(header) || entries == nil:
	case entries.Kind == yaml.SequenceNode:
		below := ""
		for _, node := range entries.Content {
			r.node(node, below)
			below = lines(node.FootComment)
		}
		r.ledger.tail = below + r.ledger.tail
	case entries.Tag != "!!null":
		r.problem(RuleFormat, entries.Line, spanOf(entries), "entries is not a list")
	}
}

// node reads an entry. above is the comments between the one before it and this one.
func (r *reader) node(n *yaml.Node, above string) {
	if n.Kind != yaml.MappingNode {
		r.problem(RuleFormat, n.Line, spanOf(n), "an entry is a mapping that has addressPrefix and kind")
		return
	}
	rec := record{line: n.Line, above: above + lines(n.HeadComment), comment: n.LineComment}
	for i := 0; i < len(n.Content); i += 2 {
		rec.items = append(rec.items, itemOf(n.Content[i], n.Content[i+1]))
		switch c := comments(n.Content[i : i+2]...); {
		case c == "":
		case rec.comment == "" && !strings.Contains(c, "\n"):
			rec.comment = c
		default:
			rec.above += lines(c)
		}
	}
	r.record(rec)
}

// comments returns all comments at nodes and below them, one a line.
func comments(nodes ...*yaml.Node) string {
	var all []string
	for _, n := range nodes {
		for _, c := range []string{n.HeadComment, n.LineComment, comments(n.Content...), n.FootComment} {
			if c != "" {
				all = append(all, c)
			}
		}
	}
	return strings.Join(all, "\n")
}

// itemOf returns a key and its value with their places.
func itemOf(key, value *yaml.Node) item {
	return item{
		key: key.Value, value: value.Value, raw: oneLine(value),
		line: value.Line, at: spanOf(value), atKey: spanOf(key),
	}
}

// oneLine returns a value as YAML on one line.
func oneLine(n *yaml.Node) string {
	flow := inFlow(n)
	text, err := yaml.Marshal(flow)
	if err != nil {
		return scalar(n.Value)
	}
	if s := strings.TrimSuffix(string(text), "\n"); !strings.Contains(s, "\n") {
		return s
	}
	return scalar(n.Value)
}

// aliasIn returns the first alias below a node; nil without one.
func aliasIn(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n
	}
	for _, child := range n.Content {
		if alias := aliasIn(child); alias != nil {
			return alias
		}
	}
	return nil
}

// inFlow returns a copy of a node that is written on one line, without its comments.
func inFlow(n *yaml.Node) *yaml.Node {
	c := &yaml.Node{Kind: n.Kind, Tag: n.Tag, Value: n.Value}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!str" {
			c.Style = yaml.DoubleQuotedStyle
		}
	default:
		c.Style = yaml.FlowStyle
	}
	for _, child := range n.Content {
		c.Content = append(c.Content, inFlow(child))
	}
	return c
}

// spanOf returns the columns of a node, to the end of its first line.
func spanOf(n *yaml.Node) span {
	width := utf8.RuneCountInString(n.Value)
	if n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 {
		width += 2
	}
	return span{n.Column, n.Column + max(width, 1)}
}

// lines returns a comment as lines that each end.
func lines(comment string) string {
	if comment == "" {
		return ""
	}
	return comment + "\n"
}
