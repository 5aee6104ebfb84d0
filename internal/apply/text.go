package apply

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/resource"
)

// WriteText writes the changes for people: a line for each resource followed by its properties, then a summary.
func (cs *Changes) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, c := range cs.Changes {
		if c.Action != None {
			c.writeText(&b)
		}
	}
	if !cs.Any() {
		b.WriteString("no changes\n")
	} else {
		fmt.Fprintf(&b, "%d to create, %d to update, %d to delete, %d refused, %d unchanged\n",
			cs.Count(Create), cs.Count(Update), cs.Count(Delete), cs.Count(Refused), cs.Count(None))
	}
	_, err := w.Write(printable.Lines([]byte(b.String())))
	return err
}

func (c *Change) writeText(b *strings.Builder) {
	mark := map[Action]string{Create: "+", Update: "~", Delete: "-", Refused: "!"}[c.Action]
	fmt.Fprintf(b, "%s %-7s %s  %s\n", mark, c.Action, clean(c.Type), clean(c.Name()))
	if c.live == nil {
		c.writeValues(b)
	} else {
		for _, p := range c.Properties {
			fmt.Fprintf(b, "    %s: %s → %s\n", clean(p.Path), short(p.Before), short(p.After))
		}
	}
	if c.Reason != "" {
		fmt.Fprintf(b, "    %s\n", clean(c.Reason))
	}
}

// widest is the number of columns up to which the paths of properties align their values.
const widest = 60

// writeValues writes the values of a new resource in a column.
func (c *Change) writeValues(b *strings.Builder) {
	width := 0
	for _, p := range c.Properties {
		if n := utf8.RuneCountInString(clean(p.Path)); n <= widest {
			width = max(width, n)
		}
	}
	for _, p := range c.Properties {
		path := clean(p.Path)
		gap := strings.Repeat(" ", max(width-utf8.RuneCountInString(path), 0))
		fmt.Fprintf(b, "    %s: %s%s\n", path, gap, clean(c.plain(p.After, elementName(p.Path))))
	}
}

// elementName returns the name of the element of a list that a path ends with; empty when it ends with a member.
func elementName(path string) string {
	if !strings.HasSuffix(path, "]") {
		return ""
	}
	return path[strings.LastIndexByte(path, '[')+1 : len(path)-1]
}

// plain returns a value with as little punctuation as possible. It leaves out a name that stands before the value, and
// the descriptions of rules, and writes the id of a resource in the same subscription as its name.
func (c *Change) plain(v any, name string) string {
	switch v := v.(type) {
	case string:
		return c.plainText(v)
	case []any:
		items := make([]string, len(v))
		for i, x := range v {
			items[i] = c.plain(x, "")
		}
		return strings.Join(items, ", ")
	case map[string]any:
		return c.plainObject(v, name)
	}
	return short(v)
}

func (c *Change) plainObject(v map[string]any, name string) string {
	if id, ok := v["id"].(string); ok && len(v) == 1 {
		return c.plainText(id)
	}
	var items []string
	for _, k := range slices.Sorted(maps.Keys(v)) {
		switch text := c.plain(v[k], ""); {
		case k == "name" && text == name, k == "description":
		case k == "properties":
			items = append(items, strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}"))
		default:
			if list, ok := v[k].([]any); ok && len(list) != 1 {
				text = "[" + text + "]"
			}
			items = append(items, k+": "+text)
		}
	}
	return "{" + strings.Join(items, ", ") + "}"
}

// plainText returns a text as it is, unless it could be mistaken for something else.
func (c *Change) plainText(s string) string {
	switch {
	case s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, ",{}[]\""):
		return short(s)
	case resource.IsID(s):
		return c.plainID(s)
	}
	return s
}

// plainID returns the name of a resource in the same subscription, with its resource group if that is another one.
func (c *Change) plainID(id string) string {
	own, other := strings.Split(c.ID, "/"), strings.Split(id, "/")
	name := nameIn(id)
	switch {
	case len(own) < 5 || len(other) < 5 || name == "" || !strings.EqualFold(own[2], other[2]):
		return id
	case strings.EqualFold(own[4], other[4]):
		return name
	}
	return fmt.Sprintf("%s (in %s)", name, other[4])
}

// short returns a value as JSON on one line.
func short(v any) string {
	if v == nil {
		return "(none)"
	}
	data, err := json.Marshal(v)
	if err != nil {
		return "?"
	}
	return clean(string(data))
}
