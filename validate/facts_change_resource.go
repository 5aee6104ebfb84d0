package validate

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/spec"
)

// compareResources compares route tables, security groups and NAT gateways, which only specs hold.
func (c *comparison) compareResources() {
	if c.old.Spec == nil {
		return
	}
	old, new := c.old.Spec, c.new.Spec
	compareNamed(c, "routeTables", "route table", old.RouteTables, new.RouteTables, func(t *spec.RouteTable) named {
		return named{t.Name, t.ResourceGroup}
	}, func(e element, old, new *spec.RouteTable) {
		compareList(c, e, "routes", "route", old.Routes, new.Routes, func(r *spec.Route) string { return r.Name })
	})
	compareNamed(c, "networkSecurityGroups", "security group", old.NetworkSecurityGroups, new.NetworkSecurityGroups,
		func(g *spec.NetworkSecurityGroup) named { return named{g.Name, g.ResourceGroup} },
		func(e element, old, new *spec.NetworkSecurityGroup) {
			compareList(c, e, "rules", "rule", old.Rules, new.Rules, func(r *spec.SecurityRule) string { return r.Name })
		})
	compareNamed(c, "natGateways", "NAT gateway", old.NATGateways, new.NATGateways, func(g *spec.NATGateway) named {
		return named{g.Name, g.ResourceGroup}
	}, func(element, *spec.NATGateway, *spec.NATGateway) {})
	tags := element{}
	if d, ok := tags.difference("tags", tagText(old.Tags), tagText(new.Tags)); ok {
		d.Key, d.path = "tags", "tags"
		c.add(d)
	}
}

// place is an element of a list of the spec, with its path.
type place[T any] struct {
	of   *T
	path string
}

func placed[T any](list []T, key string) (out []place[T]) {
	for i := range list {
		out = append(out, place[T]{&list[i], fmt.Sprintf("%s[%d]", key, i)})
	}
	return out
}

// named is a resource by its name and resource group.
type named struct{ name, group string }

// compareNamed compares lists of resources that subnets name, and with compareRest what they list themselves.
func compareNamed[T spec.RouteTable | spec.NetworkSecurityGroup | spec.NATGateway](c *comparison, key, kind string,
	old, new []T, of func(*T) named, compareRest func(e element, old, new *T),
) {
	both, added, removed := pairs(placed(old, key), placed(new, key), func(p place[T]) string { return of(p.of).name })
	for _, pair := range both {
		was, is := of(pair[0].of), of(pair[1].of)
		e := element{
			keys: key + "[]", path: pair[1].path, oldPath: pair[0].path, of: fmt.Sprintf(" of %s %q", kind, is.name),
		}
		if was.group != "" && is.group != "" {
			c.compare(e, "resourceGroup", was.group, is.group)
		}
		c.compareSettings(e, spec.Settings(pair[0].of), spec.Settings(pair[1].of), "name", "resourceGroup")
		compareRest(e, pair[0].of, pair[1].of)
	}
	for _, n := range added {
		c.addElement(aks.Added, key, n.path, quoted(kind, of(n.of).name), aks.Situation{}, shell.Az{})
	}
	for _, o := range removed {
		c.addElement(aks.Removed, key, key, quoted(kind, of(o.of).name), aks.Situation{}, shell.Az{})
	}
}

// compareList compares the routes of a route table or the rules of a security group, element by element.
func compareList[T spec.Route | spec.SecurityRule](c *comparison, e element, key, kind string, old, new []T,
	name func(*T) string,
) {
	path := e.path + "." + key
	both, added, removed := pairs(placed(old, path), placed(new, path), func(p place[T]) string { return name(p.of) })
	what := func(p place[T]) string { return quoted(kind, name(p.of)) + e.of }
	for _, pair := range both {
		before, after := settingsText(spec.Settings(pair[0].of)), settingsText(spec.Settings(pair[1].of))
		if d, ok := e.difference(key, before, after); ok {
			d.path, d.what, d.back = pair[1].path, what(pair[1]), ""
			c.add(d)
		}
	}
	for _, n := range added {
		c.addElement(aks.Added, e.keys+"."+key, n.path, what(n), e.situation, e.az)
	}
	for _, o := range removed {
		c.addElement(aks.Removed, e.keys+"."+key, path, what(o), e.situation, e.az)
	}
}

// settingsText returns the settings of an element in one line, those that are not set left out.
func settingsText(settings []spec.Setting) string {
	var out []string
	for _, s := range settings {
		if s.Value != "" && s.Key != "name" {
			out = append(out, s.Key+" "+s.Value)
		}
	}
	return strings.Join(out, ", ")
}

// tagText returns tags as the spec has them.
func tagText(tags map[string]string) string {
	var out []string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, key+": "+tags[key])
	}
	return strings.Join(out, ", ")
}
