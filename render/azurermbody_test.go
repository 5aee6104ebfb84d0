package render_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// azurermBody returns the body that azurerm sends for a resource, with the defaults that it spells out.
// https://github.com/hashicorp/terraform-provider-azurerm/tree/main/internal/services/network, firewall, authorization
// and managedidentity at version 5.2.0 (read 2026-11-29)
func azurermBody(t *testing.T, kind string, v map[string]any) map[string]any {
	t.Helper()
	p, body := object{}, object{}
	properties := func() { body["properties"] = map[string]any(p) }
	body.copy("location", v["location"])
	body.copy("tags", v["tags"])
	switch kind {
	case "azurerm_virtual_network":
		properties()
		space := object{"addressPrefixes": v["address_space"]}
		azurermPool(space, v)
		p["addressSpace"] = map[string]any(space)
		p["dhcpOptions"] = map[string]any{"dnsServers": v["dns_servers"]}
		if e := first(v["encryption"]); e != nil {
			p["encryption"] = map[string]any{"enabled": true, "enforcement": e["enforcement"]}
		}
		if d := first(v["ddos_protection_plan"]); d != nil {
			p["ddosProtectionPlan"] = map[string]any{"id": d["id"]}
			p["enableDdosProtection"] = d["enable"]
		}
	case "azurerm_subnet":
		properties()
		azurermSubnetBody(p, v)
	case "azurerm_virtual_network_peering":
		properties()
		p["remoteVirtualNetwork"] = map[string]any{"id": v["remote_virtual_network_id"]}
		p["allowVirtualNetworkAccess"] = or(v["allow_virtual_network_access"], true)
		p["allowForwardedTraffic"] = or(v["allow_forwarded_traffic"], false)
		p["allowGatewayTransit"] = or(v["allow_gateway_transit"], false)
		p["useRemoteGateways"] = or(v["use_remote_gateways"], false)
		p["peerCompleteVnets"] = or(v["peer_complete_virtual_networks_enabled"], true)
	case "azurerm_network_security_group":
		properties()
		p["securityRules"] = each(v["security_rule"], func(r map[string]any) map[string]any {
			return map[string]any{"name": r["name"], "properties": renamed(r, securityRuleNames())}
		})
	case "azurerm_route_table":
		properties()
		p["disableBgpRoutePropagation"] = !or(v["bgp_route_propagation_enabled"], true).(bool)
		p["routes"] = each(v["route"], func(r map[string]any) map[string]any {
			return map[string]any{"name": r["name"], "properties": renamed(r, routeNames())}
		})
	case "azurerm_route":
		body["properties"] = renamed(v, routeNames())
	case "azurerm_nat_gateway":
		properties()
		body["sku"] = map[string]any{"name": or(v["sku_name"], "Standard")}
		body.copy("zones", v["zones"])
		p["idleTimeoutInMinutes"] = or(v["idle_timeout_in_minutes"], json.Number("4"))
	case "azurerm_public_ip":
		properties()
		body["sku"] = map[string]any{"name": or(v["sku"], "Standard"), "tier": or(v["sku_tier"], "Regional")}
		body.copy("zones", v["zones"])
		p["publicIPAllocationMethod"] = v["allocation_method"]
		p["publicIPAddressVersion"] = or(v["ip_version"], "IPv4")
		p["idleTimeoutInMinutes"] = json.Number("4")
		p["ddosSettings"] = map[string]any{"protectionMode": "VirtualNetworkInherited"}
	case "azurerm_public_ip_prefix":
		properties()
		body["sku"] = map[string]any{"name": or(v["sku"], "Standard"), "tier": or(v["sku_tier"], "Regional")}
		body.copy("zones", v["zones"])
		p["prefixLength"] = or(v["prefix_length"], json.Number("28"))
		p["publicIPAddressVersion"] = or(v["ip_version"], "IPv4")
	case "azurerm_firewall_policy":
		properties()
		p["sku"] = map[string]any{"tier": or(v["sku"], "Standard")}
		p["threatIntelMode"] = "Alert"
		if d := first(v["dns"]); d != nil {
			dns := object{"enableProxy": or(d["proxy_enabled"], false)}
			dns.copy("servers", d["servers"])
			p["dnsSettings"] = map[string]any(dns)
		}
	case "azurerm_firewall_policy_rule_collection_group":
		properties()
		p["priority"] = v["priority"]
		p["ruleCollections"] = append(
			collections(v["network_rule_collection"], "NetworkRule"),
			collections(v["application_rule_collection"], "ApplicationRule")...)
	case "azurerm_user_assigned_identity":
	case "azurerm_role_assignment":
		properties()
		p["roleDefinitionId"], p["principalId"] = v["role_definition_id"], v["principal_id"]
		p["principalType"] = v["principal_type"]
	default:
		t.Fatalf("nothing is known about %s", kind)
	}
	return body
}

func azurermSubnetBody(p object, v map[string]any) {
	p["addressPrefixes"] = v["address_prefixes"]
	azurermPool(p, v)
	p["defaultOutboundAccess"] = or(v["default_outbound_access_enabled"], true)
	p["privateEndpointNetworkPolicies"] = or(v["private_endpoint_network_policies"], "Disabled")
	p["privateLinkServiceNetworkPolicies"] = "Enabled"
	if list := each(v["service_endpoint"], func(e map[string]any) map[string]any { return e }); list != nil {
		p["serviceEndpoints"] = list
	}
	if list := each(v["delegation"], func(d map[string]any) map[string]any {
		service := first(d["service_delegation"])
		return map[string]any{"name": d["name"], "properties": map[string]any{"serviceName": service["name"]}}
	}); list != nil {
		p["delegations"] = list
	}
}

func collections(v any, kind string) []any {
	names := map[string]string{
		"description": "description", "source_addresses": "sourceAddresses",
		"destination_addresses": "destinationAddresses", "destination_fqdns": "destinationFqdns",
		"destination_ports": "destinationPorts", "protocols": "ipProtocols",
	}
	if kind == "ApplicationRule" {
		names = map[string]string{
			"description": "description", "source_addresses": "sourceAddresses", "destination_fqdns": "targetFqdns",
			"destination_fqdn_tags": "fqdnTags",
		}
	}
	return each(v, func(c map[string]any) map[string]any {
		rules := each(c["rule"], func(r map[string]any) map[string]any {
			rule := renamed(r, names)
			rule["name"], rule["ruleType"] = r["name"], kind
			if kind == "ApplicationRule" {
				rule["protocols"] = each(r["protocols"], func(p map[string]any) map[string]any {
					return map[string]any{"protocolType": p["type"], "port": p["port"]}
				})
			}
			return rule
		})
		return map[string]any{
			"name": c["name"], "priority": c["priority"], "action": map[string]any{"type": c["action"]},
			"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "rules": rules,
		}
	})
}

func securityRuleNames() map[string]string {
	return map[string]string{
		"description": "description", "direction": "direction", "access": "access", "priority": "priority",
		"protocol": "protocol", "source_address_prefix": "sourceAddressPrefix",
		"source_address_prefixes": "sourceAddressPrefixes", "source_port_range": "sourcePortRange",
		"source_port_ranges": "sourcePortRanges", "destination_address_prefix": "destinationAddressPrefix",
		"destination_address_prefixes": "destinationAddressPrefixes", "destination_port_range": "destinationPortRange",
		"destination_port_ranges": "destinationPortRanges",
	}
}

func routeNames() map[string]string {
	return map[string]string{
		"address_prefix": "addressPrefix", "next_hop_type": "nextHopType", "next_hop_in_ip_address": "nextHopIpAddress",
	}
}

// object is a body under construction.
type object map[string]any

func (o object) copy(key string, v any) {
	if v != nil {
		o[key] = v
	}
}

func or(v, otherwise any) any {
	if v == nil {
		return otherwise
	}
	return v
}

func first(v any) map[string]any {
	list, _ := v.([]any)
	if len(list) == 0 {
		return nil
	}
	return list[0].(map[string]any)
}

func each(v any, change func(map[string]any) map[string]any) (out []any) {
	list, _ := v.([]any)
	for _, item := range list {
		out = append(out, change(item.(map[string]any)))
	}
	return out
}

func renamed(v map[string]any, names map[string]string) map[string]any {
	out := map[string]any{}
	for from, to := range names {
		if v[from] != nil {
			out[to] = v[from]
		}
	}
	return out
}

// addDefaults spells out in a body of the graph what azurerm sends and Azure assumes anyway: no servers means Azure's
// DNS, and a list is the same as one value. Ids and words are as azurerm spells them, to which Azure is indifferent.
func addDefaults(t *testing.T, id string, body map[string]any) {
	t.Helper()
	p, _ := body["properties"].(map[string]any)
	set := func(key string, value any) {
		if p[key] == nil {
			p[key] = value
		}
	}
	switch {
	case strings.Contains(id, "/subnets/") && !strings.Contains(id, "/roleAssignments/"):
		if one := p["addressPrefix"]; one != nil {
			p["addressPrefixes"] = []any{one}
			delete(p, "addressPrefix")
		}
		set("defaultOutboundAccess", true)
		set("privateEndpointNetworkPolicies", "Disabled")
		set("privateLinkServiceNetworkPolicies", "Enabled")
		canonical(p)
	case strings.Contains(id, "/virtualNetworkPeerings/"):
		set("peerCompleteVnets", true)
	case strings.Contains(id, "/roleAssignments/"):
	case strings.Contains(id, "/virtualNetworks/"):
		set("dhcpOptions", map[string]any{"dnsServers": []any{}})
	case strings.Contains(id, "/networkSecurityGroups/"):
		set("securityRules", []any(nil))
	case strings.Contains(id, "/routeTables/") && !strings.Contains(id, "/routes/"):
		set("routes", []any(nil))
	case strings.Contains(id, "/natGateways/"):
		set("idleTimeoutInMinutes", json.Number("4"))
	case strings.Contains(id, "/publicIPAddresses/"):
		set("idleTimeoutInMinutes", json.Number("4"))
		set("ddosSettings", map[string]any{"protectionMode": "VirtualNetworkInherited"})
	case strings.Contains(id, "/firewallPolicies/") && !strings.Contains(id, "/ruleCollectionGroups/"):
		set("threatIntelMode", "Alert")
	}
}

// canonical spells the words of everySetting as azurerm does.
func canonical(p map[string]any) {
	words := strings.NewReplacer(
		"microsoft.keyvault", "Microsoft.KeyVault", "microsoft.app/environments", "Microsoft.App/environments",
		"resourcegroups", "resourceGroups", "microsoft.network/networksecuritygroups",
		"Microsoft.Network/networkSecurityGroups",
	)
	for key, v := range p {
		switch v := v.(type) {
		case string:
			if key == "serviceName" || key == "service" || key == "id" {
				p[key] = words.Replace(v)
			}
		case map[string]any:
			canonical(v)
		case []any:
			for _, item := range v {
				if m, ok := item.(map[string]any); ok {
					canonical(m)
				}
			}
		}
	}
}

// azurermPool adds what azurerm asks an IPAM pool for.
func azurermPool(to object, v map[string]any) {
	if pool := first(v["ip_address_pool"]); pool != nil {
		delete(to, "addressPrefixes")
		to["ipamPoolPrefixAllocations"] = []any{map[string]any{
			"numberOfIpAddresses": pool["number_of_ip_addresses"], "pool": map[string]any{"id": pool["id"]},
		}}
	}
}
