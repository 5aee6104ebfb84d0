package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// unit is one deployment to one resource group: the main template, or a nested deployment (a Bicep module).
type unit struct {
	scope resource.Scope
	// stage counts how often the dependencies of the unit's resources cross from one scope to another. Resources of one
	// scope and stage share a unit; those that depend on another scope come later, because two groups with a peering
	// would otherwise wait for each other.
	stage int
	// symbol and name identify the nested deployment; empty for the main template.
	symbol, name string
	nodes        []*resource.Node
	// foreign are the resources that the unit references but does not deploy, in the order of the graph.
	foreign []*resource.Node
	// needUnits and needNodes are the units, and the resources of the main template, that must be deployed first.
	needUnits []*unit
	needNodes []*resource.Node
	// params are the parameters that the unit uses.
	params []parameter
}

func (u *unit) main() bool { return u.name == "" }

// layout is a graph divided into deployments.
type layout struct {
	graph *resource.Graph
	// units starts with the main template; each of the others comes after those it needs.
	units []*unit
	of    map[*resource.Node]*unit
	// clusters is the result of handOver, an output of the main template.
	clusters []any
}

func layOut(g *resource.Graph) (*layout, error) {
	clusters, err := handOver(g)
	if err != nil {
		return nil, err
	}
	l := &layout{graph: g, of: map[*resource.Node]*unit{}, clusters: clusters}
	main := &unit{scope: g.Target}
	l.units = []*unit{main}
	stages := stagesOf(g)
	for _, n := range g.Nodes {
		u := main
		if !n.Scope.Same(g.Target) {
			u = l.unitFor(n.Scope, stages[n])
		}
		l.of[n] = u
		if !n.Existing {
			u.nodes = append(u.nodes, n)
		}
	}
	nested := slices.DeleteFunc(l.units[1:], func(u *unit) bool { return len(u.nodes) == 0 })
	l.units = l.units[:1+len(nested)]
	slices.SortStableFunc(l.units[1:], func(a, b *unit) int { return a.stage - b.stage })
	l.nameUnits()
	for _, u := range l.units {
		l.join(u)
	}
	l.joinOutputs()
	return l, nil
}

// joinOutputs records the resources that the outputs of the main template refer to.
func (l *layout) joinOutputs() {
	named := map[*resource.Node]bool{}
	collect(l.clusters, named)
	for _, n := range l.graph.Nodes {
		if named[n] {
			l.joinForeign(l.units[0], n)
		}
	}
}

// stagesOf returns, for every resource, how often the longest dependency chain to it crosses scopes.
func stagesOf(g *resource.Graph) map[*resource.Node]int {
	stages := map[*resource.Node]int{}
	for _, n := range g.Nodes {
		for _, need := range n.Needs() {
			stage := stages[need]
			if !need.Existing && !need.Scope.Same(n.Scope) {
				stage++
			}
			stages[n] = max(stages[n], stage)
		}
	}
	return stages
}

func (l *layout) unitFor(s resource.Scope, stage int) *unit {
	for _, u := range l.units[1:] {
		if u.scope.Same(s) && u.stage == stage {
			return u
		}
	}
	u := &unit{scope: s, stage: stage}
	l.units = append(l.units, u)
	return u
}

// nameUnits names nested deployments after their resource group, with a number when a group needs several.
func (l *layout) nameUnits() {
	taken := map[string]bool{}
	for _, u := range l.units[1:] {
		base := "network-" + slug(cmp.Or(u.scope.ResourceGroup, "group"))
		name := base
		for i := 2; taken[name]; i++ {
			name = fmt.Sprintf("%s-%d", base, i)
		}
		taken[name] = true
		u.name, u.symbol = name, "module"+camelOf(name)
	}
}

// maxDeployment keeps the name of a deployment, including the number, within the 64 characters that Azure allows.
// [aks.PageResourceNames] (read 2026-11-22)
const maxDeployment = 50

// slug reduces a name to what deployment and file names both allow: lower-case letters, digits and hyphens.
func slug(s string) string {
	kept := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, s)
	return kept[:min(len(kept), maxDeployment)]
}

func camelOf(name string) string {
	var b strings.Builder
	for _, part := range strings.Split(name, "-") {
		if part != "" {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
		}
	}
	return b.String()
}

// join records what a unit references and needs outside itself, and which parameters it uses.
func (l *layout) join(u *unit) {
	for _, n := range u.nodes {
		for _, need := range n.Needs() {
			l.joinNeed(u, need)
		}
		for _, named := range l.named(n) {
			l.joinForeign(u, named)
		}
		if n.Regional && l.location(n) == paramLocation {
			u.use(paramLocation)
		}
		if n.Once {
			u.use(paramOnce)
		}
	}
	for _, n := range u.foreign {
		if !u.main() && !n.Scope.Same(u.scope) {
			u.useScope(n.Scope)
		}
	}
}

func (l *layout) joinNeed(u *unit, need *resource.Node) {
	other := l.of[need]
	switch {
	case need.Existing || other == u:
	case other.main():
		if !slices.Contains(u.needNodes, need) {
			u.needNodes = append(u.needNodes, need)
		}
	case !slices.Contains(u.needUnits, other):
		u.needUnits = append(u.needUnits, other)
	}
}

// joinForeign records a resource that the unit references but does not deploy, after its parent.
func (l *layout) joinForeign(u *unit, n *resource.Node) {
	if n == nil || l.of[n] == u && !n.Existing || slices.Contains(u.foreign, n) {
		return
	}
	l.joinForeign(u, n.Parent)
	u.foreign = append(u.foreign, n)
}

// named returns the resources that a resource refers to: its parent, and those in its body.
func (l *layout) named(n *resource.Node) []*resource.Node {
	in := map[*resource.Node]bool{n.Parent: true, n.On: true}
	if body, err := bodyOf(l.graph, n); err == nil {
		collect(body, in)
	}
	var out []*resource.Node
	for _, need := range n.Needs() {
		if in[need] {
			out = append(out, need)
		}
	}
	return out
}

func (u *unit) use(p parameter) {
	if !slices.Contains(u.params, p) {
		u.params = append(u.params, p)
	}
}

// useScope adds the parameters for a scope in a nested deployment that only the main deployment knows.
func (u *unit) useScope(s resource.Scope) {
	if s.Subscription == "" && u.scope.Subscription != "" {
		u.use(paramSub)
	}
	if s.ResourceGroup == "" {
		u.use(paramGroup)
	}
}

// unitsNeeded returns the nested deployments that a resource of the main template depends on.
func (l *layout) unitsNeeded(n *resource.Node) (out []*unit) {
	for _, need := range n.Needs() {
		if u := l.of[need]; !need.Existing && u != l.of[n] && !u.main() && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

// allParams returns the parameters of the main template: its own, and those it passes to nested deployments.
func (l *layout) allParams() []parameter {
	main := unit{}
	for _, u := range l.units {
		for _, p := range u.params {
			if p == paramLocation || p == paramOnce {
				main.use(p)
			}
		}
	}
	slices.Sort(main.params)
	slices.Reverse(main.params)
	return main.params
}

// location returns the region of a resource: the parameter if it is the region of the graph, else its own.
func (l *layout) location(n *resource.Node) any { return locationOf(l.graph, n) }

func locationOf(g *resource.Graph, n *resource.Node) any {
	if n.Location == "" || strings.EqualFold(n.Location, g.Location) {
		return paramLocation
	}
	return n.Location
}
