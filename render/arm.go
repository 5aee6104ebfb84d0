package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

const (
	templateSchema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
	// deploymentsVersion is the API version of nested deployments.
	// https://learn.microsoft.com/azure/templates/microsoft.resources/2022-09-01/deployments (read 2026-11-22)
	deploymentsVersion = "2022-09-01"
	deploymentsType    = "Microsoft.Resources/deployments"
)

// ARM renders a graph as one ARM template for a deployment to the graph's target resource group. Other groups and
// subscriptions become nested deployments in it.
func ARM(g *resource.Graph, o Options) ([]File, error) {
	l, err := layOut(g)
	if err != nil {
		return nil, err
	}
	template, err := (&armWriter{l, l.units[0]}).template(o)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	printJSON(&b, template, 0)
	b.WriteByte('\n')
	return []File{{Name: "main.json", Data: b.Bytes()}}, nil
}

// armWriter renders one unit as a template.
type armWriter struct {
	*layout
	unit *unit
}

// expression is a template expression without its brackets. All other strings in a template are data.
type expression string

// keyed is an object whose member names may be expressions.
type keyed []keyedMember

type keyedMember struct{ key, value any }

func (w *armWriter) template(o Options) (object, error) {
	resources := []any{}
	for _, n := range w.unit.nodes {
		r, err := w.resource(n)
		if err != nil {
			return nil, err
		}
		resources = append(resources, r)
	}
	if w.unit.main() {
		for _, u := range w.units[1:] {
			d, err := w.deployment(u)
			if err != nil {
				return nil, err
			}
			resources = append(resources, d)
		}
	}
	out := object{
		{"$schema", templateSchema},
		{"contentVersion", "1.0.0.0"},
	}
	if w.unit.main() {
		out = append(out, member{"metadata", object{{"generator", o.generator()}}})
	}
	if params := w.parameters(); len(params) > 0 {
		out = append(out, member{"parameters", params})
	}
	out = append(out, member{"resources", resources})
	if !w.unit.main() || len(w.clusters) == 0 {
		return out, nil
	}
	return append(out, member{"outputs", object{{handOverName, object{
		{"type", "array"}, {"metadata", object{{"description", handOverText}}}, {"value", w.expressions(w.clusters)},
	}}}}), nil
}

func (w *armWriter) parameters() (out object) {
	params := w.unit.params
	if w.unit.main() {
		params = w.allParams()
	}
	for _, p := range params {
		def := object{{"type", paramType(p)}}
		if w.unit.main() {
			def = append(def, member{"defaultValue", w.paramDefault(p)})
		}
		def = append(def, member{"metadata", object{{"description", paramText(p)}}})
		out = append(out, member{string(p), def})
	}
	return out
}

func paramType(p parameter) string {
	if p == paramOnce {
		return "bool"
	}
	return "string"
}

func (l *layout) paramDefault(p parameter) any {
	switch {
	case p == paramOnce:
		return true
	case p == paramLocation && l.graph.Location != "":
		return l.graph.Location
	}
	return expression("resourceGroup().location")
}

func paramText(p parameter) string {
	switch p {
	case paramLocation:
		return "Region of the resources."
	case paramOnce:
		return "Whether to deploy the route tables of kubenet clusters. Set it to false once those clusters " +
			"exist: AKS keeps the routes of the nodes in these tables, and deploying a table replaces its routes."
	case paramGroup:
		return "Resource group of the main deployment."
	}
	return "Subscription of the main deployment."
}

// paramValue returns the value that the main template passes to a parameter of a nested deployment.
func paramValue(p parameter) expression {
	switch p {
	case paramGroup:
		return "resourceGroup().name"
	case paramSub:
		return "subscription().subscriptionId"
	}
	return expression(fmt.Sprintf("parameters('%s')", p))
}

func (w *armWriter) resource(n *resource.Node) (object, error) {
	body, err := bodyOf(w.graph, n)
	if err != nil {
		return nil, err
	}
	out := object{}
	if n.Once {
		out = append(out, member{"condition", paramValue(paramOnce)})
	}
	out = append(out, member{"type", n.Type}, member{"apiVersion", n.APIVersion})
	if n.On != nil {
		out = append(out, member{"scope", reference{node: n.On}})
	}
	out = append(out, member{"name", n.Name})
	if n.Regional {
		out = append(out, member{"location", w.location(n)})
	}
	if len(n.Comments) > 0 {
		out = append(out, member{"comments", strings.Join(n.Comments, " ")})
	}
	out = append(out, body.without("location")...)
	if needs := w.dependsOn(n); len(needs) > 0 {
		out = append(out, member{"dependsOn", needs})
	}
	return w.expressions(out).(object), nil
}

func (w *armWriter) dependsOn(n *resource.Node) (out []any) {
	for _, need := range n.Needs() {
		if !need.Existing && w.of[need] == w.unit {
			out = append(out, reference{node: need})
		}
	}
	if w.unit.main() {
		for _, u := range w.unitsNeeded(n) {
			out = append(out, w.deploymentID(u))
		}
	}
	return out
}

// deployment returns a nested deployment to another scope.
func (w *armWriter) deployment(u *unit) (object, error) {
	template, err := (&armWriter{w.layout, u}).template(Options{})
	if err != nil {
		return nil, err
	}
	out := object{{"type", deploymentsType}, {"apiVersion", deploymentsVersion}, {"name", u.name}}
	if u.scope.Subscription != w.unit.scope.Subscription && u.scope.Subscription != "" {
		out = append(out, member{"subscriptionId", u.scope.Subscription})
	}
	if u.scope.ResourceGroup == "" {
		// The group with the same name in the other subscription.
		out = append(out, member{"resourceGroup", paramValue(paramGroup)})
	} else {
		out = append(out, member{"resourceGroup", u.scope.ResourceGroup})
	}
	props := object{
		{"expressionEvaluationOptions", object{{"scope", "inner"}}},
		{"mode", "Incremental"},
	}
	var params object
	for _, p := range u.params {
		params = append(params, member{string(p), object{{"value", paramValue(p)}}})
	}
	if len(params) > 0 {
		props = append(props, member{"parameters", params})
	}
	props = append(props, member{"template", template})
	out = append(out, member{"properties", props})
	var needs []any
	for _, n := range u.needNodes {
		needs = append(needs, reference{node: n})
	}
	for _, other := range u.needUnits {
		needs = append(needs, w.deploymentID(other))
	}
	if len(needs) > 0 {
		out = append(out, member{"dependsOn", needs})
	}
	return w.expressions(out).(object), nil
}

func (w *armWriter) deploymentID(u *unit) expression {
	return resourceID(w.scopeArgs(u.scope), deploymentsType, u.name)
}

// expressions turns references and parameters into template expressions.
func (w *armWriter) expressions(v any) any {
	switch v := v.(type) {
	case object:
		for i := range v {
			v[i].value = w.expressions(v[i].value)
		}
	case []any:
		for i := range v {
			v[i] = w.expressions(v[i])
		}
	case byID:
		var out keyed
		for _, m := range v {
			key := any(m.id)
			if m.node != nil {
				key = w.id(m.node)
			}
			out = append(out, keyedMember{key, m.value})
		}
		return out
	case reference:
		return w.reference(v)
	case roleDefinition:
		return expression("subscriptionResourceId('Microsoft.Authorization/roleDefinitions', " + quoteARM(v.id) + ")")
	case parameter:
		return paramValue(v)
	}
	return v
}

func (w *armWriter) reference(r reference) expression {
	if r.property == "" {
		return w.id(r.node)
	}
	return expression(fmt.Sprintf("reference(%s, %s).%s", w.id(r.node), quoteARM(r.node.APIVersion), r.property))
}

// id returns the expression for the id of a resource.
func (w *armWriter) id(n *resource.Node) expression {
	if n.On != nil {
		return expression(
			fmt.Sprintf("extensionResourceId(%s, %s, %s)", w.id(n.On), quoteARM(n.Type), quoteARM(n.Name)),
		)
	}
	return resourceID(w.scopeArgs(n.Scope), n.Type, n.Name)
}

// scopeArgs returns the arguments of resourceId that select a scope as seen from the unit: none for its own.
func (w *armWriter) scopeArgs(to resource.Scope) (args []string) {
	if to.Same(w.unit.scope) {
		return nil
	}
	if !strings.EqualFold(to.Subscription, w.unit.scope.Subscription) {
		args = append(args, w.scopeArg(to.Subscription, paramSub))
	}
	return append(args, w.scopeArg(to.ResourceGroup, paramGroup))
}

// scopeArg returns the name of a group or subscription. When the plan does not name it, the main template reads it from
// its own deployment, and a nested one gets it as a parameter.
func (w *armWriter) scopeArg(name string, open parameter) string {
	switch {
	case name != "":
		return quoteARM(name)
	case w.unit.main():
		return string(paramValue(open))
	}
	return fmt.Sprintf("parameters('%s')", open)
}

func resourceID(scope []string, typ, name string) expression {
	args := append(scope, quoteARM(typ))
	for _, part := range strings.Split(name, "/") {
		args = append(args, quoteARM(part))
	}
	return expression("resourceId(" + strings.Join(args, ", ") + ")")
}

// printJSON writes a value with an indent of two spaces.
func printJSON(b *bytes.Buffer, v any, depth int) {
	switch v := v.(type) {
	case object:
		writeMembers(b, v, depth)
	case keyed:
		writeKeyed(b, v, depth)
	case []any:
		writeItems(b, v, depth)
	case string:
		b.WriteString(quoteJSON(escapeARM(v)))
	case expression:
		b.WriteString(quoteJSON("[" + string(v) + "]"))
	case json.Number:
		b.WriteString(v.String())
	default:
		fmt.Fprintf(b, "%v", v)
	}
}

func writeMembers(b *bytes.Buffer, o object, depth int) {
	if len(o) == 0 {
		b.WriteString("{}")
		return
	}
	b.WriteByte('{')
	for i, m := range o {
		newLine(b, i > 0, depth+1)
		b.WriteString(quoteJSON(escapeARM(m.key)) + ": ")
		printJSON(b, m.value, depth+1)
	}
	newLine(b, false, depth)
	b.WriteByte('}')
}

func writeKeyed(b *bytes.Buffer, o keyed, depth int) {
	b.WriteByte('{')
	for i, m := range o {
		newLine(b, i > 0, depth+1)
		printJSON(b, m.key, depth)
		b.WriteString(": ")
		printJSON(b, m.value, depth+1)
	}
	newLine(b, false, depth)
	b.WriteByte('}')
}

func writeItems(b *bytes.Buffer, items []any, depth int) {
	if len(items) == 0 {
		b.WriteString("[]")
		return
	}
	b.WriteByte('[')
	for i, item := range items {
		newLine(b, i > 0, depth+1)
		printJSON(b, item, depth+1)
	}
	newLine(b, false, depth)
	b.WriteByte(']')
}

func newLine(b *bytes.Buffer, comma bool, depth int) {
	if comma {
		b.WriteByte(',')
	}
	b.WriteByte('\n')
	b.WriteString(strings.Repeat("  ", depth))
}
