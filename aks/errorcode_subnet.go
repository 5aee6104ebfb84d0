package aks

// subnetErrors are answers about subnets that something else holds.
func subnetErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeSubnetIsDelegated,
			Shapes: []string{
				"AgentPoolProfile subnet with id ‹subnet:id› cannot be used as it's a delegated subnet",
				"AgentPoolProfile.VnetSubnetID ‹subnet:id› cannot be used as it's a delegated subnet",
				"Subnet ‹subnet:id› cannot be used as it's a delegated subnet",
			},
			Means: "Nodes cannot live in a delegated subnet. The advice to delegate a subnet is for pod and API " +
				"server subnets.",
			Told:   "Subnet ‹subnet:id› is delegated, and nodes cannot live in a delegated subnet.",
			WayOut: "remove the delegation, or give the node pool a subnet without one",
			Rules:  []string{"VNET016"},
			Source: errorPage(PageErrorSubnetIsDelegated, "2025-08-07"),
		},
		{
			Code: "SubnetDelegationsCannotChangeWhenSubnetUsedByResource",
			Shapes: []string{
				"Delegations of subnet ‹subnet:id› cannot be changed from ‹from:text› to ‹to:text› because it is " +
					"being used by the resource ‹by:id›",
			},
			Means:  "A subnet in use cannot get or lose a delegation.",
			Told:   "‹by:id› uses subnet ‹subnet:id›, whose delegations cannot change meanwhile.",
			WayOut: "use a subnet of its own for what needs the delegation",
			Source: seen("MicrosoftDocs/azure-docs/issues/99236"),
		},
		{
			Code: CodeSubnetWithExternalResourcesCannotBeUsedByOtherResources,
			Shapes: []string{
				"Subnet ‹subnet:id› referenced by ‹cluster:id› cannot be used because it contains external " +
					"resources. The external resources in this subnet are ‹by:text›. You need to delete",
				"Subnet ‹subnet:id› with external resources cannot be used by other resources",
			},
			Means:  "Another service holds the subnet.",
			Told:   "Subnet ‹subnet:id› belongs to another service, which does not share it.",
			WayOut: "use a subnet of its own for the cluster",
			Rules:  []string{"VNET017"},
			Source: errorPage(PageErrorSubnetInUse, "2024-11-18"),
		},
		{
			Code: "SubnetMissingRequiredDelegation", Shapes: []string{
				"must be delegated to ‹service:name›",
				"Subnet ‹subnet:id› requires any of the following delegation(s) [‹service:name›] to reference service " +
					"association link",
			},
			Means:  "The service needs a subnet that is delegated to it.",
			Told:   "The subnet{ ‹subnet:id›} must be delegated to ‹service:name›.",
			WayOut: "set the subnet's delegation to that service",
			Rules:  []string{"VNET014"},
			Source: seen("Azure/AKS/issues/5709"),
		},
		{
			Code:   "InUseSubnetCannotBeUpdated",
			Shapes: []string{"Subnet ‹subnet:name› is in use by ‹by:id› and cannot be updated"},
			Means: "The update changes the prefix of a subnet in use, often by mistake: it wanted something else, " +
				"such as a NAT gateway, and sent another prefix along.",
			Told:   "‹by:id› uses subnet ‹subnet:name›, and the update changes its prefix.",
			WayOut: "send the live addressPrefix with the update",
			Rules:  []string{"LIFE024"},
			Source: seen("Azure/azure-cli/issues/15893"),
		},
		{
			Code: "InUseSubnetCannotBeDeleted",
			Shapes: []string{
				"Subnet ‹subnet:name› is in use by ‹by:id› and cannot be deleted",
			},
			Means: "Something still lives in the subnet; it may be a service association link that a service left " +
				"behind.",
			Told: "‹by:id› still uses subnet ‹subnet:name›.", WayOut: "delete what lives in the subnet first",
			Source: errorPage(PageErrorDeletion, "2024-12-04"),
		},
		{
			Code: "InvalidResourceReference",
			Shapes: []string{
				"Resource ‹missing:id› referenced by resource ‹by:id› was not found. Please make sure that the " +
					"referenced resource exists, and that both resources are in the same region",
			},
			Means:  "A resource is missing, or is in another region.",
			Told:   "‹by:id› refers to ‹missing:id›, which does not exist or is in another region.",
			WayOut: "correct the ID, or create the resource in the same region first",
			Rules:  []string{"VNET018", "VNET025", "VNET031"},
			Source: seen("Azure/azure-cli/issues/15893"),
		},
		{
			Code: "VirtualNetworkNotInSucceededState",
			Shapes: []string{
				"Virtual network ‹vnet:id› is in ‹state:name› state. It needs to be in Succeeded state in order to " +
					"set resource ownership",
				"Virtual network ‹vnet:id› is not in succeeded state",
			},
			Means:  "Another change of the virtual network is running or has failed.",
			Told:   "Virtual network ‹vnet:id› is in state ‹state:name›.",
			WayOut: "wait, or repair the network, then try again",
			Source: errorPage(PageErrorVNetState, "2025-08-07"),
		},
		{
			Code: CodeReferencedResourceNotProvisioned,
			Shapes: []string{
				"Cannot proceed with operation because resource ‹busy:id› used by resource ‹by:id› is not in " +
					"Succeeded state. Resource is in ‹state:name› state",
			},
			Means:  "Two changes of one virtual network ran at once.",
			Told:   "‹busy:id› is still in state ‹state:name› while ‹by:id› needs it.",
			WayOut: "make the changes of one network one after the other",
			Source: seen("hashicorp/terraform-provider-azurerm/issues/2605"),
		},
		{
			Code:   CodeAnotherOperationInProgress,
			Shapes: []string{"Another operation on this or dependent resource is in progress"},
			Means:  "Two changes of one virtual network ran at once.",
			WayOut: "make the changes of one network one after the other",
			Source: seen("hashicorp/terraform-provider-azurerm/issues/3780"),
		},
		{
			Shapes: []string{
				"If-none-match header (*) was specified in the request but resource ‹subnet:id›/serviceAssociationLinks/" +
					"AzureKubernetesService already exists",
			},
			Means: "AKS delegates the pod or API server subnet itself, and another cluster or an earlier attempt has done " +
				"so already.",
			Told: "Subnet ‹subnet:id› has AKS's delegation link already, from another cluster or an earlier attempt.",
			WayOut: "try again when no other operation runs on the subnet; leave the delegation to AKS or set it before, " +
				"not at the same time",
			Source: seen("Azure/ARO-HCP/pull/469").dated("2024-08-08"),
		},
		{
			Code: CodeInvalidParameter, Target: "agentPoolProfile.vnetSubnetID",
			Shapes: []string{
				"Cannot use a custom subnet because agent ‹pool:name› is using a managed subnet",
				"Cannot use a custom subnet because agent pool ‹pool:name› is using a managed subnet",
				"The Agentpool ‹pool:name› does not have subnet defined",
			},
			Means:  "The cluster's network was made by AKS, and a pool asks for a subnet of its own.",
			Told:   "Pool ‹pool:name› is in the network that AKS made, and another pool asks for a subnet of its own.",
			WayOut: "remove the pool's subnet, or create the cluster in a network of your own",
			Source: seen("MicrosoftDocs/azure-docs/issues/122052"),
		},
	}
}

// tenantErrors are answers about subnets of other services beside a cluster.
func tenantErrors() []ErrorCode {
	gateway := seen("Azure/application-gateway-kubernetes-ingress/issues/1400")
	return []ErrorCode{
		{
			Code:   CodeRouteTableCannotBeAttachedForAzureBastionSubnet,
			Means:  "AzureBastionSubnet does not support a route table.",
			WayOut: "remove the route table from AzureBastionSubnet",
			Rules:  []string{"VNET015"},
			Source: errorPage(PageBastion, "2023-10-13"),
		},
		{
			Code: CodeNetworkSecurityGroupNotCompliantForAzureBastionSubnet,
			Shapes: []string{"Network security group ‹group:name› does not have necessary rules for Azure Bastion " +
				"Subnet AzureBastionSubnet"},
			Means:  "The network security group of AzureBastionSubnet lacks the rules that Bastion needs.",
			Told:   "Network security group ‹group:name› lacks the rules that Bastion needs.",
			WayOut: "add Bastion's rules, or remove the group from the subnet",
			Rules:  []string{"NSG025"},
			Source: seen("MicrosoftDocs/azure-docs/issues/60092"),
		},
		{
			Code: "ApplicationGatewaySubnetInboundTrafficBlockedByNetworkSecurityGroup",
			Shapes: []string{
				"Network security group ‹group:id› blocks incoming internet traffic on ports 65200 - 65535 to " +
					"subnet ‹subnet:id›",
			},
			Means: "A version 2 Application Gateway is managed over ports 65200 to 65535 of its subnet.",
			Told: "Network security group ‹group:id› blocks ports 65200 to 65535, over which Azure manages the " +
				"Application Gateway in ‹subnet:id›.",
			WayOut: "add an inbound rule: allow TCP 65200-65535 from service tag GatewayManager",
			Rules:  []string{"NSG020"},
			Source: gateway,
		},
		{
			Code: CodeApplicationGatewaySubnetUserDefinedRouteNotAllowed,
			Shapes: []string{"The default route in the Application Gateway subnet must have a next hop type of " +
				"'Internet'"},
			Means: "A public Application Gateway's subnet sends 0.0.0.0/0 to an appliance.",
			WayOut: "remove the default route from that subnet, or deploy a private Application Gateway in a " +
				"delegated subnet",
			Rules:  []string{"EGR016"},
			Source: gateway,
		},
		{
			Code:   "ApplicationGatewayNetworkIsolationRequiresSubnetDelegation",
			Shapes: []string{"Application Gateway ‹gateway:id› with NetworkIsolation requires subnet delegation"},
			Means:  "A private Application Gateway needs a subnet of its own that is delegated to it.",
			Told:   "Application Gateway ‹gateway:id› is private and needs a delegated subnet.",
			WayOut: "set the subnet's delegation to Microsoft.Network/applicationGateways",
			Rules:  []string{"VNET014"},
			Source: gateway,
		},
		{
			Code:   "AppGwForContainersSubnetAssociationNotEnoughIPv4AddressesInSubnet",
			Shapes: []string{"At least ‹needs:n› addresses are required to create Association"},
			Means: "The subnet of Application Gateway for Containers has too few free addresses. Older controllers also say " +
				"so of a /24 that overlay clusters require exactly.",
			Told: "The association asks for ‹needs:n› free addresses. Older controllers say so of a /24 too, which overlay " +
				"clusters require exactly.",
			WayOut: "use an empty, delegated /24 and a controller of version 1.5.2 or later",
			Rules:  []string{"VNET013"},
			Source: seen("Azure/AKS/issues/5170").dated("2025-08-01"),
		},
		{
			Code:   "AppGwForContainersAssociationSubnetNotDelegatedToTrafficController",
			Means:  "The subnet of Application Gateway for Containers is not delegated to it.",
			WayOut: "set the subnet's delegation to Microsoft.ServiceNetworking/trafficControllers",
			Rules:  []string{"VNET014"},
			Source: seen("Azure/AKS/issues/5170").dated("2025-08-01"),
		},
		{
			From: "Application Gateway add-on",
			Shapes: []string{
				"Subnet Prefix '‹gateway:cidr›' specified for IngressApplicationGateway addon cannot overlap with an " +
					"existing subnet '‹cidr:cidr›'",
			},
			Means:  "The range for the gateway's new subnet overlaps a subnet of the network.",
			Told:   "The gateway's range ‹gateway:cidr› overlaps subnet ‹cidr:cidr›.",
			WayOut: "give the gateway a free range, or the ID of a subnet that exists",
			Rules:  []string{"VNET002"},
			Source: seen("Azure/terraform-azurerm-aks/issues/223").dated("2023-03-13"),
		},
		{
			From: "Application Gateway for Containers", Shapes: []string{
				"overlay extension config ‹config:name› failed with error extensionIPRange prefix length too short " +
					"(‹bits:text›). Must be 24 or higher",
				"extensionIPRange prefix length too short (‹bits:text›). Must be 24 or higher",
				"SubnetPrefixTooShort",
			},
			Means: "The subnet of Application Gateway for Containers is not a /24, which overlay clusters require " +
				"exactly.",
			Told:   "The subnet is a ‹bits:text›; overlay clusters require exactly a /24.",
			WayOut: "give the gateway a /24 of its own",
			Rules:  []string{"VNET013"},
			Source: seen("Azure/AKS/issues/5709"),
		},
	}
}

// permissionErrors are answers about rights.
func permissionErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeLinkedAuthorizationFailed,
			Shapes: []string{
				"The client '‹client:text›' with object id '‹object:text›' has permission to perform action " +
					"'‹has:text›' on scope '‹scope:text›'; however, it does not have permission to perform action " +
					"'‹action:text›' on the linked scope(s) '‹linked:text›'",
				"The client '‹client:text›' with object id '‹object:text›' has permission to perform action " +
					"'‹has:text›' on scope '‹scope:text›'; however, it doesn't have permission to perform action " +
					"'‹action:text›' on the linked scope(s) '‹linked:text›'",
				"The client has permission to perform action '‹has:text›' on scope '‹scope:text›'‹and:text› however, it " +
					"does not have permission to perform action(s) '‹action:text›' on the linked scope(s) '‹linked:text›'",
				"does not have permission to perform action '‹action:text›' on the linked scope(s) '‹linked:text›'",
			},
			Means: "The identity may change the cluster but not join what it refers to: a subnet, a route table, a " +
				"DDoS protection plan.",
			Told: "The identity{ ‹client:text›} lacks ‹action:text› on ‹linked:text›.",
			WayOut: "assign the identity Network Contributor on that scope, and wait up to 60 minutes for the " +
				"assignment to spread",
			Source: errorPage(PageErrorAuthorization, "2026-07-21"),
		},
		{
			Code: CodeLinkedAuthorizationFailed,
			Shapes: []string{"however the current tenant '‹tenant:name›' is not authorized to access linked subscription " +
				"'‹subscription:name›'"},
			Means: "What the request refers to is in a subscription of another tenant.",
			Told: "Tenant ‹tenant:name› has no access to subscription ‹subscription:name›, in which the request refers " +
				"to something.",
			WayOut: "use a resource of a subscription of the same tenant, or sign in with an identity that both know",
			Source: seen("Azure/OpenShift/issues/41").dated("2018-10-16"),
		},
		{
			Code: CodeAuthorizationFailed,
			Shapes: []string{
				"The client '‹client:text›' with object id '‹object:text›' does not have authorization to perform " +
					"action '‹action:text›' over scope '‹scope:text›'",
				"does not have authorization to perform action '‹action:text›' over scope '‹scope:text›'",
				"does not have permission to perform action '‹action:text›' at scope '‹scope:text›'",
			},
			Means: "The identity lacks a right.", Told: "The identity lacks ‹action:text› on ‹scope:text›.",
			WayOut: "assign a role that holds the action on that scope",
			Source: errorPage(PageErrorAuthorization, "2026-07-21"),
		},
		{
			Code: "CustomPrivateDNSZoneMissingPermissionError",
			Shapes: []string{
				"must be given permission to read and write to custom private dns zone ‹zone:id›. Check access " +
					"result not allowed for action ‹action:name›",
			},
			Means:  "The cluster's identity may not write to its private DNS zone.",
			Told:   "The cluster's identity lacks ‹action:name› on ‹zone:id›.",
			WayOut: "assign the cluster's identity Private DNS Zone Contributor on the zone",
			Source: seen("Azure/terraform-azurerm-caf-enterprise-scale/issues/900"),
		},
		{
			Code: "ResourceMissingPermissionError",
			Shapes: []string{
				"must be given certain permissions to resource ‹resource:id›. Check access result not allowed for " +
					"action ‹action:name›",
			},
			Means:  "The cluster's identity lacks a right on a resource that it uses.",
			Told:   "The cluster's identity lacks ‹action:name› on ‹resource:id›.",
			WayOut: "assign the cluster's identity a role that holds the action on that resource",
			Source: seen("Azure/terraform-azurerm-caf-enterprise-scale/issues/900"),
		},
		{
			Code:   "ApplicationGatewayInsufficientPermissionOnSubnet",
			Means:  "The ingress controller's identity may not join the gateway's subnet.",
			WayOut: "assign the controller's identity Network Contributor on the gateway's subnet",
			Source: seen("MicrosoftDocs/azure-docs/issues/118359").dated("2023-12"),
		},
		{
			Code:   "CustomRouteTableMissingPermission",
			Shapes: []string{"must be given permission to read and write to custom route table ‹table:id›"},
			Means:  "The cluster's identity may not write to its route table.",
			Told:   "The cluster's identity may not write to route table ‹table:id›.",
			WayOut: "assign the cluster's identity Network Contributor on the route table",
			Source: seen("Azure/AKS-Construction/issues/501"),
		},
		{
			Code:   "MissingSubscriptionRegistration",
			Shapes: []string{"The subscription is not registered to use namespace '‹namespace:name›'"},
			Means:  "The subscription has not registered a resource provider.",
			Told:   "The subscription is not registered for ‹namespace:name›.",
			WayOut: "run az provider register with that namespace",
			Source: errorPage(PageErrorRegistration, ""),
		},
		{
			Code: "RequestDisallowedByPolicy",
			Shapes: []string{
				"Resource '‹resource:name›' was disallowed by policy. Policy identifiers: " +
					"'[{\"policyAssignment\":{\"name\":\"‹policy:text›\"",
				"Resource '‹resource:name›' was disallowed by policy",
			},
			Means: "Azure Policy refuses the resource, often a public IP address or a subnet without a network " +
				"security group.",
			Told:   "Azure Policy{, assignment ‹policy:text›,} refuses ‹resource:name›.",
			WayOut: "change the resource to what the policy asks for, or get an exemption",
			Source: errorPage(PageErrorPolicy, ""),
		},
	}
}

// zoneErrors are answers about private DNS zones.
func zoneErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeInvalidPrivateDNSZoneResourceID,
			Shapes: []string{
				"Invalid private dns zone resource id '‹zone:text›' for private cluster. It should be a valid " +
					"resource id and the private dns zone name should be in either of these formats: " +
					"'private.‹region:name›.azmk8s.io",
				"private DNS zone ‹zone:text› should be in the format privatelink.‹region:name›.azmk8s.io",
			},
			Means: "The name of the private DNS zone does not fit the cluster: another region, another word, or " +
				"another cloud.",
			Told: "The zone in ‹zone:text› is not one for region ‹region:name›.",
			WayOut: "name the zone privatelink.REGION.azmk8s.io, or one label before that, with the cluster's " +
				"region as Azure Resource Manager writes it",
			Rules:  []string{"AKS106"},
			Source: seen("MicrosoftDocs/azure-docs/issues/106092"),
		},
		{
			Code:   "EmptySubnetError",
			Means:  "The request leaves out a subnet that the cluster needs, of its nodes or of its API server.",
			WayOut: "name the subnet of every pool and, with API Server VNet Integration, of the API server",
			Source: seen("Azure/terraform-azurerm-avm-res-containerservice-managedcluster/issues/199").dated("2026"),
		},
		{
			Shapes: []string{"apiServerAccessProfile.subnetId should not be empty when using custom vnet with " +
				"apiserverVnetIntegration"},
			Means:  "API Server VNet Integration in a network of your own needs a subnet for the API server.",
			WayOut: "set apiServerSubnet to a delegated subnet of a /28 or larger",
			Source: seen("pulumi/pulumi-azure-native/issues/4348").dated("2025-10-10"),
		},
		{
			Code:   "SystemAssignedIdentityNotSupportedForCustomPrivateDNSZone",
			Means:  "A private DNS zone of your own needs a user-assigned identity.",
			WayOut: "set identity: UserAssigned",
			Rules:  []string{"AKS108"},
			Source: listed(),
		},
		{
			Code: "CreateOrUpdateVirtualNetworkLinkFailed",
			Shapes: []string{
				"A virtual network cannot be linked to multiple zones with overlapping namespaces. You tried to " +
					"link virtual network with '‹a:name›' and '‹b:name›' zones",
			},
			Means:  "The virtual network is linked to a zone of the same name already, or rights are missing.",
			Told:   "The virtual network is linked to ‹a:name› already, so that ‹b:name› cannot be linked too.",
			WayOut: "remove the old link, then run az aks update",
			Source: errorPage(PageErrorDNSLink, "2024-03-13"),
		},
	}
}
