package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// hclBlock is a block of Terraform: its type with its quoted labels, attributes, and blocks in it.
type hclBlock struct {
	head       string
	attributes object
	blocks     []hclBlock
}

// block writes a block. Nested blocks follow the attributes, each after an empty line.
func (w *hclWriter) block(b hclBlock, depth int) {
	indent := strings.Repeat("  ", depth)
	if len(b.attributes)+len(b.blocks) == 0 {
		w.line("%s%s {}", indent, b.head)
		return
	}
	w.line("%s%s {", indent, b.head)
	w.members(b.attributes, depth+1)
	for i, inner := range b.blocks {
		if i > 0 || len(b.attributes) > 0 {
			w.line("")
		}
		w.block(inner, depth+1)
	}
	w.line("%s}", indent)
}

// header returns the head of a block with labels: resource "azurerm_subnet" "snet".
func header(typ string, labels ...string) string {
	for _, l := range labels {
		typ += " " + quoteHCL(l)
	}
	return typ
}

// raw is text that is already an expression.
type raw string

// row is a list on one line.
type row []any

func (w *hclWriter) row(items row) {
	w.out.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			w.out.WriteString(", ")
		}
		w.value(item, 0)
	}
	w.out.WriteByte(']')
}

// maxRow is the longest list that is written on one line, in bytes of its texts.
const maxRow = 60

// asRow writes a short list of texts on one line, as people do.
func asRow(v any) any {
	items, ok := v.([]any)
	if !ok || len(items) == 0 {
		return v
	}
	length := 0
	for _, item := range items {
		text, ok := item.(string)
		if !ok {
			return v
		}
		length += len(text)
	}
	if length > maxRow {
		return v
	}
	return row(items)
}

// hclText returns quoteHCL without its quotes.
func hclText(s string) string {
	q := quoteHCL(s)
	return q[1 : len(q)-1]
}

// members writes attributes. The equals signs of consecutive one-line attributes are aligned.
func (w *hclWriter) members(o object, depth int) {
	indent := strings.Repeat("  ", depth)
	width := 0
	for i, m := range o {
		if i == 0 || !onOneLine(o[i-1].value) {
			width = runWidth(o[i:])
		}
		key := hclKey(m.key)
		pad := 0
		if onOneLine(m.value) {
			pad = width - utf8.RuneCountInString(key)
		}
		w.out.WriteString(indent + key + strings.Repeat(" ", pad) + " = ")
		w.value(m.value, depth)
		w.out.WriteByte('\n')
	}
}

// runWidth returns the length of the longest name among consecutive one-line members.
func runWidth(o object) (width int) {
	for _, m := range o {
		if !onOneLine(m.value) {
			break
		}
		width = max(width, utf8.RuneCountInString(hclKey(m.key)))
	}
	return width
}

func onOneLine(v any) bool {
	switch v := v.(type) {
	case object:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return true
}

func hclKey(key string) string {
	if isIdentifier(key) {
		return key
	}
	return quoteHCL(key)
}

func (w *hclWriter) value(v any, depth int) {
	indent := strings.Repeat("  ", depth)
	switch v := v.(type) {
	case object:
		if len(v) == 0 {
			w.out.WriteString("{}")
			return
		}
		w.out.WriteString("{\n")
		w.members(v, depth+1)
		w.out.WriteString(indent + "}")
	case row:
		w.row(v)
	case []any:
		if len(v) == 0 {
			w.out.WriteString("[]")
			return
		}
		w.out.WriteString("[\n")
		for _, item := range v {
			w.out.WriteString(indent + "  ")
			w.value(item, depth+1)
			w.out.WriteString(",\n")
		}
		w.out.WriteString(indent + "]")
	case string:
		w.out.WriteString(quoteHCL(v))
	case json.Number:
		w.out.WriteString(v.String())
	case reference:
		w.out.WriteString(w.reference(v))
	case roleDefinition:
		w.out.WriteString(`"` + w.subscription(v.scope) + roleDefinitions + hclText(v.id) + `"`)
	case parameter:
		w.out.WriteString("var." + string(v))
	default:
		fmt.Fprintf(&w.out, "%v", v)
	}
}
