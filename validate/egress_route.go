package validate

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Azure's answers about route tables.
const (
	codeInvalidNextHop = aks.CodeRouteTableInvalidNextHop
	codeNoDefaultRoute = aks.CodeRouteTableMissingDefaultRouteError
	codeNoTable        = aks.CodeExistingRouteTableNotAssociatedWithSubnet
)

// defaultRoute4 and defaultRoute6 are where everything without a better route goes.
var (
	defaultRoute4 = netip.PrefixFrom(netip.IPv4Unspecified(), 0)
	defaultRoute6 = netip.PrefixFrom(netip.IPv6Unspecified(), 0)
)

// routeTo is the index of the route of a table to a prefix; -1 when there is none.
func routeTo(t *spec.RouteTable, to netip.Prefix) int {
	return slices.IndexFunc(t.Routes, func(r spec.Route) bool { return r.AddressPrefix == to })
}

// routedSubnets is the subnets whose egress a cluster with userDefinedRouting leaves to routes: of its nodes, and of its pods.
func routedSubnets(c *plan.Cluster) []*plan.Subnet {
	if c.OutboundType != aks.OutboundUserDefinedRouting {
		return nil
	}
	return append(c.NodeSubnets(), c.PodSubnets()...)
}

// planRoutes reports whether the plan makes the route table of a subnet from the cluster's egress settings.
func planRoutes(s *plan.Subnet) bool {
	return !s.Existing && (s.Spec == nil || s.Spec.RouteTable == "")
}

var udrNoNextHop = &Rule{
	ID:       "EGR010",
	Title:    "userDefinedRouting without a next hop",
	Severity: Error,
	Explanation: "The route table of the subnet must send 0.0.0.0/0 to an appliance, by its private address, or to a virtual network gateway. " +
		"Without it AKS refuses the cluster.",
	Source: aks.PageEgressRoutes,
	Fix:    "set egress.nextHopIP to the private address of the firewall",
	Since:  "v0.1.0",
	Check:  checkUDRNoNextHop,
}

func checkUDRNoNextHop(p *Pass) {
	for _, c := range p.Plan.Clusters {
		e := c.Spec.Egress
		if !slices.ContainsFunc(routedSubnets(c), planRoutes) || e.NextHopIP.IsValid() || e.NextHopType != "" && e.NextHopType != aks.HopAppliance {
			continue
		}
		f := p.Report(nearest(p, c.Path+".egress", c.Path+".outboundType"), "cluster %q routes its egress itself, but egress.nextHopIP is not given", c.Name).
			Azure(codeNoDefaultRoute, "")
		if a, ok := firewallAddress(p.Plan, c); ok {
			f.PutAt(c.Path+".egress.nextHopIP", a)
		}
	}
}

// firewallAddress is the address that a firewall takes in a network of the cluster or beside it: the first usable one of AzureFirewallSubnet.
func firewallAddress(p *plan.Plan, c *plan.Cluster) (netip.Addr, bool) {
	for _, v := range p.VNets {
		if v != c.Network && (c.Network == nil || !slices.ContainsFunc(c.Network.Peerings, func(n string) bool { return strings.EqualFold(n, v.Name) })) {
			continue
		}
		for _, s := range v.Subnets {
			if strings.EqualFold(s.Name, "AzureFirewallSubnet") && s.AddressPrefix.IsValid() {
				return s.AddressPrefix.Addr().Next().Next().Next().Next(), true
			}
		}
	}
	return netip.Addr{}, false
}

var udrInternet = &Rule{
	ID:          "EGR011",
	Title:       "default route to a next hop that AKS refuses",
	Severity:    Error,
	Explanation: "With userDefinedRouting the next hop of 0.0.0.0/0 must be VirtualAppliance or VirtualNetworkGateway; AKS refuses Internet, None and VnetLocal.",
	Source:      aks.PageEgressRoutes,
	Fix:         "VirtualAppliance",
	Since:       "v0.1.0",
	Check:       checkUDRInternet,
}

func checkUDRInternet(p *Pass) {
	seen := map[string]bool{}
	refuse := func(path string, hop aks.NextHop, ip netip.Addr) {
		if seen[path] {
			return
		}
		seen[path] = true
		f := p.Report(path, "default route 0.0.0.0/0 goes to %s, AKS takes %s or %s", hop, aks.HopAppliance, aks.HopGateway).
			Azure(codeInvalidNextHop, "Default route 0.0.0.0/0 has a next hop of "+string(hop)+" but only VirtualAppliance or VirtualNetworkGateway are allowed")
		if ip.IsValid() {
			f.Put(aks.HopAppliance)
		} else {
			f.Advise("use %s with the nextHopIP of the firewall, or %s", aks.HopAppliance, aks.HopGateway)
		}
	}
	for _, c := range p.Plan.Clusters {
		if hop := c.Spec.Egress.NextHopType; hop != "" && !aks.DefaultRouteHop(hop) && slices.ContainsFunc(routedSubnets(c), planRoutes) {
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

var udrNoDefault = &Rule{
	ID:          "EGR012",
	Title:       "route table without a default route",
	Severity:    Error,
	Explanation: "With userDefinedRouting the route table of the cluster's subnet must have a route for 0.0.0.0/0 before the cluster is made.",
	Source:      aks.PageEgressRoutes,
	Fix:         "add a route for 0.0.0.0/0 to the firewall",
	Since:       "v0.1.0",
	Check:       checkUDRNoDefault,
}

func checkUDRNoDefault(p *Pass) {
	seen := map[*spec.RouteTable]bool{}
	for _, c := range p.Plan.Clusters {
		for _, s := range routedSubnets(c) {
			t, path := ownTable(p, s)
			if t == nil || t.Existing && len(t.Routes) == 0 || seen[t] || routeTo(t, defaultRoute4) >= 0 {
				continue
			}
			seen[t] = true
			f := p.Report(path, "route table %q of subnet %q has no route for 0.0.0.0/0, which cluster %q needs", t.Name, s.Name, c.Name).
				Azure(codeNoDefaultRoute, "")
			if ip := c.Spec.Egress.NextHopIP; ip.IsValid() {
				f.PutAt(indexed(path+".routes", len(t.Routes)), "{name: default, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIP: "+ip.String()+"}")
			}
		}
	}
}

var udrNoTable = &Rule{
	ID:          "EGR013",
	Title:       "userDefinedRouting on a subnet without a route table",
	Severity:    Error,
	Explanation: "An existing subnet keeps what it has: the plan attaches nothing to it. With userDefinedRouting it must have a route table before the cluster is made.",
	Source:      aks.PageEgressRoutes,
	Fix:         "attach a route table to the subnet and name it as its routeTable",
	Since:       "v0.1.0",
	Check:       checkUDRNoTable,
}

func checkUDRNoTable(p *Pass) {
	for _, c := range p.Plan.Clusters {
		for _, s := range routedSubnets(c) {
			if !s.Existing || s.Spec == nil || s.Spec.RouteTable != "" {
				continue
			}
			f := p.Report(s.Path, "subnet %q exists without a route table, cluster %q routes its egress itself", s.Name, c.Name).Azure(codeNoTable, "")
			if len(p.Spec.RouteTables) > 0 {
				f.PutAt(s.Path+".routeTable", p.Spec.RouteTables[0].Name)
			}
		}
	}
}

var udrNextHopAway = &Rule{
	ID:       "EGR014",
	Title:    "next hop out of reach",
	Severity: Warning,
	Explanation: "A route's appliance must have an address in the network itself or in one peered with it; packets to another address are dropped. " +
		"Networks that this spec does not describe cannot be seen.",
	Source: aks.PageFirewall,
	Fix:    "peer the networks, or correct egress.nextHopIP",
	Since:  "v0.1.0",
	Check:  checkUDRNextHopAway,
}

func checkUDRNextHopAway(p *Pass) {
	for _, c := range p.Plan.Clusters {
		ip := c.Spec.Egress.NextHopIP
		if !ip.IsValid() || c.OutboundType != aks.OutboundUserDefinedRouting || c.Network == nil {
			continue
		}
		near, known := reachable(p.Plan, c.Network)
		if !known || slices.ContainsFunc(near, func(r netip.Prefix) bool { return r.Contains(ip) }) {
			continue
		}
		f := p.Report(c.Path+".egress.nextHopIP", "next hop %s lies neither in network %q nor in one peered with it", ip, c.Network.Name)
		if a, ok := firewallAddress(p.Plan, c); ok {
			f.Put(a)
		}
	}
}

var udrIPv6 = &Rule{
	ID:          "EGR015",
	Title:       "dual-stack route table without an IPv6 default route",
	Severity:    Warning,
	Explanation: "A dual-stack cluster with userDefinedRouting needs routes for both families. AKS refuses a missing IPv4 default route and only warns of a missing IPv6 one.",
	Source:      aks.PageDualStack,
	Fix:         "add a route for ::/0",
	Since:       "v0.1.0",
	Check:       checkUDRIPv6,
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
				p.Report(path, "route table %q has no route for ::/0, cluster %q is dual-stack", t.Name, c.Name).
					PutAt(indexed(path+".routes", len(t.Routes)), "{name: default-ipv6, addressPrefix: '::/0', nextHopType: VirtualNetworkGateway}")
			}
		}
	}
}

var udrGateway = &Rule{
	ID:       "EGR016",
	Title:    "application gateway behind a firewall's default route",
	Severity: Error,
	Explanation: "An Application Gateway's subnet must not have a default route to an appliance: its control traffic and the answers to clients would take another " +
		"way back, and its backends show as unknown.",
	Source: aks.PageApplicationGateway,
	Fix:    "take the route table from the gateway's subnet",
	Since:  "v0.1.0",
	Check:  checkUDRGateway,
}

func checkUDRGateway(p *Pass) {
	for _, v := range p.Plan.VNets {
		for _, s := range v.Subnets {
			t, _ := ownTable(p, s)
			if t == nil || !strings.HasPrefix(kindOf(s), "application-gateway") {
				continue
			}
			if i := routeTo(t, defaultRoute4); i >= 0 && t.Routes[i].NextHopType == aks.HopAppliance {
				p.Report(s.Path+".routeTable", "subnet %q holds an Application Gateway, route table %q sends 0.0.0.0/0 to an appliance", s.Name, t.Name).Remove()
			}
		}
	}
}

var udrPublicServices = &Rule{
	ID:          "EGR017",
	Title:       "public Services behind a firewall's default route",
	Severity:    Warning,
	Explanation: "Packets of clients reach a public Service directly, its answers leave through the firewall, which drops them: public Services need DNAT on the firewall, or an internal load balancer behind it.",
	Source:      aks.PageFirewall,
	Fix:         "use internal load balancers with DNAT on the firewall",
	Since:       "v0.1.0",
	Check:       checkUDRPublicServices,
}

func checkUDRPublicServices(p *Pass) {
	for _, c := range p.Plan.Clusters {
		if n := c.Spec.Services.PublicLoadBalancers; n > 0 && c.OutboundType == aks.OutboundUserDefinedRouting {
			p.Report(c.Path+".services.publicLoadBalancers", "answers of %s leave through the firewall of cluster %q", plural(n, "public Service"), c.Name).Put(0)
		}
	}
}

var applianceNoIP = &Rule{
	ID:          "EGR018",
	Title:       "next hop address that does not go with its type",
	Severity:    Error,
	Explanation: "A route to VirtualAppliance needs the address of the appliance, and routes of every other type must not have one.",
	Source:      aks.PageRoutes,
	Fix:         "set nextHopIP for VirtualAppliance alone",
	Since:       "v0.1.0",
	Check:       checkApplianceNoIP,
}

func checkApplianceNoIP(p *Pass) {
	for i, t := range p.Spec.RouteTables {
		for j, r := range t.Routes {
			path := indexed(indexed("routeTables", i)+".routes", j)
			switch appliance := r.NextHopType == aks.HopAppliance; {
			case appliance && !r.NextHopIP.IsValid():
				p.Report(path, "route %q goes to an appliance without nextHopIP", r.Name)
			case !appliance && r.NextHopIP.IsValid():
				p.Report(path+".nextHopIP", "route %q goes to %s and has nextHopIP %s", r.Name, r.NextHopType, r.NextHopIP).Remove()
			}
		}
	}
}

var routeTwice = &Rule{
	ID:          "EGR019",
	Title:       "two routes to one prefix",
	Severity:    Error,
	Explanation: "A route table has one route for each prefix; Azure refuses a second one.",
	Source:      aks.PageRoutes,
	Fix:         "take one of the two routes away",
	Since:       "v0.1.0",
	Check:       checkRouteTwice,
}

func checkRouteTwice(p *Pass) {
	for i, t := range p.Spec.RouteTables {
		first := map[netip.Prefix]string{}
		for j, r := range t.Routes {
			path := indexed(indexed("routeTables", i)+".routes", j)
			if other, twice := first[r.AddressPrefix]; twice && r.AddressPrefix.IsValid() {
				p.Relate(p.Report(path+".addressPrefix", "route table %q has two routes to %s", t.Name, r.AddressPrefix), other, "the other route")
				continue
			}
			first[r.AddressPrefix] = path
		}
	}
}

var routeCount = &Rule{
	ID:          "EGR020",
	Title:       "too many routes in a table",
	Severity:    Error,
	Explanation: "A route table has at most 400 routes; Azure refuses the next one.",
	Source:      aks.PageAzureLimits,
	Fix:         "join prefixes, or split the table",
	Since:       "v0.1.0",
	Check:       checkRouteCount,
}

func checkRouteCount(p *Pass) {
	for i, t := range p.Spec.RouteTables {
		if n := len(t.Routes); n > aks.RoutesPerTable {
			p.Report(indexed("routeTables", i)+".routes", "route table %q has %d routes, Azure takes %d", t.Name, n, aks.RoutesPerTable)
		}
	}
}
