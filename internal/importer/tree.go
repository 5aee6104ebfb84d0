package importer

import (
	"strconv"

	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/printable"
)

// mapping is a YAML mapping under construction. Keys keep the order in which they are set, and zero values are omitted.
type mapping struct{ node *yaml.Node }

func newMapping() mapping { return mapping{&yaml.Node{Kind: yaml.MappingNode}} }

func (m mapping) set(key string, value *yaml.Node) {
	m.node.Content = append(m.node.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: key}, value)
}

func (m mapping) text(key, value string) {
	if value != "" {
		m.set(key, textNode(value))
	}
}

func (m mapping) number(key string, value int) {
	if value != 0 {
		m.set(key, scalar("!!int", strconv.Itoa(value)))
	}
}

func (m mapping) flag(key string, value bool) {
	if value {
		m.set(key, scalar("!!bool", "true"))
	}
}

// word returns an enumeration value in the spelling of the spec: Azure returns both VnetLocal and VNetLocal. A value
// unknown to the spec stays unchanged.
func word[E aks.Enum](text string) string {
	if e, ok := aks.Word[E](text); ok {
		return string(e)
	}
	return text
}

// texts sets a key to a list on one line.
func (m mapping) texts(key string, values []string) {
	if len(values) == 0 {
		return
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle}
	for _, v := range values {
		list.Content = append(list.Content, textNode(v))
	}
	m.set(key, list)
}

func (m mapping) maps(key string, values []mapping) {
	if len(values) == 0 {
		return
	}
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, v := range values {
		list.Content = append(list.Content, v.node)
	}
	m.set(key, list)
}

// inner sets a key to a mapping on one line, unless it is empty.
func (m mapping) inner(key string, value mapping) {
	if len(value.node.Content) > 0 {
		value.node.Style = yaml.FlowStyle
		m.set(key, value.node)
	}
}

func scalar(tag, value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}

// textNode returns a string node: the encoder quotes it when YAML would read it as another type. Text with characters
// that must be escaped is in double quotes.
func textNode(value string) *yaml.Node {
	n := scalar("!!str", value)
	if printable.Text(value) != value {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}
