package aks

// networkChanges are changes of virtual networks.
func networkChanges() []Change {
	peers := changed(PageUpdatePeerings)
	sync := []Step{
		{
			Text:    "once for every peering, in both networks, after the last change of the address space",
			Command: "network vnet peering sync --vnet-name ‹vnet› --name ‹peering›",
		},
		{Text: "for every cluster in the network, before a pool uses the new range", Command: "aks update"},
	}
	return []Change{
		{
			Keys: []string{"vnets"}, Kind: Added, How: InPlace, Source: changed(PageVNets),
		},
		{
			Keys: []string{"vnets"}, Kind: Removed, How: InOrder, Source: changed(PageVNets),
			Notes: []string{"a network can be deleted only when nothing is in its subnets"},
		},
		{
			Keys: []string{"vnets[].name", "vnets[].resourceGroup", "vnets[].subscription"}, How: NewResource,
			Notes:  []string{"the network with the other id is another network; clusters cannot move to it"},
			Source: changed(PageFAQ),
		},
		{
			Keys: []string{"vnets[].location"}, How: Rejected, Source: changed(PageFAQ).as(Derived),
			Notes: []string{"a network stays in its region, and cannot be moved with clusters in it"},
		},
		{Keys: []string{"vnets[].addressPrefixes"}, Kind: Added, How: InPlace, Steps: sync, Source: peers},
		{
			Keys: []string{"vnets[].addressPrefixes"}, Kind: Removed, When: []ChangeCondition{isInUse()}, How: Rejected,
			Notes: []string{"a subnet is in the range: only a range without subnets can be removed"},
			Code:  CodeInUsePrefixCannotBeDeleted, Source: peers,
		},
		{Keys: []string{"vnets[].addressPrefixes"}, Kind: Removed, How: InPlace, Steps: sync, Source: peers},
		{
			Keys: []string{"vnets[].dnsServers"}, How: InOrder, Source: changed(PageLocalDNS),
			Steps: []Step{
				do("change the network first"),
				{Text: "for every cluster in the network: nodes read the servers at boot", Command: stepNodeImages},
			},
		},
		{
			Keys: []string{"vnets[].peerings"}, Kind: Added, How: InPlace, Source: changed(PageManagePeerings),
			Notes: []string{
				"the address spaces must not overlap, nor those of other networks with the same peer where it routes to both",
			},
		},
		{
			Keys: []string{"vnets[].peerings"}, Kind: Removed, How: InPlace, Source: changed(PageManagePeerings),
			Notes: []string{"traffic between the two networks stops at once"},
		},
		{
			Keys: []string{
				"vnets[].peerings[].allowGatewayTransit", "vnets[].peerings[].useRemoteGateways",
				"vnets[].peerings[].allowForwardedTraffic", "vnets[].peerings[].allowVirtualNetworkAccess",
			},
			How: InPlace, Source: changed(PageManagePeerings),
		},
		{
			Keys: []string{"vnets[].peerings[].vnet"}, How: NewResource, Source: changed(PageManagePeerings),
		},
		{
			Keys: []string{"vnets[].encryption"}, To: []string{"true"}, When: []ChangeCondition{isIntegrated()}, How: Rejected,
			Notes:  []string{"AKS rejects network encryption with API Server VNet Integration since 2025-11"},
			Source: release("2025-11"),
		},
		{Keys: []string{"vnets[].encryption"}, How: Undocumented, Source: notFound(PageVNets)},
		{
			Keys: []string{"vnets[].virtualHub.id", "vnets[].virtualHub.addressPrefix"}, How: Undocumented,
			Source: notFound(PageVirtualHub),
		},
		{Keys: []string{"vnets[].ddosProtectionPlan"}, How: Undocumented, Source: notFound(PageVNets)},
		{Keys: []string{"vnets[].ipamPool"}, How: Undocumented, Source: notFound(PageNetworkManager)},
		{Keys: []string{"vnets[].tags", "tags"}, How: InPlace, Source: srcTags()},
	}
}

// subnetChanges are changes of subnets. Those of clusters and pools change like those of a network.
func subnetChanges() []Change {
	prefix := []string{
		"vnets[].subnets[].addressPrefix", "clusters[].nodeSubnet.addressPrefix",
		"clusters[].podSubnet.addressPrefix", "clusters[].apiServerSubnet.addressPrefix",
		"clusters[].systemNodeSubnet.addressPrefix",
		"clusters[].nodePools[].nodeSubnet.addressPrefix", "clusters[].nodePools[].podSubnet.addressPrefix",
	}
	table := []string{keySubnetTable}
	return []Change{
		{
			Keys: prefix, When: []ChangeCondition{isInUse(), isPlaced()}, How: NewPool, Source: srcSubnetSize(),
			Notes: []string{
				"the plan places the subnet anew; a subnet in use cannot be resized or moved",
				"set addressPrefix to the old range, or add another subnet and a node pool in it",
			},
		},
		{
			Keys: prefix, When: []ChangeCondition{isInUse()}, How: Rejected, Code: CodeInUseSubnetCannotBeUpdated,
			Notes:  []string{"a subnet in use cannot be resized or moved: add another subnet, and a node pool in it"},
			Source: srcSubnetSize(),
		},
		{Keys: prefix, When: []ChangeCondition{isUnused()}, How: InPlace, Source: changed(PageVNets)},
		{
			Keys: prefix, How: InOrder, Code: CodeInUseSubnetCannotBeUpdated,
			Steps:  []Step{do("empty the subnet first: while something is in it, Azure rejects another prefix")},
			Source: srcSubnetSize(),
		},
		{
			Keys: []string{"vnets[].subnets[].addressPrefixes"}, How: Undocumented, Source: notFound(PageVNets),
			Notes: []string{"what is in the subnet keeps its first range"},
		},
		{Keys: []string{"vnets[].subnets"}, Kind: Added, How: InPlace, Source: changed(PageVNets)},
		{
			Keys: []string{"vnets[].subnets"}, Kind: Removed, When: []ChangeCondition{leavesTogether()}, How: InOrder,
			Steps:  []Step{do("delete the pools and clusters that use the subnet, then the subnet")},
			Code:   CodeInUseSubnetCannotBeDeleted,
			Source: at(PageErrorDeletion, "2024-12-04"),
		},
		{
			Keys: []string{"vnets[].subnets"}, Kind: Removed, When: []ChangeCondition{isInUse()}, How: Rejected,
			Code:   CodeInUseSubnetCannotBeDeleted,
			Source: at(PageErrorDeletion, "2024-12-04"),
		},
		{
			Keys: []string{"vnets[].subnets"}, Kind: Removed, How: InOrder, Code: CodeInUseSubnetCannotBeDeleted,
			Steps:  []Step{do("empty the subnet first: while something is in it, Azure rejects its deletion")},
			Source: at(PageErrorDeletion, "2024-12-04"),
		},
		{Keys: []string{"vnets[].subnets[].name"}, How: NewResource, Source: changed(PageVNets)},
		{
			Keys: []string{"vnets[].subnets[].delegation"}, When: []ChangeCondition{isInUse()}, How: Rejected,
			Code: CodeSubnetDelegationsCannotChangeWhenSubnetUsedByResource, Source: changed(PageDelegations),
			Notes: []string{"the delegations of a subnet in use cannot be changed"},
		},
		{
			Keys: []string{"vnets[].subnets[].delegation"}, How: InOrder, Source: changed(PageDelegations),
			Code:  CodeSubnetDelegationsCannotChangeWhenSubnetUsedByResource,
			Steps: []Step{do("empty the subnet first: while something is in it, Azure rejects another delegation")},
		},
		{
			Keys: table, When: []ChangeCondition{modelIs(Kubenet), isInUse()}, How: Rejected, Source: srcKubenet(),
			Notes: []string{
				"kubenet: the route table must be on the subnet before the cluster is created, and cannot be replaced later",
			},
		},
		{
			Keys: table, How: InPlace, Source: inferred(PageRouteTables),
			Notes: []string{
				"traffic of everything in the subnet moves at once",
				"outbound type userDefinedRouting needs the default route in the new table",
			},
		},
		{
			Keys: []string{keySubnetGroup}, How: InPlace, Source: changed(PageBlockedTraffic),
			Notes: []string{"the group must allow what AKS needs"},
		},
		{
			Keys: []string{keySubnetNAT}, To: []string{NotSet}, How: InPlace, Source: inferred(PageNATGateway),
			Notes: []string{"outbound type userAssignedNATGateway needs a NAT gateway on the subnet"},
		},
		{
			Keys: []string{keySubnetNAT}, How: InPlace, Source: changed(PageNATGateway),
			Notes: []string{"new connections use it at once; a subnet has one NAT gateway"},
		},
		{
			Keys: []string{"vnets[].subnets[].serviceEndpoints", "vnets[].subnets[].privateEndpointNetworkPolicies"},
			How:  InPlace, Source: changed(PageServiceEndpoints),
		},
		{Keys: []string{"vnets[].subnets[].defaultOutboundAccess"}, How: Undocumented, Source: notFound(PageVNets)},
	}
}

// The keys of what is attached to a subnet.
const (
	keySubnetTable = "vnets[].subnets[].routeTable"
	keySubnetGroup = "vnets[].subnets[].networkSecurityGroup"
	keySubnetNAT   = "vnets[].subnets[].natGateway"
)

// resourceChanges are changes of route tables, security groups and NAT gateways.
func resourceChanges() []Change {
	return []Change{
		{
			Keys: []string{
				"routeTables[].name", "routeTables[].resourceGroup",
				"networkSecurityGroups[].name", "networkSecurityGroups[].resourceGroup",
				"natGateways[].name", "natGateways[].resourceGroup",
			},
			How: NewResource, Source: changed(PageResourceIDs),
			Notes: []string{"the one with the other id is another resource; subnets must be attached to it"},
		},
		{
			Keys: []string{"routeTables[].routes"}, How: InPlace, Source: changed(PageRouteTables).as(Derived),
			Notes: []string{"traffic of everything in the subnets of the table moves at once"},
		},
		{
			Keys: []string{"routeTables[].disableBgpRoutePropagation"}, How: InPlace,
			Source: changed(PageRouteTables).as(Derived),
			Notes:  []string{"routes of a gateway appear or disappear in the subnets of the table at once"},
		},
		{
			Keys: []string{"networkSecurityGroups[].rules"}, How: InPlace, Source: changed(PageManageSecurityGroups),
			Notes: []string{"new connections follow the new rules; the group must allow what AKS needs"},
		},
		{
			Keys: []string{"natGateways[].sku", "clusters[].natGateway.sku"}, How: NewResource, Source: srcNATSKU(),
			Notes: []string{"a NAT gateway keeps its SKU: make a new one, and attach it to the subnets"},
		},
		{
			Keys: []string{"natGateways", "clusters[].natGateway"}, How: Undocumented, Source: notFound(PageNATGatewayResource),
		},
		{
			Keys: []string{"routeTables", "networkSecurityGroups"}, Kind: Added, How: InPlace, Source: changed(PageVNets),
		},
		{
			Keys: []string{"routeTables", "networkSecurityGroups"}, Kind: Removed, How: InOrder, Source: changed(PageVNets),
			Steps: []Step{do("detach it from every subnet first")},
		},
	}
}

// steeringKeys are keys that only steer aksnet. What follows from them shows at other keys.
func steeringKeys() []Change {
	return []Change{{
		Keys: []string{
			"apiVersion", "location", "resourceGroup", "addressSpace", "waivers", "quotas",
			"clusters[].existing", "clusters[].growth", "clusters[].requirements", "clusters[].services", "clusters[].addOns",
			"clusters[].privateEndpoints", "clusters[].privateLinkServices",
			"vnets[].existing", "vnets[].prefixLength", "vnets[].placement", "vnets[].peerings[].addressPrefixes",
			"vnets[].subnets[].existing", "vnets[].subnets[].purpose", "vnets[].subnets[].prefixLength",
			"vnets[].subnets[].addresses", "vnets[].subnets[].usedAddresses",
			"routeTables[].existing", "networkSecurityGroups[].existing", "natGateways[].existing",
		},
		How: Unaffected, Source: Source{URL: PageSpec, Read: readChanges},
		Notes: []string{"the key steers the plan; what follows from it in Azure shows at other keys"},
	}}
}
