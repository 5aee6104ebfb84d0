package render

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/resource"
)

// Terraform renders a graph as one file of azapi resources, with the same bodies as the other languages, formatted like
// terraform fmt.
func Terraform(g *resource.Graph, o Options) ([]File, error) { return terraformFile(g, o, nil) }

// terraformFile writes main.tf: for azurerm as far as a translation goes, and else for azapi.
func terraformFile(g *resource.Graph, o Options, rm *azurermFile) ([]File, error) {
	clusters, err := handOver(g)
	if err != nil {
		return nil, err
	}
	w := &hclWriter{graph: g, scopes: scopesOf(g.Nodes), clusters: clusters, azurerm: rm}
	if err := w.file(o); err != nil {
		return nil, err
	}
	return []File{{Name: "main.tf", Data: w.out.Bytes()}}, nil
}

// hclWriter renders a graph.
type hclWriter struct {
	graph    *resource.Graph
	scopes   []namedScope
	clusters []any // the result of handOver
	// azurerm are the resources to write for azurerm; nil when all are for azapi.
	azurerm *azurermFile
	out     bytes.Buffer
}

// namedScope is a resource group with its name in programs.
type namedScope struct {
	resource.Scope
	name string
}

// scopesOf names the resource groups of a graph, in the order of its resources.
func scopesOf(nodes []*resource.Node) (out []namedScope) {
	taken := map[string]bool{}
	for _, n := range nodes {
		if slices.ContainsFunc(out, func(s namedScope) bool { return s.Same(n.Scope) }) {
			continue
		}
		base := "group_" + strings.ReplaceAll(slug(cmp.Or(n.Scope.ResourceGroup, "network")), "-", "_")
		name := base
		for i := 2; taken[name]; i++ {
			name = fmt.Sprintf("%s_%d", base, i)
		}
		taken[name] = true
		out = append(out, namedScope{n.Scope, name})
	}
	return out
}

func scopeName(scopes []namedScope, s resource.Scope) string {
	i := slices.IndexFunc(scopes, func(have namedScope) bool { return have.Same(s) })
	return scopes[i].name
}

// snake returns a symbol in the naming style of Terraform and shells: "vnetShop" is "vnet_shop".
func snake(symbol string) string {
	var b strings.Builder
	for _, r := range symbol {
		if 'A' <= r && r <= 'Z' {
			b.WriteByte('_')
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

func (w *hclWriter) line(format string, a ...any) { fmt.Fprintf(&w.out, format+"\n", a...) }

func (w *hclWriter) file(o Options) error {
	w.line(
		"# Written by %s. Every subnet is a separate resource, so applying this again does not affect other subnets.",
		o.generator(),
	)
	w.line("")
	w.block(hclBlock{"terraform", object{{"required_version", ">= 1.9"}}, []hclBlock{
		{head: "required_providers", attributes: w.providers()},
	}}, 0)
	w.azurermProviders()
	w.variables()
	w.locals()
	for _, n := range w.referred() {
		w.data(n)
	}
	for _, n := range w.graph.Nodes {
		if !n.Existing {
			if err := w.resource(n); err != nil {
				return err
			}
		}
	}
	w.output()
	return nil
}

// providers returns the providers that the file needs, with their versions.
func (w *hclWriter) providers() (out object) {
	if w.azurerm == nil || w.azurerm.needsAzAPI(w.graph) {
		out = append(out, member{"azapi", object{{"source", "Azure/azapi"}, {"version", "~> 2.0"}}})
	}
	if w.azurerm != nil {
		out = append(out, member{"azurerm", object{{"source", "hashicorp/azurerm"}, {"version", w.azurerm.versions()}}})
	}
	return out
}

func (w *hclWriter) output() {
	if len(w.clusters) == 0 {
		return
	}
	w.line("")
	w.block(hclBlock{
		head:       header("output", handOverName),
		attributes: object{{"description", handOverText}, {"value", w.clusters}},
	}, 0)
}

// variables declares variables for what the plan leaves open.
func (w *hclWriter) variables() {
	if slices.ContainsFunc(w.scopes, func(s namedScope) bool { return s.Subscription == "" }) {
		w.variable("subscription_id", "Subscription of the resources.", nil)
	}
	if slices.ContainsFunc(w.scopes, func(s namedScope) bool { return s.ResourceGroup == "" }) {
		w.variable("resource_group_name", "Resource group of the network.", nil)
	}
	if slices.ContainsFunc(w.graph.Nodes, w.usesLocation) {
		var region any
		if w.graph.Location != "" {
			region = w.graph.Location
		}
		w.variable("location", paramText(paramLocation), region)
	}
}

func (w *hclWriter) usesLocation(n *resource.Node) bool {
	return n.Regional && !n.Existing && locationOf(w.graph, n) == paramLocation
}

func (w *hclWriter) variable(name, text string, value any) {
	members := object{{"type", raw("string")}, {"description", text}}
	if value != nil {
		members = append(members, member{"default", value})
	}
	w.line("")
	w.block(hclBlock{head: header("variable", name), attributes: members}, 0)
}

// locals names the ids of the resource groups, for the resources of azapi in them.
func (w *hclWriter) locals() {
	var members object
	for _, s := range w.scopes {
		if w.azurerm != nil && !w.azurerm.placesAzAPI(w.graph, s.Scope) {
			continue
		}
		sub, group := hclText(s.Subscription), hclText(s.ResourceGroup)
		if s.Subscription == "" {
			sub = "${var.subscription_id}"
		}
		if s.ResourceGroup == "" {
			group = "${var.resource_group_name}"
		}
		members = append(members, member{s.name, raw(`"/subscriptions/` + sub + `/resourceGroups/` + group + `"`)})
	}
	if len(members) > 0 {
		w.line("")
		w.block(hclBlock{head: "locals", attributes: members}, 0)
	}
}

// referred returns the existing resources that others refer to.
func (w *hclWriter) referred() (out []*resource.Node) {
	named := map[*resource.Node]bool{}
	for _, n := range w.graph.Nodes {
		for _, need := range n.Needs() {
			named[need] = true
		}
	}
	collect(w.clusters, named)
	for _, n := range slices.Backward(w.graph.Nodes) {
		named[n.Parent] = named[n.Parent] || named[n]
	}
	for _, n := range w.graph.Nodes {
		if n.Existing && named[n] {
			out = append(out, n)
		}
	}
	return out
}

func (w *hclWriter) data(n *resource.Node) {
	b := hclBlock{
		head: header("data", "azapi_resource", snake(n.Symbol)),
		attributes: object{
			{"type", n.Type + "@" + n.APIVersion}, {"parent_id", w.parent(n)}, {"name", n.LeafName()},
		},
	}
	if w.azurerm.has(n) {
		b = hclBlock{head: header("data", azurermTypeOf(n.Type), snake(n.Symbol)), attributes: w.azurerm.place(n)}
	}
	w.line("")
	w.block(b, 0)
}

func (w *hclWriter) parent(n *resource.Node) raw {
	switch {
	case n.On != nil:
		return w.address(n.On) + ".id"
	case n.Parent != nil:
		return w.address(n.Parent) + ".id"
	}
	return raw("local." + scopeName(w.scopes, n.Scope))
}

// address returns the name with which other resources refer to a resource.
func (w *hclWriter) address(n *resource.Node) raw {
	name := "azapi_resource"
	if w.azurerm.has(n) {
		name = azurermTypeOf(n.Type)
	}
	name += "." + snake(n.Symbol)
	if n.Existing {
		name = "data." + name
	}
	return raw(name)
}

func (w *hclWriter) resource(n *resource.Node) error {
	w.line("")
	for _, c := range n.Comments {
		w.line("# %s", printable.Text(c))
	}
	if w.azurerm.has(n) {
		w.azurermResource(n)
		return nil
	}
	if why := w.azurerm.reason(n); why != "" {
		w.line("# azapi: %s", printable.Text(why))
	}
	body, err := bodyOf(w.graph, n)
	if err != nil {
		return err
	}
	w.block(w.azapiResource(n, body), 0)
	return nil
}

func (w *hclWriter) azapiResource(n *resource.Node, body object) hclBlock {
	members := object{{"type", n.Type + "@" + n.APIVersion}, {"parent_id", w.parent(n)}, {"name", n.LeafName()}}
	if n.Regional {
		members = append(members, member{"location", locationOf(w.graph, n)})
	}
	if tags := body.get("tags"); tags != nil {
		members = append(members, member{"tags", tags})
	}
	members = append(members, member{"body", body.without("location", "tags", "identity")})
	if exports := exportsOf(n); exports != nil {
		members = append(members, member{"response_export_values", exports})
	}
	if needs := w.explicit(n, body); len(needs) > 0 {
		members = append(members, member{"depends_on", needs})
	}
	return hclBlock{header("resource", "azapi_resource", snake(n.Symbol)), members, w.blocks(n, body)}
}

// exportsOf returns the properties of a resource, besides its id, that other resources need.
func exportsOf(n *resource.Node) []any {
	if n.Type == resource.TypeIdentity {
		return []any{"properties.principalId"}
	}
	return nil
}

func (w *hclWriter) blocks(n *resource.Node, body object) (out []hclBlock) {
	if identity, ok := body.get("identity").(object); ok {
		members := object{{"type", identity.get("type")}}
		if ids, ok := identity.get("userAssignedIdentities").(byID); ok {
			var list []any
			for _, m := range ids {
				if m.node != nil {
					list = append(list, reference{node: m.node})
				} else {
					list = append(list, m.id)
				}
			}
			members = append(members, member{"identity_ids", list})
		}
		out = append(out, hclBlock{head: "identity", attributes: members})
	}
	if n.Once {
		out = append(out, hclBlock{head: "lifecycle", attributes: object{{"ignore_changes", raw("[body]")}}})
	}
	return out
}

// explicit returns the resources for depends_on, which Terraform cannot infer from the values of a resource. What
// azurerm connects to a needed resource with a resource of its own is needed too.
func (w *hclWriter) explicit(n *resource.Node, values any) (out []any) {
	named := map[*resource.Node]bool{n.Parent: true, n.On: true}
	collect(values, named)
	for _, need := range n.Needs() {
		if need.Existing || w.azurerm.linked(n, need) {
			continue
		}
		links := w.azurerm.linksOf(need)
		out = append(out, links...)
		if len(links) == 0 && !named[need] {
			out = append(out, w.address(need))
		}
	}
	return out
}

// subscription returns the start of an id in the subscription of a scope, inside quotes.
func (w *hclWriter) subscription(s resource.Scope) string {
	if s.Subscription == "" {
		return "/subscriptions/${var.subscription_id}"
	}
	return "/subscriptions/" + hclText(s.Subscription)
}

func (w *hclWriter) reference(r reference) string {
	address := string(w.address(r.node))
	switch {
	case r.property == "":
		return address + ".id"
	case r.property == nameProperty:
		return address + ".name"
	case w.azurerm.has(r.node):
		return address + "." + snake(r.property)
	}
	return address + ".output.properties." + r.property
}
