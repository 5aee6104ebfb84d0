package armtest

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// check holds a body against what Azure wants of its type.
func (s *Server) check(path, typ string, e *entry, body map[string]any, version string) *answer {
	if a := s.checkLocation(typ, e, body); a != nil {
		return a
	}
	props := object(body["properties"])
	switch typ {
	case typeVNet:
		return s.checkVNet(path, e, props, version)
	case typeSubnet:
		return s.checkSubnet(path, e, props)
	case typePeering:
		return s.checkPeering(path, e, props)
	case typeNSG:
		return checkRules(props)
	case typeRule:
		return s.checkRule(path, props)
	case typeTable:
		return checkRoutes(props)
	case typeRoute:
		return checkRoutes(map[string]any{"routes": []any{body}})
	case typeGateway:
		return s.checkGateway(path, body)
	case typeIP:
		return checkIP(e, body)
	}
	return nil
}

func bad(code, format string, a ...any) *answer {
	return refuse(http.StatusBadRequest, code, format, a...)
}

// checkLocation wants a region for what is no child, and the same one for good.
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-invalid-resource-location (read
// 2026-11-22)
func (s *Server) checkLocation(typ string, e *entry, body map[string]any) *answer {
	if typ == typeSubnet || typ == typePeering || typ == typeRoute || typ == typeRule {
		return nil
	}
	location := text(body["location"])
	if location == "" {
		return bad("LocationRequired", "The location property is required for this definition.")
	}
	if e != nil && !strings.EqualFold(text(e.body["location"]), location) {
		return refuse(
			http.StatusConflict,
			"InvalidResourceLocation",
			"The resource '%s' already exists in location '%s'. "+
				"A resource with the same name cannot be created in location '%s'.",
			e.name,
			text(e.body["location"]),
			location,
		)
	}
	return nil
}

// checkVNet wants address prefixes without host bits that do not overlap, and keeps those that hold subnets.
// [aks.PageVNets] (read 2026-11-22)
// [aks.PageVNetFAQ] (read 2026-11-22)
func (s *Server) checkVNet(path string, e *entry, props map[string]any, version string) *answer {
	prefixes, a := parsePrefixes(texts(object(props["addressSpace"])["addressPrefixes"]))
	if a != nil {
		return a
	}
	if len(prefixes) == 0 {
		return bad("InvalidRequestFormat", "addressSpace is required.")
	}
	for i, p := range prefixes {
		for _, q := range prefixes[:i] {
			if p.Overlaps(q) {
				return bad(
					"VnetAddressSpacesOverlap",
					"Address prefixes %s and %s of the virtual network overlap.",
					p,
					q,
				)
			}
		}
	}
	if e == nil {
		return nil
	}
	sent, listed := props["subnets"]
	for _, c := range s.children(e, "subnets") {
		stays := !listed && version >= "2023-09-01" ||
			slices.ContainsFunc(
				objects(sent),
				func(m map[string]any) bool { return strings.EqualFold(text(m["name"]), c.name) },
			)
		if !stays && inUse(c) {
			return bad("InUseSubnetCannotBeDeleted", "Subnet %s is in use and cannot be deleted.", c.name)
		}
		for _, p := range subnetPrefixes(object(c.body["properties"])) {
			if stays && !slices.ContainsFunc(prefixes, func(o netip.Prefix) bool { return holds(o, p) }) {
				return bad(
					"NetcfgSubnetRangeOutsideVnet",
					"Subnet '%s' is not valid because its IP address range is outside the "+
						"IP address range of virtual network.",
					c.name,
				)
			}
		}
	}
	return nil
}

// checkSubnet wants a range inside the network that no other subnet has; /29 is the smallest. While something lives in
// the subnet, range and delegation stay.
// https://learn.microsoft.com/azure/virtual-network/virtual-network-manage-subnet (read 2026-11-22)
// [aks.PageDelegations] (read 2026-11-22)
func (s *Server) checkSubnet(path string, e *entry, props map[string]any) *answer {
	one, many := text(props["addressPrefix"]), texts(props["addressPrefixes"])
	if one != "" && len(many) > 0 {
		return bad("InvalidRequestFormat", "addressPrefix and addressPrefixes cannot be given together.")
	}
	if one != "" {
		many = []string{one}
	}
	own, a := parsePrefixes(many)
	if a != nil {
		return a
	}
	if len(own) == 0 {
		return bad("InvalidAddressPrefixFormat", "A subnet needs an address prefix.")
	}
	vnet := s.resources[topID(path)]
	space, _ := parsePrefixes(texts(object(object(vnet.body["properties"])["addressSpace"])["addressPrefixes"]))
	for _, p := range own {
		if p.Addr().Is4() && p.Bits() > 29 {
			return bad("SubnetTooSmall", "Subnet %s is too small: /29 is the smallest.", p)
		}
		if !slices.ContainsFunc(space, func(o netip.Prefix) bool { return holds(o, p) }) {
			return bad(
				"NetcfgSubnetRangeOutsideVnet",
				"Subnet '%s' is not valid because its IP address range is outside the "+
					"IP address range of virtual network '%s'.",
				p,
				vnet.name,
			)
		}
		for _, other := range s.children(vnet, "subnets") {
			for _, q := range subnetPrefixes(object(other.body["properties"])) {
				if other != e && p.Overlaps(q) {
					return bad(
						"NetcfgSubnetRangesOverlap",
						"Subnet '%s' is not valid because its IP address range overlaps with "+
							"that of an existing subnet '%s'.",
						p,
						other.name,
					)
				}
			}
		}
	}
	if e != nil && inUse(e) {
		return checkLiving(e, props, own)
	}
	return nil
}

func checkLiving(e *entry, props map[string]any, own []netip.Prefix) *answer {
	before := object(e.body["properties"])
	for _, p := range subnetPrefixes(before) {
		if !slices.Contains(own, p) {
			return bad(
				"InUsePrefixCannotBeDeleted",
				"IP prefix %s on subnet %s has active allocations and cannot be deleted.",
				p,
				e.name,
			)
		}
	}
	if !slices.Equal(services(before), services(props)) {
		return bad("SubnetDelegationsCannotChangeWhenSubnetUsedByResource",
			"Delegations of subnet %s cannot be changed when subnet is being used.", e.name)
	}
	return nil
}

func services(props map[string]any) (out []string) {
	for _, d := range objects(props["delegations"]) {
		out = append(out, text(object(d["properties"])["serviceName"]))
	}
	slices.Sort(out)
	return out
}

// checkRules wants names, priorities from 100 to 4096 that are unique for a direction, and known words.
// [aks.PageSecurityGroups] (read 2026-11-22)
func checkRules(props map[string]any) *answer {
	taken := map[string]string{}
	for _, r := range objects(props["securityRules"]) {
		p := object(r["properties"])
		priority, _ := p["priority"].(float64)
		direction := text(p["direction"])
		switch {
		case text(r["name"]) == "":
			return bad("InvalidRequestFormat", "A security rule needs a name.")
		case priority < 100 || priority > 4096:
			return bad(
				"SecurityRuleInvalidPriority",
				"Security rule %s has the invalid priority %v.",
				text(r["name"]),
				priority,
			)
		case direction != "Inbound" && direction != "Outbound",
			text(p["access"]) != "Allow" && text(p["access"]) != "Deny",
			text(p["protocol"]) == "":
			return bad(
				"SecurityRuleParameterMissing",
				"Security rule %s lacks direction, access or protocol.",
				text(r["name"]),
			)
		}
		for _, pair := range [][2]string{{"sourceAddressPrefix", "sourceAddressPrefixes"},
			{"destinationAddressPrefix", "destinationAddressPrefixes"},
			{"sourcePortRange", "sourcePortRanges"}, {"destinationPortRange", "destinationPortRanges"}} {
			if one, many := text(p[pair[0]]) != "", len(texts(p[pair[1]])) > 0; one == many {
				return bad(
					"SecurityRuleParameterMissing",
					"Security rule %s wants exactly one of %s and %s.",
					text(r["name"]),
					pair[0],
					pair[1],
				)
			}
		}
		k := direction + strings.Repeat(".", int(priority))
		if other, twice := taken[k]; twice {
			return bad("SecurityRuleConflict", "Security rules %s and %s have the same priority and direction.", other,
				text(r["name"]))
		}
		taken[k] = text(r["name"])
	}
	return nil
}

// checkRoutes wants one route for a prefix, and a next hop address for an appliance and nothing else.
// [aks.PageRoutes] (read 2026-11-22)
func checkRoutes(props map[string]any) *answer {
	taken := map[string]bool{}
	for _, r := range objects(props["routes"]) {
		p := object(r["properties"])
		prefix := text(p["addressPrefix"])
		if _, err := netip.ParsePrefix(prefix); err != nil || taken[prefix] {
			return bad(
				"RouteConflict",
				"Route %s has the prefix %q, which is invalid or taken.",
				text(r["name"]),
				prefix,
			)
		}
		taken[prefix] = true
		if hop := text(p["nextHopIpAddress"]); (text(p["nextHopType"]) == "VirtualAppliance") != (hop != "") {
			return bad("InvalidNextHopIpAddress", "Route %s wants a next hop address with VirtualAppliance alone.",
				text(r["name"]))
		}
	}
	return nil
}

// checkGateway wants one zone at most, and public addresses that no other gateway has.
// [aks.PageNATGatewayResource] (read 2026-11-22)
func (s *Server) checkGateway(path string, body map[string]any) *answer {
	if zones, _ := body["zones"].([]any); len(zones) > 1 && text(object(body["sku"])["name"]) != "StandardV2" {
		return bad("NatGatewayZonesInvalid", "A Standard NAT gateway has one zone or none.")
	}
	for _, ip := range objects(object(body["properties"])["publicIpAddresses"]) {
		for _, o := range s.resources {
			if o.typ == typeGateway && key(o.id) != key(path) && refers(o.body, text(ip["id"])) {
				return bad("PublicIPAddressInUse", "Public IP address %s is in use by %s.", text(ip["id"]), o.name)
			}
		}
	}
	return nil
}

// checkIP wants a static address of the standard SKU, and the same SKU for good.
// [aks.PagePublicIPs] (read 2026-11-22)
func checkIP(e *entry, body map[string]any) *answer {
	sku, method := text(object(body["sku"])["name"]), text(object(body["properties"])["publicIPAllocationMethod"])
	if strings.HasPrefix(sku, "Standard") && method != "Static" {
		return bad("PublicIPAndSkuNotSupported", "Standard SKU public IP addresses must be Static.")
	}
	if e != nil && text(object(e.body["sku"])["name"]) != sku {
		return bad("PublicIPSkuCannotBeChanged", "The SKU of a public IP address cannot be changed.")
	}
	return nil
}

// checkDelete keeps what is in use.
// https://learn.microsoft.com/azure/virtual-network/virtual-network-troubleshoot-cannot-delete-vnet (read 2026-11-22)
// https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors (read 2026-11-22)
func (s *Server) checkDelete(e *entry) *answer {
	codes := map[string]string{
		typeNSG: "InUseNetworkSecurityGroupCannotBeDeleted", typeTable: "InUseRouteTableCannotBeDeleted",
		typeGateway: "InUseNatGatewayCannotBeDeleted",
		typeIP:      "PublicIPAddressCannotBeDeleted", typePrefix: "PublicIpPrefixCannotBeDeleted",
	}
	subnets := []*entry{e}
	if e.typ == typeVNet {
		subnets = s.children(e, "subnets")
	}
	for _, c := range subnets {
		if c.typ == typeSubnet && inUse(c) {
			return bad("InUseSubnetCannotBeDeleted", "Subnet %s is in use and cannot be deleted.", c.name)
		}
	}
	if code := codes[e.typ]; code != "" {
		for _, o := range s.resources {
			if o != e && (o.typ == typeSubnet || o.typ == typeGateway) && refers(o.body, e.id) {
				return bad(code, "%s cannot be deleted because it is in use by %s.", e.name, o.id)
			}
		}
	}
	return nil
}

func inUse(e *entry) bool {
	props := object(e.body["properties"])
	return len(objects(props["ipConfigurations"]))+len(objects(props["serviceAssociationLinks"])) > 0
}

func subnetPrefixes(props map[string]any) []netip.Prefix {
	list := texts(props["addressPrefixes"])
	if one := text(props["addressPrefix"]); one != "" {
		list = append(list, one)
	}
	out, _ := parsePrefixes(list)
	return out
}

// parsePrefixes wants prefixes without host bits.
func parsePrefixes(list []string) (out []netip.Prefix, a *answer) {
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if err != nil || p.Masked() != p {
			return nil, bad("InvalidCIDRNotation", "The address prefix %q has an invalid CIDR notation.", s)
		}
		out = append(out, p)
	}
	return out, nil
}

func holds(outer, inner netip.Prefix) bool {
	return outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr())
}

func texts(v any) (out []string) {
	list, _ := v.([]any)
	for _, x := range list {
		if s, ok := x.(string); ok {
			out = append(out, s)
		}
	}
	return out
}
