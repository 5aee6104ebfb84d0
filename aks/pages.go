package aks

// The pages that more than one table cites. One function a page keeps its address and date in one place.

func srcPlanning() Source     { return page("concepts-network-ip-address-planning", "2026-04-16") }
func srcOverlay() Source      { return page("concepts-network-azure-cni-overlay", "2026-07-31") }
func srcOverlaySet() Source   { return page("azure-cni-overlay", "2026-07-31") }
func srcExpand() Source       { return page("azure-cni-overlay-pod-expand", "2024-08-16") }
func srcPodSubnet() Source    { return page("concepts-network-azure-cni-pod-subnet", "2024-05-21") }
func srcDynamic() Source      { return page("configure-azure-cni-dynamic-ip-allocation", "2024-07-09") }
func srcStatic() Source       { return page("configure-azure-cni-static-block-allocation", "2024-03-18") }
func srcLegacy() Source       { return page("concepts-network-legacy-cni", "2026-04-16") }
func srcKubenet() Source      { return page("configure-kubenet", "2026-04-16") }
func srcModels() Source       { return page("concepts-network-cni-overview", "2026-07-10") }
func srcPlanPods() Source     { return page("plan-pod-networking", "2026") }
func srcCilium() Source       { return page("azure-cni-powered-by-cilium", "2026") }
func srcUpdate() Source       { return page("update-azure-cni", "2026") }
func srcBYO() Source          { return page("use-byo-cni", "2026") }
func srcDualStack() Source    { return page("configure-dual-stack", "2026") }
func srcPolicies() Source     { return page("use-network-policies", "2026") }
func srcLarge() Source        { return page("best-practices-performance-scale-large", "2026") }
func srcQuotas() Source       { return page("quotas-skus-regions", "2026") }
func srcLB() Source           { return page("load-balancer-standard", "2026") }
func srcManyLB() Source       { return page("use-multiple-standard-load-balancer", "2025-05-13") }
func srcInternalLB() Source   { return page("internal-lb", "2026") }
func srcOutbound() Source     { return page("egress-outboundtype", "2026") }
func srcUDR() Source          { return page("egress-udr", "2026") }
func srcNAT() Source          { return page("nat-gateway", "2026") }
func srcFirewall() Source     { return page("limit-egress-traffic", "2026") }
func srcEgress() Source       { return page("outbound-rules-control-egress", "2026") }
func srcNetwork() Source      { return page("concepts-network", "2026") }
func srcAPIServer() Source    { return page("api-server-vnet-integration", "2026") }
func srcPrivate() Source      { return page("private-clusters", "2026") }
func srcIsolated() Source     { return page("concepts-network-isolated", "2026-06-15") }
func srcNAP() Source          { return page("node-auto-provisioning-networking", "2026-02-15") }
func srcPools() Source        { return page("create-node-pools", "2026") }
func srcPoolSubnets() Source  { return page("node-pool-unique-subnet", "2026") }
func srcRolling() Source      { return page("upgrade-aks-node-pools-rolling", "2026") }
func srcStaticEgress() Source { return page("configure-static-egress-gateway", "2026-08-06") }
func srcVirtualNodes() Source { return page("virtual-nodes", "2026") }
func srcIngress() Source      { return page("concepts-network-ingress", "2026") }
func srcSupport() Source      { return page("support-policies", "2026") }
func srcFAQ() Source          { return page("faq", "2026") }
func srcRanges() Source       { return page("api-server-authorized-ip-ranges", "2026") }
func srcTiers() Source        { return page("core-aks-concepts", "2026") }
func srcL7() Source           { return page("container-network-security-l7-policy-concepts", "2026") }
func srcKubenetEnd() Source   { return page("upgrade-kubenet", "2026") }

func srcVNetLimits() Source {
	return azurePage("azure-resource-manager/management/azure-subscription-service-limits", "2022-12-05")
}
func srcLBLimits() Source {
	s := azurePage("azure-resource-manager/management/azure-subscription-service-limits#load-balancer", "")
	return s.as(Copied)
}
func srcVNetFAQ() Source {
	return azurePage("virtual-network/virtual-networks-faq", "2019, and later copies")
}
func srcNames() Source {
	return azurePage("azure-resource-manager/management/resource-name-rules", "older copy")
}
func srcSNAT() Source {
	return azurePage("load-balancer/load-balancer-outbound-connections", "2022-03-01")
}
func srcOutRules() Source { return azurePage("load-balancer/outbound-rules", "2024-04-11") }
func srcNATSKU() Source   { return azurePage("nat-gateway/nat-sku", "2026-07-27") }
func srcNATRes() Source   { return azurePage("nat-gateway/nat-gateway-resource", "2023-07-10") }
func srcAppGW() Source {
	return azurePage("application-gateway/configuration-infrastructure", "2021-06-14")
}
func srcAGC() Source {
	return azurePage("application-gateway/for-containers/container-networking", "2025-03-24")
}
func srcNSGs() Source    { return azurePage("virtual-network/network-security-groups-overview", "") }
func srcManager() Source { return azurePage("virtual-network-manager/concept-limitations", "") }

func srcSubnetSize() Source {
	return supportPage("connectivity/insufficientsubnetsize-error-advanced-networking", "2025-02-20")
}
func srcSupportNames() Source {
	return supportPage("create-upgrade-delete/aks-common-issues-faq", "2025-03-04")
}
func srcSupportNSG() Source {
	return supportPage("connectivity/custom-nsg-blocks-traffic", "2022-08-23")
}
func srcSupportScale() Source {
	return supportPage("create-upgrade-delete/aks-at-scale-troubleshoot-guide", "2024-09-25")
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
