package apply

import (
	"bytes"
	"encoding/json"
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
func (c *Change) Name() string { return nameIn(c.ID) }

// nameIn returns the name in an id, prefixed with those of the parents.
func nameIn(id string) string {
	parts := strings.Split(id[strings.LastIndex(id, "/providers/")+1:], "/")
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
