package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// A value is what the printers of infrastructure code print: a string, bool, json.Number, nil, []any, object, byID,
// reference, roleDefinition or parameter. All four print the same values, so that their results are equivalent.

// object is an object with ordered members.
type object []member

type member struct {
	key   string
	value any
}

// byID is an object whose member names are ids; those of resources in the graph are references.
type byID []idMember

// idMember is a member of byID. Without a node, its name is the id itself.
type idMember struct {
	node  *resource.Node
	id    string
	value any
}

// get returns the value of a member, or nil if there is none.
func (o object) get(key string) any {
	for _, m := range o {
		if m.key == key {
			return m.value
		}
	}
	return nil
}

// without returns o without some members.
func (o object) without(keys ...string) object {
	out := make(object, 0, len(o))
	for _, m := range o {
		if !slices.Contains(keys, m.key) {
			out = append(out, m)
		}
	}
	return out
}

// reference is the id of a resource in the graph or, with property, its name or a property that Azure assigns to it.
type reference struct {
	node     *resource.Node
	property string
}

// nameProperty refers to the name of a resource. Only bodies for azurerm refer to names.
const nameProperty = "name"

// roleDefinition is the id of a role, by its GUID, in the subscription of a scope.
type roleDefinition struct {
	scope resource.Scope
	id    string
}

// roleDefinitions is the path between a subscription and the GUID of a role.
const roleDefinitions = "/providers/Microsoft.Authorization/roleDefinitions/"

// parameter is the value of a parameter of the output.
type parameter string

// The parameters that an output can have.
const (
	paramLocation = parameter("location")
	paramOnce     = parameter("createKubenetRouteTables")
	paramGroup    = parameter("networkResourceGroup")
	paramSub      = parameter("networkSubscriptionId")
)

// bodyOf returns the body of a resource with its references resolved. It always has a member properties, which the
// schemas require.
func bodyOf(g *resource.Graph, n *resource.Node) (object, error) {
	data, err := json.Marshal(n.Body)
	if err != nil {
		return nil, fmt.Errorf("writing %s: %w", n.ID, err)
	}
	v, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", n.ID, err)
	}
	body, ok := v.(object)
	if !ok {
		return nil, fmt.Errorf("writing %s: the body is not an object", n.ID)
	}
	for i, m := range body {
		if m.key != "tags" {
			body[i].value = (&resolver{g, n}).resolve(m.value)
		}
	}
	if body.get("properties") == nil && n.Type != resource.TypeIdentity {
		body = append(body, member{"properties", object{}})
	}
	slices.SortStableFunc(
		body,
		func(a, b member) int { return slices.Index(memberOrder(), a.key) - slices.Index(memberOrder(), b.key) },
	)
	return body, nil
}

// memberOrder returns the usual order of the members of a resource.
func memberOrder() []string {
	return []string{"location", "tags", "sku", "zones", "identity", "properties"}
}

// resolver replaces the ids in a body that are in the graph by references.
type resolver struct {
	graph *resource.Graph
	node  *resource.Node
}

func (r *resolver) resolve(v any) any {
	switch v := v.(type) {
	case object:
		for i, m := range v {
			v[i].value = r.member(m)
		}
	case []any:
		for i := range v {
			v[i] = r.resolve(v[i])
		}
	}
	return v
}

func (r *resolver) member(m member) any {
	if ids, ok := m.value.(object); ok && m.key == "userAssignedIdentities" {
		return r.keys(ids)
	}
	id, ok := m.value.(string)
	if !ok {
		return r.resolve(m.value)
	}
	if m.key == "roleDefinitionId" && r.node.Type == resource.TypeRoleAssignment {
		return roleDefinition{r.node.Scope, id[strings.LastIndexByte(id, '/')+1:]}
	}
	if resource.IsReference(m.key) {
		if n := r.graph.Find(id); n != nil {
			return referenceFor(m.key, n)
		}
	}
	return id
}

// keys resolves ids that are member names.
func (r *resolver) keys(o object) (out byID) {
	for _, m := range o {
		out = append(out, idMember{r.graph.Find(m.key), m.key, m.value})
	}
	return out
}

func referenceFor(key string, n *resource.Node) reference {
	if key == "principalId" {
		return reference{node: n, property: key}
	}
	return reference{node: n}
}

// decode decodes JSON and preserves the order of members.
func decode(data []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return decodeValue(d)
}

func decodeValue(d *json.Decoder) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		return decodeObject(d)
	case json.Delim('['):
		return decodeList(d)
	}
	return t, nil
}

func decodeObject(d *json.Decoder) (any, error) {
	out := object{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		v, err := decodeValue(d)
		if err != nil {
			return nil, err
		}
		out = append(out, member{key.(string), v})
	}
	_, err := d.Token()
	return out, err
}

func decodeList(d *json.Decoder) (any, error) {
	out := []any{}
	for d.More() {
		v, err := decodeValue(d)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := d.Token()
	return out, err
}
