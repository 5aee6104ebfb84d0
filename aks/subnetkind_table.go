package aks

import (
	"sync"

	"github.com/aksnet/aksnet/internal/english"
)

// platformSubnets are the subnets that Azure finds by their name.
func platformSubnets() []SubnetKind {
	return []SubnetKind{
		{
			ID: "firewall", Name: "AzureFirewallSubnet", Purpose: "Azure Firewall", MinBits: 26, UsualBits: 26,
			Delegated: no(), NSG: no(), RouteTable: only("only with a default route to the Internet, or for forced tunnelling"),
			ApplianceRoute: only("forced tunnelling, with AzureFirewallManagementSubnet in the network"),
			InternetRoute:  yes(), NAT: yes(), Sharing: no(),
			Source: at(PageFirewallFAQ, "").as(Copied),
		},
		{
			ID: "firewall-management", Name: "AzureFirewallManagementSubnet", Purpose: "Azure Firewall management",
			MinBits: 26, UsualBits: 26, Delegated: no(), NSG: no(),
			RouteTable: only("only with a default route to the Internet"), ApplianceRoute: no(), InternetRoute: yes(),
			NAT: no(), Sharing: no(),
			Note:   "needed for forced tunnelling and for the Basic firewall",
			Source: at(PageFirewallForcedTunneling, "").as(Copied),
		},
		{
			ID: "bastion", Name: "AzureBastionSubnet", Purpose: "Azure Bastion", MinBits: 26, FormerMinBits: 27,
			UsualBits: 26,
			Delegated: no(), NSG: only("it must hold the rules that Bastion asks for"),
			RouteTable:     never("", CodeRouteTableCannotBeAttachedForAzureBastionSubnet),
			ApplianceRoute: no(), InternetRoute: no(), NAT: unknown(), Sharing: no(),
			Note:   "older texts allow /27; the Developer SKU has no subnet; same resource group as the host",
			Source: at(PageBastion, "2023-10-13"),
		},
		{
			ID: KindGateway, Name: "GatewaySubnet", Purpose: "VPN or ExpressRoute gateway", MinBits: 29, UsualBits: 27,
			RecommendedBits: 27, Delegated: no(), NSG: no(), RouteTable: only("without a route for 0.0.0.0/0"),
			ApplianceRoute: no(), InternetRoute: no(), NAT: no(), Sharing: no(),
			Note:   "ExpressRoute and VPN together need a /27",
			Source: at(PageVPNGateway, "").as(Copied),
		},
		{
			ID: KindRouteServer, Name: "RouteServerSubnet", Purpose: "Route Server", MinBits: 26, UsualBits: 26,
			Delegated: no(), NSG: no(), RouteTable: no(), ApplianceRoute: no(), InternetRoute: no(), NAT: unknown(),
			Sharing: no(), Note: "older texts allow /27",
			Source: at(PageRouteServerQuickstart, "2025-09-17").readOn(readTenants),
		},
	}
}

// gatewaySubnets are the subnets of the ingress gateways.
func gatewaySubnets() []SubnetKind {
	const management = "GatewayManager must reach ports "
	return []SubnetKind{
		{
			ID: "application-gateway", For: ForApplicationGateway, Purpose: "Application Gateway v2", UsualBits: 24,
			RecommendedBits: 24, Delegated: no(),
			NSG:            only(management + gatewayManagerPorts + ", and AzureLoadBalancer everything"),
			RouteTable:     only("without a default route to an appliance; with kubenet the cluster's own table"),
			ApplianceRoute: never("", CodeApplicationGatewaySubnetUserDefinedRouteNotAllowed),
			InternetRoute:  yes(), NAT: only("only a gateway without a public frontend needs it"),
			Sharing: never("other gateways of the same version only", ""),
			Note: "up to 125 instances, one private frontend and the reserved addresses; no service endpoint " +
				"policies",
			Source: at(PageApplicationGateway, "2023-07-05").readOn(readTenants),
		},
		{
			ID: "application-gateway-v1", Purpose: "Application Gateway v1", Delegated: no(),
			NSG: only(management + "65503-65534"), RouteTable: yes(), ApplianceRoute: unknown(), InternetRoute: yes(),
			NAT: unknown(), Sharing: never("other gateways of the same version only", ""),
			Note:   "up to 32 instances, one private frontend and the reserved addresses",
			Source: srcAppGW(),
		},
		{
			ID: "application-gateway-private", For: ForApplicationGateway, Purpose: "private Application Gateway",
			UsualBits: 24, RecommendedBits: 24, Delegation: DelegationPrivateAppGW, Delegated: needed("by the gateway"),
			NSG: yes(), RouteTable: yes(), ApplianceRoute: yes(), InternetRoute: yes(), NAT: unknown(),
			Sharing: never("other gateways of the same version only", ""),
			Note:    "network isolation, generally available since 2026-04-03: no rule for GatewayManager is needed",
			Source:  at(PagePrivateApplicationGateway, "2026-04-03").readOn(readTenants),
		},
		{
			ID: "gateway-for-containers", For: ForGatewayForContainers, Purpose: "Application Gateway for Containers",
			UsualBits: 24, RecommendedBits: 24, ExactBits: 24, ExactForModel: Overlay, MinFree: gatewayMinFree,
			Delegation: DelegationAppGW, Delegated: needed("by the gateway"), NSG: yes(), RouteTable: yes(),
			ApplianceRoute: yes(), InternetRoute: yes(), NAT: unknown(), Sharing: never("one association each", ""),
			Note: gatewayNote(), Source: srcAGC(),
		},
	}
}

// clusterSubnets are the subnets of nodes, pods and API servers.
func clusterSubnets() []SubnetKind {
	asNodes := only("as for nodes")
	return []SubnetKind{
		{
			ID: "nodes", Purpose: "nodes", UsualBits: 24, Delegated: never("", CodeSubnetIsDelegated),
			NSG: only("it must allow the flows of AKS"), RouteTable: only("with kubenet one table for each cluster"),
			ApplianceRoute: yes(), InternetRoute: yes(), NAT: only("needed with userAssignedNATGateway"),
			Sharing: only("other clusters, not with kubenet; private endpoints; virtual machines"),
			Source:  srcPlanning(),
		},
		{
			ID: "api-server", Purpose: "API Server VNet Integration", MinBits: APIServerSubnetBits, UsualBits: 27,
			MinFree: APIServerAddresses, Delegation: DelegationAKS, Delegated: needed("AKS sets it if it may"),
			NSG: only("nodes must reach it, and AzureLoadBalancer"), RouteTable: only("it must reach the nodes"),
			ApplianceRoute: yes(), InternetRoute: yes(), NAT: unknown(),
			Sharing: never("API servers of other clusters only", ""),
			Note:    "every cluster keeps nine addresses", Source: srcAPIServer(),
		},
		{
			ID: "pods", Purpose: "pods", UsualBits: 20, Delegation: DelegationAKS,
			Delegated: only("AKS sets it"), NSG: yes(), RouteTable: yes(), ApplianceRoute: yes(), InternetRoute: yes(),
			NAT:     only("needed with userAssignedNATGateway"),
			Sharing: never("pods of other pools and clusters in the same mode only", ""),
			Source:  srcDynamic(),
		},
		{
			ID: "automatic-system-nodes", Purpose: "system nodes of AKS Automatic", UsualBits: 26, Delegated: no(),
			NSG: asNodes, RouteTable: asNodes, ApplianceRoute: asNodes, InternetRoute: asNodes, NAT: asNodes,
			Sharing: unknown(), Note: "the size is that of Microsoft's sample",
			Source: at(PageAutomaticNetwork, "2026-06-02").readOn(readTenants),
		},
		{
			ID: "automatic-user-nodes", Purpose: "nodes of AKS Automatic and of node auto-provisioning", UsualBits: 24,
			Delegated: no(), NSG: asNodes, RouteTable: asNodes, ApplianceRoute: asNodes, InternetRoute: asNodes,
			NAT: asNodes, Sharing: asNodes, Note: "the size is that of Microsoft's sample",
			Source: at(PageAutomaticNetwork, "2026-06-02").readOn(readTenants),
		},
		{
			ID: "virtual-nodes", For: ForVirtualNodes, Purpose: "virtual nodes", UsualBits: 24,
			Delegation: DelegationContainers, Delegated: needed("by virtual nodes"), NSG: unknown(),
			RouteTable: never("the connector does not start", ""), ApplianceRoute: no(), InternetRoute: no(),
			NAT:     needed("for egress, since subnets have no default outbound access"),
			Sharing: no(),
			Note:    "an address for every pod; authorized IP ranges and network policies do not apply there",
			Source:  srcVirtualNodes(),
		},
		{
			ID: "static-egress-gateway", Purpose: "static egress gateway pool", UsualBits: 27, Delegated: no(),
			NSG: asNodes, RouteTable: only("needed with private addresses"), ApplianceRoute: asNodes,
			InternetRoute: asNodes, NAT: no(), Sharing: unknown(),
			Note:   "a public IP prefix of /28 to /31 sets the most gateway nodes; no autoscaler, no Windows",
			Source: srcStaticEgress(),
		},
	}
}

// frontendSubnets are the subnets of addresses that belong to no node or pod, and of machines.
func frontendSubnets() []SubnetKind {
	const policies = "only with privateEndpointNetworkPolicies"
	return []SubnetKind{
		{
			ID: "private-endpoints", For: ForPrivateEndpoints, Purpose: "private endpoints", UsualBits: 27,
			Delegated: no(), NSG: only(policies), RouteTable: only(policies), ApplianceRoute: only(policies),
			InternetRoute: only(policies), NAT: idle("endpoints open no connections"),
			Sharing: only("nodes, but neither pods nor API servers"),
			Note:    "one address each; the endpoint of a private cluster is in the first pool's subnet",
			Source:  srcPrivate(),
		},
		{
			ID: "internal-load-balancers", For: ForInternalLoadBalancers, Purpose: "internal load balancers",
			UsualBits: 27, Delegated: no(), NSG: yes(), RouteTable: yes(), ApplianceRoute: yes(), InternetRoute: yes(),
			NAT: unknown(), Sharing: only("nodes; theirs is the default"),
			Note:   "one address a frontend; the cluster identity needs to read the subnet",
			Source: srcInternalLB(),
		},
		{
			ID: "private-link-service", For: ForPrivateLinkServices, Purpose: "private link services", UsualBits: 28,
			Delegated: no(), NSG: yes(), RouteTable: unknown(), ApplianceRoute: unknown(), InternetRoute: unknown(),
			NAT: unknown(), Sharing: only("not the pod subnet if externalTrafficPolicy is Local"),
			Note:   "one to eight addresses each; privateLinkServiceNetworkPolicies must be Disabled",
			Source: srcInternalLB(),
		},
		{
			ID: "virtual-machines", For: ForVirtualMachines, Purpose: "virtual machines", UsualBits: 27,
			Delegated: no(), NSG: yes(), RouteTable: yes(), ApplianceRoute: yes(), InternetRoute: yes(), NAT: yes(),
			Sharing: only("nodes, though it is discouraged"), Source: srcPlanning(),
		},
	}
}

// serviceSubnets are the subnets of other services that often share a network with a cluster.
func serviceSubnets() []SubnetKind {
	const database = "the same service only"
	return []SubnetKind{
		{
			ID: "dns-resolver", For: ForDNSResolver, Purpose: "DNS Private Resolver", MinBits: 28, UsualBits: 28,
			LargestBits: 24, Delegation: DelegationDNSResolver, Delegated: needed("by the resolver"), NSG: unknown(),
			RouteTable: unknown(), ApplianceRoute: unknown(), InternetRoute: unknown(), NAT: unknown(),
			Sharing: never("one endpoint a subnet", ""),
			Note:    "one subnet for inbound and one for outbound endpoints; IPv4 only; one resolver a network",
			Source:  at(PageDNSResolver, "2022-12-06"),
		},
		{
			ID: "postgresql", For: ForPostgreSQL, Purpose: "PostgreSQL flexible servers", MinBits: 28, UsualBits: 27,
			Delegation: DelegationPostgreSQL, Delegated: needed("by the service"),
			NSG:        only("without application security groups; 5432 inside and Storage outside must be open"),
			RouteTable: yes(), ApplianceRoute: only("with routes for AzureActiveDirectory and the subnet itself"),
			InternetRoute: yes(), NAT: unknown(), Sharing: never(database, ""),
			Note:   "four addresses a server with high availability",
			Source: at(PagePostgreSQLNetworking, "2024-06-27").readOn(readTenants),
		},
		{
			ID: "mysql", For: ForMySQL, Purpose: "MySQL flexible servers", MinBits: 28, UsualBits: 27,
			Delegation: DelegationMySQL, Delegated: needed("by the service"), NSG: yes(), RouteTable: yes(),
			ApplianceRoute: unknown(), InternetRoute: unknown(), NAT: unknown(), Sharing: never(database, ""),
			Source: at(PageDelegations, "").readOn(readTenants).as(Unverified),
		},
		{
			ID: "container-apps", For: ForContainerApps, Purpose: "Container Apps with workload profiles", MinBits: 27,
			UsualBits: 26, Delegation: DelegationContainerApps, Delegated: needed("by the environment"), NSG: yes(),
			RouteTable: yes(), ApplianceRoute: yes(), InternetRoute: yes(), NAT: yes(), Sharing: no(),
			Note:   "12 addresses are reserved, and a change of revision doubles the rest; the size never changes",
			Source: srcContainerApps(),
		},
		{
			ID: "container-apps-consumption", For: ForContainerAppsConsumption,
			Purpose: "Container Apps of a consumption-only environment", MinBits: 23, UsualBits: 23, Delegated: no(),
			NSG: yes(), RouteTable: yes(), ApplianceRoute: yes(), InternetRoute: yes(), NAT: no(), Sharing: no(),
			Note:   "60 addresses or more are reserved; the size never changes",
			Source: srcContainerApps(),
		},
		{
			ID: "app-service", For: ForAppService, Purpose: "App Service integration", MinBits: 28, UsualBits: 26,
			Delegation: DelegationAppService, Delegated: needed("by the integration"), NSG: yes(), RouteTable: yes(),
			ApplianceRoute: yes(), InternetRoute: yes(), NAT: yes(), Sharing: no(),
			Source: at(PageAppServiceIntegration, "").readOn(readTenants).as(Copied),
		},
		{
			ID: "netapp", For: ForNetApp, Purpose: "NetApp Files", MinBits: 28, UsualBits: 26,
			Delegation: DelegationNetApp, Delegated: needed("by the volumes"),
			NSG: only("standard network features"), RouteTable: only("standard network features"),
			ApplianceRoute: unknown(), InternetRoute: unknown(), NAT: no(), Sharing: no(),
			Source: at(PageNetAppSubnets, "").readOn(readTenants).as(Copied),
		},
	}
}

// readTenants is the day on which the newer rows of the matrix were read.
const readTenants = "2026-11-29"

func srcContainerApps() Source { return at(PageContainerAppsNetwork, "2025-05-01").readOn(readTenants) }

// gatewayMinFree is how many free addresses Application Gateway for Containers needs in a subnet without overlay.
// [PageAGC] (read 2026-11-22)
const gatewayMinFree = 250

// gatewayNote is formatted once: kinds are looked up for every subnet.
var gatewayNote = sync.OnceValue(func() string {
	return english.Text(
		"exactly /24 with overlay, one deployment a subnet; %v free addresses otherwise; AKS checks the subnet of its "+
			"add-on since 2026-01-04",
		gatewayMinFree,
	)
})
