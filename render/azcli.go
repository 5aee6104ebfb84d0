package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/resource"
)

// AzCLI renders a graph as a bash script for the Azure CLI. The script can be run again: it sends every resource in
// full, as the templates do, and checks first whether a resource that may be sent only once exists. It stops at the
// first error, including when it cannot find out whether a resource exists. It does not create resource groups.
func AzCLI(g *resource.Graph, o Options) ([]File, error) { return azScript(g, o, nil) }

// azScript writes main.sh: with the commands of a resource if it has any, and else with az rest.
func azScript(g *resource.Graph, o Options, commands map[*resource.Node]*azCommand) ([]File, error) {
	if err := checkArguments(g); err != nil {
		return nil, err
	}
	named := namedNodes(g, commands)
	used := slices.DeleteFunc(slices.Clone(g.Nodes), func(n *resource.Node) bool { return n.Existing && !named[n] })
	w := &shellWriter{
		graph: g, used: used, named: named, scopes: scopesOf(used), asked: map[string]bool{}, commands: commands,
	}
	if err := w.file(o); err != nil {
		return nil, err
	}
	return []File{{Name: "main.sh", Data: w.out.Bytes()}}, nil
}

// shellWriter renders a graph: used are the resources that the script mentions, named those of which it needs the ids,
// asked are the values that it has fetched into variables.
type shellWriter struct {
	graph  *resource.Graph
	used   []*resource.Node
	named  map[*resource.Node]bool
	scopes []namedScope
	asked  map[string]bool
	// commands are those of the resources that az rest does not send.
	commands map[*resource.Node]*azCommand
	out      bytes.Buffer
}

func (w *shellWriter) line(format string, a ...any) { fmt.Fprintf(&w.out, format+"\n", a...) }

func (w *shellWriter) file(o Options) error {
	w.line("#!/usr/bin/env bash")
	w.line(
		"# Written by %s. %s; running it again does not change what is already as planned.", o.generator(), w.how(),
	)
	w.line("# The resource groups must exist, and az must be signed in.")
	w.line("set -euo pipefail\n")
	w.settings()
	w.functions()
	for _, n := range w.used {
		if err := w.resource(n); err != nil {
			return err
		}
	}
	return nil
}

// how says what the script does.
func (w *shellWriter) how() string {
	if w.commands == nil {
		return "Sends every resource in full"
	}
	return "Creates every resource, or updates it"
}

// settings writes the variables for what the plan leaves open; the environment can set them.
func (w *shellWriter) settings() {
	open := func(f func(namedScope) bool) bool { return slices.ContainsFunc(w.scopes, f) }
	var given []givenValue
	if open(func(s namedScope) bool { return s.Subscription == "" }) {
		given = append(given, subscriptionGiven)
		w.line(`subscription="${SUBSCRIPTION:-$(az account show --query id --output tsv)}"`)
	}
	if open(func(s namedScope) bool { return s.ResourceGroup == "" }) {
		given = append(given, groupGiven)
		w.line(`resource_group="${RESOURCE_GROUP:?set RESOURCE_GROUP to the resource group of the network}"`)
	}
	if slices.ContainsFunc(w.graph.Nodes, func(n *resource.Node) bool {
		return n.Regional && !n.Existing && locationOf(w.graph, n) == paramLocation
	}) {
		given = append(given, locationGiven)
		if w.graph.Location == "" {
			w.line(`location="${LOCATION:?set LOCATION to the region of the network}"`)
		} else {
			w.line("location=%s", shell.Quote(w.graph.Location))
			w.line(`location="${LOCATION:-$location}"`)
		}
	}
	if slices.ContainsFunc(w.graph.Nodes, usesServicePrincipal) {
		w.line(
			`service_principal="${SERVICE_PRINCIPAL:?set SERVICE_PRINCIPAL to the client id of the service principal of the clusters}"`,
		)
		w.line(`client_secret="${CLIENT_SECRET:?set CLIENT_SECRET to its secret}"`)
	}
	if len(given) > 0 {
		w.line("%s", wants)
	}
	for _, g := range given {
		w.line(`wants %s "$%s" '%s' '%s'`, strings.ToUpper(g.name), g.name, g.form, g.says)
	}
	for _, s := range w.scopes {
		if slices.ContainsFunc(w.used, func(n *resource.Node) bool {
			return w.named[n] && n.Parent == nil && n.On == nil && n.Scope.Same(s.Scope)
		}) {
			w.line("%s=%s", s.name, w.group(s.Scope))
		}
	}
}

// givenValue is a value that the environment can set, and its required format.
type givenValue struct{ name, form, says string }

var (
	subscriptionGiven = givenValue{
		"subscription",
		"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
		"the id of a subscription",
	}
	groupGiven    = givenValue{"resource_group", "^[-[:alnum:]._()]+$", "letters, digits and - . _ ( )"}
	locationGiven = givenValue{"location", "^[[:alnum:] ]+$", "a region such as westeurope"}
)

// wants prevents values from the environment from changing the structure of the URLs and JSON that contain them.
const wants = `
# wants NAME VALUE PATTERN DESCRIPTION exits unless the value matches the pattern.
wants() {
  [[ $2 =~ $3 ]] || {
    printf '%s is %q, expected %s\n' "$1" "$2" "$4" >&2
    exit 2
  }
}`

// usesServicePrincipal reports whether a resource is a cluster without a managed identity.
func usesServicePrincipal(n *resource.Node) bool {
	body, ok := n.Body.(*resource.ManagedCluster)
	return ok && body.Identity == nil
}

// group returns the id of a resource group as a quoted string of the shell.
func (w *shellWriter) group(s resource.Scope) string {
	return word(append(w.subscription(s), literal("/resourceGroups/"), known(s.ResourceGroup, "resource_group"))...)
}

func (w *shellWriter) subscription(s resource.Scope) []shellPart {
	return []shellPart{literal("/subscriptions/"), known(s.Subscription, "subscription")}
}

// shellPart is a piece of a shell word: text, or the value of a variable.
type shellPart struct{ text, variable string }

func literal(s string) shellPart       { return shellPart{text: s} }
func variable(symbol string) shellPart { return shellPart{variable: snake(symbol)} }

// known returns a name, or the variable that contains it when the plan has none.
func known(name, open string) shellPart {
	if name == "" {
		return shellPart{variable: open}
	}
	return literal(name)
}

// word joins pieces into one shell word.
func word(parts ...shellPart) string {
	var b, text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			b.WriteString(shell.Quote(text.String()))
			text.Reset()
		}
	}
	for _, p := range parts {
		if p.variable == "" {
			text.WriteString(p.text)
			continue
		}
		flush()
		b.WriteString(`"$` + p.variable + `"`)
	}
	flush()
	return b.String()
}

// namedNodes returns the resources whose ids occur in the script.
func namedNodes(g *resource.Graph, commands map[*resource.Node]*azCommand) map[*resource.Node]bool {
	named := map[*resource.Node]bool{}
	for _, n := range g.Nodes {
		if c := commands[n]; c != nil {
			named[n] = named[n] || c.once
			for _, used := range c.uses {
				named[used] = true
			}
			continue
		}
		if n.Existing {
			continue
		}
		named[n] = true
		if body, err := bodyOf(g, n); err == nil {
			collect(body, named)
		}
	}
	for _, n := range slices.Backward(g.Nodes) {
		if named[n] {
			named[n.Parent], named[n.On] = true, true
		}
	}
	return named
}

func (w *shellWriter) resource(n *resource.Node) error {
	w.line("")
	if !n.Existing {
		for _, c := range n.Comments {
			w.line("# %s", printable.Text(c))
		}
	}
	name := snake(n.Symbol)
	if w.named[n] {
		w.line("%s=%s", name, w.id(n))
	}
	if n.Existing {
		return nil
	}
	if c, ok := n.Body.(*resource.ManagedCluster); ok {
		w.cluster(n, c)
		return nil
	}
	body, err := bodyOf(w.graph, n)
	if err != nil {
		return err
	}
	if n.Regional {
		body = append(object{{"location", locationOf(w.graph, n)}}, body.without("location")...)
	}
	w.ask(body)
	if c := w.commands[n]; c != nil {
		w.run(n, c)
		return nil
	}
	verb := "send"
	if takesTime(n) {
		verb = "put"
	}
	call := fmt.Sprintf("%s \"$%s\" %s %s", verb, name, n.APIVersion, w.json(body))
	if n.Once {
		call = fmt.Sprintf("there \"$%s\" %s || %s", name, n.APIVersion, call)
	}
	w.line("%s", call)
	return nil
}

// id returns the expression for the id of a resource.
func (w *shellWriter) id(n *resource.Node) string {
	types, name := strings.Split(n.Type, "/"), n.LeafName()
	last := "/" + types[len(types)-1] + "/" + name
	switch {
	case n.On != nil:
		return word(variable(n.On.Symbol), literal("/providers/"+n.Type+"/"+name))
	case n.Parent != nil:
		return word(variable(n.Parent.Symbol), literal(last))
	}
	return word(shellPart{variable: scopeName(w.scopes, n.Scope)}, literal("/providers/"+types[0]+last))
}

// json returns a body as one shell word: JSON in single quotes, interrupted by the variables in it.
func (w *shellWriter) json(body object) string {
	var b bytes.Buffer
	w.value(&b, body, 0)
	return "'" + b.String() + "'"
}

// value writes JSON inside single quotes.
func (w *shellWriter) value(b *bytes.Buffer, v any, depth int) {
	text := func(s string) { b.WriteString(strings.ReplaceAll(s, "'", `'\''`)) }
	switch v := v.(type) {
	case object:
		if len(v) == 0 {
			b.WriteString("{}")
			return
		}
		b.WriteByte('{')
		for i, m := range v {
			newLine(b, i > 0, depth+1)
			text(quoteJSON(m.key) + ": ")
			w.value(b, m.value, depth+1)
		}
		newLine(b, false, depth)
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, item := range v {
			newLine(b, i > 0, depth+1)
			w.value(b, item, depth+1)
		}
		newLine(b, false, depth)
		b.WriteByte(']')
	case string:
		text(quoteJSON(v))
	case json.Number:
		b.WriteString(v.String())
	case reference:
		b.WriteString(`"` + w.reference(v) + `"`)
	case roleDefinition:
		b.WriteString(`"` + jsonInQuotes(append(w.subscription(v.scope), literal(roleDefinitions+v.id))...) + `"`)
	case parameter:
		b.WriteString(`"` + shellVariable(string(v)) + `"`)
	default:
		fmt.Fprintf(b, "%v", v)
	}
}

func (w *shellWriter) reference(r reference) string {
	if r.property == "" {
		return shellVariable(snake(r.node.Symbol))
	}
	return shellVariable(propertyVariable(r))
}

// propertyVariable returns the name of the variable for a property that Azure assigns to a resource.
func propertyVariable(r reference) string {
	return snake(r.node.Symbol) + snake(strings.ToUpper(r.property[:1])+r.property[1:])
}

// ask fetches the properties that a body needs from resources that exist by then.
func (w *shellWriter) ask(v any) {
	switch v := v.(type) {
	case object:
		for _, m := range v {
			w.ask(m.value)
		}
	case reference:
		if v.property == "" || w.asked[propertyVariable(v)] {
			return
		}
		name := propertyVariable(v)
		w.asked[name] = true
		w.line(`%s="$(az resource show --ids "$%s" --api-version %s --query %s --output tsv)"`,
			name, snake(v.node.Symbol), v.node.APIVersion, "properties."+v.property)
	}
}

// shellVariable returns a variable inside single quotes.
func shellVariable(name string) string { return `'"$` + name + `"'` }

// jsonInQuotes joins the pieces of a string of JSON inside single quotes.
func jsonInQuotes(parts ...shellPart) string {
	var b strings.Builder
	for _, p := range parts {
		if p.variable != "" {
			b.WriteString(shellVariable(p.variable))
			continue
		}
		text := quoteJSON(p.text)
		b.WriteString(strings.ReplaceAll(text[1:len(text)-1], "'", `'\''`))
	}
	return b.String()
}
