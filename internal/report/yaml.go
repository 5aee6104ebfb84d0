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
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	root, err := yamlNode(dec)
	if err != nil {
		return fmt.Errorf("turning JSON into YAML: %w", err)
	}
	out := bufio.NewWriter(w)
	for part := range yamlParts(root) {
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

// yamlParts divides an object into its members, and member lists into their elements. The library keeps everything that
// it has written of a document, a third of a kilobyte per word, and copies it repeatedly as it grows.
func yamlParts(root *yaml.Node) iter.Seq[yamlPart] {
	return func(yield func(yamlPart) bool) {
		if root.Kind != yaml.MappingNode || len(root.Content) == 0 {
			yield(yamlPart{root, false})
			return
		}
		member := func(key, value *yaml.Node) *yaml.Node {
			return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{key, value}}
		}
		for i := 0; i < len(root.Content); i += 2 {
			key, value := root.Content[i], root.Content[i+1]
			if value.Kind != yaml.SequenceNode || len(value.Content) < 2 {
				if !yield(yamlPart{member(key, value), false}) {
					return
				}
				continue
			}
			for n, element := range value.Content {
				list := &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{element}}
				if !yield(yamlPart{member(key, list), n > 0}) {
					return
				}
			}
		}
	}
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
