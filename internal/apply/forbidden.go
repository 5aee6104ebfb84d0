package apply

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/resource"
)

// forbidden returns why an update is not allowed: Azure cannot make it, or it would disconnect running workloads. Empty
// when it is allowed.
func (c *Change) forbidden() string {
	for _, p := range c.Properties {
		if slices.Contains(c.wanted.kind.fixed, p.Path) {
			return fmt.Sprintf("Azure cannot change %s of an existing resource (%s)", p.Path, c.wanted.kind.source)
		}
	}
	switch c.wanted.kind.typ {
	case resource.TypeVNet:
		return c.forbiddenVNet()
	case resource.TypeSubnet:
		return c.forbiddenSubnet()
	}
	return ""
}

// forbiddenVNet refuses to remove address prefixes that contain subnets.
// [aks.PageVNets] (read 2026-11-22)
func (c *Change) forbiddenVNet() string {
	if hasAllocation(c.wanted.body) && hasAllocation(c.live.body) {
		return "" // Azure keeps the prefixes that it took from the pool
	}
	kept := prefixesOf(at(c.wanted.body, "properties", "addressSpace", "addressPrefixes"))
	subnets, _ := at(c.live.body, "properties", "subnets").([]any)
	for _, s := range subnets {
		for _, p := range subnetPrefixes(s) {
			if !slices.ContainsFunc(kept, func(k netip.Prefix) bool { return ipam.Covers(k, p) }) {
				name, _ := at(s, "name").(string)
				return fmt.Sprintf("subnet %s (%s) is in an address prefix that would be removed", name, p)
			}
		}
	}
	return ""
}

// forbiddenSubnet refuses to change the range, delegation or route table of a subnet in use.
// https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet (read 2026-11-22)
// [aks.PageDelegations] (read 2026-11-22)
func (c *Change) forbiddenSubnet() string {
	users := subnetUsers(c.live.body)
	if users == "" {
		return ""
	}
	kept := subnetPrefixes(c.wanted.body)
	for _, p := range subnetPrefixes(c.live.body) {
		if !slices.Contains(kept, p) {
			return fmt.Sprintf("the subnet is in use (%s): its range %s cannot change", users, p)
		}
	}
	for _, p := range c.Properties {
		switch {
		case strings.HasPrefix(p.Path, "properties.delegations"):
			return fmt.Sprintf("the subnet is in use (%s): its delegation cannot change", users)
		case p.Path == "properties.routeTable.id" && p.Before != nil:
			return fmt.Sprintf("the subnet is in use (%s): another route table would disconnect what runs in it, "+
				"and AKS does not allow it (%s)", users, aks.PageKubenet)
		}
	}
	return ""
}

func subnetPrefixes(subnet any) []netip.Prefix {
	if list := prefixesOf(at(subnet, "properties", "addressPrefixes")); len(list) > 0 {
		return list
	}
	return prefixesOf([]any{at(subnet, "properties", "addressPrefix")})
}

func prefixesOf(v any) (out []netip.Prefix) {
	list, _ := v.([]any)
	for _, x := range list {
		s, _ := x.(string)
		if p, err := netip.ParsePrefix(s); err == nil {
			out = append(out, p.Masked())
		}
	}
	return out
}

// subnetUsers returns what is deployed in a subnet; empty when nothing is.
func subnetUsers(subnet any) string {
	var out []string
	for _, u := range []struct{ key, name string }{
		{"ipConfigurations", "IP configuration"}, {"ipConfigurationProfiles", "IP configuration profile"},
		{"privateEndpoints", "private endpoint"}, {"serviceAssociationLinks", "service association"},
		{"resourceNavigationLinks", "service link"}, {"applicationGatewayIPConfigurations", "application gateway"},
	} {
		list, _ := at(subnet, "properties", u.key).([]any)
		switch n := len(list); {
		case n == 1:
			out = append(out, "1 "+u.name)
		case n > 1:
			out = append(out, fmt.Sprintf("%d %ss", n, u.name))
		}
	}
	return strings.Join(out, ", ")
}

// hasAllocation reports whether a network takes addresses from an IPAM pool.
func hasAllocation(body map[string]any) bool {
	list, _ := at(body, "properties", "addressSpace", "ipamPoolPrefixAllocations").([]any)
	return len(list) > 0
}
