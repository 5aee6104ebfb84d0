package apply

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Action is what a change does.
type Action string

// The actions. Refused is a change that Azure cannot make, or that would cut off something living; nothing is run while
// there is one.
const (
	Create  Action = "create"
	Update  Action = "update"
	Delete  Action = "delete"
	Refused Action = "refused"
	None    Action = "none"
)

// Change is what becomes of one resource.
type Change struct {
	Action Action `json:"action"`
	Type   string `json:"type"`
	ID     string `json:"id"`
	// Properties is what is set, in the order of the paths: for a new resource all of it, for one to delete nothing.
	Properties []Property `json:"properties"`
	// Reason says why it is refused or deleted, and what is left alone; often empty.
	Reason string `json:"reason"`

	wanted *wanted
	live   *live
	// settle is whether Azure still works on the resource, so that those that need it must wait.
	settle bool
}

// Name is the resource's name with those of its parents: "vnet-shop/snet-nodes".
func (c *Change) Name() string {
	parts := strings.Split(c.ID[strings.LastIndex(c.ID, "/providers/")+1:], "/")
	var names []string
	for i := 3; i < len(parts); i += 2 {
		names = append(names, parts[i])
	}
	return strings.Join(names, "/")
}

// Changes is what becomes of every resource of a graph, in the order in which it is run.
type Changes struct {
	Changes []*Change `json:"changes"`

	client *Client
	owner  string
	// ours is the ids, in lower case, of what carries our tag outside the graph.
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
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(cs)
}

// WriteText writes the changes for people: a line for each resource and below it what is set, then the sum.
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
	_, err := io.WriteString(w, b.String())
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

// short is a value on one line.
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
