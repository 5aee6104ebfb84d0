package aks

// routeErrors are answers about route tables.
func routeErrors() []ErrorCode {
	azurerm := seen("hashicorp/terraform-provider-azurerm/issues/8609")
	return []ErrorCode{
		{
			Code:   CodeRouteTableMissingDefaultRouteError,
			Shapes: []string{"Default route 0.0.0.0/0 missing from route table ‹table:id›"},
			Means: "The route table has no default route. AKS reads the table itself: routes that arrive by BGP, " +
				"from a virtual hub or from a gateway do not count.",
			Told: "Route table ‹table:id› has no route for 0.0.0.0/0; routes that arrive by BGP or from a virtual " +
				"hub do not count.",
			WayOut: "add a route 0.0.0.0/0 to the firewall's private address, or use outboundType: none",
			Rules:  []string{"EGR010", "EGR012"},
			Source: seen("aztfmod/caf-terraform-landingzones-accelerator/issues/55"),
		},
		{
			Code: CodeRouteTableInvalidNextHop,
			Shapes: []string{
				"Default route 0.0.0.0/0 has a next hop of ‹type:name› but only",
			},
			Means: "The default route leads somewhere other than an appliance or a gateway.",
			Told: "The default route's next hop is ‹type:name›; only VirtualAppliance and VirtualNetworkGateway " +
				"are allowed.",
			WayOut: "point the default route at the firewall, or use another outboundType",
			Rules:  []string{"EGR011"},
			Source: azurerm,
		},
		{
			Code: CodeExistingRouteTableNotAssociatedWithSubnet,
			Shapes: []string{
				"An existing route table has not been associated with subnet ‹subnet:id›",
			},
			Means:  "The subnet has no route table, which userDefinedRouting requires.",
			Told:   "Subnet ‹subnet:id› has no route table.",
			WayOut: "associate a route table that has a default route before the cluster is created",
			Rules:  []string{"EGR013"},
			Source: azurerm,
		},
		{
			Code: CodeCustomRouteTableWithUnsupportedMSIType,
			Shapes: []string{
				"Clusters using managed identity type SystemAssigned do not support bringing your own route table",
			},
			Means:  "Under kubenet, a route table of your own needs a user-assigned identity.",
			WayOut: "set identity: UserAssigned",
			Rules:  []string{"EGR025"},
			Source: srcKubenet().as(Reported),
		},
		{
			Code: "TooManyCustomRouteTables", Means: "The subnets of a kubenet cluster have several route tables.",
			WayOut: "use one route table for all subnets of the cluster",
			Rules:  []string{"EGR024"},
			Source: listed(),
		},
		{
			Code:   "CustomRouteTableInvalidUpdateAttempt",
			Means:  "The route table of a kubenet cluster cannot be replaced.",
			WayOut: "keep the route table, or create the cluster anew", Source: listed(),
		},
		{
			Code:   "SubnetMissingRouteTableAssociation",
			Means:  "A subnet of a kubenet cluster with a route table of its own lacks that table.",
			WayOut: "associate the cluster's route table with the subnet before the pool is created",
			Rules:  []string{"EGR024"},
			Source: listed(),
		},
		{
			Code:   "CustomRouteTableCannotCrossSubscription",
			Means:  "The route table is in another subscription.",
			WayOut: "use a route table of the network's subscription",
			Rules:  []string{"VNET031"},
			Source: listed(),
		},
		{
			Code:   "CustomRouteTableNotFound",
			Means:  "The route table does not exist.",
			WayOut: "create the route table first, or correct its ID",
			Rules:  []string{"VNET018"},
			Source: listed(),
		},
	}
}

// natErrors are answers about NAT gateways and outbound types.
func natErrors() []ErrorCode {
	nat := seen("jenkins-infra/azure/pull/715")
	return []ErrorCode{
		{
			Code: CodeSubnetNotAssociatedWithNATGateway,
			Shapes: []string{
				"Subnet '‹subnet:name›' must have a NAT gateway associated for outbound connection",
				"must have a NAT gateway associated for outbound connection",
			},
			Means: "A subnet of the cluster has no NAT gateway, which userAssignedNATGateway requires of pod " +
				"subnets too.",
			Told:   "Subnet ‹subnet:name› has no NAT gateway.",
			WayOut: "attach the NAT gateway to every node and pod subnet of the cluster",
			Rules:  []string{"EGR030", "EGR031"},
			Source: nat,
		},
		{
			Code: CodeInvalidParameter, Shapes: []string{
				"Outbound type is managedNATGateway but agent pool ‹pool:name› is using custom VNet, which is not " +
					"allowed",
			},
			Means:  "managedNATGateway works only in a network that AKS makes.",
			Told:   "Pool ‹pool:name› is in a network of your own, where managedNATGateway does not work.",
			WayOut: "set outboundType: userAssignedNATGateway, or vnet: managed",
			Rules:  []string{"EGR002"},
			Source: seen("MicrosoftDocs/azure-docs/issues/83858"),
		},
		{
			Code:   "ManagedNATGatewayWithCustomVNetNotAllowed",
			Means:  "managedNATGateway works only in a network that AKS makes.",
			WayOut: "set outboundType: userAssignedNATGateway, or vnet: managed",
			Rules:  []string{"EGR002"},
			Source: listed(),
		},
		{
			Code:   "UserAssignedNATGatewayWithManagedVNetNotAllowed",
			Means:  "userAssignedNATGateway needs a network of your own.",
			WayOut: "set outboundType: managedNATGateway, or name a vnet of your own",
			Rules:  []string{"EGR001"},
			Source: listed(),
		},
		{
			Code:   "NATGatewayNotAssociatedWithPublicIPOrIPPrefix",
			Means:  "The NAT gateway has no public address.",
			WayOut: "give the NAT gateway a public IP address or prefix",
			Rules:  []string{"EGR032"},
			Source: listed(),
		},
		{
			Code:   "InvalidUserDefinedRoutingWithLoadBalancerProfile",
			Shapes: []string{"UserDefinedRouting and load balancer profile are mutually exclusive"},
			Means:  "A loadBalancerProfile has no effect with userDefinedRouting, and Azure refuses it.",
			WayOut: "remove loadBalancerProfile, or set outboundType: loadBalancer",
			Rules:  []string{"EGR007"},
			Source: seen("hashicorp/terraform-provider-azurerm/pull/25021").dated("2024-03-20"),
		},
		{
			Code:   "UDRWithNodePublicIPNotAllowed",
			Rules:  []string{"POOL034"},
			Means:  "Nodes cannot have public addresses with userDefinedRouting.",
			WayOut: "set enableNodePublicIP: false",
			Source: listed(),
		},
		{
			Code: CodeInvalidNetworkIsolatedClusterConfiguration,
			Shapes: []string{
				"When outbound type is none or block, bootstrapProfile.artifactSource must be Cache",
				"When outbound type is none or block, bootstrapProfile.artifactSource must be 'Cache'",
			},
			Means: "A cluster without egress must pull its images from a cache: the two settings do not change in " +
				"one update.",
			WayOut: "set bootstrapProfile.artifactSource: Cache first, reimage every pool while egress is open, " +
				"then set outboundType: none",
			Rules:  []string{"EGR004"},
			Source: seen("hashicorp/terraform-provider-azurerm/issues/32598"),
		},
		{
			Code:   "BootstrapArtifactSourceNotAllowed",
			Shapes: []string{"BootstrapProfile artifact source cannot be changed from '‹from:name›' to '‹to:name›'"},
			Means:  "The artifact source does not change in the update that changes the outbound type.",
			Told:   "The artifact source does not change from ‹from:name› to ‹to:name› in this update.",
			WayOut: "give the cluster egress first, in an update of its own, then change the artifact source",
			Rules:  []string{"LIFE024"},
			Source: seen("MicrosoftDocs/azure-aks-docs/issues/184").dated("2025-03-20"),
		},
		{
			Code:   "UnsupportedOutboundType",
			Means:  "Azure does not know the outbound type, or not in this network.",
			WayOut: "use an outboundType that the network allows",
			Rules:  []string{"EGR001", "EGR002"},
			Source: listed(),
		},
		{
			Code:   "UpdatingOutboundTypeNotAllowed",
			Means:  "The outbound type cannot change from what it is to what was asked for.",
			WayOut: "see which changes are allowed with aksnet validate --against",
			Rules:  []string{"LIFE024"},
			Source: listed(),
		},
	}
}

// portErrors are answers about SNAT ports and outbound addresses of the load balancer.
func portErrors() []ErrorCode {
	ports := seen("MicrosoftDocs/azure-docs/pull/124508").dated("2024-09-26")
	page := errorPage(PageErrorOutboundPorts, "")
	return []ErrorCode{
		{
			Code: CodeInvalidLoadBalancerProfileAllocatedOutboundPorts,
			Shapes: []string{
				"Load balancer profile allocated ports ‹ports:n› is not in an allowable range given the number of " +
					"nodes and IPs provisioned. Total node count ‹nodes:n› requires ‹needs:n› ports but only " +
					"‹has:n› ports are available given ‹ips:n› outbound public IPs",
				"Load balancer profile allocated ports is not in an allowable range given the number of nodes and IPs " +
					"provisioned",
			},
			Means: "The outbound addresses do not have enough ports for all nodes; maxCount and surge nodes " +
				"count.",
			Told: "‹nodes:n› nodes × ‹ports:n› ports need ‹needs:n›, and the outbound addresses (‹ips:n›) have " +
				"‹has:n›. Surge nodes and every autoscaler's maxCount are in the number of nodes.",
			WayOut:     "add outbound addresses, or lower allocatedOutboundPorts",
			WayOutTold: "use ‹moreIPs› outbound addresses, or allocatedOutboundPorts: ‹fewerPorts›",
			Rules:      []string{"EGR055"},
			Source:     page,
		},
		{
			Code:   CodeSpecifiedAllocatedOutboundPortsForOutboundRuleIsNotAMultipleOfEight,
			Means:  "allocatedOutboundPorts is not a multiple of 8.",
			WayOut: "round allocatedOutboundPorts to a multiple of 8",
			Rules:  []string{"EGR051"},
			Source: ports,
		},
		{
			Code:   CodeSpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAllowedPortsPerRule,
			Means:  "allocatedOutboundPorts is above what one outbound rule allows.",
			WayOut: "lower allocatedOutboundPorts",
			Rules:  []string{"EGR052"},
			Source: ports,
		},
		{
			Code:   "SpecifiedAllocatedOutboundPortsForOutboundRuleExceedsTotalNumberOfAvailablePorts",
			Means:  "Ports × nodes are more than the outbound addresses have.",
			WayOut: "add outbound addresses, or lower allocatedOutboundPorts",
			Rules:  []string{"EGR055"},
			Source: ports,
		},
		{
			Code:   "LoadBalancerProfileAllocatedOutboundPortsMustBeMultipleOfEight",
			Means:  "allocatedOutboundPorts is not a multiple of 8.",
			WayOut: "round allocatedOutboundPorts to a multiple of 8",
			Rules:  []string{"EGR051"},
			Source: listed(),
		},
		{
			Code:   "InsufficientOutboundPorts",
			Means:  "Ports × nodes are more than the outbound addresses have.",
			WayOut: "add outbound addresses, or lower allocatedOutboundPorts",
			Rules:  []string{"EGR055"},
			Source: listed(),
		},
	}
}

// bootstrapErrors are exit codes of the script that sets a node up.
func bootstrapErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeVMExtensionErrorOutboundConnFail,
			Shapes: []string{
				"exit status=50", "exit code 50", `"ExitCode": "50"`, "OutboundConnFailVMExtensionError",
				"Unable to establish outbound connection from agents",
			},
			Means: "The nodes reach no registry: their egress is blocked (exit status 50).",
			WayOut: "allow the required endpoints (aksnet egress --fqdns) on the firewall, and check DNS, routes " +
				"and network security groups",
			Rules:  []string{"EGR004", "NSG017"},
			Source: errorPage(PageErrorNoOutbound, "2024-12-30"),
		},
		{
			Code: CodeVMExtensionErrorK8SAPIServerConnFail,
			Shapes: []string{
				"exit status=51", "exit code 51", `"ExitCode": "51"`, "K8SAPIServerConnFailVMExtensionError",
				"Unable to establish connection from agents to Kubernetes API server",
			},
			Means: "The nodes do not reach the API server (exit status 51): a firewall, or authorized IP ranges " +
				"without the nodes' own egress.",
			WayOut: "add the egress addresses to authorizedIPRanges, and allow TCP 443 to the API server",
			Rules:  []string{"AKS105", "AKS113", "NSG014"},
			Source: errorPage(PageErrorNoAPIServer, ""),
		},
		{
			Code: CodeVMExtensionErrorK8SAPIServerDNSLookupFail,
			Shapes: []string{
				"exit status=52", "exit code 52", `"ExitCode": "52"`, "K8SAPIServerDNSLookupFailVMExtensionError",
				"exit status=53", "Agents are unable to resolve Kubernetes API server name", "LookupNoSuchHost",
			},
			Means: "The nodes do not resolve the API server's name (exit status 52, or 53 where Azure's DNS failed): DNS " +
				"servers of your own, or a zone without a link.",
			WayOut: "forward azmk8s.io to 168.63.129.16, and link the private DNS zone to the network of the DNS " +
				"servers",
			Rules:  []string{"AKS109", "AKS110", "NSG018"},
			Source: errorPage(PageErrorNoAPIServerName, ""),
		},
		{
			Code:   "VMExtensionError_CniDownloadTimeout",
			Shapes: []string{"exit status=41", "CniDownloadTimeoutVMExtensionError"},
			Means:  "The nodes cannot download the CNI plug-ins (exit status 41).",
			WayOut: "allow the required endpoints on the firewall (aksnet egress --fqdns)",
			Source: errorPage(PageErrorCNIDownload, ""),
		},
		{
			Code:   "VMExtensionError_K8SDownloadTimeout",
			Shapes: []string{"exit status=31", "K8SDownloadTimeoutVMExtensionError"},
			Means:  "The nodes cannot download Kubernetes (exit status 31).",
			WayOut: "allow the required endpoints on the firewall (aksnet egress --fqdns)",
			Source: errorPage(PageErrorKubernetesDownload, ""),
		},
		{
			Code: "VMExtensionError_ORASPullNetworkTimeout", Shapes: []string{"exit status=211"},
			Means:  "The nodes of a network isolated cluster do not reach the cache registry (exit status 211).",
			WayOut: "give the registry a private endpoint in the cluster's network, and link its DNS zone",
			Source: errorPage(PageErrorORASTimeout, ""),
		},
		{
			Code: "VMExtensionError_ORASPullUnauthorized", Shapes: []string{"exit status=212"},
			Means:  "The nodes of a network isolated cluster may not pull from the cache registry (exit status 212).",
			WayOut: "assign the kubelet identity AcrPull on the registry",
			Source: errorPage(PageErrorORASUnauthorized, ""),
		},
		{
			Code:   "VMExtensionProvisioningTimeout",
			Means:  "Setting the nodes up took too long, often because downloads are blocked.",
			WayOut: "allow the required endpoints on the firewall (aksnet egress --fqdns)",
			Source: errorPage(PageErrorProvisioningTimeout, ""),
		},
		{
			Code: "VMExtensionProvisioningError", Outer: true,
			Shapes: []string{
				"exit status=‹status:n›",
				"VM has reported a failure when processing extension ‹extension:name›",
			},
			Means: "A node's set-up script failed; its exit status says why: 50 egress, 51 API server, 52 DNS, 41, 31 " +
				"and 35 downloads, 9 and 99 packages, 34 kubelet.",
			Told: "A node's set-up script failed with exit status ‹status:n›; 50 is egress, 51 API server, 52 DNS, 41, 31 " +
				"and 35 are downloads, 9 and 99 packages, 34 is kubelet.",
			WayOut: "look for the exit status in the text, and for its cause in /var/log/azure/cluster-provision.log " +
				"on the node",
			Rules:  []string{"EGR004", "NSG014", "NSG017", "NSG018"},
			Source: errorPage(PageErrorNoOutbound, "2024-12-30"),
		},
	}
}
