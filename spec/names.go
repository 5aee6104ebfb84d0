package spec

import (
	"fmt"
	"strings"
)

// checkNames finds names that are defined twice where Azure or this spec tells things apart by name. Azure does not
// distinguish upper and lower case.
func (s *Spec) checkNames() {
	vnets, clusters := s.namesOf("vnet"), s.namesOf("cluster")
	for i := range s.VNets {
		v, path := &s.VNets[i], fmt.Sprintf("vnets[%d]", i)
		vnets.add(v.Name, v.Name, path)
		subnets := s.namesOf("subnet of " + v.Name)
		for j := range v.Subnets {
			subnets.add(v.Subnets[j].Name, v.Subnets[j].Name, fmt.Sprintf("%s.subnets[%d]", path, j))
		}
	}
	for i := range s.Clusters {
		c, path := &s.Clusters[i], fmt.Sprintf("clusters[%d]", i)
		clusters.add(c.ResourceGroup+"/"+c.Name, c.Name, path)
		pools := s.namesOf("node pool of " + c.Name)
		for j := range c.NodePools {
			pools.add(c.NodePools[j].Name, c.NodePools[j].Name, fmt.Sprintf("%s.nodePools[%d]", path, j))
		}
	}
	s.checkResourceNames()
}

func (s *Spec) checkResourceNames() {
	tables, groups, gateways := s.namesOf("route table"), s.namesOf("network security group"), s.namesOf("NAT gateway")
	for i, t := range s.RouteTables {
		path := fmt.Sprintf("routeTables[%d]", i)
		tables.add(t.ResourceGroup+"/"+t.Name, t.Name, path)
		routes := s.namesOf("route of " + t.Name)
		for j, r := range t.Routes {
			routes.add(r.Name, r.Name, fmt.Sprintf("%s.routes[%d]", path, j))
		}
	}
	for i, g := range s.NetworkSecurityGroups {
		path := fmt.Sprintf("networkSecurityGroups[%d]", i)
		groups.add(g.ResourceGroup+"/"+g.Name, g.Name, path)
		rules := s.namesOf("rule of " + g.Name)
		for j, r := range g.Rules {
			rules.add(r.Name, r.Name, fmt.Sprintf("%s.rules[%d]", path, j))
		}
	}
	for i, g := range s.NATGateways {
		gateways.add(g.ResourceGroup+"/"+g.Name, g.Name, fmt.Sprintf("natGateways[%d]", i))
	}
}

// names tells the things of one kind apart.
type names struct {
	spec  *Spec
	what  string
	first map[string]string
}

func (s *Spec) namesOf(what string) *names {
	return &names{spec: s, what: what, first: map[string]string{}}
}

// add notes that the thing at path has a name; key is what makes the name unique.
func (n *names) add(key, name, path string) {
	if name == "" {
		return
	}
	key = strings.ToLower(key)
	first, twice := n.first[key]
	if !twice {
		n.first[key] = path
		return
	}
	n.spec.Problems = append(n.spec.Problems, Problem{
		Rule:     RuleName,
		Path:     path + ".name",
		Position: n.spec.Position(path + ".name"),
		Message: fmt.Sprintf(
			"duplicate %s %s, first defined at %s",
			n.what,
			quote(name),
			n.spec.Position(first+".name"),
		),
	})
}
