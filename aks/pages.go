package aks

// The pages that more than one table cites. One function a page keeps its address and date in one place.

func srcPlanning() Source   { return at(learnAKS+"concepts-network-ip-address-planning", "2026-04-16") }
func srcOverlay() Source    { return at(learnAKS+"concepts-network-azure-cni-overlay", "2026-07-31") }
func srcOverlaySet() Source { return at(learnAKS+"azure-cni-overlay", "2026-07-31") }
func srcExpand() Source     { return at(learnAKS+"azure-cni-overlay-pod-expand", "2024-08-16") }
func srcPodSubnet() Source  { return at(learnAKS+"concepts-network-azure-cni-pod-subnet", "2024-05-21") }
func srcDynamic() Source {
	return at(learnAKS+"configure-azure-cni-dynamic-ip-allocation", "2024-07-09")
}
func srcStatic() Source {
	return at(learnAKS+"configure-azure-cni-static-block-allocation", "2024-03-18")
}
func srcLegacy() Source       { return at(learnAKS+"concepts-network-legacy-cni", "2026-04-16") }
func srcKubenet() Source      { return at(learnAKS+"configure-kubenet", "2026-04-16") }
func srcModels() Source       { return at(learnAKS+"concepts-network-cni-overview", "2026-07-10") }
func srcPlanPods() Source     { return at(learnAKS+"plan-pod-networking", "2026") }
func srcCilium() Source       { return at(learnAKS+"azure-cni-powered-by-cilium", "2026") }
func srcUpdate() Source       { return at(learnAKS+"update-azure-cni", "2026") }
func srcBYO() Source          { return at(learnAKS+"use-byo-cni", "2026") }
func srcDualStack() Source    { return at(learnAKS+"configure-dual-stack", "2026") }
func srcPolicies() Source     { return at(learnAKS+"use-network-policies", "2026") }
func srcLarge() Source        { return at(learnAKS+"best-practices-performance-scale-large", "2026") }
func srcQuotas() Source       { return at(learnAKS+"quotas-skus-regions", "2026") }
func srcLB() Source           { return at(learnAKS+"load-balancer-standard", "2026") }
func srcManyLB() Source       { return at(learnAKS+"use-multiple-standard-load-balancer", "2025-05-13") }
func srcInternalLB() Source   { return at(learnAKS+"internal-lb", "2026") }
func srcOutbound() Source     { return at(learnAKS+"egress-outboundtype", "2026") }
func srcUDR() Source          { return at(learnAKS+"egress-udr", "2026") }
func srcNAT() Source          { return at(learnAKS+"nat-gateway", "2026") }
func srcFirewall() Source     { return at(learnAKS+"limit-egress-traffic", "2026") }
func srcEgress() Source       { return at(learnAKS+"outbound-rules-control-egress", "2026") }
func srcNetwork() Source      { return at(learnAKS+"concepts-network", "2026") }
func srcAPIServer() Source    { return at(learnAKS+"api-server-vnet-integration", "2026") }
func srcPrivate() Source      { return at(learnAKS+"private-clusters", "2026") }
func srcIsolated() Source     { return at(learnAKS+"concepts-network-isolated", "2026-06-15") }
func srcNAP() Source          { return at(learnAKS+"node-auto-provisioning-networking", "2026-02-15") }
func srcPools() Source        { return at(learnAKS+"create-node-pools", "2026") }
func srcPoolSubnets() Source  { return at(learnAKS+"node-pool-unique-subnet", "2026") }
func srcRolling() Source      { return at(learnAKS+"upgrade-aks-node-pools-rolling", "2026") }
func srcStaticEgress() Source { return at(learnAKS+"configure-static-egress-gateway", "2026-08-06") }
func srcVirtualNodes() Source { return at(learnAKS+"virtual-nodes", "2026") }
func srcIngress() Source      { return at(learnAKS+"concepts-network-ingress", "2026") }
func srcSupport() Source      { return at(learnAKS+"support-policies", "2026") }
func srcFAQ() Source          { return at(learnAKS+"faq", "2026") }
func srcRanges() Source       { return at(learnAKS+"api-server-authorized-ip-ranges", "2026") }
func srcTiers() Source        { return at(learnAKS+"core-aks-concepts", "2026") }
func srcL7() Source           { return at(learnAKS+"container-network-security-l7-policy-concepts", "2026") }

func srcVNetLimits() Source {
	return at(learnAzure+"azure-resource-manager/management/azure-subscription-service-limits", "2022-12-05")
}
func srcLBLimits() Source {
	s := at(learnAzure+"azure-resource-manager/management/azure-subscription-service-limits#load-balancer", "")
	return s.as(Copied)
}
func srcVNetFAQ() Source {
	return at(learnAzure+"virtual-network/virtual-networks-faq", "2019, and later copies")
}
func srcNames() Source {
	return at(learnAzure+"azure-resource-manager/management/resource-name-rules", "older copy")
}
func srcSNAT() Source {
	return at(learnAzure+"load-balancer/load-balancer-outbound-connections", "2022-03-01")
}
func srcNATSKU() Source { return at(learnAzure+"nat-gateway/nat-sku", "2026-07-27") }
func srcNATRes() Source { return at(learnAzure+"nat-gateway/nat-gateway-resource", "2023-07-10") }
func srcAppGW() Source {
	return at(learnAzure+"application-gateway/configuration-infrastructure", "2021-06-14")
}
func srcAGC() Source {
	return at(learnAzure+"application-gateway/for-containers/container-networking", "2025-03-24")
}
func srcNSGs() Source { return at(learnAzure+"virtual-network/network-security-groups-overview", "") }
func srcRuleTemplate() Source {
	return at(learnAzure+"templates/microsoft.network/networksecuritygroups", "").readOn("2026-11-24")
}
func srcTags() Source {
	return at(learnAzure+"azure-resource-manager/management/tag-resources", "").readOn("2026-11-24")
}
func srcManager() Source { return at(learnAzure+"virtual-network-manager/concept-limitations", "") }

func srcSubnetSize() Source {
	return at(supportPages+"connectivity/insufficientsubnetsize-error-advanced-networking", "2025-02-20")
}
func srcSupportNames() Source {
	return at(supportPages+"create-upgrade-delete/aks-common-issues-faq", "2025-03-04")
}
func srcSupportNSG() Source {
	return at(supportPages+"connectivity/custom-nsg-blocks-traffic", "2022-08-23")
}

func srcAPI() Source {
	return Source{URL: github + "Azure/azure-rest-api-specs/tree/main/specification/containerservice", Read: Read, Text: "API 2025-10-01"}
}
func srcSDK() Source {
	return Source{
		URL:  "https://pkg.go.dev/github.com/Azure/azure-sdk-for-go/sdk/resourcemanager/containerservice/armcontainerservice/v6@v6.6.0",
		Read: Read, Text: "2025-04-22",
	}
}
func srcCLI() Source {
	const path = "Azure/azure-cli/blob/dev/src/azure-cli/azure/cli/command_modules/acs/_validators.py"
	return Source{URL: github + path, Read: Read, Text: "2024"}
}
func srcScaler() Source {
	return Source{URL: github + "Azure/azure-container-networking", Read: Read, Text: "2023", Basis: Derived}
}
