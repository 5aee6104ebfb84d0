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

func boundIdle(p *Pass, path string, n int) {
	if p.Spec.Has(path) && (n < aks.MinIdleTimeout || n > aks.MaxIdleTimeout) {
		p.Report(Finding{
			Path: path,
			Message: fmt.Sprintf("idle timeout is %s; Azure allows %d to %d", english.Count(n, "minute"),
				aks.MinIdleTimeout, aks.MaxIdleTimeout),
			Edit: set(min(max(n, aks.MinIdleTimeout), aks.MaxIdleTimeout)),
		})
	}
}

// suppliedV2 reports whether every node subnet of a cluster has one of the user's own NAT gateways that is StandardV2
// or that the spec does not describe.
func suppliedV2(p *Pass, c *plan.Cluster) bool {
	for _, s := range c.NodeSubnets() {
		if s.Spec == nil || s.Spec.NATGateway == "" {
			return false
		}
		if g, _ := p.gateway(s.Spec.NATGateway); g != nil && g.SKU != aks.NATStandardV2 {
			return false
		}
	}
	return c.VNet() != nil
}

// ownTable returns the route table of the spec that a subnet names, and its path. The table is nil if the subnet
// names none or uses a resource id.
func ownTable(p *Pass, s *plan.Subnet) (*spec.RouteTable, string) {
	if s.Spec == nil || s.Spec.RouteTable == "" {
		return nil, ""
	}
	t, i := p.table(s.Spec.RouteTable)
	return t, indexed("routeTables", i)
}

// planRoutes reports whether the plan creates the route table of a subnet from the cluster's egress settings.
func planRoutes(s *plan.Subnet) bool {
	return !s.Existing && (s.Spec == nil || s.Spec.RouteTable == "")
}

// defaultRoute4 and defaultRoute6 are the prefixes of the default routes.
var (
	defaultRoute4 = netip.PrefixFrom(netip.IPv4Unspecified(), 0)
	defaultRoute6 = netip.PrefixFrom(netip.IPv6Unspecified(), 0)
)

// routeTo returns the index of a table's route to a prefix, or -1 if there is none.
func routeTo(t *spec.RouteTable, to netip.Prefix) int {
	return slices.IndexFunc(t.Routes, func(r spec.Route) bool { return r.AddressPrefix == to })
}
