package validate

// aksRules is the rules about network models, combinations of features, limits and the API server.
func aksRules() []*Rule {
	return []*Rule{
		podCIDRWithoutUse, podSubnetWithoutUse, allocationModeWithoutUse, ciliumModel, policyModel, policyNeedsCilium, ciliumPolicyOnly,
		podSubnetManaged, podSubnetModes, podSubnetIsNodeSubnet, staticBlockVersion, kubenetSharedSubnet,
		windowsKubenet, windowsCilium, windows2019Model, windows2019Version, osSKUMismatch,
		npmNodes, npmPods, l7Limits, advancedNeedsCilium, noPolicy,
		dualStackModel, dualStackStatic, dualStackPolicy, dualStackCilium, ipFamilies,
		virtualNodesModel, virtualNodesRanges, virtualNodesSubnet,
		napModel, napWindows, napDualStack, napIdentity, napCalico,
		staticEgressModel, staticEgressPool, privateLinkStatic, privateLinkCount, privateLinkBackend,
		agcModel, ingressSubnet, dcsv2Overlay, apiServerEncryption, wishUnmet,
		clusterNodes, clusterUpgrade, clusterPods, flatPods, poolCount, freeTier,
		balancerServices, balancerRules, backendConfigs, internalBalancersLarge, clustersPerRegion,
		authorizedCount, authorizedClosed, authorizedPublic, authorizedPrivate, apiServerOpen, authorizedFirewall,
		privateZoneText, privateZonePublic, privateZoneIdentity, privateCustomDNS, privateKubenetDNS,
	}
}
