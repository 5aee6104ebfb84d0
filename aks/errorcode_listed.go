package aks

// Listed grades a code that stands in a list of the provider's constants only: its name says what it means, its text is
// unknown.
const Listed Basis = "listed"

// listed returns the source of codes that are known by name only, from a list of the provider's constants of about
// 2021.
func listed() Source {
	return errorPage(PageErrorCodes, "codes of the provider, about 2021").as(Listed)
}

// listedErrors are further codes that are known by name only, by subject.
func listedErrors() []ErrorCode {
	var out []ErrorCode
	for _, g := range []struct {
		means, wayOut string
		codes         []string
	}{
		{
			"The subnet does not fit what was asked for.", "look at the subnet that the text names",
			[]string{
				"AzureCNISubnetNotDefined", "SubnetNotFound", "VnetCIDRInvalid",
				"SubnetCidrOverlapExistingSubnetsCidr", "ResourceNotPermittedOnDelegatedSubnet",
				"ApplicationGatewaySubnetCannotBeUsedByOtherResources",
				"PrivateEndpointAndServiceEndpointsCannotCoexistInASubnet", "DelegateSubnetError",
				"ApiserverSubnetConfigError", "IPv6NotSupported", "SingleStackVnetSubnetWithDualStackCluster",
			},
		},
		{
			"A range or address is not written as Azure expects.", "write it as a prefix, such as 10.0.0.0/16",
			[]string{
				"CidrStringParseError", "InvalidIPRangeCIDR", "SingleIPAddressCIDR", "UnexpectedIPVersionCIDR",
				"DnsServiceIpParseError",
			},
		},
		{
			"The settings of the network do not fit each other.", "compare the settings with aksnet models",
			[]string{
				"UnsupportedDualStackKubernetesVersion", "DualStackNotAllowedInLocation",
				"InvalidNetworkingConfig", "NetworkPolicyNotSupportedForNone",
				"NetworkPolicyNotSupported", "UnknownNetworkPlugin", "PodIdentityAddonWithKubeNetNotAllowed",
				"ACIConnectorRequiresAzureNetworking",
				"InvalidACIConnectorSubnetName",
			},
		},
		{
			"The node pool does not fit the cluster.", "correct the pool's size, name, mode or operating system",
			[]string{
				"WindowsProfileMissing", "SystemPoolSkuTooLow", "WindowsAgentPoolNameTooLong",
				"AgentPoolMaxCountExceeded", "MaxAgentPoolCountReached",
				"MustDefineAtLeastOneSystemPool", "SystemPoolMustBeLinux", "SLBRequiredForAvailabilityZone",
				"InvalidAvailabilityZoneFormat",
			},
		},
		{
			"The outbound settings do not fit each other.", "compare outboundType with the profile beside it",
			[]string{
				"UnexpectedLoadBalancerSkuForCurrentOutboundConfiguration", "ManagedOutboundIPCountExceedsQuotaLimit",
				"InvalidNATGatewayProfileManagedOutboundIPCount", "InvalidNATGatewayProfileIdleTimeoutInMinutes",
				"InvalidNATGatewayResourceID",
				"NatGatewayCannotBeUsedBySubnetsBelongingToDifferentVirtualNetworks", "InUseNatGatewayCannotBeDeleted",
				"ReconcilePrivateEndpointSubnetWithNATGatewayError",
			},
		},
		{
			"The load balancer's outbound addresses do not fit.",
			"use Standard addresses or prefixes of the cluster's region and subscription that nothing else uses",
			[]string{
				"InvalidLoadBalancerProfileManagedOutboundIPCount",
				"InvalidLoadBalancerProfileIdleTimeoutInMinutes", "InvalidLoadBalancerProfileOutboundIPs",
				"InvalidLoadBalancerProfileOutboundIPPrefixes", "LoadBalancerProfileOutboundIPNotExist",
				"LoadBalancerProfileOutboundIPNotStandardSKU",
				"LoadBalancerProfileOutboundIPNotInTheSameRegion",
				"LoadBalancerProfileOutboundIPHasManagedOutboundIPTag",
				"LoadBalancerProfileOutboundIPAttachedToAnotherIPConfiguration",
				"InvalidPublicIPPrefixDifferentSub", "InvalidPublicIPPrefixDifferentLocation",
				"PublicIPPrefixIsAttachedToLoadBalancer", "StandardSkuPublicIPCountLimitReached",
				"PublicIPCountLimitExceededByVMScaleSet",
			},
		},
		{
			"The route table does not fit the cluster.",
			"use one route table of the network's subscription for all subnets of the cluster",
			[]string{"ExistingRouteTableInSubnetNotSupported", "CustomRouteTableConflict"},
		},
		{
			"The settings of a private cluster do not fit each other.",
			"compare privateDNSZone, the cluster's names and its region",
			[]string{
				"NonePrivateDNSZonePublicFQDNDisabledError", "InvalidPrivateDNSZoneMode",
				"PrivateDNSZoneResourceNotFoundError",
				"FQDNSubdomainRecordAlreadyExistsError", "FQDNNotAvailable", "FQDNInvalid",
				"PrivateClusterNotSupportedWithBasicLoadBalancer",
				"PrivateClusterNotAllowedInLocation", "APIServerWhitelistNotAllowedWithoutSingleIPPerCCP",
			},
		},
		{
			"The node resource group cannot be used.",
			"set nodeResourceGroup to a name that nothing has, and remove locks",
			[]string{
				"NodeResourceGroupAlreadyExists", "NodeResourceGroupSameAsResourceGroup",
				"NodeResourceGroupManagedByAnotherResource", "ResourceGroupLocked", "ScopeLocked",
			},
		},
		{
			"A limit of virtual networks or peerings was met.", "use fewer networks, or raise the quota",
			[]string{"VnetCountLimitReached", "VirtualNetworkPeeringError"},
		},
		{
			"The Application Gateway add-on's subnet does not fit.",
			"give the add-on a free range inside the network, or the ID of a subnet of its own, not both",
			[]string{
				"IngressAppGwAddonConfigInvalidSubnetCIDR",
				"IngressAppGwAddonConfigInvalidSubnetCIDRNotContainedWithinVirtualNetwork",
				"IngressAppGwAddonConfigInvalidSubnetCIDROverlapWithSubnet",
				"IngressAppGwAddonConfigInvalidSubnetCIDRCannotBeModified",
				"IngressAppGwAddonConfigProvideEitherSubnetCIDROrSubnetId",
				"IngressAppGwAddonConfigSubnetNotAllowedWhenUsingExistingGateway",
				"IngressAppGwAddonConfigUnsupportedApplicationGatewaySku",
			},
		},
	} {
		for _, code := range g.codes {
			out = append(out, ErrorCode{Code: code, Means: g.means, WayOut: g.wayOut, Source: listed()})
		}
	}
	return out
}
