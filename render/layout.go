package render

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/resource"
)

// unit is what one deployment to one resource group sends: the main template, or a nested deployment (a Bicep module).
type unit struct {
	scope resource.Scope
	// stage counts how often the way to the unit's resources crosses from one scope to another. Resources of one
	// scope at one stage go together; those that need another scope's come later, or two groups that peer would wait
	// for each other.
	stage int
	// symbol and name are those of the nested deployment; empty for the main template.
	symbol, name string
	nodes        []*resource.Node
	// foreign is the resources that the unit refers to without sending them, in the order of the graph.
	foreign []*resource.Node
	// needs is the units, and the resources of the main template, that must be there before.
	needUnits []*unit
	needNodes []*resource.Node
	// params is the parameters that the unit uses.
	params []parameter
}

func (u *unit) main() bool { return u.name == "" }

// layout is how a graph is cut into deployments.
type layout struct {
	graph *resource.Graph
	// units starts with the main template; each of the others stands after those it needs.
	units []*unit
	of    map[*resource.Node]*unit
	// clusters is what handOver says, an output of the main template.
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

// joinOutputs notes what the outputs of the main template name.
func (l *layout) joinOutputs() {
	named := map[*resource.Node]bool{}
	collect(l.clusters, named)
	for _, n := range l.graph.Nodes {
		if named[n] {
			l.joinForeign(l.units[0], n)
		}
	}
}

// stagesOf counts, for every resource, how often the longest way to it crosses scopes.
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

// nameUnits names nested deployments after their resource group, with a number where one group needs several.
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

// maxDeployment keeps the name of a deployment, number and all, within the 64 characters that Azure allows.
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules (read 2026-11-22)
const maxDeployment = 50

// slug keeps what the names of deployments and files share: lower case letters, digits and hyphens.
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

// join finds what a unit refers to and needs outside itself, and which parameters it uses.
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

// joinForeign notes a resource that the unit names and does not send, after its parent.
func (l *layout) joinForeign(u *unit, n *resource.Node) {
	if n == nil || l.of[n] == u && !n.Existing || slices.Contains(u.foreign, n) {
		return
	}
	l.joinForeign(u, n.Parent)
	u.foreign = append(u.foreign, n)
}

// named returns the resources that a resource names: its parent, and those in its body.
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

// useScope notes that a nested deployment names a scope that only the deployment itself knows.
func (u *unit) useScope(s resource.Scope) {
	if s.Subscription == "" && u.scope.Subscription != "" {
		u.use(paramSub)
	}
	if s.ResourceGroup == "" {
		u.use(paramGroup)
	}
}

// unitsNeeded returns the nested deployments that a resource of the main template waits for.
func (l *layout) unitsNeeded(n *resource.Node) (out []*unit) {
	for _, need := range n.Needs() {
		if u := l.of[need]; !need.Existing && u != l.of[n] && !u.main() && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	return out
}

// allParams returns the parameters of the main template: its own, and those it passes on.
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

// location returns the region of a resource: the parameter where it is that of the graph, else its own.
func (l *layout) location(n *resource.Node) any { return locationOf(l.graph, n) }

func locationOf(g *resource.Graph, n *resource.Node) any {
	if n.Location == "" || strings.EqualFold(n.Location, g.Location) {
		return paramLocation
	}
	return n.Location
}
