package resource

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/network/armnetwork/v9"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// ref is the resource that a name in the plan refers to: one in the spec, or one that the plan creates; id is empty for
// none.
type ref[T any] struct {
	id    string
	scope Scope
	// spec is the resource in the spec; nil for one that the plan creates, or that is referenced by id.
	spec *T
	path string
}

// resolve returns the resource that a subnet refers to: an id unchanged, else a resource of the spec with that name,
// else one that the plan creates in the resource group of the network.
func resolve[T any](
	b *builder,
	s *plan.Subnet,
	typ, name string,
	items []T,
	key string,
	of func(*T) (name, group string),
) ref[T] {
	switch {
	case name == "":
		return ref[T]{}
	case IsID(name):
		return ref[T]{id: name}
	}
	for i := range items {
		itemName, group := of(&items[i])
		if strings.EqualFold(itemName, name) {
			scope := b.scopeNamed(group)
			return ref[T]{idOf(scope, typ, segment(itemName)), scope, &items[i], fmt.Sprintf("%s[%d]", key, i)}
		}
	}
	scope := b.scopeOf(s.VNet)
	return ref[T]{id: idOf(scope, typ, segment(name)), scope: scope, path: s.Path}
}

func (b *builder) routeTableRef(s *plan.Subnet) ref[spec.RouteTable] {
	return resolve(b, s, TypeRouteTable, s.RouteTable, b.spec.RouteTables, "routeTables",
		func(t *spec.RouteTable) (string, string) { return t.Name, t.ResourceGroup })
}

// addRouteTable adds the route table of a subnet. A kubenet table is marked Once: AKS keeps a route for every node in
// it, and sending the table again would remove them. Our own routes are separate resources, which can be sent again.
// [aks.PageKubenet] (read 2026-11-22)
func (b *builder) addRouteTable(s *plan.Subnet) {
	r := b.routeTableRef(s)
	if r.id == "" || IsID(s.RouteTable) || b.graph.Find(r.id) != nil {
		return
	}
	n := &Node{
		Type:     TypeRouteTable,
		Name:     segment(s.RouteTable),
		Scope:    r.scope,
		Regional: true,
		Path:     r.path,
		Tags:     b.tags(s.VNet),
	}
	routes, disableBGP := []*armnetwork.Route(nil), false
	if r.spec != nil {
		n.Name, n.Existing, disableBGP = segment(r.spec.Name), r.spec.Existing, r.spec.DisableBgpRoutePropagation
		routes = specRoutes(r.spec.Routes)
	}
	if n.Existing {
		b.add(n)
		return
	}
	for _, c := range b.clustersUsing(r.id) {
		n.Once = n.Once || c.Model.Facts().OwnRouteTable
		routes = append(routes, egressRoutes(c, routes)...)
	}
	props := &armnetwork.RouteTablePropertiesFormat{DisableBgpRoutePropagation: ptr(disableBGP), Routes: routes}
	n.Body = &armnetwork.RouteTable{Location: b.location(s.VNet), Tags: ptrs(n.Tags), Properties: props}
	if n = b.add(n); n.Once {
		n.Comments = []string{"AKS adds a route for every node to this table: it is created once and not sent again."}
		props.Routes = nil
		b.addRoutes(n, routes)
	}
}

// addRoutes adds routes as separate resources.
func (b *builder) addRoutes(table *Node, routes []*armnetwork.Route) {
	for _, r := range routes {
		n := b.add(&Node{
			Type: TypeRoute, Name: table.Name + "/" + segment(*r.Name), Scope: table.Scope,
			Parent: table, Path: table.Path,
			Body: &armnetwork.Route{Properties: r.Properties},
		})
		b.chain(n)
	}
}

// clustersUsing returns the clusters whose subnets use a route table, network security group or NAT gateway.
func (b *builder) clustersUsing(id string) (out []*plan.Cluster) {
	seen := map[*plan.Cluster]bool{}
	for _, s := range b.usersOf(id) {
		for _, c := range b.security.Clusters(s) {
			if !seen[c] && s != c.APIServerSubnet {
				seen[c] = true
				out = append(out, c)
			}
		}
	}
	return out
}

func specRoutes(in []spec.Route) (out []*armnetwork.Route) {
	for _, r := range in {
		out = append(out, route(r.Name, r.AddressPrefix, r.NextHopType, r.NextHopIP))
	}
	return out
}

func route(name string, to netip.Prefix, hop aks.NextHop, via netip.Addr) *armnetwork.Route {
	props := &armnetwork.RoutePropertiesFormat{
		AddressPrefix: ptr(to.String()),
		NextHopType:   ptr(armnetwork.RouteNextHopType(hop)),
	}
	if via.IsValid() && hop == aks.HopAppliance {
		props.NextHopIPAddress = ptr(via.String())
	}
	return &armnetwork.Route{Name: ptr(name), Properties: props}
}

// egressRoutes returns the routes for userDefinedRouting: all traffic goes to the appliance or gateway, except that to
// the firewall's own public addresses, which goes straight to the internet because replies would loop otherwise. It
// omits routes for prefixes that the table already has.
// [aks.PageFirewall] (read 2026-11-22)
func egressRoutes(c *plan.Cluster, have []*armnetwork.Route) (out []*armnetwork.Route) {
	if c.OutboundType != aks.OutboundUserDefinedRouting {
		return nil
	}
	add := func(name string, to netip.Prefix, hop aks.NextHop, via netip.Addr) {
		for _, r := range append(have, out...) {
			if *r.Properties.AddressPrefix == to.String() {
				return
			}
		}
		out = append(out, route(name, to, hop, via))
	}
	e := c.Spec.Egress
	hop := cmp.Or(e.NextHopType, aks.HopAppliance)
	if e.NextHopIP.IsValid() || hop != aks.HopAppliance {
		add("default", netip.PrefixFrom(netip.IPv4Unspecified(), 0), hop, e.NextHopIP)
	}
	for i, ip := range e.FirewallPublicIPs {
		if ip.IsValid() {
			add(
				fmt.Sprintf("firewall-public-%d", i+1),
				netip.PrefixFrom(ip, ip.BitLen()),
				aks.HopInternet,
				netip.Addr{},
			)
		}
	}
	return out
}
