package validate

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Error codes that Azure returns for route tables.
const (
	codeInvalidNextHop = aks.CodeRouteTableInvalidNextHop
	codeNoDefaultRoute = aks.CodeRouteTableMissingDefaultRouteError
	codeNoTable        = aks.CodeExistingRouteTableNotAssociatedWithSubnet
)

// routedSubnets returns the node and pod subnets of a cluster with userDefinedRouting, whose egress depends on
// routes.
func routedSubnets(c *plan.Cluster) []*plan.Subnet {
	if c.OutboundType != aks.OutboundUserDefinedRouting {
		return nil
	}
	return append(c.NodeSubnets(), c.PodSubnets()...)
}

var udrNoNextHop = &Rule{
	ID:       "EGR010",
	Title:    "userDefinedRouting without a next hop",
	Severity: Error,
	Explanation: "The route table of the subnet must send 0.0.0.0/0 to an appliance, by its private " +
		"address, or to a virtual network gateway. Without such a route AKS rejects the cluster.",
	Source: aks.PageEgressRoutes,
	Fix:    "set egress.nextHopIP to the firewall's private address",
	Since:  "v0.1.0",
	Check:  checkUDRNoNextHop,
}

func checkUDRNoNextHop(p *Pass) {
	for _, c := range p.Plan.Clusters {
		e := c.Spec.Egress
		if !slices.ContainsFunc(routedSubnets(c), planRoutes) || e.NextHopIP.IsValid() ||
			e.NextHopType != "" && e.NextHopType != aks.HopAppliance {
			continue
		}
		f := p.Report(Finding{
			Path:       nearest(p, c.Path+".egress", c.Path+".outboundType"),
			Message:    fmt.Sprintf("cluster %q uses userDefinedRouting, but egress.nextHopIP is not set", c.Name),
			AzureError: &AzureError{Code: codeNoDefaultRoute},
		})
		if a, ok := p.firewallAddress(c); ok {
			f.Edit = setAt(c.Path+".egress.nextHopIP", a)
		}
	}
}

var udrInternet = &Rule{
	ID:       "EGR011",
	Title:    "default route with an unsupported next hop",
	Severity: Error,
	Explanation: "With userDefinedRouting the next hop of 0.0.0.0/0 must be VirtualAppliance or " +
		"VirtualNetworkGateway; AKS rejects Internet, None and VnetLocal.",
	Source: aks.PageEgressRoutes,
	Fix:    "set nextHopType: VirtualAppliance, and nextHopIP to the firewall's private address",
	Since:  "v0.1.0",
	Check:  checkUDRInternet,
}

func checkUDRInternet(p *Pass) {
	seen := map[string]bool{}
	refuse := func(path string, hop aks.NextHop, ip netip.Addr) {
		if seen[path] {
			return
		}
		seen[path] = true
		f := p.Report(Finding{
			Path: path,
			Message: fmt.Sprintf("the default route 0.0.0.0/0 has next hop %s; AKS accepts %s or %s", hop,
				aks.HopAppliance, aks.HopGateway),
			AzureError: &AzureError{
				Code: codeInvalidNextHop,
				Message: "Default route 0.0.0.0/0 has a next hop of " + string(hop) +
					" but only VirtualAppliance or VirtualNetworkGateway are allowed",
			},
		})
		if ip.IsValid() {
			f.Edit = set(aks.HopAppliance)
		} else {
			f.Advice = fmt.Sprintf("set nextHopType to %s with the firewall's nextHopIP, or to %s",
				aks.HopAppliance, aks.HopGateway)
		}
	}
	for _, c := range p.Plan.Clusters {
		if hop := c.Spec.Egress.NextHopType; hop != "" && !aks.DefaultRouteHop(hop) &&
			slices.ContainsFunc(routedSubnets(c), planRoutes) {
			refuse(c.Path+".egress.nextHopType", hop, c.Spec.Egress.NextHopIP)
		}
		for _, s := range routedSubnets(c) {
			t, path := ownTable(p, s)
			if t == nil {
				continue
			}
			if i := routeTo(t, defaultRoute4); i >= 0 && !aks.DefaultRouteHop(t.Routes[i].NextHopType) {
				refuse(indexed(path+".routes", i)+".nextHopType", t.Routes[i].NextHopType, t.Routes[i].NextHopIP)
			}
		}
	}
}

// noDefaultRoute returns Azure's answer to a route table without a default route.
func noDefaultRoute(table string) *AzureError {
	return &AzureError{Code: codeNoDefaultRoute, Message: "Default route 0.0.0.0/0 missing from route table " + table}
}

var udrNoDefault = &Rule{
	ID:       "EGR012",
	Title:    "route table without a default route",
	Severity: Error,
	Also:     []Severity{Note},
	Explanation: "With userDefinedRouting the route table of the cluster's subnet must have a route for " +
		"0.0.0.0/0 before the cluster is created. AKS reads the table itself: a default route that arrives by BGP, " +
		"from a gateway or from a virtual hub does not count. An existing table without routes in the spec is unknown, " +
		"and gets a note; with an empty list it has none.",
	Source: aks.PageEgressRoutes,
	Fix:    "add a route for 0.0.0.0/0 to the firewall",
	Since:  "v0.1.0",
	Check:  checkUDRNoDefault,
}

func checkUDRNoDefault(p *Pass) {
	seen := map[*spec.RouteTable]bool{}
	for _, c := range p.Plan.Clusters {
		for _, s := range routedSubnets(c) {
			t, path := ownTable(p, s)
			if t == nil || seen[t] || routeTo(t, defaultRoute4) >= 0 {
				continue
			}
			seen[t] = true
			if t.Existing && !p.Spec.Has(path+".routes") {
				p.Report(Finding{
					Path:     path,
					Severity: Note,
					Message: fmt.Sprintf("the spec lists no routes of route table %q; for cluster %q AKS looks for "+
						"0.0.0.0/0 in the table itself and ignores routes that arrive by BGP or from a virtual hub",
						t.Name, c.Name),
					Advice: "list the routes of the existing table in routes",
				})
				continue
			}
			f := p.Report(Finding{
				Path: path,
				Message: fmt.Sprintf("route table %q of subnet %q has no route for 0.0.0.0/0, which cluster %q needs",
					t.Name, s.Name, c.Name),
				AzureError: noDefaultRoute(t.Name),
			})
			if ip := c.Spec.Egress.NextHopIP; ip.IsValid() {
				f.Edit = setAt(indexed(path+".routes", len(t.Routes)),
					"{name: default, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, "+
						"nextHopIP: "+ip.String()+"}")
			}
		}
	}
}

var udrNoTable = &Rule{
	ID:       "EGR013",
	Title:    "userDefinedRouting without a route table on the subnet",
	Severity: Error,
	Explanation: "The plan attaches nothing to an existing subnet. With userDefinedRouting the subnet " +
		"must have a route table before the cluster is created.",
	Source: aks.PageEgressRoutes,
	Fix:    "attach a route table to the subnet, and set routeTable to it",
	Since:  "v0.1.0",
	Check:  checkUDRNoTable,
}

func checkUDRNoTable(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, s := range routedSubnets(c) {
			if !s.Existing || s.Spec == nil || s.Spec.RouteTable != "" {
				continue
			}
			f := p.Report(Finding{
				Path: s.Path,
				Message: fmt.Sprintf("subnet %q has no route table, but cluster %q uses userDefinedRouting", s.Name,
					c.Name),
				AzureError: &AzureError{Code: codeNoTable},
			})
			if t := fittingTable(p); t != "" {
				f.Edit = setAt(s.Path+".routeTable", t)
			}
		}
	}
}

// fittingTable returns the name of the only route table of the spec that AKS accepts for a subnet of a cluster:
// one that sends 0.0.0.0/0 to an appliance or a gateway. It is empty if there is none, or a choice.
func fittingTable(p *Pass) string {
	fits := ""
	for i := range p.Spec.RouteTables {
		t := &p.Spec.RouteTables[i]
		d := routeTo(t, defaultRoute4)
		if d < 0 || !aks.DefaultRouteHop(t.Routes[d].NextHopType) {
			continue
		}
		if fits != "" {
			return ""
		}
		fits = t.Name
	}
	return fits
}

var udrNextHopAway = &Rule{
	ID:       "EGR014",
	Title:    "unreachable next hop",
	Severity: Warning,
	Explanation: "A route's appliance must have an address in the network itself, in a peered one, or in the virtual " +
		"hub that the network is connected to; Azure drops packets to any other address. The rule does not apply if " +
		"a peered network or the hub's addressPrefix is missing from the spec.",
	Source: aks.PageFirewall,
	Fix:    "peer the networks, set virtualHub of the network, or correct egress.nextHopIP",
	Since:  "v0.1.0",
	Check:  checkUDRNextHopAway,
}

func checkUDRNextHopAway(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ip := c.Spec.Egress.NextHopIP
		if !ip.IsValid() || c.OutboundType != aks.OutboundUserDefinedRouting || c.VNet() == nil {
			continue
		}
		near, known := p.reachable(c.VNet())
		if !known || slices.ContainsFunc(near, func(r netip.Prefix) bool { return r.Contains(ip) }) {
			continue
		}
		f := p.Reportf(c.Path+".egress.nextHopIP",
			"next hop %s is neither in network %q nor in a network or virtual hub that it is connected to", ip, c.VNet().Name)
		if a, ok := p.firewallAddress(c); ok {
			f.Edit = set(a)
		}
	}
}

var udrIPv6 = &Rule{
	ID:       "EGR015",
	Title:    "dual-stack route table without an IPv6 default route",
	Severity: Warning,
	Explanation: "A dual-stack cluster with userDefinedRouting needs routes for both families. AKS " +
		"rejects a missing IPv4 default route but only warns about a missing IPv6 one.",
	Source: aks.PageDualStack,
	Fix: "add a route for ::/0 to an appliance that has an IPv6 address, or set ipFamilies: [IPv4]; without either, " +
		"pods have no way out over IPv6",
	Since: "v0.1.0",
	Check: checkUDRIPv6,
}

func checkUDRIPv6(p *Pass) {
	seen := map[*spec.RouteTable]bool{}
	for _, c := range p.Plan.Clusters {
		if !c.Spec.DualStack() {
			continue
		}
		for _, s := range routedSubnets(c) {
			if t, path := ownTable(p, s); t != nil && len(t.Routes) > 0 && !seen[t] && routeTo(t, defaultRoute6) < 0 {
				seen[t] = true
				p.Report(Finding{
					Path: path,
					Message: fmt.Sprintf("route table %q has no route for ::/0, but cluster %q is dual-stack", t.Name,
						c.Name),
				})
			}
		}
	}
}

var udrGateway = &Rule{
	ID:       "EGR016",
	Title:    "default route that the subnet's service does not support",
	Severity: Error,
	Explanation: "The default route of an Application Gateway's subnet must lead to the Internet: by another path, " +
		"its control traffic and its responses to clients get lost, and it reports its backends as unknown. Private " +
		"gateways, whose subnet is delegated to them, have no such limit. GatewaySubnet supports no route for " +
		"0.0.0.0/0, and the subnets of Azure Firewall only one to the Internet, unless the firewall tunnels.",
	Source: aks.PageApplicationGateway,
	Fix:    "remove routeTable from the subnet, or give it a table that has no such default route",
	Since:  "v0.1.0",
	Check:  checkUDRGateway,
}

func checkUDRGateway(p *Pass) {
	p.eachKind(func(s *plan.Subnet, kind aks.SubnetKind) {
		t, _ := ownTable(p, s)
		if t == nil || kind.RouteTable.Refuses() {
			return
		}
		i := routeTo(t, defaultRoute4)
		if i < 0 {
			return
		}
		cell, where := kind.ApplianceRoute, hopText(t.Routes[i].NextHopType)
		if t.Routes[i].NextHopType == aks.HopInternet {
			cell = kind.InternetRoute
		}
		if !cell.Refuses() && !tunnelsBlindly(s, kind, t.Routes[i]) {
			return
		}
		f := p.Reportf(s.Path+".routeTable", "subnet %q is for %s, but route table %q sends 0.0.0.0/0 to %s", s.Name,
			kind.Purpose, t.Name, where)
		f.Source = kind.Source.URL
		if f.Edit = (Edit{Remove: true}); len(t.Routes) > 1 {
			f.Edit, f.Advice = Edit{}, "give the subnet a route table that has no such default route"
		}
		if cell.Code != "" {
			f.AzureError = &AzureError{Code: cell.Code}
		}
	})
}

// tunnelsBlindly reports whether a firewall's default route leads elsewhere than to the Internet although the network
// has no subnet for its management traffic.
func tunnelsBlindly(s *plan.Subnet, kind aks.SubnetKind, r spec.Route) bool {
	return kind.ID == "firewall" && r.NextHopType != aks.HopInternet && !s.VNet.Existing &&
		!slices.ContainsFunc(s.VNet.Subnets, func(s *plan.Subnet) bool {
			k, _ := aks.SubnetKindByName(s.Name)
			return k.ID == "firewall-management"
		})
}

// hopText returns a type of next hop in words.
func hopText(t aks.NextHop) string {
	switch t {
	case aks.HopAppliance:
		return "an appliance"
	case aks.HopGateway:
		return "a virtual network gateway"
	case aks.HopInternet:
		return "the Internet"
	case aks.HopVNet:
		return "the virtual network"
	}
	return "nowhere"
}

var udrPublicServices = &Rule{
	ID:       "EGR017",
	Title:    "public Services behind a firewall's default route",
	Severity: Warning,
	Explanation: "Packets from clients reach a public Service directly, but its responses leave through " +
		"the firewall, which drops them. Public Services need DNAT on the firewall, or an internal load balancer " +
		"behind it.",
	Source: aks.PageFirewall,
	Fix:    "use internal load balancers, and publish them by DNAT on the firewall",
	Since:  "v0.1.0",
	Check:  checkUDRPublicServices,
}

func checkUDRPublicServices(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Spec.Services.Public(); n > 0 && c.OutboundType == aks.OutboundUserDefinedRouting {
			p.Report(Finding{
				Path: c.Path + ".services.publicLoadBalancers",
				Message: fmt.Sprintf("responses of %s leave through the firewall of cluster %q",
					english.Count(n, "public Service"), c.Name),
				Advice: fmt.Sprintf("use internal load balancers and DNAT on the firewall: set internalLoadBalancers "+
					"to %d and publicLoadBalancers to 0", n+c.Spec.Services.InternalLoadBalancers),
			})
		}
	}
}

var applianceNoIP = &Rule{
	ID:       "EGR018",
	Title:    "next hop address does not match its type",
	Severity: Error,
	Explanation: "A route to VirtualAppliance needs the address of the appliance; a route of any other " +
		"type must not have one.",
	Source: aks.PageRoutes,
	Fix:    "set nextHopIP only with nextHopType: VirtualAppliance",
	Since:  "v0.1.0",
	Check:  checkApplianceNoIP,
}

func checkApplianceNoIP(p *Pass) {
	for i, t := range p.Spec.RouteTables {
		for j, r := range t.Routes {
			path := indexed(indexed("routeTables", i)+".routes", j)
			switch appliance := r.NextHopType == aks.HopAppliance; {
			case appliance && !r.NextHopIP.IsValid():
				p.Reportf(path, "route %q has next hop VirtualAppliance but no nextHopIP", r.Name)
			case !appliance && r.NextHopIP.IsValid():
				p.Report(Finding{
					Path: path + ".nextHopIP",
					Message: fmt.Sprintf("route %q has next hop %s, which does not support nextHopIP (%s)", r.Name,
						r.NextHopType, r.NextHopIP),
					Edit: Edit{Remove: true},
				})
			}
		}
	}
}

var routeTwice = &Rule{
	ID:          "EGR019",
	Title:       "two routes for the same prefix",
	Severity:    Error,
	Explanation: "A route table can have only one route for each prefix; Azure rejects a second one.",
	Source:      aks.PageRoutes,
	Fix:         "remove one of the two routes",
	Since:       "v0.1.0",
	Check:       checkRouteTwice,
}

func checkRouteTwice(p *Pass) {
	for i, t := range p.Spec.RouteTables {
		first := map[netip.Prefix]string{}
		for j, r := range t.Routes {
			path := indexed(indexed("routeTables", i)+".routes", j)
			if other, twice := first[r.AddressPrefix]; twice && r.AddressPrefix.IsValid() {
				f := p.Reportf(path+".addressPrefix", "route table %q has two routes to %s", t.Name, r.AddressPrefix)
				p.Relate(f, other, "the other route")
				continue
			}
			first[r.AddressPrefix] = path
		}
	}
}

var routeCount = &Rule{
	ID:       "EGR020",
	Title:    "too many routes in a table",
	Severity: Error,
	Explanation: english.Text(
		"A route table has at most %v routes; Azure rejects a table with more. A table that Virtual Network Manager "+
			"writes may have %v (preview).",
		aks.RoutesPerTable, aks.RoutesPerTableManaged,
	),
	Source: aks.PageAzureLimits,
	Fix:    "combine prefixes, or split the table",
	Since:  "v0.1.0",
	Check:  checkRouteCount,
}

func checkRouteCount(p *Pass) {
	for i, t := range p.Spec.RouteTables {
		if n := len(t.Routes); n > aks.RoutesPerTable {
			p.Reportf(indexed("routeTables", i)+".routes", "route table %q has %d routes; Azure allows %d", t.Name, n,
				aks.RoutesPerTable)
		}
	}
}
