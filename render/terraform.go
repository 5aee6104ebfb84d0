package render

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/resource"
)

// Terraform renders a graph as one file of azapi resources, with the same bodies as the other languages, formatted like
// terraform fmt.
func Terraform(g *resource.Graph, o Options) ([]File, error) {
	clusters, err := handOver(g)
	if err != nil {
		return nil, err
	}
	w := &hclWriter{graph: g, scopes: scopesOf(g.Nodes), clusters: clusters}
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
	out      bytes.Buffer
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
	w.line("\nterraform {")
	w.members(object{{"required_version", ">= 1.9"}}, 1)
	w.line("\n  required_providers {")
	w.members(object{{"azapi", object{{"source", "Azure/azapi"}, {"version", "~> 2.0"}}}}, 2)
	w.line("  }\n}")
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

func (w *hclWriter) output() {
	if len(w.clusters) == 0 {
		return
	}
	w.line("\noutput %q {", handOverName)
	w.members(object{{"description", handOverText}, {"value", w.clusters}}, 1)
	w.line("}")
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
	w.line("\nvariable %q {", name)
	members := object{{"type", raw("string")}, {"description", text}}
	if value != nil {
		members = append(members, member{"default", value})
	}
	w.members(members, 1)
	w.line("}")
}

// raw is text that is already an expression.
type raw string

func (w *hclWriter) locals() {
	if len(w.scopes) == 0 {
		return
	}
	w.line("\nlocals {")
	var members object
	for _, s := range w.scopes {
		sub, group := hclText(s.Subscription), hclText(s.ResourceGroup)
		if s.Subscription == "" {
			sub = "${var.subscription_id}"
		}
		if s.ResourceGroup == "" {
			group = "${var.resource_group_name}"
		}
		members = append(members, member{s.name, raw(`"/subscriptions/` + sub + `/resourceGroups/` + group + `"`)})
	}
	w.members(members, 1)
	w.line("}")
}

// hclText returns quoteHCL without its quotes.
func hclText(s string) string {
	q := quoteHCL(s)
	return q[1 : len(q)-1]
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
	w.line("\ndata \"azapi_resource\" %q {", snake(n.Symbol))
	w.members(object{{"type", n.Type + "@" + n.APIVersion}, {"parent_id", w.parent(n)}, {"name", n.LeafName()}}, 1)
	w.line("}")
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

func (w *hclWriter) address(n *resource.Node) raw {
	if n.Existing {
		return raw("data.azapi_resource." + snake(n.Symbol))
	}
	return raw("azapi_resource." + snake(n.Symbol))
}

func (w *hclWriter) resource(n *resource.Node) error {
	body, err := bodyOf(w.graph, n)
	if err != nil {
		return err
	}
	w.line("")
	for _, c := range n.Comments {
		w.line("# %s", printable.Text(c))
	}
	w.line("resource \"azapi_resource\" %q {", snake(n.Symbol))
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
	w.members(members, 1)
	w.blocks(n, body)
	w.line("}")
	return nil
}

// exportsOf returns the properties of a resource, besides its id, that other resources need.
func exportsOf(n *resource.Node) []any {
	if n.Type == resource.TypeIdentity {
		return []any{"properties.principalId"}
	}
	return nil
}

func (w *hclWriter) blocks(n *resource.Node, body object) {
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
		w.line("\n  identity {")
		w.members(members, 2)
		w.line("  }")
	}
	if n.Once {
		w.line("\n  lifecycle {\n    ignore_changes = [body]\n  }")
	}
}

// explicit returns the resources for depends_on, which Terraform cannot infer.
func (w *hclWriter) explicit(n *resource.Node, body object) (out []any) {
	named := map[*resource.Node]bool{n.Parent: true, n.On: true}
	collect(body, named)
	for _, need := range n.Needs() {
		if !need.Existing && !named[need] {
			out = append(out, w.address(need))
		}
	}
	return out
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
	case []any:
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

// subscription returns the start of an id in the subscription of a scope, inside quotes.
func (w *hclWriter) subscription(s resource.Scope) string {
	if s.Subscription == "" {
		return "/subscriptions/${var.subscription_id}"
	}
	return "/subscriptions/" + hclText(s.Subscription)
}

func (w *hclWriter) reference(r reference) string {
	if r.property != "" {
		return string(w.address(r.node)) + ".output.properties." + r.property
	}
	return string(w.address(r.node)) + ".id"
}
