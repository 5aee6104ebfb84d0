package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// azurermResource is a resource in the words of azurerm.
type azurermResource struct {
	attributes object
	blocks     []hclBlock
	// ignore is what Terraform must not change, because Azure does.
	ignore raw
	// links connect the resource to others that its body refers to.
	links   []azurermLink
	version azurermVersion
}

// azurermLink is a resource of azurerm that connects two resources. What connects to itself comes before it.
type azurermLink struct {
	typ, name  string
	attributes object
	to         *resource.Node
}

// azurermType is how azurerm calls a resource type, and how it expresses the body.
type azurermType struct {
	name      string
	translate func(*azurermFields)
}

// azurermTypes returns the resource types of the graph that azurerm expresses. Clusters are not among them:
// azurerm_kubernetes_cluster needs the size of the machines, and takes all pools but one as other resources.
// https://github.com/hashicorp/terraform-provider-azurerm/tree/main/website/docs/r at version 5.2.0 (read 2026-11-29)
func azurermTypes() map[string]azurermType {
	return map[string]azurermType{
		resource.TypeVNet:           {"azurerm_virtual_network", azurermVNet},
		resource.TypeSubnet:         {"azurerm_subnet", azurermSubnet},
		resource.TypePeering:        {"azurerm_virtual_network_peering", azurermPeering},
		resource.TypeNSG:            {"azurerm_network_security_group", azurermNSG},
		resource.TypeRouteTable:     {"azurerm_route_table", azurermRouteTable},
		resource.TypeRoute:          {"azurerm_route", azurermRoute},
		resource.TypeNATGateway:     {"azurerm_nat_gateway", azurermNATGateway},
		resource.TypePublicIP:       {"azurerm_public_ip", azurermPublicIP},
		resource.TypePrefix:         {"azurerm_public_ip_prefix", azurermPublicPrefix},
		resource.TypeFirewallPolicy: {"azurerm_firewall_policy", azurermFirewallPolicy},
		resource.TypeFirewallRules:  {"azurerm_firewall_policy_rule_collection_group", azurermFirewallRules},
		resource.TypeIdentity:       {"azurerm_user_assigned_identity", func(*azurermFields) {}},
		resource.TypeRoleAssignment: {"azurerm_role_assignment", azurermRole},
	}
}

// azurermTypeOf returns the name of a resource type in azurerm; empty if it has none.
func azurermTypeOf(typ string) string { return azurermTypes()[typ].name }

// translate expresses a resource with azurerm, or says why that cannot be done: every member of the body must have
// become an argument.
func (f *azurermFile) translate(g *resource.Graph, n *resource.Node, body object) (*azurermResource, string) {
	t, known := azurermTypes()[n.Type]
	if !known {
		return nil, "azurerm needs settings for this resource that the network does not determine."
	}
	r := &azurermResource{version: minVersion}
	fields := &azurermFields{node: n, body: body, out: r}
	if n.Regional {
		fields.take("location")
		fields.set("location", locationOf(g, n))
	}
	tags := fields.take("tags")
	t.translate(fields)
	fields.set("tags", tags)
	if left := firstLeaf(fields.body); left != "" {
		fields.refuse("azurerm has no argument for %s.", left)
	}
	if n.Once {
		r.ignore = "all"
	}
	r.attributes, r.blocks = fields.attributes, append(fields.blocks, r.blocks...)
	return r, fields.why
}

// azurermFields moves the members of a body, or of an object in it, into the arguments of a block.
type azurermFields struct {
	node       *resource.Node
	body       object
	out        *azurermResource
	attributes object
	blocks     []hclBlock
	why        string
}

// refuse records the first reason why azurerm cannot express the resource.
func (f *azurermFields) refuse(format string, a ...any) {
	if f.why == "" {
		f.why = fmt.Sprintf(format, a...)
	}
}

// take removes a member from the body and returns its value, or nil if there is none. The path is one of names joined
// by dots.
func (f *azurermFields) take(path string) (v any) {
	v, f.body = takeFrom(f.body, strings.Split(path, "."))
	return v
}

func takeFrom(o object, path []string) (any, object) {
	i := slices.IndexFunc(o, func(m member) bool { return m.key == path[0] })
	if i < 0 {
		return nil, o
	}
	if len(path) == 1 {
		return o[i].value, slices.Delete(slices.Clone(o), i, i+1)
	}
	inner, ok := o[i].value.(object)
	if !ok {
		return nil, o
	}
	v, rest := takeFrom(inner, path[1:])
	o = slices.Clone(o)
	o[i].value = rest
	return v, o
}

// firstLeaf returns the path of the first value in an object; empty if it has only empty objects.
func firstLeaf(o object) string {
	for _, m := range o {
		inner, ok := m.value.(object)
		if !ok {
			return m.key
		}
		if path := firstLeaf(inner); path != "" {
			return m.key + "." + path
		}
	}
	return ""
}

// set adds an argument, unless there is no value for it.
func (f *azurermFields) set(argument string, v any) {
	if v != nil {
		f.attributes = append(f.attributes, member{argument, asRow(v)})
	}
}

// argument moves a member into an argument.
func (f *azurermFields) argument(argument, path string) { f.set(argument, f.take(path)) }

// list adds a list that azurerm would leave alone if it were absent: an empty one removes what is there.
func (f *azurermFields) list(argument string, v any) {
	if v == nil {
		v = []any{}
	}
	f.set(argument, v)
}

// noBlocks says that there are none of some blocks, if so: azurerm would leave alone what is there.
func (f *azurermFields) noBlocks(block string) {
	if !slices.ContainsFunc(f.blocks, func(b hclBlock) bool { return b.head == block }) {
		f.list(block, nil)
	}
}

// inverse moves a boolean member into an argument with the opposite meaning.
func (f *azurermFields) inverse(argument, path string) {
	v := f.take(path)
	if b, ok := v.(bool); ok {
		v = !b
	}
	f.set(argument, v)
}

// id removes the id of a resource of a type and returns it as azurerm accepts it.
func (f *azurermFields) id(path, typ string) any {
	v := f.take(path)
	text, ok := v.(string)
	if !ok {
		return v
	}
	id := canonicalID(text, typ)
	if id == "" {
		f.refuse("azurerm does not accept %q as the id of a resource of type %s.", text, typ)
	}
	return id
}

// canonicalID returns an id with the upper and lower case that azurerm insists on; empty if it is not the id of a
// resource of a type in a resource group.
func canonicalID(id, typ string) string {
	provider, kinds, _ := strings.Cut(typ, "/")
	parts := strings.Split(id, "/")
	want := []string{"", "subscriptions", "", "resourceGroups", "", "providers", provider}
	for kind := range strings.SplitSeq(kinds, "/") {
		want = append(want, kind, "")
	}
	if len(parts) != len(want) {
		return ""
	}
	for i, w := range want {
		switch {
		case w != "" && !strings.EqualFold(parts[i], w), w == "" && i > 0 && parts[i] == "":
			return ""
		case w != "":
			parts[i] = w
		}
	}
	return strings.Join(parts, "/")
}

// oneOf moves a member into an argument that accepts only some values, in their spelling.
func (f *azurermFields) oneOf(argument, path string, accepted []string) {
	v := f.take(path)
	text, ok := v.(string)
	if !ok {
		f.set(argument, v)
		return
	}
	i := slices.IndexFunc(accepted, func(a string) bool { return strings.EqualFold(a, text) })
	if i < 0 {
		f.refuse("azurerm does not accept %q for %s.", text, path)
		return
	}
	f.set(argument, accepted[i])
}

// each moves a list of objects into blocks.
func (f *azurermFields) each(path, block string, fill func(*azurermFields)) {
	items, _ := f.take(path).([]any)
	for _, item := range items {
		body, ok := item.(object)
		if !ok {
			f.refuse("azurerm has no argument for %s.", path)
			continue
		}
		f.nested(path, block, body, fill)
	}
}

// nested moves an object into a block.
func (f *azurermFields) nested(path, block string, body object, fill func(*azurermFields)) {
	inner := &azurermFields{node: f.node, body: body, out: f.out}
	fill(inner)
	if left := firstLeaf(inner.body); left != "" {
		inner.refuse("azurerm has no argument for %s.%s.", path, left)
	}
	if inner.why != "" {
		f.refuse("%s", inner.why)
	}
	f.blocks = append(f.blocks, hclBlock{block, inner.attributes, inner.blocks})
}

// link connects the resource to another.
func (f *azurermFields) link(l azurermLink) { f.out.links = append(f.out.links, l) }

// needs records that the resource needs a version of azurerm.
func (f *azurermFields) needs(v azurermVersion) {
	if v.compare(f.out.version) > 0 {
		f.out.version = v
	}
}
