package aks

// apiServerChanges are changes of how the API server is reached.
func apiServerChanges() []Change {
	integration := changed(PageAPIServerVNet)
	private := changed(PagePrivateClusters)
	return []Change{
		{
			Keys: []string{"clusters[].privateCluster"}, To: []string{"true"}, When: []ChangeCondition{isIntegrated()},
			How: InPlace,
			Steps: []Step{run("aks update --enable-private-cluster --enable-apiserver-vnet-integration " +
				"--apiserver-subnet-id ‹apiServerSubnetID›")},
			Source: integration,
		},
		{
			Keys: []string{"clusters[].privateCluster"}, To: []string{"false"}, When: []ChangeCondition{isIntegrated()},
			How:    InPlace,
			Steps:  []Step{run("aks update --disable-private-cluster")},
			Source: integration,
		},
		{
			Keys: []string{"clusters[].privateCluster"}, How: NewCluster, Source: private,
			Notes: []string{
				"with API Server VNet Integration the change would be possible in place: integrate the API server first",
			},
		},
		{
			Keys: []string{"clusters[].privateDNSZone"}, To: []string{PrivateZoneNone}, When: []ChangeCondition{staysPrivate()},
			How: InPlace,
			Steps: []Step{
				run("aks update --private-dns-zone none"),
				{Command: stepNodeImages, Text: "nodes change to the public name with the node image"},
			},
			Notes: []string{
				"there is no way back to a private DNS zone",
				"a cluster with a disabled public name cannot have zone none",
			},
			Source: private,
		},
		{
			Keys: []string{"clusters[].privateDNSZone"}, When: []ChangeCondition{staysPrivate()}, How: Rejected,
			Notes: []string{
				"a cluster changes only from zone system or a zone of your own to none, in no other direction",
			},
			Source: private,
		},
		{
			Keys: []string{"clusters[].enablePrivateClusterPublicFQDN"}, To: []string{"false"},
			When: []ChangeCondition{staysPrivate()}, How: InPlace,
			Steps:  []Step{run("aks update --disable-public-fqdn")},
			Notes:  []string{"not with private DNS zone none"},
			Source: private,
		},
		{
			Keys: []string{"clusters[].enablePrivateClusterPublicFQDN"}, When: []ChangeCondition{staysPrivate()},
			How: InPlace, Steps: []Step{run("aks update --enable-public-fqdn")}, Source: inferred(PagePrivateClusters),
		},
		{
			Keys: []string{"clusters[].privateDNSZone", "clusters[].enablePrivateClusterPublicFQDN"}, How: Unaffected,
			Source: private,
			Notes:  []string{"it comes and goes with privateCluster"},
		},
		{
			Keys: []string{"clusters[].apiServerVnetIntegration"}, To: []string{"true"}, How: InOrder, OneWay: true,
			Steps: []Step{
				run("aks update --enable-apiserver-vnet-integration --apiserver-subnet-id ‹apiServerSubnetID›"),
				{Command: "aks stop", Text: "at once: nodes find the API server only after a restart"},
				run("aks start"),
				{Command: stepNodeImages, Text: "all pools"},
			},
			Notes: []string{
				"it cannot be switched off again",
				"the address of the API server changes, its name stays",
				"AKS checks the capacity for the restart, and does not reserve it",
			},
			Source: integration,
		},
		{
			Keys: []string{"clusters[].apiServerVnetIntegration"}, How: Rejected,
			Notes: []string{"API Server VNet Integration is permanent"}, Source: integration,
		},
		{
			Keys: []string{"clusters[].apiServerSubnet", "clusters[].apiServerSubnet.name"}, How: NewCluster,
			Source: inferred(PageAPIServerVNet),
		},
		{
			Keys: []string{"clusters[].authorizedIPRanges"}, How: InPlace,
			Steps:  []Step{run("aks update --api-server-authorized-ip-ranges ‹list›")},
			Notes:  []string{"only on clusters with a public API server"},
			Source: changed(PageAuthorizedRanges),
		},
	}
}

// PrivateZoneNone and PrivateZoneSystem are the words of privateDNSZone beside the id of a zone of your own.
const (
	PrivateZoneNone   = "none"
	PrivateZoneSystem = "system"
)

func identityChanges() []Change {
	key := []string{"clusters[].identity"}
	principal := []string{string(ServicePrincipal)}
	s := changed(PageUserAssignedIdentity)
	user := []Step{
		do("give the identity its roles on the subnets first"),
		run("aks update --enable-managed-identity --assign-identity ‹identityID›"),
		{Command: stepNodeImages, Text: "the kubelet keeps the old identity until then"},
	}
	return []Change{
		{
			Keys: key, From: principal, To: []string{string(SystemAssigned)}, How: Reimage, OneWay: true,
			Steps:  []Step{run("aks update --enable-managed-identity"), run(stepNodeImages)},
			Notes:  []string{"a cluster with a managed identity cannot go back to a service principal"},
			Source: changed(PageSystemAssignedIdentity),
		},
		{
			Keys: key, From: principal, To: []string{string(UserAssigned)}, How: Reimage, OneWay: true, Steps: user,
			Notes: []string{"a cluster with a managed identity cannot go back to a service principal"}, Source: s,
		},
		{
			Keys: key, From: []string{string(SystemAssigned)}, To: []string{string(UserAssigned)}, How: InPlace, Steps: user,
			Notes: []string{"no page describes a way back to a system-assigned identity"}, Source: s,
		},
		{
			Keys: key, To: principal, How: Rejected, Source: changed(PageSystemAssignedIdentity),
			Notes: []string{"a cluster with a managed identity cannot go back to a service principal"},
		},
		{Keys: key, How: Undocumented, Source: notFound(PageUserAssignedIdentity)},
	}
}

// featureChanges are changes of what else a cluster has.
func featureChanges() []Change {
	zero := []string{NotSet, string(AdvancedPoliciesNone)}
	return []Change{
		{
			Keys: []string{"clusters[].nodeProvisioningMode"}, To: []string{string(ProvisioningAuto)}, How: InPlace,
			Needs: []ChangeCondition{
				needsProvisioningModel(), needsNoCalico(), needsNoWindows(), needsIPv4(), needsManagedIdentity(),
			},
			Steps: []Step{run("aks update --node-provisioning-mode Auto")}, Source: changed(PageNodeProvisioning),
		},
		{
			Keys: []string{"clusters[].nodeProvisioningMode"}, How: InOrder,
			Steps: []Step{
				{Text: "on every NodePool, so that no node is made", Command: "kubectl patch nodepool --all --type merge " +
					`--patch '{"spec":{"limits":{"cpu":"0"}}}'`},
				{Text: "drain and delete the nodes that node auto-provisioning made", Command: "kubectl delete nodeclaims --all"},
				run("aks update --node-provisioning-mode Manual"),
			},
			Source: changed(PageNodeProvisioning),
		},
		{
			Keys: []string{"clusters[].nodeProvisioning"}, How: Unaffected, Source: changed(PageNodeProvisioning),
			Notes: []string{"what NodePools may reach is set on the NodePools inside the cluster"},
		},
		{
			Keys: []string{"clusters[].staticEgressGateway"}, To: []string{"true"}, How: InPlace,
			Steps: []Step{run("aks update --enable-static-egress-gateway")}, Source: changed(PageStaticEgress),
		},
		{
			Keys: []string{"clusters[].staticEgressGateway"}, How: InOrder,
			Steps: []Step{
				{Text: "first every configuration", Command: "kubectl delete staticgatewayconfigurations --all --all-namespaces"},
				do("then delete the pools of mode Gateway"),
				run("aks update --disable-static-egress-gateway"),
			},
			Source: changed(PageStaticEgress),
		},
		{
			Keys: []string{"clusters[].advancedNetworking.advancedNetworkPolicies"}, To: zero, How: InPlace,
			Steps: []Step{run("aks update --disable-acns")}, Source: changed(PageL7Policies),
			Notes: []string{"observability of advanced container networking services goes with it"},
		},
		{
			Keys: []string{"clusters[].advancedNetworking.advancedNetworkPolicies"}, How: InPlace,
			Needs:  []ChangeCondition{needsCilium()},
			Steps:  []Step{run("aks update --enable-acns --acns-advanced-networkpolicies ‹value›")},
			Source: changed(PageL7Policies),
		},
		{
			Keys: []string{"clusters[].advancedNetworking.transitEncryption"}, How: InPlace,
			Needs:  []ChangeCondition{needsCilium()},
			Steps:  []Step{run("aks update --enable-acns --acns-transit-encryption-type ‹value›")},
			Notes:  []string{"the Cilium agents restart on all nodes"},
			Source: changed(PageWireGuard),
		},
		{
			Keys: []string{"clusters[].advancedNetworking.accelerationMode"},
			How:  InPlace, Needs: []ChangeCondition{needsCilium()}, Source: changed(PageEBPFHostRouting),
			Steps: []Step{run("aks update --enable-acns --acns-datapath-acceleration-mode ‹value›")},
			Notes: []string{"connections that are open may break"},
		},
		{
			Keys: []string{"clusters[].advancedNetworking"}, How: InPlace, Source: changed(PageL7Policies),
			Steps: []Step{run("aks update --enable-acns")},
		},
		{
			Keys: []string{"clusters[].bootstrapProfile.artifactSource"}, To: []string{string(ArtifactsCache)}, How: Reimage,
			Steps: []Step{
				run("aks update --bootstrap-artifact-source Cache"),
				{Command: stepNodeImages, Text: "the cache takes effect with the reimage"},
			},
			Source: changed(PageNetworkIsolated),
		},
		{
			Keys: []string{"clusters[].bootstrapProfile"}, How: Undocumented, Source: notFound(PageNetworkIsolated),
		},
		{
			Keys: []string{"clusters[].virtualNodes"}, To: []string{"true"}, How: InPlace,
			Steps:  []Step{run("aks enable-addons --addons virtual-node --subnet-name ‹virtualNodes›")},
			Source: changed(PageVirtualNodesCLI),
		},
		{
			Keys: []string{"clusters[].virtualNodes"}, How: InOrder, Source: changed(PageVirtualNodesCLI),
			Steps: []Step{
				do("delete the pods on virtual nodes first"), run("aks disable-addons --addons virtual-node"),
			},
		},
		{
			Keys: []string{"clusters[].autoUpgradeProfile.nodeOSUpgradeChannel"}, How: InPlace,
			Steps:  []Step{run("aks update --node-os-upgrade-channel ‹value›")},
			Source: changed(PageNodeOSUpgrades),
		},
		{
			Keys: []string{"clusters[].localDNSProfile", "clusters[].nodePools[].localDNSProfile"}, How: Reimage,
			Since: LocalDNSSince, Steps: []Step{run("aks nodepool update --localdns-config ‹file›")},
			Notes:  []string{"the nodes of the pool are made anew, with mode Preferred too"},
			Source: changed(PageLocalDNS),
		},
		ingressOn(IngressAppRoutingNginx, "aks approuting enable", changed(PageAppRouting)),
		ingressOff(IngressAppRoutingNginx, "aks approuting disable", changed(PageAppRouting)),
		{
			Keys: []string{"clusters[].webAppRouting"}, How: InPlace,
			Steps: []Step{run("aks approuting zone update --ids ‹value›")}, Source: changed(PageAppRoutingDNS),
		},
		ingressOn(IngressAppRoutingGatewayAPI, "aks update --enable-app-routing-istio", changed(PageGatewayAPI)),
		ingressOff(IngressAppRoutingGatewayAPI, "aks update --disable-app-routing-istio", changed(PageGatewayAPI)),
		ingressOn(IngressIstio, "aks mesh enable", changed(PageMeshDeploy)),
		ingressOff(IngressIstio, "aks mesh disable", changed(PageMeshUninstall)),
		{
			Keys: []string{"clusters[].openServiceMesh", "clusters[].ingress"},
			How:  Undocumented, Source: notFound(PageAzureCLI),
		},
	}
}

// ingressOn is an ingress option that is switched on, ingressOff one that is switched off.
func ingressOn(option IngressOption, command string, s Source) Change {
	return Change{
		Keys: []string{"clusters[].ingress"}, To: []string{string(option)}, How: InPlace, Steps: []Step{run(command)},
		Source: s,
	}
}

func ingressOff(option IngressOption, command string, s Source) Change {
	return Change{
		Keys: []string{"clusters[].ingress"}, From: []string{string(option)}, How: InPlace, Steps: []Step{run(command)},
		Notes: []string{"what it serves is no longer reachable"}, Source: s,
	}
}

// LocalDNSSince is the first Kubernetes version of LocalDNS.
// [PageLocalDNS] (read 2026-08-21)
const LocalDNSSince = "1.31"

func needsIPv4() ChangeCondition {
	return needs("IPv4 only", "keep nodeProvisioningMode Manual on a dual-stack cluster", func(s Situation) bool {
		return !s.Before.DualStack && !s.After.DualStack
	})
}

func needsCilium() ChangeCondition {
	return needs("the Cilium data plane", "change the data plane to Cilium first", func(s Situation) bool {
		return s.Before.Dataplane == DataplaneCilium
	}, run("aks update --network-dataplane cilium --network-policy cilium"))
}
