package aks

// eventErrors are messages that do not come from Azure Resource Manager: events of Kubernetes, logs of components.
func eventErrors() []ErrorCode {
	return []ErrorCode{
		{
			From: "event of a Service", Outer: true, Shapes: []string{"SyncLoadBalancerFailed", "CreatingLoadBalancerFailed"},
			Means: "The load balancer of a Service was not set up; the inner code says why: SubnetIsFull, " +
				"PrivateIPAddressIsAllocated, PublicIPCountLimitReached.",
			WayOut: "look for the inner code in the text", Source: srcInternalLB(),
		},
		{
			From: "event of a Service", Shapes: []string{"user supplied IP Address ‹ip:ip› was not found"},
			Means: "The Service asks for a public address that is not in the node resource group.",
			Told:  "Public address ‹ip:ip› is not in the resource group in which AKS looks: by default that of the nodes.",
			WayOut: "name the group in annotation azure-load-balancer-resource-group and give the cluster's identity " +
				"Network Contributor on it, or create the address in the node resource group",
			Source: seen("Azure/AKS/issues/253").dated("2018-03-17"),
		},
		{
			Code: "AtleastOneIpV4RequiredForIpV6LbFrontendIpConfiguration",
			Shapes: []string{"At least one IPv4 frontend ipConfiguration is required for an IPv6 frontend ipConfiguration " +
				"on the load balancer '‹balancer:id›'"},
			Means:  "A load balancer takes an IPv6 address only beside an IPv4 one.",
			WayOut: "give the cluster or one of its Services an IPv4 address first, or make the Service dual-stack",
			Source: seen("kubernetes-sigs/cloud-provider-azure/issues/1831").dated("2022-06-14"),
		},
		{
			From: "event of a pod", Shapes: []string{
				"Failed to allocate address: No available addresses", "Failed to allocate pool: No available address pools",
			},
			Means: "The node has no address left for another pod: in the node subnet each node gets maxPods addresses at its " +
				"start, and no more.",
			WayOut: "raise maxPods in a new pool, or spread the pods over more nodes; an old node that leaks addresses is " +
				"mended by a reimage",
			Source: seen("Azure/AKS/issues/673").dated("2018-10-02"),
		},
		{
			From: "event of a pod", Shapes: []string{
				"not enough IPs available ‹more:text› waiting on Azure CNS to allocate more",
				"failed to assign an IP address to container",
				"AllocateIPConfig failed: not enough IPs available",
			},
			Means: "The pod subnet is full: nodes take addresses in batches of 16, so that a subnet is full before " +
				"every address is a pod's.",
			WayOut: "give new pools another pod subnet, or free addresses by fewer nodes",
			Rules:  []string{"IP022"},
			Source: seen("Azure/AKS/issues/4035"),
		},
		{
			From:   "cluster autoscaler",
			Shapes: []string{"Scale-up failed ‹more:text› does not have enough capacity for ‹needs:n› IP addresses"},
			Means:  "The autoscaler asked for all its nodes at once, and the subnet has too few addresses.",
			Told:   "The autoscaler asked for ‹needs:n› addresses at once, and the subnet has fewer.",
			WayOut: "use a larger subnet for the pool, or a lower maxCount",
			Rules:  []string{"IP021", "IP022"},
			Source: seen("Azure/AKS/issues/2531"),
		},
		{
			From: "virtual nodes",
			Shapes: []string{
				"unable to delegate subnet ‹subnet:name› to Azure Container Instance since it references the route " +
					"table",
			},
			Means:  "The subnet of virtual nodes has a route table, which Azure Container Instances does not allow.",
			Told:   "Subnet ‹subnet:name› has a route table, which virtual nodes do not allow.",
			WayOut: "remove the route table from the subnet of virtual nodes",
			Source: seen("MicrosoftDocs/azure-docs/issues/25771"),
		},
		{
			From:   "Application Gateway",
			Shapes: []string{"does not have any free IP"},
			Means:  "The gateway's subnet is full.",
			WayOut: "give the gateway a /24 of its own",
			Rules:  []string{"VNET012", "IP026"},
			Source: seen("Azure/AKS/issues/5709"),
		},
	}
}
