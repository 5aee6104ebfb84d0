package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/resource"
)

// BicepMain and BicepModules are the main Bicep file and the folder of its modules.
const (
	BicepMain    = "main.bicep"
	BicepModules = "modules"
)

// Bicep renders a graph as Bicep: main.bicep for a deployment to the graph's target resource group, and a module for
// every other scope.
func Bicep(g *resource.Graph, o Options) ([]File, error) {
	l, err := layOut(g)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, u := range l.units {
		w := &bicepWriter{layout: l, unit: u}
		if err := w.file(o); err != nil {
			return nil, err
		}
		name := BicepMain
		if !u.main() {
			name = modulePath(u)
		}
		files = append(files, File{Name: name, Data: w.out.Bytes()})
	}
	return files, nil
}

func modulePath(u *unit) string { return BicepModules + "/" + u.name + ".bicep" }

// bicepWriter renders one unit as a file.
type bicepWriter struct {
	*layout
	unit *unit
	out  bytes.Buffer
}

func (w *bicepWriter) line(format string, a ...any) { fmt.Fprintf(&w.out, format+"\n", a...) }

func (w *bicepWriter) file(o Options) error {
	w.line(
		"// Written by %s. Every subnet is a separate resource, so deploying this again does not affect other subnets.",
		o.generator(),
	)
	w.line("")
	w.line("targetScope = 'resourceGroup'")
	w.parameters()
	for _, n := range w.unit.foreign {
		w.existing(n)
	}
	for _, n := range w.unit.nodes {
		if err := w.resource(n); err != nil {
			return err
		}
	}
	if w.unit.main() {
		for _, u := range w.units[1:] {
			w.module(u)
		}
		w.outputs()
	}
	return nil
}

func (w *bicepWriter) outputs() {
	if len(w.clusters) == 0 {
		return
	}
	w.out.WriteString(fmt.Sprintf("\n@description(%s)\noutput %s array = ", quoteBicep(handOverText), handOverName))
	w.value(w.clusters, 0)
	w.line("")
}

func (w *bicepWriter) parameters() {
	params := w.unit.params
	if w.unit.main() {
		params = w.allParams()
	}
	for _, p := range params {
		w.line("\n@description(%s)", quoteBicep(paramText(p)))
		if !w.unit.main() {
			w.line("param %s %s", p, paramType(p))
			continue
		}
		w.out.WriteString(fmt.Sprintf("param %s %s = ", p, paramType(p)))
		w.value(w.paramDefault(p), 0)
		w.line("")
	}
}

// existing declares a resource that the file references but does not deploy.
func (w *bicepWriter) existing(n *resource.Node) {
	w.line("\nresource %s '%s@%s' existing = {", n.Symbol, n.Type, n.APIVersion)
	if n.Parent != nil {
		w.line("  parent: %s", n.Parent.Symbol)
	} else if !n.Scope.Same(w.unit.scope) {
		w.line("  scope: %s", w.scope(n.Scope))
	}
	w.line("  name: %s\n}", quoteBicep(n.LeafName()))
}

// scope returns the expression for a resource group other than that of the unit.
func (w *bicepWriter) scope(to resource.Scope) string {
	var args []string
	if !strings.EqualFold(to.Subscription, w.unit.scope.Subscription) {
		args = append(args, w.scopeArg(to.Subscription, paramSub))
	}
	args = append(args, w.scopeArg(to.ResourceGroup, paramGroup))
	return "resourceGroup(" + strings.Join(args, ", ") + ")"
}

// scopeArg returns the name of a group or subscription. When the plan does not name it, the main file reads it from its
// own deployment, and a module gets it as a parameter.
func (w *bicepWriter) scopeArg(name string, open parameter) string {
	switch {
	case name != "":
		return quoteBicep(name)
	case w.unit.main():
		return string(paramValue(open))
	}
	return string(open)
}

func (w *bicepWriter) resource(n *resource.Node) error {
	body, err := bodyOf(w.graph, n)
	if err != nil {
		return err
	}
	w.line("")
	for _, c := range n.Comments {
		w.line("// %s", printable.Text(c))
	}
	condition := ""
	if n.Once {
		condition = fmt.Sprintf("if (%s) ", paramOnce)
	}
	w.line("resource %s '%s@%s' = %s{", n.Symbol, n.Type, n.APIVersion, condition)
	if n.Parent != nil {
		w.line("  parent: %s", n.Parent.Symbol)
	}
	if n.On != nil {
		w.line("  scope: %s", n.On.Symbol)
	}
	out := object{{"name", n.LeafName()}}
	if n.Regional {
		out = append(out, member{"location", w.location(n)})
	}
	w.members(append(out, body.without("location")...), 1)
	w.dependsOn(w.explicit(n, body))
	w.line("}")
	return nil
}

// explicit returns the symbols for dependsOn, which Bicep cannot infer: the previous resource in the network, and the
// modules that deploy the referenced resources.
func (w *bicepWriter) explicit(n *resource.Node, body object) (out []string) {
	named := map[*resource.Node]bool{n.Parent: true, n.On: true}
	collect(body, named)
	for _, need := range n.Needs() {
		if !need.Existing && w.of[need] == w.unit && !named[need] {
			out = append(out, need.Symbol)
		}
	}
	if w.unit.main() {
		for _, u := range w.unitsNeeded(n) {
			out = append(out, u.symbol)
		}
	}
	return out
}

// collect adds the resources that a value refers to.
func collect(v any, into map[*resource.Node]bool) {
	switch v := v.(type) {
	case object:
		for _, m := range v {
			collect(m.value, into)
		}
	case []any:
		for _, item := range v {
			collect(item, into)
		}
	case byID:
		for _, m := range v {
			into[m.node] = true
		}
	case reference:
		into[v.node] = true
	}
}

func (w *bicepWriter) dependsOn(symbols []string) {
	if len(symbols) == 0 {
		return
	}
	w.line("  dependsOn: [")
	for _, s := range symbols {
		w.line("    %s", s)
	}
	w.line("  ]")
}

func (w *bicepWriter) module(u *unit) {
	w.line("\nmodule %s %s = {", u.symbol, quoteBicep(modulePath(u)))
	w.line("  name: %s", quoteBicep(u.name))
	w.line("  scope: %s", w.scope(u.scope))
	if len(u.params) > 0 {
		w.line("  params: {")
		for _, p := range u.params {
			w.line("    %s: %s", p, bicepParamValue(p))
		}
		w.line("  }")
	}
	var needs []string
	for _, n := range u.needNodes {
		needs = append(needs, n.Symbol)
	}
	for _, other := range u.needUnits {
		needs = append(needs, other.symbol)
	}
	w.dependsOn(needs)
	w.line("}")
}

func bicepParamValue(p parameter) string {
	switch p {
	case paramGroup, paramSub:
		return string(paramValue(p))
	}
	return string(p)
}

func (w *bicepWriter) members(o object, depth int) {
	for _, m := range o {
		w.out.WriteString(strings.Repeat("  ", depth) + bicepKey(m.key) + ": ")
		w.value(m.value, depth)
		w.out.WriteByte('\n')
	}
}

func (w *bicepWriter) value(v any, depth int) {
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
			w.out.WriteByte('\n')
		}
		w.out.WriteString(indent + "]")
	case string:
		w.out.WriteString(quoteBicep(v))
	case json.Number:
		w.out.WriteString(v.String())
	case expression:
		w.out.WriteString(string(v))
	case byID:
		w.out.WriteString("{\n")
		for _, m := range v {
			key := quoteBicep(m.id)
			if m.node != nil {
				key = "'${" + m.node.Symbol + ".id}'"
			}
			w.out.WriteString(indent + "  " + key + ": ")
			w.value(m.value, depth+1)
			w.out.WriteByte('\n')
		}
		w.out.WriteString(indent + "}")
	case roleDefinition:
		w.out.WriteString("subscriptionResourceId('Microsoft.Authorization/roleDefinitions', " + quoteBicep(v.id) + ")")
	case reference:
		w.out.WriteString(v.node.Symbol + bicepProperty(v))
	default:
		fmt.Fprintf(&w.out, "%v", v)
	}
}

// bicepProperty returns the referenced property of a resource: its id, or one that Azure assigns.
func bicepProperty(r reference) string {
	if r.property == "" {
		return ".id"
	}
	return ".properties." + r.property
}

// bicepKey returns the name of a member, unquoted where Bicep allows it.
func bicepKey(key string) string {
	if isIdentifier(key) {
		return key
	}
	return quoteBicep(key)
}

// isIdentifier reports whether a name needs no quotes in Bicep and Terraform.
func isIdentifier(s string) bool {
	for i, r := range s {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}
