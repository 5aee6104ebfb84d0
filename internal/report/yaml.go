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
		if part.goesOn {
			_, text, _ = bytes.Cut(text, []byte("\n"))
		}
		if _, err := out.Write(printable.YAML(text)); err != nil {
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

// yamlPart is a piece of a document that is encoded separately. A piece that continues the list of the previous one
// repeats the key in its first line.
type yamlPart struct {
	node   *yaml.Node
	goesOn bool
}

// yamlParts divides a struct into its members, and member lists into their elements. The library keeps everything that
// it has written of a document, a third of a kilobyte per word, and copies it repeatedly as it grows.
func yamlParts(v any) iter.Seq2[yamlPart, error] {
	return func(yield func(yamlPart, error) bool) {
		members, ok := membersOf(v)
		if !ok || len(members) == 0 {
			n, err := nodeOf(v)
			yield(yamlPart{n, false}, err)
			return
		}
		for _, m := range members {
			if !m.yamlParts(yield) {
				return
			}
		}
	}
}

// yamlParts yields the parts of a member: one, or one for each element of a list.
func (m member) yamlParts(yield func(yamlPart, error) bool) bool {
	part := func(value *yaml.Node, goesOn bool) yamlPart {
		return yamlPart{&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{yamlText(m.name), value}}, goesOn}
	}
	list, ok := m.elements()
	if !ok || len(list) == 0 {
		n, err := nodeOf(m.value.Interface())
		return yield(part(n, false), err)
	}
	for i, e := range list {
		n, err := nodeOf(e)
		if !yield(part(&yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}}, i > 0), err) {
			return false
		}
	}
	return true
}

// nodeOf returns the content of the JSON of a value.
func nodeOf(v any) (*yaml.Node, error) {
	text, err := json.Marshal(v)
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
