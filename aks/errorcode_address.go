package aks

import "github.com/aksnet/aksnet/internal/english"

// addressErrors are answers about subnets and pod CIDRs that are too small.
func addressErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeInsufficientSubnetSize, Target: "networkProfile.podCIDR",
			Shapes: []string{
				"Pre-allocated IPs ‹needs:n› exceeds IPs available ‹has:n› in Subnet Cidr ‹cidr:cidr›, Subnet Name " +
					"networkProfile.podCIDR",
			},
			Means: "The pod CIDR is too small: every node takes a /24 of it, 256 addresses, and Azure counts every " +
				"autoscaler at its maxCount and every pool's surge nodes.",
			Told: "The pod CIDR ‹cidr:cidr› holds ‹has:n› addresses and Azure counts ‹needs:n›: a /24 for every " +
				"node, with every autoscaler at its maxCount and the surge nodes of every pool.",
			WayOut: "widen podCidr to a range that contains today's (overlay: az aks update --pod-cidr), or lower " +
				"maxCount",
			WayOutTold: "widen podCidr to a ‹podPrefix› that contains ‹cidr:cidr› (overlay: az aks update " +
				"--pod-cidr), or lower maxCount",
			Rules:  []string{"IP023"},
			Source: seen("Azure/AKS/issues/4467"),
		},
		{
			Code:   CodeInsufficientSubnetSize,
			Target: "agentPoolProfile.count, agentPoolProfile.vnetSubnetID, agentPoolProfile.podSubnetID",
			Shapes: []string{
				"Pre-allocated IPs ‹needs:n› exceeds IPs available ‹has:n› in Subnet Cidr ‹cidr:cidr›, Subnet Name " +
					"‹subnet:name›",
				"Pre-allocated IPs ‹needs:n› exceeds IPs available ‹has:n› in Subnet Cidr ‹cidr:cidr›",
				"Pre-allocated IPs ‹needs:n› exceeds IPs available in Subnet ‹has:n›",
				"Pre-allocated IPs ‹needs:n› exceeds IPs available ‹has:n›",
			},
			Means: "The subnet is too small for the node pools. Azure counts every autoscaler at its maxCount: " +
				"nodes × (maxPods − 1) where pods live in the node subnet, 16 addresses for every node of a pod " +
				"subnet.",
			Told: "The subnet{ ‹subnet:name›}{ ‹cidr:cidr›} has ‹has:n› addresses and Azure counts ‹needs:n›, with " +
				"every autoscaler at its maxCount.",
			WayOut: "use a larger subnet, a lower maxPods in a new pool, or a lower maxCount; a subnet in use " +
				"cannot be resized",
			WayOutTold: "use a subnet of ‹prefix› or larger, a lower maxPods in a new pool, or a lower maxCount; a " +
				"subnet in use cannot be resized",
			Rules:  []string{"IP021", "IP022"},
			Source: srcSubnetSize(),
		},
		{
			Code: CodeSubnetIsFull,
			Shapes: []string{
				"Failed to scale node pool '‹pool:name›' in Kubernetes service '‹cluster:name›'. Error: " +
					"VMSSAgentPoolReconciler retry failed: Code='SubnetIsFull' Message='‹subnet:name› with address " +
					"prefix ‹cidr:cidr› doesn't have enough capacity for IP addresses.'",
				"Subnet ‹subnet:name› with address prefix ‹cidr:cidr› does not have enough capacity for ‹needs:n› " +
					"IP addresses",
				"Subnet ‹subnet:name› with address prefix ‹cidr:cidr› doesn't have enough capacity for ‹needs:n› " +
					"IP addresses",
				"‹subnet:name› with address prefix ‹cidr:cidr› doesn't have enough capacity for IP addresses",
				"‹subnet:name› with address prefix ‹cidr:cidr› does not have enough capacity for IP addresses",
				"does not have enough capacity for ‹needs:n› IP addresses",
				"Subnet ‹subnet:name› with address prefix ‹cidr:cidr› does not have enough available IP addresses to " +
					"satisfy the request for ‹needs:n› IP addresses",
			},
			Means: "The subnet has no free addresses left for a new node: a scale-out, the surge node of an " +
				"upgrade, or a load balancer.",
			Told: "The subnet{ ‹subnet:name›}{ ‹cidr:cidr›} has too few free addresses{ for the ‹needs:n› that Azure " +
				"needs}. Where pods live in the node subnet, one surge node takes maxPods + 1.",
			WayOut: "free addresses, upgrade with a smaller maxSurge, or add a pool in another subnet",
			Rules:  []string{"IP021", "IP022", "IP026", "POOL039"},
			Source: errorPage(PageErrorSubnetIsFull, "2024-10-10"),
		},
		{
			Code:   "InsufficientPodCidr",
			Means:  "The pod CIDR holds too few /24 blocks for the nodes; today Azure answers InsufficientSubnetSize.",
			WayOut: "use a larger podCidr",
			Rules:  []string{"IP023"},
			Source: listed(),
		},
		{
			Code:   CodeInsufficientAgentPoolMaxPodsPerAgentPool,
			Means:  "A node pool can run fewer than 30 pods in all: count × maxPods must be 30 or more for each pool.",
			WayOut: "raise maxPods or count",
			Rules:  []string{"POOL011"},
			Source: listed(),
		},
		{
			Code:   "InsufficientMaxPods",
			Means:  english.Text("maxPods is below %v.", MinMaxPods),
			WayOut: english.Text("set maxPods to %v or more", MinMaxPods),
			Rules:  []string{"POOL010"},
			Source: listed(),
		},
		{
			Code:   "MaxPodsLimitExceeded",
			Means:  english.Text("maxPods is above %v.", MaxMaxPods),
			WayOut: english.Text("set maxPods to %v or less", MaxMaxPods),
			Rules:  []string{"POOL010"},
			Source: listed(),
		},
		{
			Code: CodeInvalidParameter, Target: "agentPoolProfile.count",
			Shapes: []string{
				"agentPoolProfile.count was ‹has:n›. It must be greater or equal to minCount:‹least:n› and less than or " +
					"equal to maxCount:‹most:n›",
			},
			Means:  "A pool has fewer or more nodes than it may have; a system pool has one at least.",
			Told:   "The pool has ‹has:n› nodes and may have from ‹least:n› to ‹most:n›.",
			WayOut: "set the pool's count within that range; system pools cannot scale to zero",
			Rules:  []string{"POOL003", "POOL006", "POOL008"},
			Source: seen("kubernetes-sigs/cluster-api-provider-azure/issues/5947").dated("2025-10-27"),
		},
		{
			Code: CodePrivateIPAddressInReservedRange,
			Shapes: []string{"Private static IP address ‹ip:ip› falls within reserved IP range of subnet prefix " +
				"‹cidr:cidr›"},
			Means: "The fixed address is one of the five that Azure keeps in every subnet: the first four and the " +
				"last.",
			Told: "‹ip:ip› is one of the five addresses that Azure keeps in ‹cidr:cidr›: the first four and the " +
				"last.",
			Rules:  []string{"IP037"},
			WayOut: "choose a free address after the first four", Source: seen("MicrosoftDocs/azure-docs/issues/99236"),
		},
		{
			Code: CodePrivateIPAddressNotInSubnet,
			Shapes: []string{"Private static IP address ‹ip:ip› does not belong to the range of subnet prefix " +
				"‹cidr:cidr›"},
			Means:  "The fixed address is outside the subnet of the load balancer.",
			Told:   "‹ip:ip› is outside ‹cidr:cidr›, the subnet of the load balancer.",
			Rules:  []string{"IP036"},
			WayOut: "choose an address of that subnet, or name the other subnet in azure-load-balancer-internal-subnet",
			Source: seen("MicrosoftDocs/azure-docs/issues/99236"),
		},
		{
			Code:   CodePrivateIPAddressIsAllocated,
			Shapes: []string{"IP address ‹ip:ip› is already allocated to resource ‹by:id›"},
			Means:  "Something else has the fixed address.", Told: "‹by:id› has ‹ip:ip› already.",
			Rules:  []string{"IP038"},
			WayOut: "choose a free address and name it in services.staticIPs, which the planner keeps free",
			Source: seen("Azure/AKS/issues/1870"),
		},
		{
			Code:   "MultipleAddressPrefixesSubnetNotSupported",
			Rules:  []string{"VNET036"},
			Means:  "A subnet for nodes has several address prefixes.",
			WayOut: "use a subnet with one IPv4 prefix", Source: listed(),
		},
	}
}

// rangeErrors are answers about ranges that overlap or lie outside another.
func rangeErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeServiceCidrOverlapExistingSubnetsCidr, Target: "networkProfile.serviceCIDR",
			Shapes: []string{"The specified service CIDR ‹service:cidr› is conflicted with an existing subnet CIDR " +
				"‹cidr:cidr›"},
			Means: "The service CIDR overlaps a subnet of the virtual network. Azure checks this at upgrades too, " +
				"so that a subnet that was added later stops them.",
			Told: "The service CIDR ‹service:cidr› overlaps subnet ‹cidr:cidr› of the virtual network; Azure " +
				"checks this at upgrades too.",
			WayOut: "move the subnet, or create the cluster with another serviceCidr: it never changes",
			Rules:  []string{"IP004"},
			Source: errorPage(PageErrorServiceCIDR, "2023-11-15"),
		},
		{
			Code: CodeNetworkProfileCIDROverlapVNET, Target: "networkProfile.podCIDR",
			Shapes: []string{"NetworkProfile CIDR ‹pods:cidr› overlaps with reserved VNET CIDR ‹cidr:cidr›"},
			Means:  "The pod CIDR overlaps the virtual network.",
			Told:   "The pod CIDR ‹pods:cidr› overlaps ‹cidr:cidr› of the virtual network.",
			WayOut: "set podCidr to a range outside the virtual network and its peers",
			Rules:  []string{"IP001", "IP002"},
			Source: seen("Azure/AKS-Construction/issues/403"),
		},
		{
			Code: CodeDnsServiceIpOutOfServiceCidr, Target: "networkProfile.dnsServiceIP",
			Shapes: []string{"The DNS service IP ‹ip:ip› is out of the range defined by service CIDR ‹cidr:cidr›"},
			Means: "The DNS service IP is outside the service CIDR. Templates that set one of the two and not the " +
				"other get this against Azure's default, 10.0.0.0/16.",
			Told:   "dnsServiceIP ‹ip:ip› is outside serviceCidr ‹cidr:cidr›.",
			WayOut: "set both: a dnsServiceIP inside serviceCidr, by custom its tenth address",
			Rules:  []string{"IP020"},
			Source: errorPage(PageErrorDNSServiceIP, ""),
		},
		{
			Code: CodeNetcfgSubnetRangesOverlap,
			Shapes: []string{
				"Subnet '‹subnet:name›' is not valid because its IP address range overlaps with that of an " +
					"existing subnet in virtual network '‹vnet:name›'",
			},
			Means:  "Two subnets of the virtual network overlap.",
			Told:   "Subnet ‹subnet:name› overlaps another subnet of virtual network ‹vnet:name›.",
			WayOut: "give the new subnet a free range of the network",
			Rules:  []string{"VNET002"},
			Source: seen("MicrosoftDocs/azure-docs/issues/123869"),
		},
		{
			Code: CodeNetcfgSubnetRangeOutsideVnet,
			Shapes: []string{
				"Subnet '‹subnet:name›' is not valid because its IP address range is outside the IP address range " +
					"of virtual network '‹vnet:name›'",
			},
			Means:  "The subnet is outside the address space of its virtual network.",
			Told:   "Subnet ‹subnet:name› is outside the address space of virtual network ‹vnet:name›.",
			WayOut: "choose a range of the network, or add a further prefix to the network",
			Rules:  []string{"VNET001"},
			Source: seen("MicrosoftDocs/azure-docs/issues/123869"),
		},
		{
			Code:   "NetcfgInvalidSubnet",
			Shapes: []string{"Subnet '‹subnet:name›' is not valid in virtual network '‹vnet:name›'"},
			Means:  "The subnet overlaps another one, or is outside its virtual network; newer answers say which.",
			Told:   "Subnet ‹subnet:name› overlaps another subnet of virtual network ‹vnet:name›, or is outside it.",
			WayOut: "choose a free range inside the network's address space",
			Rules:  []string{"VNET001", "VNET002"},
			Source: seen("Azure/azure-cli/issues/10917"),
		},
		{
			Code: CodeVnetAddressSpacesOverlap,
			Shapes: []string{
				"Virtual networks ‹a:id› and ‹b:id› cannot be peered because their address spaces overlap. " +
					"Overlapping address prefixes: ‹cidrs:cidrs›",
				"cannot be peered because their address spaces overlap",
			},
			Means:  "Two virtual networks that overlap cannot be peered.",
			Told:   "‹a:id› and ‹b:id› share ‹cidrs:cidrs› and cannot be peered.",
			WayOut: "renumber one of the networks",
			Rules:  []string{"VNET004"},
			Source: seen("Azure/ResourceModules/issues/731"),
		},
		{
			Code: CodeVnetAddressSpaceOverlapsWithAlreadyPeeredVnet,
			Shapes: []string{
				"Virtual networks ‹a:id› and ‹b:id› cannot be peered because address space of the first virtual " +
					"network overlaps with address space of virtual network ‹other:id› already peered with the " +
					"second virtual network. Overlapping address prefixes: ‹cidrs:cidrs›",
				"overlaps with address space of virtual network ‹other:id› already peered with",
			},
			Means:  "Two spokes of one hub overlap. A peering that a deleted spoke left behind blocks its range too.",
			Told:   "‹other:id› is peered with the hub already and uses the same range, ‹cidrs:cidrs›.",
			WayOut: "give the new network another range, or delete the old peering on the hub if its network is gone",
			Source: seen("microsoft/AzureTRE/issues/4641"), Rules: []string{"VNET037"},
		},
		{
			Shapes: []string{"Address space of the virtual network ‹vnet:id› cannot change when virtual network " +
				"has peerings"},
			Means:  "The address space changed under a peering; this is an answer of 2017, today it is allowed.",
			WayOut: "add the range, then sync the peerings", Source: seen("Azure/AKS/issues/90"),
		},
		{
			Code: "InUsePrefixCannotBeDeleted",
			Shapes: []string{"IpPrefix ‹cidr:cidr› on Subnet ‹subnet:name› has active allocations and cannot be " +
				"deleted"},
			Means:  "A subnet that is in use cannot change its prefix.",
			Told:   "Subnet ‹subnet:name› uses addresses of ‹cidr:cidr›, which cannot change meanwhile.",
			WayOut: "keep the live prefix and add a new subnet with a new pool",
			Rules:  []string{"LIFE024"},
			Source: seen("hashicorp/terraform-provider-azurerm/issues/11211"),
		},
		{
			Shapes: []string{
				"Ipam API call failed with status NotFound with error message Pool with ARM ID ‹pool:id› not found",
			},
			Means:  "The network asks an IPAM pool for its range that does not exist, or is in another subscription.",
			Told:   "IPAM pool ‹pool:id› does not exist, or is in another subscription than the network.",
			WayOut: "correct the id of the pool, or use a pool in the network's subscription",
			Source: seen("Azure/bicep-types-az/issues/2633"),
		},
		{
			Code:   "CannotHaveDuplicatePoolIds",
			Shapes: []string{"only one association of each IP type is allowed"},
			Means:  "A network takes addresses from one IPAM pool for IPv4 and one for IPv6, and names each once.",
			WayOut: "write one allocation for each pool, with a larger numberOfIpAddresses where you need more",
			Source: seen(ipamIssue),
		},
		{
			Code:   CodeMixedPoolAndPrefix,
			Means:  "The request has prefixes and allocations of an IPAM pool; a network or a subnet has one or the other.",
			WayOut: "remove addressPrefixes, or remove ipamPoolPrefixAllocations",
			Rules:  []string{"VNET038"},
			Source: seen(ipamIssue),
		},
		{
			Code:   "SubnetPoolsMustBeSubsetOfVnetPools",
			Means:  "The subnet takes addresses from an IPAM pool that its network does not use.",
			WayOut: "allocate the subnet from a pool of its network, or associate the network with the pool first",
			Source: seen(ipamIssue),
		},
		{
			Shapes: []string{
				"Invalid configuration on subnet ‹subnet:id›; cannot populate both address prefix and address prefixes",
			},
			Means:  "The request sets addressPrefix of a subnet that has addressPrefixes, as an IPAM pool gives them.",
			Told:   "The request sets addressPrefix of subnet ‹subnet:id›, which has addressPrefixes.",
			WayOut: "write addressPrefixes, with the prefix as its only element",
			Source: seen("Azure/azure-powershell/issues/28176"),
		},
		{
			Code: "PodCidrOverlapExistingSubnetsCidr", Means: "The pod CIDR overlaps a subnet of the virtual network.",
			WayOut: "set podCidr to a range outside the network",
			Rules:  []string{"IP001"},
			Source: listed(),
		},
		{
			Code:   "PodCidrOverlapServiceCidr",
			Means:  "The pod CIDR and the service CIDR overlap.",
			WayOut: "set one of podCidr and serviceCidr to another range",
			Rules:  []string{"IP003"},
			Source: listed(),
		},
		{
			Code:   "SubnetCidrOverlapServiceCidr",
			Means:  "A subnet overlaps the service CIDR.",
			WayOut: "set serviceCidr to a range outside the network",
			Rules:  []string{"IP004"},
			Source: listed(),
		},
		{
			Code:   "DnsServiceIpConflicting",
			Means:  "dnsServiceIP is the first address of the service CIDR, which the API server has.",
			WayOut: "use the tenth address of serviceCidr",
			Rules:  []string{"IP025"},
			Source: listed(),
		},
		{
			Code: "DnsBroadcastAddressConflicting", Means: "dnsServiceIP is the last address of the service CIDR.",
			WayOut: "use the tenth address of serviceCidr",
			Rules:  []string{"IP025"},
			Source: listed(),
		},
	}
}

// ipamIssue records the rules of the provider for allocations of IPAM pools.
const ipamIssue = "Azure/terraform-azurerm-avm-res-network-virtualnetwork/issues/105"
