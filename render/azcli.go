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
func AzCLI(g *resource.Graph, o Options) ([]File, error) {
	if err := checkArguments(g); err != nil {
		return nil, err
	}
	used := usedNodes(g)
	w := &shellWriter{graph: g, used: used, scopes: scopesOf(used), asked: map[string]bool{}}
	if err := w.file(o); err != nil {
		return nil, err
	}
	return []File{{Name: "main.sh", Data: w.out.Bytes()}}, nil
}

// shellWriter renders a graph: used are the resources that the script mentions, asked are the values that it has
// fetched into variables.
type shellWriter struct {
	graph  *resource.Graph
	used   []*resource.Node
	scopes []namedScope
	asked  map[string]bool
	out    bytes.Buffer
}

func (w *shellWriter) line(format string, a ...any) { fmt.Fprintf(&w.out, format+"\n", a...) }

func (w *shellWriter) file(o Options) error {
	w.line("#!/usr/bin/env bash")
	w.line(
		"# Written by %s. Sends every resource in full; running it again does not change what is already as planned.",
		o.generator(),
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
		w.line("%s=%s", s.name, w.group(s.Scope))
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

// functions writes the functions that the resources need.
func (w *shellWriter) functions() {
	var needsSend, needsPut, needsThere bool
	for _, n := range w.graph.Nodes {
		if n.Existing {
			continue
		}
		needsThere = needsThere || n.Once || n.Type == resource.TypeCluster
		if n.Type != resource.TypeCluster {
			needsSend = true
			needsPut = needsPut || takesTime(n)
		}
	}
	if needsSend {
		w.line("%s", send)
	}
	if needsPut {
		w.line("%s", put)
	}
	if needsThere {
		w.line("%s", there)
	}
}

// takesTime reports whether Azure continues to provision a resource after accepting it, with its progress in
// provisioningState. Identities and role assignments exist at once, and have no such property.
func takesTime(n *resource.Node) bool { return strings.HasPrefix(n.Type, "Microsoft.Network/") }

// The functions of a script. az resource create cannot send a child resource or a role assignment in full: it requires
// a location, which they do not have. az exits with status 3 when a resource does not exist.
// https://learn.microsoft.com/cli/azure/reference-index#az-rest (read 2026-11-24)
// https://learn.microsoft.com/cli/azure/resource#az-resource-wait (read 2026-11-24)
const (
	send = `
# send ID API-VERSION BODY sends a resource.
send() {
  printf 'sending %s\n' "$1" >&2
  az rest --method put --url "$1?api-version=$2" --body "$3" --output none
}`
	put = `
# put sends a resource and waits until Azure has provisioned it.
put() {
  send "$@"
  az resource wait --created --ids "$1" --api-version "$2" --interval 5
}`
	there = `
# there ID API-VERSION checks whether a resource exists. It exits the script when that cannot be determined.
there() {
  local message status=0
  message=$(az resource show --ids "$1" --api-version "$2" --output none 2>&1) || status=$?
  case $status in
    0) return 0 ;;
    3) return 1 ;;
  esac
  printf '%s\ncannot determine whether %s exists\n' "$message" "$1" >&2
  exit 1
}`
)

// usedNodes returns the resources whose ids occur in the script, in the order of the graph.
func usedNodes(g *resource.Graph) []*resource.Node {
	used := map[*resource.Node]bool{}
	for _, n := range g.Nodes {
		if n.Existing {
			continue
		}
		used[n] = true
		for p := n.Parent; p != nil; p = p.Parent {
			used[p] = true
		}
		if n.On != nil {
			used[n.On] = true
		}
		if body, err := bodyOf(g, n); err == nil {
			collect(body, used)
		}
	}
	return slices.DeleteFunc(slices.Clone(g.Nodes), func(n *resource.Node) bool { return !used[n] })
}

func (w *shellWriter) resource(n *resource.Node) error {
	w.line("")
	if !n.Existing {
		for _, c := range n.Comments {
			w.line("# %s", printable.Text(c))
		}
	}
	name := snake(n.Symbol)
	w.line("%s=%s", name, w.id(n))
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
