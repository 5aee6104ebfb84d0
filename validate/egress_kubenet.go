package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
)

var kubenetRoutes = &Rule{
	ID:       "EGR022",
	Title:    "kubenet cluster outgrows its route table",
	Severity: Error,
	Explanation: english.Text("kubenet needs one route for every node, including surge nodes, and a route table "+
		"holds %v routes. Your own routes count against the same limit. AKS checks the limit at creation (since "+
		"2023-06-25) and before an upgrade (since 2023-09-10).", aks.RoutesPerTable),
	Source: aks.PageKubenet,
	Fix:    "lower maxCount or maxSurge, or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkKubenetRoutes,
}

func checkKubenetRoutes(p *Pass) {
	for _, c := range p.Plan.Clusters {
		custom := customRoutes(p, c)
		need := c.Nodes + c.SurgeNodes + custom
		if !c.Model.Facts().OwnRouteTable || need <= aks.RoutesPerTable {
			continue
		}
		moment := Upgrade
		switch {
		case createNodes(c)+custom > aks.RoutesPerTable:
			moment = Create
		case c.Nodes+custom > aks.RoutesPerTable:
			moment = Steady
		}
		p.Report(Finding{
			Path: nearest(p, c.Path+".model", c.Path),
			Message: fmt.Sprintf("cluster %q needs %d routes; a route table holds %d", c.Name, need,
				aks.RoutesPerTable),
			Edit:   setAt(c.Path+".model", aks.Overlay),
			Moment: moment,
			Sums: []string{
				fmt.Sprintf("%d nodes + %d surge + %d custom routes = %d", c.Nodes, c.SurgeNodes, custom, need),
			},
		})
	}
}

// customRoutes returns the number of routes in a kubenet cluster's table that do not belong to its nodes.
func customRoutes(p *Pass, c *plan.Cluster) int {
	most := plan.CustomRoutes(c)
	for _, s := range c.NodeSubnets() {
		if t, _ := ownTable(p, s); t != nil {
			most = max(most, len(t.Routes))
		}
	}
	return most
}

var kubenetTableShared = &Rule{
	ID:       "EGR023",
	Title:    "route table shared by two kubenet clusters",
	Severity: Error,
	Explanation: "Each kubenet cluster writes the routes of its nodes into the route table and removes " +
		"routes that it does not know. Two clusters that share a table break each other's pod traffic.",
	Source: aks.PageKubenet,
	Fix:    "give each cluster its own route table",
	Since:  "v0.1.0",
	Check:  checkKubenetTableShared,
}

func checkKubenetTableShared(p *Pass) {
	first := map[string]*plan.Cluster{}
	for _, c := range p.Plan.Clusters {
		if !c.Model.Facts().OwnRouteTable {
			continue
		}
		for _, s := range c.NodeSubnets() {
			name := strings.ToLower(s.RouteTable)
			if s.Spec == nil || name == "" {
				continue
			}
			if other := first[name]; other != nil && other != c {
				p.Report(Finding{
					Path: s.Path + ".routeTable",
					Message: fmt.Sprintf("route table %q is shared by kubenet clusters %q and %q", s.RouteTable,
						other.Name, c.Name),
					Edit: Edit{Remove: true},
				})
				continue
			}
			first[name] = c
		}
	}
}

var kubenetTables = &Rule{
	ID:       "EGR024",
	Title:    "kubenet cluster with more than one route table",
	Severity: Error,
	Explanation: "All subnets of a kubenet cluster must use the same route table. Otherwise nodes in one " +
		"subnet cannot reach the pods of nodes in another.",
	Source: aks.PageKubenet,
	Fix:    "set the same routeTable on all node subnets of the cluster",
	Since:  "v0.1.0",
	Check:  checkKubenetTables,
}

func checkKubenetTables(p *Pass) {
	for _, c := range p.Plan.Clusters {
		subnets := c.NodeSubnets()
		if !c.Model.Facts().OwnRouteTable || len(subnets) < 2 {
			continue
		}
		for _, s := range subnets[1:] {
			if strings.EqualFold(s.RouteTable, subnets[0].RouteTable) {
				continue
			}
			f := p.Reportf(nearest(p, s.Path+".routeTable", s.Path),
				"subnet %q has route table %q, but subnet %q of the same cluster has %q", s.Name, s.RouteTable,
				subnets[0].Name, subnets[0].RouteTable)
			if s.Spec != nil && subnets[0].RouteTable != "" {
				f.Edit = setAt(s.Path+".routeTable", subnets[0].RouteTable)
			}
		}
	}
}

var kubenetIdentity = &Rule{
	ID:       "EGR025",
	Title:    "kubenet with your own route table and a system-assigned identity",
	Severity: Error,
	Also:     []Severity{Note},
	Explanation: "kubenet writes routes into the route table of your subnet, so the identity must exist " +
		"and have its role assignment before the cluster is created. Outbound type userDefinedRouting has the same " +
		"requirement. On a subnet without a table AKS accepts a system-assigned identity and creates the table " +
		"itself; the finding is then a note, because the move to overlay needs a user-assigned one.",
	Source: aks.PageKubenet,
	Fix:    "set identity: UserAssigned, or set model: overlay",
	Since:  "v0.1.0",
	Check:  checkKubenetIdentity,
}

func checkKubenetIdentity(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if !c.Model.Facts().OwnRouteTable || c.Spec.Managed() || c.Spec.Identity != aks.SystemAssigned {
			continue
		}
		own := slices.IndexFunc(c.NodeSubnets(), func(s *plan.Subnet) bool { return s.RouteTable != "" })
		if own < 0 {
			p.Report(Finding{
				Path:     c.Path + ".identity",
				Severity: Note,
				Message: fmt.Sprintf("kubenet cluster %q has a system-assigned identity, so AKS creates its route table; "+
					"the move to overlay needs a user-assigned identity", c.Name),
				Advice: p.rule.Fix,
				Edit:   set(aks.UserAssigned),
			})
			continue
		}
		p.Report(Finding{
			Path: c.Path + ".identity",
			Message: fmt.Sprintf("kubenet cluster %q has route table %q but a system-assigned identity",
				c.Name, c.NodeSubnets()[own].RouteTable),
			Advice: p.rule.Fix,
			Edit:   set(aks.UserAssigned),
			AzureError: &AzureError{
				Code: aks.CodeCustomRouteTableWithUnsupportedMSIType,
				Message: "Clusters using managed identity type SystemAssigned do not support bringing your own route " +
					"table. Please see https://aka.ms/aks/customrt",
			},
		})
	}
}
