package aks

import "github.com/aksnet/aksnet/internal/english"

// quotaErrors are answers about quotas and throttling.
func quotaErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodePublicIPCountLimitReached,
			Shapes: []string{"Cannot create more than ‹limit:n› public IP addresses for this subscription in this " +
				"region"},
			Means:  "The subscription's quota of public IP addresses in the region is used up.",
			Told:   "The subscription has all ‹limit:n› public IP addresses that its quota allows in the region.",
			WayOut: "raise the quota, or use fewer public addresses",
			Rules:  []string{"EGR059"},
			Source: errorPage(PageErrorPublicIPs, "2024-04-03"),
		},
		{
			Code: "StaticPublicIPCountLimitReached",
			Shapes: []string{"Cannot create more than ‹limit:n› public IP addresses with static allocation method for " +
				"this subscription in this region"},
			Means:  "The subscription's quota of static public IP addresses in the region is used up.",
			Told:   "The subscription has all ‹limit:n› static public IP addresses that its quota allows in the region.",
			WayOut: "raise the quota, or use fewer public addresses",
			Rules:  []string{"EGR059"},
			Source: seen("giantswarm/azure-operator/issues/163").dated("2018-03-28"),
		},
		{
			Code: "OperationNotAllowed",
			Shapes: []string{
				"Operation could not be completed as it results in exceeding approved ‹family:text› Cores quota. " +
					"Additional details - ‹more:text› Current Limit: ‹limit:n›, Current Usage: ‹usage:n›, " +
					"Additional Required: ‹needs:n›, (Minimum) New Limit Required: ‹new:n›",
			},
			Means: "The quota of vCPUs is used up; surge nodes of an upgrade count.",
			Told: "The quota of ‹family:text› vCPUs is ‹limit:n›, ‹usage:n› are used and ‹needs:n› more were asked " +
				"for: it must be ‹new:n› at least.",
			WayOut: "raise the quota, use another VM size, or upgrade with a smaller maxSurge",
			Source: errorPage(PageErrorPublicIPs, "2024-04-03"),
		},
		{
			Code: "QuotaExceeded",
			Shapes: []string{
				"Operation results in exceeding quota limits of Core. Maximum allowed: ‹limit:n›, Current in use: " +
					"‹usage:n›, Additional requested: ‹needs:n›",
			},
			Means:  "The quota of vCPUs is used up; surge nodes of an upgrade count.",
			Told:   "The quota is ‹limit:n› vCPUs, ‹usage:n› are used and ‹needs:n› more were asked for.",
			WayOut: "raise the quota, or upgrade with a smaller maxSurge",
			Source: errorPage(PageErrorQuota, "2024-09-16"),
		},
		{
			Code: "ErrCode_InsufficientVCPUQuota",
			Shapes: []string{
				"Insufficient regional vcpu quota left for location ‹region:name›. left regional vcpu quota " +
					"‹has:n›, requested quota ‹needs:n›",
				"left regional vcpu quota ‹has:n›, requested quota ‹needs:n›",
			},
			Means:  "The region's quota of vCPUs is used up; surge nodes count.",
			Told:   "The quota{ of ‹region:name›} has ‹has:n› vCPUs left, and ‹needs:n› were asked for.",
			WayOut: "raise the quota, or use fewer or smaller nodes",
			Source: errorPage(PageErrorVCPUQuota, ""),
		},
		{
			Code: CodeManagedClusterCountExceedsQuotaLimit,
			Shapes: []string{
				"Operation results in exceeding quota limits for managed clusters. Maximum allowed: ‹limit:n›, " +
					"Current usage: ‹usage:n›, Additional requested: ‹needs:n›",
			},
			Means:  "The subscription's quota of clusters in the region is used up.",
			Told:   "The quota is ‹limit:n› clusters in the region, and ‹usage:n› exist.",
			WayOut: "raise the quota, or use another region or subscription",
			Rules:  []string{"AKS090"},
			Source: srcQuotas(),
		},
		{
			Code:   "SubscriptionRequestsThrottled",
			Means:  "Too many requests in a short time.",
			WayOut: "wait as long as Retry-After says, then try again",
			Source: errorPage(PageErrorThrottled, ""),
		},
		{
			Code:   "TooManyRequestsReceived",
			Means:  "Too many requests in a short time.",
			WayOut: "wait as long as Retry-After says, then try again",
			Source: errorPage(PageErrorThrottled, ""),
		},
	}
}

// versionErrors are answers about Kubernetes versions.
func versionErrors() []ErrorCode {
	page := at(PageVersions, "2026-08-05").readOn(readErrors)
	return []ErrorCode{
		{
			Code:  "K8sVersionNotSupported",
			Rules: []string{"LIFE030"},
			Shapes: []string{
				"Managed cluster ‹cluster:name› is on version ‹version:version› which is not supported in this region",
				"Version ‹version:version› is not supported in this region",
				"Managed cluster ‹cluster:name› has invalid version ‹version:version›",
			},
			Means:  "AKS does not offer the version any more, or not in this region.",
			Told:   "AKS does not offer version ‹version:version› in this region.",
			WayOut: "use a version that az aks get-versions lists",
			Source: seen("pulumi/pulumi-azure-native/issues/3550").dated("2024-08"),
		},
		{
			Code:  "K8sVersionNotSupported",
			Rules: []string{"LIFE030"},
			Shapes: []string{
				"Managed cluster ‹cluster:name› is on version ‹version:version›, which is only available for " +
					"Long-Term Support (LTS)",
				"only available for Long-Term Support (LTS)",
			},
			Means: "The version is past its community support, and only clusters with long-term support may have it.",
			Told: "Version ‹version:version› is past its community support, and only clusters with long-term " +
				"support may have it.",
			WayOut: "use a newer version, or --tier premium --k8s-support-plan AKSLongTermSupport",
			Source: seen("Azure/secrets-store-csi-driver-provider-azure/issues/1713").dated("2024-12"),
		},
		{
			Code:   "AgentPoolK8sVersionNotSupported",
			Rules:  []string{"LIFE030"},
			Shapes: []string{"Version ‹version:version› is not supported in this region"},
			Means:  "AKS does not offer the node pool's version any more, or not in this region.",
			Told:   "AKS does not offer version ‹version:version› for node pools in this region.",
			WayOut: "use a version that az aks get-versions lists, not newer than the control plane's", Source: page,
		},
		{
			Code: "OperationNotAllowed",
			Shapes: []string{
				"Upgrading Kubernetes version ‹from:version› to ‹to:version› is not allowed. Available upgrades: " +
					"[‹offers:text›]",
				"Upgrading Kubernetes version ‹from:version› to ‹to:version› is not allowed",
			},
			Means:  "An upgrade cannot skip a minor version.",
			Told:   "{From ‹from:version› the next versions are ‹offers:text›; }‹to:version› is too far or older.",
			WayOut: "upgrade one minor version at a time",
			Rules:  []string{"LIFE024"},
			Source: seen("rancher/dashboard/issues/11884"),
		},
		{
			Code: "OperationNotAllowed",
			Shapes: []string{
				"Downgrading Kubernetes version ‹from:version› to ‹to:version› is not allowed",
			},
			Means:  "A cluster or node pool never goes back to an older version.",
			Told:   "‹to:version› is older than ‹from:version›, and AKS does not go back.",
			WayOut: "set kubernetesVersion to the live version or a newer one",
			Rules:  []string{"LIFE024"},
			Source: seen("rancher/rancher/issues/33561").dated("2021-07-09"),
		},
		{
			Code:  "NodePoolMcVersionIncompatible",
			Rules: []string{"POOL029"},
			Shapes: []string{"Node pool version ‹pool:version› and control plane version ‹control:version› are " +
				"incompatible"},
			Means:  "A node pool is newer than the control plane, or more than three minor versions older.",
			Told:   "The node pool is on ‹pool:version› and the control plane on ‹control:version›.",
			WayOut: "upgrade the control plane first, then the pools",
			Source: errorPage(PageErrorPoolVersion, ""),
		},
	}
}

// modelErrors are answers about network models, data planes, policies and pools.
func modelErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: "NetworkPolicyNotSupported",
			Shapes: []string{
				"Network Policy cilium requires NetworkDataplane cilium", "NetworkPolicyCiliumRequiresCiliumDataplane",
			},
			Means:  "Network policy cilium comes only with the Cilium data plane; both change in one command.",
			WayOut: "set networkDataplane: cilium too (Terraform: network_data_plane), or another networkPolicy",
			Rules:  []string{"AKS006", "AKS007"},
			Source: seen("AdminTurnedDevOps/DevOps-The-Hard-Way-Azure/issues/1").dated("2025-01-26"),
		},
		{
			Code: "OperationNotAllowed",
			Shapes: []string{
				".properties.nodeProvisioningProfile.mode cannot be Auto unless ‹path:name› is set to one of [‹values:text›]",
			},
			Means: "Node auto-provisioning needs another value of a setting.",
			Told:  "Node auto-provisioning needs ‹path:name› to be one of: ‹values:text›.",
			WayOut: "set that property first; an older API or a preview may have asked for more than AKS asks for today " +
				"(aksnet validate says what holds)",
			Source: seen("Azure/AKS/issues/4759").dated("2025-01-20"),
		},
		{
			Code: "OperationNotAllowed",
			Shapes: []string{
				"Cannot change ‹path:name› while .properties.nodeProvisioningProfile.mode is Auto",
			},
			Means:  "The property does not change in a cluster with node auto-provisioning.",
			Told:   "‹path:name› does not change while node auto-provisioning is on.",
			WayOut: "create the cluster with the value, or switch node auto-provisioning off for the change",
			Source: seen("Azure/AKS/issues/4694").dated("2025-03-20"),
		},
		{
			Code:   CodeCiliumDataplaneRequiresNetworkPolicyCilium,
			Shapes: []string{"Cilium dataplane requires network policy cilium"},
			Means:  "The Cilium data plane comes only with network policy cilium; both change in one command.",
			WayOut: "pass both: --network-dataplane cilium --network-policy cilium",
			Rules:  []string{"AKS007"},
			Source: seen("MicrosoftDocs/azure-aks-docs/issues/264"),
		},
		{
			Shapes: []string{"Cannot update cluster to Azure CNI Overlay while using network policies with Azure " +
				"CNI v1"},
			Means:  "A cluster with policy azure or calico cannot change to overlay.",
			WayOut: "remove the policy first (Kubernetes 1.30 or later): az aks update --network-policy none",
			Rules:  []string{"LIFE024"},
			Source: seen("Azure/AKS/issues/4006"),
		},
		{
			Code:   "AzureCNIOnlyForWindows",
			Shapes: []string{"Windows agent pools can only be added to AKS clusters using Azure-CNI"},
			Means:  "Windows node pools do not run under kubenet.",
			WayOut: "use another network model",
			Rules:  []string{"AKS020"},
			Source: seen("Azure/AKS/issues/1101"),
		},
		{
			Code: "NetworkPolicyAzureNotSupportedForKubenet", Means: "Network policy azure does not run under kubenet.",
			WayOut: "use calico, or another network model",
			Rules:  []string{"AKS005"},
			Source: listed(),
		},
		{
			Code: "PropertyChangeNotAllowed", Shapes: []string{"Changing property '‹path:name›' is not allowed"},
			Means: "The request changes a property that an existing cluster or pool keeps.",
			Told:  "The request changes ‹path:name›, which an existing cluster or pool keeps.",
			WayOut: "send the value that the cluster has; for another one aksnet validate --against says whether it " +
				"takes a new pool or a new cluster",
			Rules:  []string{"LIFE020"},
			Source: seen("Azure/AKS/issues/409"),
		},
		{
			Code: "StaticEgressGatewayInvalidGatewayNodeCount",
			Shapes: []string{
				"Gateway agentpool ‹pool:name› is configured with invalid node count ‹has:n›, exceeding max node count " +
					"‹most:n› according to public IPPrefix size ‹prefix:name› or fewer than ‹least:n›",
			},
			Told: "Gateway pool ‹pool:name› has ‹has:n› nodes; with a prefix of ‹prefix:name› it may have from ‹least:n› to " +
				"‹most:n›.",
			Means: "A gateway pool has too few or too many nodes: two at least, and no more than its public IP " +
				"prefix serves.",
			WayOut: "set the gateway pool's count to 2 or more, within its publicIPPrefixSize",
			Rules:  []string{"POOL022", "POOL036"},
			Source: seen("Azure/AKS/issues/4599"),
		},
		{
			Code:   "StaticEgressGatewayOnlySupportVMSSNodepool",
			Shapes: []string{"Node pool type ‹type:name› is not supported for gateway node pool ‹pool:name›"},
			Means:  "The type of the gateway pool does not fit the cluster or its Kubernetes version.",
			Told:   "Gateway pool ‹pool:name› cannot have type ‹type:name› in this cluster.",
			WayOut: "use a scale set; pools of type VirtualMachines need Kubernetes 1.34 and private addresses",
			Source: seen("Azure/kube-egress-gateway/issues/1244").dated("2025-10-28"),
		},
		{
			Code: "UnsupportedNetworkPluginModeWithNetworkPlugin",
			Shapes: []string{
				"NetworkPluginMode ‹mode:name› is not supported with NetworkPlugin ‹plugin:name›",
			},
			Means:  "The mode of the network plugin belongs to another plugin: overlay is Azure CNI's.",
			Told:   "Network plugin ‹plugin:name› does not have mode ‹mode:name›.",
			WayOut: "pass --network-plugin azure with the mode; az must be new enough to send both in an update",
			Rules:  []string{"LIFE024"},
			Source: seen("Azure/AKS/issues/5662").dated("2026-03-18"),
		},
		{
			Code: "WindowsProfileMissing",
			Shapes: []string{
				"Windows profile definition is missing for the cluster",
				"Windows node pools require a Windows authentication profile",
			},
			Means:  "The cluster was created without windowsProfile, so that it takes no Windows pool.",
			WayOut: "create a new cluster with windowsProfile",
			Source: seen("Azure/AKS/issues/2839").dated("2022-04-14"),
		},
		{
			Code:   "AgentPoolsWithEmptySubnetError",
			Means:  "Some node pools name a subnet and some do not.",
			WayOut: "name a subnet for every pool, or for none",
			Source: listed(),
		},
		{
			Code:   "UnsupportedDualStackNetworkPlugin",
			Means:  "The network model does not run dual-stack.",
			WayOut: "use overlay for dual-stack",
			Rules:  []string{"AKS040"},
			Source: listed(),
		},
		{
			Code:   "UnsupportedDualStackNetworkPolicy",
			Means:  "The network policy does not run dual-stack.",
			WayOut: "set networkPolicy: none or cilium",
			Rules:  []string{"AKS042"},
			Source: listed(),
		},
		{
			Code:   "VnetSubnetMissingIPv6",
			Means:  "The node subnet of a dual-stack cluster has no IPv6 prefix.",
			WayOut: "add an IPv6 /64 to the node subnet",
			Source: listed(),
		},
		{
			Code:   "InvalidServiceCidrIPv6MaskSize",
			Means:  "The IPv6 service CIDR is too large.",
			WayOut: "use a /108 or longer prefix",
			Rules:  []string{"IP018"},
			Source: listed(),
		},
	}
}

// nameErrors are answers about names.
func nameErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code: CodeInvalidParameter,
			Shapes: []string{
				"The length of the node resource group name is too long. The maximum length is ‹limit:n› and the " +
					"length of the value provided is ‹has:n›",
			},
			Means: "The node resource group's name is too long. By default it is MC_GROUP_CLUSTER_REGION.",
			Told: "The node resource group's name has ‹has:n› characters and may have ‹limit:n›. By default it is " +
				"MC_GROUP_CLUSTER_REGION.",
			WayOut: "set nodeResourceGroup to a shorter name",
			Rules:  []string{"NAME006"},
			Source: errorPage(PageErrorInvalidParameter, "2024-11-19"),
		},
		{
			Code: CodeInvalidParameter, Target: "agentPoolProfile.name",
			Shapes: []string{"The value of parameter agentPoolProfile.name is invalid"},
			Means: english.Text("The name of a node pool is not valid: lower-case letters and digits that begin with a "+
				"letter, up to %v on Linux and %v on Windows.", clusterName(NameLinuxPool).Max, clusterName(NameWindowsPool).Max),
			WayOut: "give the pool a shorter name of lower-case letters and digits",
			Rules:  []string{"NAME003", "NAME004"},
			Source: seen("Azure/AKS/issues/3300").dated("2022-11-02"),
		},
		{
			Code:   CodeWindowsAgentPoolNameTooLong,
			Shapes: []string{"Windows agent pool name can not be longer than ‹limit:n› characters"},
			Means: english.Text("The name of a Windows pool has more than %v characters.",
				clusterName(NameWindowsPool).Max),
			WayOut: english.Text("give the pool a name of %v characters at most", clusterName(NameWindowsPool).Max),
			Rules:  []string{"NAME004"},
			Source: seen("jenkins-infra/azure/pull/284").dated("2023-03-08"),
		},
		{
			Code: CodeInvalidParameter, Target: "agentPoolProfile.maxPods",
			Shapes: []string{"The value of parameter maxPods is invalid"},
			Means: english.Text("maxPods is outside %v to %v, or a pool cannot run the pods of AKS itself.", MinMaxPods,
				MaxMaxPods),
			WayOut: english.Text("set maxPods from %v to %v, and count × maxPods to %v or more", MinMaxPods, MaxMaxPods,
				MinPodsTotal),
			Rules:  []string{"POOL010", "POOL011"},
			Source: seen("Azure/AKS/issues/931").dated("2019-04-26"),
		},
		{
			Code: CodeInvalidParameter, Target: "agentPoolProfile.orchestratorVersion",
			Shapes: []string{
				"The value of parameter agentpool.Properties.OrchestratorVersion is invalid",
				"The value of parameter orchestratorProfile.OrchestratorVersion is invalid",
			},
			Means:  "The node pool would be newer than the control plane, or AKS does not offer the version.",
			WayOut: "upgrade the control plane first, then the pools",
			Source: seen("Azure/AKS/issues/1096").dated("2019-07-08"),
		},
		{
			Code: CodeInvalidParameter, Outer: true,
			Shapes: []string{
				"The value of parameter ‹path:name› is invalid. Error details: ‹details:text›.",
				"The value of parameter ‹path:name› is invalid",
			},
			Means:  "A parameter has a value that Azure refuses; its text names the parameter.",
			Told:   "Azure refuses the value of ‹path:name›{: ‹details:text›}.",
			WayOut: "correct that parameter",
			Rules:  []string{"NAME001", "NAME005", "POOL010"},
			Source: errorPage(PageErrorInvalidParameter, "2024-11-19"),
		},
		{
			Code:   CodeReservedResourceName,
			Shapes: []string{"The resource name ‹name:name› or a part of the name is a trademarked or reserved word"},
			Means:  "The name is, or contains, a reserved word.",
			Told:   "‹name:name› is, or contains, a reserved word.",
			WayOut: "use another name",
			Rules:  []string{"NAME002"},
			Source: at(PageReservedWords, "2023-04-05"),
		},
		{
			Code:   "InvalidResourceName",
			Shapes: []string{"Resource name ‹name:name› is invalid. The name can be up to ‹limit:n› characters long"},
			Means:  "A name is too long or has characters that Azure does not allow.",
			Told:   "‹name:name› is too long or has characters that Azure does not allow; it may have ‹limit:n›.",
			WayOut: "use a shorter name of letters, digits and hyphens",
			Rules:  []string{"NAME010", "NAME011", "NAME014", "NAME015", "NAME016"},
			Source: seen("kubernetes/kubernetes/issues/86275"),
		},
	}
}

// capacityErrors are answers about what a region or zone has left, and about operations that met each other.
func capacityErrors() []ErrorCode {
	return []ErrorCode{
		{
			Code:   "AKSCapacityHeavyUsage",
			Means:  "The region has no capacity for new clusters at the moment.",
			WayOut: "try again later, or use another region",
			Source: errorPage(PageErrorCapacity, ""),
		},
		{
			Code: "AvailabilityZoneNotSupported",
			Shapes: []string{
				"The zone(s) '‹zones:text›' for resource ‹pool:name› is not supported. The supported zones for location " +
					"‹region:name› are '‹offers:text›'",
				"The zone(s) ‹zones:text› for resource ‹pool:name› is not supported. The supported zones for location " +
					"‹region:name› are ‹offers:text›.",
			},
			Means:  "The region or VM size has no such zone.",
			Told:   "Pool ‹pool:name› cannot have zones ‹zones:text› in ‹region:name›{; it may have ‹offers:text›}.",
			WayOut: "use zones that the VM size has in the region for your subscription (az vm list-skus), or none",
			Source: errorPage(PageErrorNoZones, ""),
		},
		{
			Code:   "SLBRequiredForAvailabilityZone",
			Shapes: []string{"Standard Load Balancer is required for availability zone"},
			Means:  "Zones need the Standard load balancer.",
			WayOut: "set loadBalancerSku: standard",
			Rules:  []string{"LIFE009"},
			Source: seen("Azure/AKS/issues/1133").dated("2019-07-31"),
		},
		{
			Code:   "ZonalAllocationFailed",
			Means:  "The zone has no capacity for the VM size.",
			WayOut: "use another zone or VM size",
			Source: errorPage(PageErrorZonalAllocation, ""),
		},
		{
			Code:   "AllocationFailed",
			Means:  "The region has no capacity for the VM size.",
			WayOut: "use another VM size or region",
			Source: errorPage(PageErrorZonalAllocation, ""),
		},
		{
			Code:   "OverconstrainedZonalAllocationRequest",
			Means:  "No zone meets all conditions of the pool at once.",
			WayOut: "drop a condition: zone, VM size or accelerated feature",
			Source: errorPage(PageErrorZonalAllocation, ""),
		},
		{
			Code:   "AKSOperationPreempted",
			Means:  "A newer operation took over.",
			WayOut: "wait for that operation, then try again",
			Source: errorPage(PageErrorPreempted, ""),
		},
		{
			Code:   CodeOperationPreempted,
			Means:  "A newer operation took over.",
			WayOut: "wait for that operation, then try again",
			Source: errorPage(PageErrorPreempted, ""),
		},
		{
			Code: "UnsatisfiablePDB",
			Shapes: []string{
				"PDB ‹budget:name› has minAvailable(‹least:n›) >= expectedPods(‹pods:n›)",
				"Upgrade is blocked due to invalid Pod Disruption Budgets (PDBs)",
			},
			Means: "A pod disruption budget does not let a node drain; this is not about the network.",
			Told: "Pod disruption budget ‹budget:name› wants ‹least:n› of ‹pods:n› pods at all times, so that no node can " +
				"drain; this is not about the network.",
			WayOut: "allow a disruption, or scale the workload",
			Source: errorPage(PageErrorPodDrain, ""),
		},
		{
			Code:   "PodDrainFailure",
			Means:  "A node did not drain in time; this is not about the network.",
			WayOut: "look at the pods and their disruption budgets",
			Source: errorPage(PageErrorPodDrain, ""),
		},
		{
			Code: "UpgradeFailed", Outer: true,
			Means:  "An upgrade failed; the inner code says why.",
			WayOut: "look for the inner code in the text",
			Source: errorPage(PageErrorUpgradeFailed, ""),
		},
		{
			Code:   "ServicePrincipalValidationClientError",
			Means:  "The service principal is not valid; this is not about the network.",
			WayOut: "check the service principal and its secret",
			Source: errorPage(PageErrorServicePrincipal, ""),
		},
		{
			Code:   "InvalidClientSecret",
			Means:  "The service principal's secret is not valid; this is not about the network.",
			WayOut: "renew the secret",
			Source: errorPage(PageErrorServicePrincipal, ""),
		},
	}
}

// deletionErrors are answers about deleting what is still in use.
func deletionErrors() []ErrorCode {
	page := errorPage(PageErrorDeletion, "2024-12-04")
	return []ErrorCode{
		{
			Code: "PublicIPAddressCannotBeDeleted",
			Shapes: []string{"Public IP address ‹ip:id› can not be deleted since it is still allocated to resource " +
				"‹by:id›"},
			Means:  "The public IP address is in use.",
			Told:   "‹by:id› still uses public IP address ‹ip:id›.",
			WayOut: "detach the address first",
			Source: page,
		},
		{
			Code: "InUseNetworkSecurityGroupCannotBeDeleted",
			Shapes: []string{
				"Network security group ‹group:id› cannot be deleted because it is in use by the following " +
					"resources: ‹by:text›.",
			},
			Means:  "The network security group is in use.",
			Told:   "‹by:text› still use network security group ‹group:id›.",
			WayOut: "detach the group first",
			Source: page,
		},
		{
			Code:   "NetworkSecurityGroupInUseByVirtualMachineScaleSet",
			Means:  "Nodes still use the network security group.",
			WayOut: "delete the node pools first",
			Source: errorPage(PageErrorInUse, ""),
		},
		{
			Code:   "LoadBalancerInUseByVirtualMachineScaleSet",
			Means:  "Nodes still use the load balancer.",
			WayOut: "delete the node pools first",
			Source: errorPage(PageErrorLoadBalancerInUse, ""),
		},
		{
			Code:   "InUseRouteTableCannotBeDeleted",
			Means:  "A subnet still has the route table.",
			WayOut: "remove the table from the subnet first",
			Source: errorPage(PageErrorRouteTableInUse, ""),
		},
	}
}
