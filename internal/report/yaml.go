package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/internal/printable"
)

// writeYAML writes the content of WriteJSON as YAML.
func writeYAML(w io.Writer, v any) error {
	out := bufio.NewWriter(w)
	for part, err := range yamlParts(v) {
		if err != nil {
			return fmt.Errorf("turning JSON into YAML: %w", err)
		}
		text, err := encodeYAML(part.node)
		if err != nil {
			return err
		}
		if _, err := out.Write(printable.YAML(part.own(text))); err != nil {
			return err
		}
	}
	return out.Flush()
}

func encodeYAML(n *yaml.Node) ([]byte, error) {
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		return nil, err
	}
	err := enc.Close()
	return out.Bytes(), err
}

// yamlPart is a piece of a document that is encoded separately.
type yamlPart struct {
	node *yaml.Node
	// repeats is how many of its first lines the pieces before it have written.
	repeats int
	// inside is set for a later member of an element of a list: the dash has been written.
	inside bool
}

// own returns what a piece adds to the text.
func (p yamlPart) own(text []byte) []byte {
	for range p.repeats {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	if p.inside {
		text = bytes.Replace(text, []byte("-"), []byte(" "), 1)
	}
	return text
}

// yamlParts divides a struct into its members, member lists into their elements, and large elements once more. The
// library keeps everything that it has written of a document, a third of a kilobyte per word, and copies it repeatedly
// as it grows.
func yamlParts(v any) iter.Seq2[yamlPart, error] {
	return func(yield func(yamlPart, error) bool) {
		members, ok := membersOf(v)
		if !ok || len(members) == 0 {
			n, err := nodeOf(v)
			yield(yamlPart{node: n}, err)
			return
		}
		for _, m := range members {
			if !m.yamlParts(yield) {
				return
			}
		}
	}
}

// yamlParts yields the parts of a member: one, or those of each element of a list.
func (m member) yamlParts(yield func(yamlPart, error) bool) bool {
	list, ok := m.elements()
	if !ok || len(list) == 0 {
		n, err := nodeOf(m.value.Interface())
		return yield(yamlPart{node: yamlMember(m.name, n)}, err)
	}
	for i, e := range list {
		if !m.elementParts(e, min(i, 1), yield) {
			return false
		}
	}
	return true
}

// largeElement is the size of the JSON from which on an element of a list is divided.
const largeElement = 1 << 15

// elementParts yields the parts of an element: one, or those of the members of a large one. The first one repeats some
// lines.
func (m member) elementParts(e any, repeats int, yield func(yamlPart, error) bool) bool {
	text, err := json.Marshal(e)
	members, ok := membersOf(e)
	if err != nil || !ok || len(text) < largeElement {
		n, err := nodeOfJSON(text, err)
		return yield(yamlPart{node: yamlMember(m.name, yamlItem(n)), repeats: repeats}, err)
	}
	inside := false
	for _, own := range members {
		inner := func(p yamlPart, err error) bool {
			part := yamlPart{yamlMember(m.name, yamlItem(p.node)), repeats, inside}
			if p.repeats > 0 {
				part = yamlPart{part.node, 1 + p.repeats, p.inside}
			}
			repeats, inside = 1, true
			return yield(part, err)
		}
		if !own.yamlParts(inner) {
			return false
		}
	}
	return true
}

func yamlMember(name string, value *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{yamlText(name), value}}
}

func yamlItem(n *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}}
}

// nodeOf returns the content of the JSON of a value.
func nodeOf(v any) (*yaml.Node, error) {
	return nodeOfJSON(json.Marshal(v))
}

func nodeOfJSON(text []byte, err error) (*yaml.Node, error) {
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return yamlNode(dec)
}

// yamlNode returns the next JSON value as a YAML node.
func yamlNode(dec *json.Decoder) (*yaml.Node, error) {
	tok, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch v := tok.(type) {
	case json.Delim:
		return yamlList(dec, v)
	case string:
		return yamlText(v), nil
	case json.Number:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: v.String()}, nil
	case bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: fmt.Sprint(v)}, nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}, nil
}

// yamlList reads the rest of a JSON object or array. It treats the keys of an object like other values.
func yamlList(dec *json.Decoder, open json.Delim) (*yaml.Node, error) {
	n := &yaml.Node{Kind: yaml.SequenceNode}
	if open == '{' {
		n.Kind = yaml.MappingNode
	}
	for dec.More() {
		c, err := yamlNode(dec)
		if err != nil {
			return nil, err
		}
		n.Content = append(n.Content, c)
	}
	if len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	_, err := dec.Token()
	return n, err
}

// yamlText returns a text node, quoted if a YAML 1.1 reader would take the text for a boolean or if characters of
// it must be escaped.
func yamlText(s string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch s {
	case "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF":
		n.Style = yaml.DoubleQuotedStyle
	}
	if Printable(s) != s {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
