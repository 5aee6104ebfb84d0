package aks

// Texts that several rows share.
const (
	noteAllPools  = "all node pools are reimaged at the same time"
	noteNodeImage = "nodes take the change with the next node image upgrade"
	noteAddresses = "public addresses change: update allow lists and authorized ranges"

	stepNodeImages = "aks upgrade --node-image-only"
)

// placeChanges are the keys that say which cluster it is, and where.
func placeChanges() []Change {
	return []Change{
		{
			Keys: []string{"clusters[].name", "clusters[].resourceGroup", "clusters[].location", "subscription"},
			How:  NewCluster, Notes: []string{"a cluster and its resources cannot be moved or renamed"},
			Code: CodePropertyChangeNotAllowed, Source: changed(PageFAQ),
		},
		{
			Keys: []string{"clusters[].vnet"}, How: NewCluster,
			Notes: []string{"a cluster cannot move to another virtual network"}, Source: changed(PageFAQ),
		},
		{
			Keys: []string{"clusters[].nodeResourceGroup"}, How: NewCluster, Code: CodePropertyChangeNotAllowed,
			Source: changed(PageFAQ),
		},
		{
			Keys: []string{"clusters[].dnsPrefix", "clusters[].fqdnSubdomain"}, How: NewCluster,
			Code: CodePropertyChangeNotAllowed, Source: srcSupportNames(),
		},
		{
			Keys: []string{"clusters"}, Kind: Added, How: InPlace, Source: changed(PageAzureCLI),
			Notes: []string{"a new cluster is created; it must not take ranges of those that run"},
		},
		{
			Keys: []string{"clusters"}, Kind: Removed, How: InPlace, Steps: []Step{run("aks delete")},
			Source: changed(PageAzureCLI),
			Notes: []string{
				"a cluster cannot be renamed: under another name it is a new one",
				"the resource group of its nodes is deleted with it",
			},
		},
		{
			Keys: []string{"clusters[].sku"}, To: []string{"Automatic"}, How: Rejected, Source: changed(PageAutomaticMigration),
			Notes: []string{"a cluster of SKU Base cannot become Automatic; until 2025 it could"},
		},
		{
			Keys: []string{"clusters[].sku"}, To: []string{"Base"}, How: InOrder, Source: changed(PageAutomaticMigration),
			Steps: []Step{
				run("aks nodepool add --mode System --node-count 3"),
				run("aks update --sku base"),
			},
		},
		{
			Keys: []string{"clusters[].systemNodeSubnet"}, How: Undocumented, Source: notFound(PageAutomaticSystemPools),
			Notes: []string{"a cluster with hosted system pools cannot become one without, nor the other way round"},
		},
	}
}

func versionChanges() []Change {
	s := changed(PageClusterUpgrades)
	return []Change{
		{
			Keys: []string{"clusters[].kubernetesVersion"}, Kind: NextMinor, How: Reimage,
			Steps:  []Step{run("aks upgrade --kubernetes-version ‹value›")},
			Notes:  []string{"the pools follow the control plane, with their surge nodes"},
			Source: s,
		},
		{
			Keys: []string{"clusters[].kubernetesVersion"}, Kind: SkipsMinor, How: InOrder, Code: CodeOperationNotAllowed,
			Notes: []string{
				"with long-term support, a cluster may go straight to a newer version with such support",
				"a version that is no longer supported can be upgraded directly to the oldest supported one",
			},
			Source: s,
		},
		{
			Keys: []string{"clusters[].kubernetesVersion"}, Kind: Downgrade, How: Rejected,
			Notes: []string{"AKS cannot downgrade Kubernetes"}, Source: s,
		},
		{
			Keys: []string{"clusters[].tier"}, From: []string{string(TierPremium)}, How: InPlace,
			Needs:  []ChangeCondition{needsCommunitySupport()},
			Steps:  []Step{run("aks update --tier ‹value› --k8s-support-plan KubernetesOfficial")},
			Source: changed(PageLongTermSupport),
		},
		{
			Keys: []string{"clusters[].tier"}, How: InPlace, Steps: []Step{run("aks update --tier ‹value›")},
			Source: changed(PageTiersUpdate),
		},
		{
			Keys: []string{"clusters[].supportPlan"}, To: []string{"AKSLongTermSupport"}, How: InPlace,
			Steps:  []Step{run("aks update --tier premium --k8s-support-plan AKSLongTermSupport")},
			Source: changed(PageLongTermSupport),
		},
		{
			Keys: []string{"clusters[].supportPlan"}, How: InPlace,
			Needs:  []ChangeCondition{needsCommunitySupport()},
			Steps:  []Step{run("aks update --k8s-support-plan KubernetesOfficial")},
			Source: changed(PageLongTermSupport),
		},
	}
}

// modelChanges are changes of the network model, the data plane and the way pods get addresses.
func modelChanges() []Change {
	s := changed(PageUpdateCNI)
	kubenet := func(when []ChangeCondition, podCIDR string) Change {
		return Change{
			Keys: []string{keyModel}, From: []string{string(Kubenet)}, To: []string{string(Overlay)}, When: when,
			How: Reimage, OneWay: true, Since: OverlayMigrationSince,
			Needs: append(needsNoPolicyEngine(), needsUserAssignedIdentity(), needsSameDataplane()),
			Steps: []Step{run("aks update --network-plugin azure --network-plugin-mode overlay" + podCIDR)},
			Notes: []string{
				noteAllPools,
				"the managed route table is deleted, the pod routes of your own one are removed",
				"the pod CIDR may stay or be replaced (since 2025-08-29)",
			},
			Source: s,
		}
	}
	return []Change{
		kubenet([]ChangeCondition{keepsPodCIDR()}, ""),
		kubenet(nil, " --pod-cidr ‹podCidr›"),
		{
			Keys: []string{keyModel}, From: []string{string(NodeSubnet)}, To: []string{string(Overlay)},
			How: Reimage, OneWay: true, Since: OverlayMigrationSince,
			Needs: append(needsNoPolicyEngine(), needsSameDataplane()),
			Steps: []Step{run("aks update --network-plugin azure --network-plugin-mode overlay --pod-cidr ‹podCidr›")},
			Notes: []string{
				noteAllPools,
				"the pod CIDR overlaps neither subnets of the VNet nor the service CIDR",
				"no azure-ip-masq-agent-config of your own (since 2025-01-30)",
				"Windows nodes need an image of build 20348.1668 or newer",
				"the subnet of Application Gateway for Containers must be a /24 before",
			},
			Source: s,
		},
		{
			Keys: []string{keyModel}, From: []string{string(PodSubnet)}, To: []string{string(Overlay)}, How: NewCluster,
			Notes:  []string{"pod subnets cannot be updated to overlay: AKS refuses to"},
			Source: s,
		},
		{
			Keys: []string{keyModel}, From: []string{string(Overlay)}, How: NewCluster,
			Notes: []string{"there is no way back from overlay"}, Source: s,
		},
		{Keys: []string{keyModel}, How: NewCluster, Source: inferred(PageUpdateCNI)},
		{
			Keys: []string{"clusters[].networkDataplane"}, From: []string{string(DataplaneAzure)},
			To: []string{string(DataplaneCilium)}, How: Reimage, OneWay: true,
			Needs: []ChangeCondition{needsNoKubenet(), needsSameModel(), needsNoWindows(), needsProvisioningOff()},
			Steps: []Step{run("aks update --network-dataplane cilium --network-policy cilium")},
			Notes: []string{noteAllPools, "network policy azure or calico is removed"}, Source: s,
		},
		{
			Keys: []string{"clusters[].networkDataplane"}, How: NewCluster,
			Notes: []string{"no page describes a way back from the Cilium data plane"}, Source: inferred(PageUpdateCNI),
		},
		{
			Keys: []string{"clusters[].podIPAllocationMode", "clusters[].nodePools[].podIPAllocationMode"},
			How:  NewPool, Source: srcStatic(),
			Notes: []string{"a pod subnet supports only one mode: the new pool needs another pod subnet"},
		},
	}
}

// policyChanges are changes of the network policy engine. A change of the data plane brings its engine.
func policyChanges() []Change {
	key := []string{"clusters[].networkPolicy"}
	engines := []string{string(PolicyAzure), string(PolicyCalico)}
	none := []string{string(PolicyNone)}
	return []Change{
		{
			Keys: key, From: none, To: engines, How: Reimage, Since: PolicyChangeSince,
			Steps: []Step{run("aks update --network-policy ‹value›")}, Notes: []string{noteAllPools},
			Source: changed(PagePolicies),
		},
		{
			Keys: key, From: engines, To: none, How: InPlace, Since: PolicyChangeSince,
			Steps: []Step{run("aks update --network-policy none")},
			Notes: []string{
				"network policies are no longer enforced", "resources of Calico itself stay until you delete them",
			},
			Source: changed(PagePolicies),
		},
		{
			Keys: key, From: []string{string(PolicyAzure)}, To: []string{string(PolicyCalico)}, How: InOrder,
			Since: PolicyChangeSince, Between: string(PolicyNone),
			Steps:  []Step{run("aks update --network-policy none"), run("aks update --network-policy calico")},
			Notes:  []string{"the engine cannot be replaced directly: set networkPolicy to none first"},
			Source: changed(PagePolicies),
		},
		{
			Keys: key, From: []string{string(PolicyCalico)}, To: []string{string(PolicyAzure)}, How: InOrder,
			Since: PolicyChangeSince, Between: string(PolicyNone),
			Steps:  []Step{run("aks update --network-policy none"), run("aks update --network-policy azure")},
			Notes:  []string{"the engine cannot be replaced directly: set networkPolicy to none first"},
			Source: inferred(PagePolicies),
		},
		{
			Keys: key, To: []string{string(PolicyCilium)}, How: Reimage, OneWay: true,
			Needs:  []ChangeCondition{needsNoKubenet(), needsSameModel(), needsNoWindows(), needsProvisioningOff()},
			Steps:  []Step{run("aks update --network-dataplane cilium --network-policy cilium")},
			Notes:  []string{noteAllPools, "policy cilium comes with the Cilium data plane"},
			Source: changed(PageUpdateCNI),
		},
		{
			Keys: key, From: []string{string(PolicyCilium)}, How: NewCluster,
			Notes:  []string{"no page describes a way back from policy cilium"},
			Source: inferred(PageUpdateCNI),
		},
	}
}

// OverlayMigrationSince is the first Kubernetes version on which a kubenet cluster can move to overlay.
// [PageUpdateCNI] (read 2026-11-22)
const OverlayMigrationSince = "1.27"

// PolicyChangeSince is the first Kubernetes version on which a policy engine can be installed on a cluster, or removed.
// [PageReleaseNotes] (text 2026-05-29, read 2026-08-21)
const PolicyChangeSince = "1.30"

// ServiceCIDRSince is the first Kubernetes version that takes more service ranges, as ServiceCIDR objects.
// [PagePlanning] (text 2026-04-16, read 2026-11-22)
const ServiceCIDRSince = "1.33"

// rangeChanges are changes of families and ranges.
func rangeChanges() []Change {
	pods := []string{"clusters[].podCidr", "clusters[].podCidrs"}
	const issueFamilies = "Azure/azure-cli/pull/30360"
	return []Change{
		{
			Keys: []string{"clusters[].ipFamilies"}, From: []string{"[IPv4]"}, To: []string{"[IPv4, IPv6]"}, How: InPlace,
			Needs: append(needsNoPolicyEngine(), needsOverlay(), needsProvisioningOff()),
			Steps: []Step{run("aks update --ip-families ipv4,ipv6")},
			Notes: []string{
				"the IPv4 ranges stay", "Terraform still plans a new cluster for it",
				"no page describes a way back to IPv4 only",
			},
			Source: told(github + issueFamilies).readOn(readChanges),
		},
		{Keys: []string{"clusters[].ipFamilies"}, How: Undocumented, Source: notFound(PageDualStack)},
		{
			Keys: pods, When: []ChangeCondition{modelIs(BYO)}, How: InPlace,
			Notes: []string{"the change needs API 2026-01-01 or newer"}, Source: release("2026-01-04"),
		},
		{
			Keys: pods, Kind: Grows, When: []ChangeCondition{modelIs(Overlay)}, How: InPlace, OneWay: true,
			Needs: []ChangeCondition{needsNoWindows(), needsSingleStack()},
			Steps: []Step{run("aks update --pod-cidr ‹value›")},
			Notes: []string{
				"nodes get addresses of the larger range with their next reimage",
				"the release notes announce a preview on 2026-01-04; the page requires Azure CLI 2.48",
			},
			Source: srcExpand(),
		},
		{
			Keys: pods, How: NewCluster,
			Notes:  []string{"only overlay can expand its pod CIDR, to a range that contains the old one"},
			Source: srcExpand(),
		},
		{
			Keys: []string{"clusters[].serviceCidr", "clusters[].serviceCidrs"}, How: NewCluster,
			Notes: []string{
				"Kubernetes " + ServiceCIDRSince + " and newer can add ranges with ServiceCIDR objects",
			},
			Code: CodePropertyChangeNotAllowed, Source: srcPlanning(),
		},
		{
			Keys: []string{"clusters[].dnsServiceIP"}, How: NewCluster, Code: CodePropertyChangeNotAllowed,
			Source: srcAPI(),
		},
	}
}
