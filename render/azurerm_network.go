package render

import (
	"unicode/utf8"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/resource"
)

// typeDDoSPlan is a type that the graph only refers to.
const typeDDoSPlan = "Microsoft.Network/ddosProtectionPlans"

// azurermVNet omits subnets: azurerm leaves those of a network alone if the network does not list any.
func azurermVNet(f *azurermFields) {
	f.argument("address_space", "properties.addressSpace.addressPrefixes")
	f.pools("properties.addressSpace.ipamPoolPrefixAllocations")
	f.list("dns_servers", f.take("properties.dhcpOptions.dnsServers"))
	if on, _ := f.take("properties.encryption.enabled").(bool); on {
		enforcement := object{{"enforcement", f.take("properties.encryption.enforcement")}}
		f.blocks = append(f.blocks, hclBlock{head: "encryption", attributes: enforcement})
	}
	if plan := f.id("properties.ddosProtectionPlan.id", typeDDoSPlan); plan != nil {
		members := object{{"id", plan}, {"enable", f.take("properties.enableDdosProtection")}}
		f.blocks = append(f.blocks, hclBlock{head: "ddos_protection_plan", attributes: members})
	}
}

func azurermSubnet(f *azurermFields) {
	if one := f.take("properties.addressPrefix"); one != nil {
		f.set("address_prefixes", []any{one})
	}
	f.argument("address_prefixes", "properties.addressPrefixes")
	f.pools("properties.ipamPoolPrefixAllocations")
	f.argument("default_outbound_access_enabled", "properties.defaultOutboundAccess")
	f.oneOf(
		"private_endpoint_network_policies",
		"properties.privateEndpointNetworkPolicies",
		aks.EndpointPolicies("").Words(),
	)
	f.each("properties.serviceEndpoints", "service_endpoint", func(f *azurermFields) {
		f.oneOf("service", "service", serviceEndpoints())
		f.needs(serviceEndpointVersion)
	})
	f.each("properties.delegations", "delegation", func(f *azurermFields) {
		f.argument("name", "name")
		service, _ := f.take("properties").(object)
		f.nested("properties", "service_delegation", service, func(f *azurermFields) {
			f.oneOf("name", "serviceName", delegationServices())
		})
		// Azure adds the actions of the service.
		f.out.ignore = "[delegation[0].service_delegation[0].actions]"
	})
	f.subnetLink("networkSecurityGroup", "network_security_group", resource.TypeNSG)
	f.subnetLink("routeTable", "route_table", resource.TypeRouteTable)
	f.subnetLink("natGateway", "nat_gateway", resource.TypeNATGateway)
}

// pools moves what a network or subnet takes from IPAM pools into blocks.
func (f *azurermFields) pools(path string) {
	f.each(path, "ip_address_pool", func(f *azurermFields) {
		f.set("id", f.id("pool.id", aks.TypeIPAMPool))
		f.argument("number_of_ip_addresses", "numberOfIpAddresses")
		f.needs(ipamPoolVersion)
	})
}

// subnetLink connects a subnet to a resource that its body refers to.
func (f *azurermFields) subnetLink(property, name, typ string) {
	id := f.id("properties."+property+".id", typ)
	if id == nil {
		return
	}
	f.link(azurermLink{
		typ: "azurerm_subnet_" + name + "_association", name: snake(f.node.Symbol),
		attributes: object{{"subnet_id", reference{node: f.node}}, {name + "_id", id}}, to: nodeOf(id),
	})
}

// nodeOf returns the resource that a value refers to; nil if it is not in the graph.
func nodeOf(v any) *resource.Node {
	r, _ := v.(reference)
	return r.node
}

func azurermPeering(f *azurermFields) {
	f.set("remote_virtual_network_id", f.id("properties.remoteVirtualNetwork.id", resource.TypeVNet))
	f.argument("allow_virtual_network_access", "properties.allowVirtualNetworkAccess")
	f.argument("allow_forwarded_traffic", "properties.allowForwardedTraffic")
	f.argument("allow_gateway_transit", "properties.allowGatewayTransit")
	f.argument("use_remote_gateways", "properties.useRemoteGateways")
	f.argument("peer_complete_virtual_networks_enabled", "properties.peerCompleteVnets")
	f.argument("only_ipv6_peering_enabled", "properties.enableOnlyIPv6Peering")
	f.argument("local_subnet_names", "properties.localSubnetNames")
	f.argument("remote_subnet_names", "properties.remoteSubnetNames")
}

// longestDescription is what azurerm accepts as the description of a security rule, in characters.
const longestDescription = 140

// azurermNSG lists the rules in the group, as the other formats do: a rule that is not listed is removed.
func azurermNSG(f *azurermFields) {
	f.each("properties.securityRules", "security_rule", func(f *azurermFields) {
		f.argument("name", "name")
		if text, ok := f.take("properties.description").(string); ok {
			if utf8.RuneCountInString(text) > longestDescription {
				f.refuse("azurerm accepts at most %d characters in the description of a rule.", longestDescription)
			}
			f.set("description", text)
		}
		f.argument("direction", "properties.direction")
		f.argument("access", "properties.access")
		f.argument("priority", "properties.priority")
		f.oneOf("protocol", "properties.protocol", aks.Protocol("").Words())
		f.argument("source_address_prefix", "properties.sourceAddressPrefix")
		f.argument("source_address_prefixes", "properties.sourceAddressPrefixes")
		f.argument("source_port_range", "properties.sourcePortRange")
		f.argument("source_port_ranges", "properties.sourcePortRanges")
		f.argument("destination_address_prefix", "properties.destinationAddressPrefix")
		f.argument("destination_address_prefixes", "properties.destinationAddressPrefixes")
		f.argument("destination_port_range", "properties.destinationPortRange")
		f.argument("destination_port_ranges", "properties.destinationPortRanges")
	})
	f.noBlocks("security_rule")
}

// azurermRouteTable lists the routes in the table, except in one that AKS writes to: its own routes are resources, and
// Terraform leaves the table as it is once it exists.
func azurermRouteTable(f *azurermFields) {
	f.inverse("bgp_route_propagation_enabled", "properties.disableBgpRoutePropagation")
	f.each("properties.routes", "route", func(f *azurermFields) {
		f.argument("name", "name")
		azurermRoute(f)
	})
	if !f.node.Once {
		f.noBlocks("route")
	}
}

func azurermRoute(f *azurermFields) {
	f.argument("address_prefix", "properties.addressPrefix")
	f.oneOf("next_hop_type", "properties.nextHopType", aks.NextHop("").Words())
	f.argument("next_hop_in_ip_address", "properties.nextHopIpAddress")
}

func azurermNATGateway(f *azurermFields) {
	f.gatewaySKU("sku_name", "sku.name")
	f.argument("zones", "zones")
	f.argument("idle_timeout_in_minutes", "properties.idleTimeoutInMinutes")
	f.gatewayLinks("properties.publicIpAddresses", "public_ip_address", "public_ip")
	f.gatewayLinks("properties.publicIpPrefixes", "public_ip_prefix", "public_ip_prefix")
}

// gatewaySKU moves the SKU of a NAT gateway or of its addresses. azurerm takes no zones for StandardV2 gateways.
func (f *azurermFields) gatewaySKU(argument, path string) {
	v := f.take(path)
	f.set(argument, v)
	if v != string(aks.NATStandardV2) {
		return
	}
	f.needs(standardV2Version)
	if f.node.Type == resource.TypeNATGateway && f.body.get("zones") != nil {
		f.refuse("azurerm has no zones for a NAT gateway of SKU %s.", v)
	}
}

// gatewayLinks connects a NAT gateway to its public addresses or prefixes.
func (f *azurermFields) gatewayLinks(path, argument, typ string) {
	items, _ := f.take(path).([]any)
	for i, item := range items {
		body, _ := item.(object)
		to, ok := body.get("id").(reference)
		if !ok {
			f.refuse("azurerm has no argument for %s[%d].", path, i)
			continue
		}
		f.link(azurermLink{
			typ: "azurerm_nat_gateway_" + typ + "_association", name: snake(to.node.Symbol),
			attributes: object{{"nat_gateway_id", reference{node: f.node}}, {argument + "_id", to}}, to: to.node,
		})
	}
}

func azurermPublicIP(f *azurermFields) {
	f.argument("allocation_method", "properties.publicIPAllocationMethod")
	f.argument("ip_version", "properties.publicIPAddressVersion")
	f.gatewaySKU("sku", "sku.name")
	f.argument("sku_tier", "sku.tier")
	f.argument("zones", "zones")
}

func azurermPublicPrefix(f *azurermFields) {
	f.argument("prefix_length", "properties.prefixLength")
	f.argument("ip_version", "properties.publicIPAddressVersion")
	f.gatewaySKU("sku", "sku.name")
	f.argument("sku_tier", "sku.tier")
	f.argument("zones", "zones")
}

func azurermRole(f *azurermFields) {
	f.argument("role_definition_id", "properties.roleDefinitionId")
	f.argument("principal_id", "properties.principalId")
	f.argument("principal_type", "properties.principalType")
}
