package aks

import (
	"strings"

	"github.com/aksnet/aksnet/internal/english"
)

// Listed grades a code that stands in a list of the provider's constants only: its name says what it means, its text is
// unknown.
const Listed Basis = "listed"

// listed returns the source of codes that are known by name only, from a list of the provider's constants of about
// 2021.
func listed() Source {
	return errorPage(PageErrorCodes, "codes of the provider, about 2021").as(Listed)
}

// listedErrors are further codes that are known by name only, by subject: subnets, how ranges are written, the network
// profile, pools, egress, outbound addresses, route tables, private clusters, groups, networks, and the Application
// Gateway add-on.
func listedErrors() []ErrorCode {
	idle := english.Text("use a number from %v to %v", MinIdleTimeout, MaxIdleTimeout)
	var out []ErrorCode
	for _, r := range []struct{ code, means, wayOut, rules string }{
		{
			"AzureCNISubnetNotDefined",
			"Azure CNI in a network of your own needs the subnet of the nodes, and the request names none.",
			"set vnetSubnetID of every pool",
			"",
		},
		{
			"SubnetNotFound",
			"The subnet that the request names does not exist.",
			"create the subnet first, or correct its id",
			"VNET018",
		},
		{
			"VnetCIDRInvalid",
			"The address space of the virtual network is not a valid range.",
			"write the address space as a prefix without host bits",
			"SPEC005 SPEC006",
		},
		{
			"SubnetCidrOverlapExistingSubnetsCidr",
			"The subnet to be created overlaps a subnet of the network.",
			"use a range that no subnet of the network has",
			"VNET002",
		},
		{
			"ResourceNotPermittedOnDelegatedSubnet",
			"The subnet is delegated to a service, and the resource does not belong to that service.",
			"use a subnet without a delegation",
			"VNET016 VNET017",
		},
		{
			"ApplicationGatewaySubnetCannotBeUsedByOtherResources",
			"An Application Gateway has the subnet, and shares it only with other Application Gateways.",
			"use a subnet of its own",
			"VNET017",
		},
		{
			"PrivateEndpointAndServiceEndpointsCannotCoexistInASubnet",
			"The subnet has private endpoints and service endpoints for the same purpose.",
			"use one of the two in the subnet",
			"",
		},
		{
			"DelegateSubnetError",
			"AKS could not delegate the subnet of the pods or of the API server.",
			"delegate the subnet to Microsoft.ContainerService/managedClusters, and keep everything else out of it",
			"VNET014",
		},
		{
			"ApiserverSubnetConfigError",
			"The subnet of the API server does not fit: its size, its delegation, or what else is in it.",
			"use an empty subnet of a /28 or larger that is delegated to Microsoft.ContainerService/managedClusters",
			"IP026 VNET014 VNET028",
		},
		{
			"IPv6NotSupported",
			"The subnet or the feature does not take IPv6.",
			"use IPv4 only, or a model with dual-stack",
			"AKS040",
		},
		{
			"SingleStackVnetSubnetWithDualStackCluster",
			"The node subnet of a dual-stack cluster has no IPv6 prefix.",
			"add an IPv6 prefix to the network and to the subnet",
			"",
		},
		{
			"CidrStringParseError",
			"A range is not written as an address and a prefix length.",
			"write it as a prefix, such as 10.0.0.0/16",
			"SPEC006",
		},
		{
			"InvalidIPRangeCIDR",
			"A range is not written as an address and a prefix length.",
			"write it as a prefix, such as 10.0.0.0/16",
			"SPEC006",
		},
		{
			"SingleIPAddressCIDR",
			"A single address stands where Azure wants a range.",
			"write a range, such as 10.0.0.0/16",
			"SPEC006",
		},
		{
			"UnexpectedIPVersionCIDR",
			"A range has the other address family than its place.",
			"write an IPv4 range where IPv4 is expected, and an IPv6 range where IPv6 is",
			"SPEC007 IP028",
		},
		{
			"DnsServiceIpParseError",
			"dnsServiceIP is not an address.",
			"write an address of the service CIDR, such as its eleventh",
			"SPEC004",
		},
		{
			"UnsupportedDualStackKubernetesVersion",
			"The Kubernetes version is too old for dual-stack.",
			"use a newer kubernetesVersion",
			"AKS043",
		},
		{
			"DualStackNotAllowedInLocation",
			"The region does not offer dual-stack.",
			"use another region, or IPv4 only",
			"",
		},
		{
			"InvalidNetworkingConfig",
			"The settings of the network profile do not fit each other.",
			"compare the settings with aksnet models",
			"AKS004 AKS005 AKS006 AKS007",
		},
		{
			"NetworkPolicyNotSupportedForNone",
			"A cluster without a CNI of AKS (network plugin none) cannot have a network policy of AKS.",
			"set networkPolicy to none, and install a policy engine with the CNI",
			"AKS005",
		},
		{
			"NetworkPolicyNotSupported",
			"The network model does not run with that network policy.",
			"choose a policy that the model supports",
			"AKS005 AKS006 AKS007",
		},
		{
			"UnknownNetworkPlugin",
			"The network plugin is none that Azure knows.",
			"use azure, kubenet or none",
			"",
		},
		{
			"PodIdentityAddonWithKubeNetNotAllowed",
			"The pod identity add-on does not run under kubenet unless the risk is accepted.",
			"use workload identity",
			"",
		},
		{
			"ACIConnectorRequiresAzureNetworking",
			"Virtual nodes need Azure CNI with pods in the virtual network.",
			"set model to node-subnet or pod-subnet, or switch virtual nodes off",
			"AKS050",
		},
		{
			"InvalidACIConnectorSubnetName",
			"The subnet of the virtual nodes does not exist in the network of the cluster.",
			"name a subnet of the same network that is delegated to Microsoft.ContainerInstance/containerGroups",
			"AKS052",
		},
		{
			"SystemPoolSkuTooLow",
			"The VM size is too small for a system pool: fewer than two vCPUs or too little memory.",
			"use a VM size of at least two vCPUs and 4 GB",
			"POOL028",
		},
		{
			"AgentPoolMaxCountExceeded",
			"A pool has more nodes than a pool may have.",
			"lower maxCount, or use more pools",
			"POOL008",
		},
		{
			"MaxAgentPoolCountReached",
			"The cluster has more pools than a cluster may have.",
			"use fewer pools",
			"AKS084",
		},
		{
			"MustDefineAtLeastOneSystemPool",
			"The cluster has no system pool.",
			"set mode: System on a Linux pool",
			"POOL001",
		},
		{
			"SystemPoolMustBeLinux",
			"A system pool runs Windows.",
			"set mode: User on the Windows pool",
			"POOL002",
		},
		{
			"InvalidAvailabilityZoneFormat",
			"A zone is none of 1, 2 and 3.",
			"write zones as 1, 2 or 3",
			"NAME020",
		},
		{
			"UnexpectedLoadBalancerSkuForCurrentOutboundConfiguration",
			"The outbound type needs the Standard load balancer.",
			"set loadBalancerSku: standard",
			"EGR006",
		},
		{
			"ManagedOutboundIPCountExceedsQuotaLimit",
			"The managed outbound addresses exceed the quota of public addresses.",
			"lower managedOutboundIPs, or raise the quota",
			"EGR059",
		},
		{
			"InvalidNATGatewayProfileManagedOutboundIPCount",
			"natGatewayProfile.managedOutboundIPs is outside what a NAT gateway takes.",
			english.Text("use a number from 1 to %v", MaxNATPublicIPs),
			"EGR033",
		},
		{
			"InvalidNATGatewayProfileIdleTimeoutInMinutes",
			"natGatewayProfile.idleTimeoutInMinutes is outside what a NAT gateway takes.",
			idle,
			"EGR034",
		},
		{
			"InvalidNATGatewayResourceID",
			"The id of the NAT gateway is malformed.",
			"write the full resource id",
			"VNET032",
		},
		{
			"NatGatewayCannotBeUsedBySubnetsBelongingToDifferentVirtualNetworks",
			"One NAT gateway is attached to subnets of two networks.",
			"use a NAT gateway for each network",
			"EGR038",
		},
		{
			"InUseNatGatewayCannotBeDeleted",
			"A subnet still uses the NAT gateway.",
			"detach the NAT gateway from its subnets first",
			"",
		},
		{
			"ReconcilePrivateEndpointSubnetWithNATGatewayError",
			"The subnet of the private endpoint could not be updated together with its NAT gateway.",
			"repeat the update when no other change of the network runs",
			"",
		},
		{
			"InvalidLoadBalancerProfileManagedOutboundIPCount",
			"loadBalancerProfile.managedOutboundIPs is outside what AKS takes.",
			english.Text("use a number from %v to %v", MinManagedOutboundIPs, MaxManagedOutboundIPs),
			"EGR050",
		},
		{
			"InvalidLoadBalancerProfileIdleTimeoutInMinutes",
			"loadBalancerProfile.idleTimeoutInMinutes is outside what AKS takes.",
			idle,
			"EGR053",
		},
		{
			"InvalidLoadBalancerProfileOutboundIPs",
			"An entry of loadBalancerProfile.outboundIPs is not the id of a public address that fits.",
			"use ids of Standard public addresses of the cluster's region",
			"EGR054 VNET032",
		},
		{
			"InvalidLoadBalancerProfileOutboundIPPrefixes",
			"An entry of loadBalancerProfile.outboundIPPrefixes is not the id of a public prefix that fits.",
			"use ids of public prefixes of the cluster's region and subscription",
			"EGR054 VNET032",
		},
		{
			"LoadBalancerProfileOutboundIPNotExist",
			"An outbound address does not exist.",
			"create the public address first, or correct its id",
			"",
		},
		{
			"LoadBalancerProfileOutboundIPNotStandardSKU",
			"An outbound address is of SKU Basic.",
			"use a Standard public address",
			"",
		},
		{
			"LoadBalancerProfileOutboundIPNotInTheSameRegion",
			"An outbound address is in another region.",
			"use a public address of the cluster's region",
			"",
		},
		{
			"LoadBalancerProfileOutboundIPHasManagedOutboundIPTag",
			"An outbound address was made by AKS as a managed one.",
			"use a public address that you created",
			"",
		},
		{
			"LoadBalancerProfileOutboundIPAttachedToAnotherIPConfiguration",
			"Something else uses an outbound address.",
			"use a public address that is free",
			"",
		},
		{
			"InvalidPublicIPPrefixDifferentSub",
			"A public prefix is in another subscription.",
			"use a public prefix of the cluster's subscription",
			"",
		},
		{
			"InvalidPublicIPPrefixDifferentLocation",
			"A public prefix is in another region.",
			"use a public prefix of the cluster's region",
			"",
		},
		{
			"PublicIPPrefixIsAttachedToLoadBalancer",
			"Another load balancer uses the public prefix.",
			"use a public prefix that is free",
			"",
		},
		{
			"StandardSkuPublicIPCountLimitReached",
			"The subscription's quota of Standard public addresses in the region is used up.",
			"raise the quota, or release addresses",
			"EGR059",
		},
		{
			"PublicIPCountLimitExceededByVMScaleSet",
			"Node public addresses exceed the subscription's quota.",
			"raise the quota, or do without node public addresses",
			"EGR059",
		},
		{
			"ExistingRouteTableInSubnetNotSupported",
			"The subnet has a route table that this cluster does not take.",
			"remove the route table, or use a user-assigned identity with kubenet",
			"EGR023 EGR024 EGR025",
		},
		{
			"CustomRouteTableConflict",
			"Two subnets of the cluster have different route tables.",
			"use one route table for all subnets of the cluster",
			"EGR024",
		},
		{
			"NonePrivateDNSZonePublicFQDNDisabledError",
			"A private cluster without a private zone (none) has its public name disabled, so that it would have no name " +
				"at all.",
			"keep the public name, or use a private DNS zone",
			"AKS124",
		},
		{
			"InvalidPrivateDNSZoneMode",
			"privateDNSZone is none of system, none and a resource id.",
			"write system, none, or the id of a zone",
			"AKS106",
		},
		{
			"PrivateDNSZoneResourceNotFoundError",
			"The private DNS zone does not exist.",
			"create the zone first, or correct its id",
			"",
		},
		{
			"FQDNSubdomainRecordAlreadyExistsError",
			"The private DNS zone has a record of that name.",
			"use another fqdnSubdomain, or delete the stale record",
			"",
		},
		{
			"FQDNNotAvailable",
			"Another cluster has the name of the API server.",
			"use another dnsPrefix",
			"",
		},
		{
			"FQDNInvalid",
			"The name of the API server is not a valid DNS name.",
			"use letters, digits and hyphens in dnsPrefix",
			"NAME005",
		},
		{
			"PrivateClusterNotSupportedWithBasicLoadBalancer",
			"A private cluster needs the Standard load balancer.",
			"set loadBalancerSku: standard",
			"LIFE009",
		},
		{
			"PrivateClusterNotAllowedInLocation",
			"The region does not offer private clusters.",
			"use another region",
			"",
		},
		{
			"APIServerWhitelistNotAllowedWithoutSingleIPPerCCP",
			"Authorized IP ranges need an API server with an address of its own; Basic load balancers have none.",
			"set loadBalancerSku: standard",
			"LIFE009",
		},
		{
			"NodeResourceGroupAlreadyExists",
			"The node resource group exists already, and AKS creates its own.",
			"use another nodeResourceGroup",
			"NAME008",
		},
		{
			"NodeResourceGroupSameAsResourceGroup",
			"The node resource group is the resource group of the cluster.",
			"use another nodeResourceGroup",
			"NAME008",
		},
		{
			"NodeResourceGroupManagedByAnotherResource",
			"The node resource group belongs to another cluster.",
			"use another nodeResourceGroup",
			"NAME008",
		},
		{
			"ResourceGroupLocked",
			"A lock on the resource group stops the change.",
			"remove the lock",
			"",
		},
		{
			"ScopeLocked",
			"A lock on the resource, its group or its subscription stops the change.",
			"remove the lock",
			"",
		},
		{
			"VnetCountLimitReached",
			"The subscription's limit of virtual networks in the region is reached.",
			"use fewer networks, or another subscription",
			"VNET022",
		},
		{
			"VirtualNetworkPeeringError",
			"A peering of the network could not be made.",
			"read the inner code; overlapping address spaces are the most common cause",
			"VNET004 VNET005 VNET007",
		},
		{
			"IngressAppGwAddonConfigInvalidSubnetCIDR",
			"The Application Gateway add-on's subnetCIDR is not a range.",
			"write it as a prefix, such as 10.225.0.0/16",
			"SPEC006",
		},
		{
			"IngressAppGwAddonConfigInvalidSubnetCIDRNotContainedWithinVirtualNetwork",
			"The Application Gateway add-on's subnetCIDR is outside the network.",
			"use a range of the network",
			"VNET001",
		},
		{
			"IngressAppGwAddonConfigInvalidSubnetCIDROverlapWithSubnet",
			"The Application Gateway add-on's subnetCIDR overlaps a subnet.",
			"use a range that no subnet has",
			"VNET002",
		},
		{
			"IngressAppGwAddonConfigInvalidSubnetCIDRCannotBeModified",
			"The Application Gateway add-on's subnetCIDR cannot change.",
			"disable the add-on and enable it with the other range",
			"",
		},
		{
			"IngressAppGwAddonConfigProvideEitherSubnetCIDROrSubnetId",
			"The Application Gateway add-on has both a range and a subnet, or neither.",
			"give one of subnetCIDR and subnetId",
			"",
		},
		{
			"IngressAppGwAddonConfigSubnetNotAllowedWhenUsingExistingGateway",
			"The Application Gateway add-on uses an existing gateway, which has its subnet already.",
			"leave out subnetCIDR and subnetId",
			"",
		},
		{
			"IngressAppGwAddonConfigUnsupportedApplicationGatewaySku",
			"The Application Gateway is of a SKU that the add-on does not drive.",
			"use SKU Standard_v2 or WAF_v2",
			"",
		},
	} {
		out = append(out, ErrorCode{
			Code: r.code, Means: r.means, WayOut: r.wayOut, Rules: strings.Fields(r.rules), Source: listed(),
		})
	}
	return out
}
