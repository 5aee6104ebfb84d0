package aks

func networkLimits() []Limit {
	const t, n, region = "virtual network", "addresses", " in a subscription and region"
	return []Limit{
		{"vnets", t, "VNets" + region, MaxVNets, "VNets", srcVNetLimits()},
		{"subnets-per-vnet", t, "subnets in a VNet", MaxSubnets, "subnets", srcVNetLimits()},
		{"peerings", t, "peerings of a VNet", MaxPeerings, "peerings", srcVNetLimits()},
		{
			"peerings-managed", t, "peerings of a VNet under Virtual Network Manager", MaxPeeringsManaged, "peerings",
			srcManager(),
		},
		{"addresses-per-vnet", t, "private addresses in a VNet", AddressesPerVNet, n, srcVNetLimits()},
		{
			"addresses-per-peered-group", t, "private addresses in a group of peered VNets", AddressesPerPeeredGroup, n,
			srcVNetLimits(),
		},
		{"addresses-per-nic", t, "private addresses of a NIC", AddressesPerNIC, n, srcVNetLimits()},
		{"addresses-per-vm", t, "private addresses of a virtual machine", AddressesPerVM, n, srcVNetLimits()},
		{
			"gateways-per-vnet", t, "VPN gateways of a VNet, and as many of ExpressRoute", GatewaysPerVNet, "gateways",
			srcVNetLimits(),
		},
		{"dns-servers", t, "DNS servers of a VNet", MaxDNSServers, "servers", srcVNetLimits()},
		{"route-tables", t, "route tables" + region, MaxRouteTables, "route tables", srcVNetLimits()},
		{"routes-per-table", t, "routes in a route table", RoutesPerTable, "routes", srcVNetLimits()},
		{
			"routes-per-table-managed", t, "routes in a table that Virtual Network Manager writes (preview)",
			RoutesPerTableManaged, "routes", at(PageManagedRoutes, "2024-10-23"),
		},
		{"route-tables-per-subnet", t, "route tables of a subnet", RouteTablesPerSubnet, "route tables", srcFirewall()},
		{"nics", t, "NICs" + region, MaxNICs, "NICs", srcVNetLimits()},
		{"flows-per-nic", t, "flows of a NIC", MaxFlowsPerNIC, "flows", srcVNetLimits()},
		{
			"public-ips",
			t,
			"Standard public IPs" + region + ", default",
			DefaultPublicIPs,
			"public IPs",
			srcVNetLimits(),
		},
		{
			"public-ips-ea", t, "Standard public IPs" + region + ", enterprise agreement", MaxPublicIPsEA, "public IPs",
			srcVNetLimits(),
		},
		{"largest-ip-prefix", t, "largest public IP prefix", LargestIPPrefixBits, "prefix length", srcVNetLimits()},
	}
}

func tagLimits() []Limit {
	const t = "tags"
	return []Limit{
		{"tags", t, "tags of a resource", MaxTags, "tags", srcTags()},
		{"tag-name", t, "characters of a tag's name", MaxTagName, "characters", srcTags()},
		{"tag-value", t, "characters of a tag's value", MaxTagValue, "characters", srcTags()},
	}
}

func securityLimits() []Limit {
	const t = "security groups"
	return []Limit{
		{"nsgs", t, "NSGs in a subscription and region", MaxNSGs, "NSGs", srcVNetLimits()},
		{"rules-per-nsg", t, "rules in an NSG", RulesPerNSG, "rules", srcVNetLimits()},
		{"ranges-per-rule", t, "addresses and ranges on one side of a rule", RangesPerRule, "ranges", srcVNetLimits()},
		{"asgs", t, "application security groups in a subscription and region", MaxASGs, "groups", srcVNetLimits()},
		{
			"ip-configs-per-asg", t, "IP configurations in an application security group", IPConfigsPerASG,
			"IP configurations",
			srcVNetLimits(),
		},
		{"asgs-per-rule", t, "application security groups in a rule", ASGsPerRule, "groups", srcVNetLimits()},
		{"asgs-per-nsg", t, "application security groups in an NSG", ASGsPerNSG, "groups", srcVNetLimits()},
		{"rule-priority-min", t, "least custom rule priority", MinRulePriority, "priority", srcNSGs()},
		{"rule-priority-max", t, "largest custom rule priority", MaxRulePriority, "priority", srcNSGs()},
		{
			"rule-description",
			t,
			"characters of a rule's description",
			MaxRuleDescription,
			"characters",
			srcRuleTemplate(),
		},
		{
			"rule-priority-services", t, "first priority of the rules that AKS writes", ServiceRulePriority, "priority",
			srcSupportNSG(),
		},
	}
}

func balancerLimits() []Limit {
	const t = "load balancer"
	return []Limit{
		{"lb-per-region", t, "load balancers in a region", MaxLoadBalancers, "load balancers", srcLBLimits()},
		{"lb-frontends", t, "frontend IP configurations", MaxFrontends, "frontends", srcLBLimits()},
		{"lb-rules", t, "rules of a load balancer", RulesPerLB, "rules", srcLBLimits()},
		{"node-port-first", t, "lowest node port of a Service", FirstNodePort, "port", srcServices()},
		{"node-port-last", t, "highest node port of a Service", LastNodePort, "port", srcServices()},
		{"node-ports", t, "node ports of a cluster", MaxNodePorts, "ports", srcServices()},
		{
			"lb-rules-per-nic", t, "rules that touch one NIC, so Service ports in a cluster", RulesPerNIC, "rules",
			srcLBLimits(),
		},
		{"lb-outbound-rules", t, "outbound rules", MaxOutboundRules, "rules", srcLBLimits()},
		{"lb-backends", t, "members of a backend pool", MaxBackends, "backends", srcLBLimits()},
		{
			"lb-backend-ips-per-frontend", t, "services × ports × nodes of a frontend", BackendIPsPerFrontend,
			"IP configurations", srcLarge(),
		},
		{"lb-backend-ips", t, "backend IP configurations in all", BackendIPsPerLB, "IP configurations", srcLBLimits()},
		{"lb-ha-ports", t, "HA-ports rules of an internal frontend", HAPortsRulesPerFrontend, "rules", srcLBLimits()},
		{
			"public-prefix", t, "largest public prefix without an agreement", LargestPublicPrefixBits, "prefix length",
			at(PagePublicIPPrefixes, "2026"),
		},
		{"lb-private-links", t, "private link services", PrivateLinkServicesPerLB, "services", srcManyLB()},
		{
			"lb-services", t, "Services of type LoadBalancer in a cluster", MaxLoadBalancerServices, "Services",
			srcQuotas().dated("2024-01-12"),
		},
	}
}

func snatLimits() []Limit {
	const t, minutes = "outbound ports", "minutes"
	return []Limit{
		{"snat-ports-per-ip", t, "SNAT ports of a load balancer IP", SNATPortsPerIP, "ports", srcSNAT()},
		{"snat-port-step", t, "step of allocatedOutboundPorts", SNATPortStep, "ports", srcSNAT()},
		{"snat-ports-max", t, "largest allocatedOutboundPorts", MaxAllocatedPorts, "ports", srcLB()},
		{"outbound-ips-min", t, "least managed outbound IPs", MinManagedOutboundIPs, "public IPs", srcLB()},
		{"outbound-ips-max", t, "most managed outbound IPs", MaxManagedOutboundIPs, "public IPs", srcLB()},
		{"outbound-ips-default", t, "default managed outbound IPs", DefaultManagedOutboundIPs, "public IPs", srcLB()},
		{
			"outbound-ips-default-ipv6", t, "default managed IPv6 outbound IPs, dual-stack", DefaultManagedOutboundIPs6,
			"public IPs", srcLB(),
		},
		{"idle-timeout-min", t, "least idle timeout", MinIdleTimeout, minutes, srcLB()},
		{"idle-timeout-max", t, "largest idle timeout", MaxIdleTimeout, minutes, srcLB()},
		{
			"idle-timeout-max-cli",
			t,
			"largest idle timeout that the Azure CLI takes",
			MaxIdleTimeoutCLI,
			minutes,
			srcCLI(),
		},
		{"idle-timeout-lb", t, "default idle timeout of the load balancer", DefaultLBIdleTimeout, minutes, srcLB()},
		{
			"idle-timeout-service", t, "longest idle timeout in the annotation of a Service",
			MaxServiceIdleTimeout, minutes,
			srcLB(),
		},
		{"idle-timeout-nat", t, "default idle timeout of the NAT gateway", DefaultNATIdleTimeout, minutes, srcNAT()},
	}
}

func natLimits() []Limit {
	const t = "NAT gateway"
	return []Limit{
		{"nat-ports-per-ip", t, "SNAT ports of a NAT gateway IP", NATPortsPerIP, "ports", srcNATRes()},
		{"nat-public-ips", t, "public IPs of a NAT gateway", MaxNATPublicIPs, "public IPs", srcNATSKU()},
		{"nat-subnets", t, "subnets of a NAT gateway", MaxNATSubnets, "subnets", srcNATSKU()},
		{
			"nat-connections-per-destination", t, "connections of an IP to one destination",
			NATConnectionsPerDestination,
			"connections", srcNATSKU(),
		},
		{"nat-connections", t, "connections of a NAT gateway", NATConnections, "connections", srcNATSKU()},
		{
			"firewall-ports-per-ip", t, "SNAT ports of a firewall IP on each instance", FirewallPortsPerIP, "ports",
			srcNAT(),
		},
		{"firewall-instances", t, "least instances of a firewall", FirewallInstances, "instances", srcNAT()},
		{
			"windows-outbound-ports", t, "SNAT ports of Windows OutboundNAT with a load balancer",
			WindowsOutboundPorts, "ports",
			srcNAT(),
		},
		{
			"static-egress-largest", t, "largest public IP prefix of a static egress gateway", StaticEgressMinBits,
			"prefix length", srcStaticEgress(),
		},
		{
			"static-egress-smallest", t, "smallest public IP prefix of a static egress gateway", StaticEgressMaxBits,
			"prefix length", srcStaticEgress(),
		},
		{
			"firewall-public-ips", t, "public IPs of a firewall, advised for production", AdvisedFirewallIPs,
			"public IPs",
			srcFirewall(),
		},
	}
}
