package apply

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
)

// Action is what a change does.
type Action string

// The actions. Refused is a change that Azure cannot make, or that would disconnect running workloads; no change is run
// while there is one.
const (
	Create  Action = "create"
	Update  Action = "update"
	Delete  Action = "delete"
	Refused Action = "refused"
	None    Action = "none"
)

// Change is the change to one resource.
type Change struct {
	Action Action `json:"action"`
	Type   string `json:"type"`
	ID     string `json:"id"`
	// Properties are the members to set, in the order of their paths: all of them for a new resource, none for one to
	// delete.
	Properties []Property `json:"properties"`
	// Reason explains why it is refused or deleted, or what is not changed; often empty.
	Reason string `json:"reason"`

	wanted *wanted
	live   *live
	// settle marks a resource that Azure is still changing, so that its dependents must wait.
	settle bool
}

// Name returns the resource's name prefixed with those of its parents: "vnet-shop/snet-nodes".
func (c *Change) Name() string {
	parts := strings.Split(c.ID[strings.LastIndex(c.ID, "/providers/")+1:], "/")
	var names []string
	for i := 3; i < len(parts); i += 2 {
		names = append(names, parts[i])
	}
	return strings.Join(names, "/")
}

// Changes are the changes to all resources of a graph, in execution order.
type Changes struct {
	Changes []*Change `json:"changes"`

	client *Client
	owner  string
	// ours are the lower-case ids of the resources outside the graph that have our tag.
	ours map[string]bool
}

// Count returns how many changes have the action.
func (cs *Changes) Count(a Action) (n int) {
	for _, c := range cs.Changes {
		if c.Action == a {
			n++
		}
	}
	return n
}

// Any reports whether anything differs, refused changes included.
func (cs *Changes) Any() bool { return cs.Count(None) < len(cs.Changes) }

// WriteJSON writes the changes as one JSON object.
func (cs *Changes) WriteJSON(w io.Writer) error {
	if cs.Changes == nil {
		cs.Changes = []*Change{}
	}
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(cs); err != nil {
		return err
	}
	_, err := w.Write(printable.JSON(text.Bytes()))
	return err
}

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
	if c.Action == Update || c.Action == Refused {
		for _, p := range c.Properties {
			fmt.Fprintf(b, "    %s: %s → %s\n", clean(p.Path), short(p.Before), short(p.After))
		}
	}
	if c.Reason != "" {
		fmt.Fprintf(b, "    %s\n", clean(c.Reason))
	}
}

// short returns a value on one line.
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
