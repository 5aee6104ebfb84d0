package aks

// The sources that more than one table cites: a page with the date of its text.

func srcPlanning() Source     { return at(PagePlanning, "2026-04-16") }
func srcOverlay() Source      { return at(PageOverlay, "2026-07-31") }
func srcOverlaySet() Source   { return at(PageOverlaySetup, "2026-07-31") }
func srcExpand() Source       { return at(PagePodExpansion, "2024-08-16") }
func srcPodSubnet() Source    { return at(PagePodSubnet, "2024-05-21") }
func srcDynamic() Source      { return at(PageDynamicIPs, "2024-07-09") }
func srcStatic() Source       { return at(PageStaticBlocks, "2024-03-18") }
func srcLegacy() Source       { return at(PageNodeSubnet, "2026-04-16") }
func srcKubenet() Source      { return at(PageKubenet, "2026-04-16") }
func srcModels() Source       { return at(PageModels, "2026-07-10") }
func srcPlanPods() Source     { return at(PagePodNetworking, "2025-03-24") }
func srcCilium() Source       { return at(PageCilium, "2026-08-05") }
func srcUpdate() Source       { return at(PageUpdateCNI, "2024-11-26") }
func srcBYO() Source          { return at(PageBYOCNI, "2026-04-16") }
func srcDualStack() Source    { return at(PageDualStack, "2023-12-07") }
func srcPolicies() Source     { return at(PagePolicies, "2026-08-18") }
func srcLarge() Source        { return at(PageLargeClusters, "2026-06-05") }
func srcQuotas() Source       { return at(PageQuotas, "2026-08-03") }
func srcLB() Source           { return at(PageLoadBalancer, "2024-01-23") }
func srcManyLB() Source       { return at(PageMultipleLoadBalancers, "2025-05-13") }
func srcInternalLB() Source   { return at(PageInternalLoadBalancer, "2026-07-31") }
func srcOutbound() Source     { return at(PageOutboundTypes, "2026-08-05") }
func srcUDR() Source          { return at(PageEgressRoutes, "2023-05-10") }
func srcNAT() Source          { return at(PageNATGateway, "2026-07-07") }
func srcFirewall() Source     { return at(PageFirewall, "2023-12-05") }
func srcEgress() Source       { return at(PageEgressRules, "2026-06-18") }
func srcNetwork() Source      { return at(PageNetwork, "2024-06-03") }
func srcAPIServer() Source    { return at(PageAPIServerVNet, "2026-04-15") }
func srcPrivate() Source      { return at(PagePrivateClusters, "2026-08-05") }
func srcIsolated() Source     { return at(PageIsolatedClusters, "2026-06-15") }
func srcNodeClass() Source    { return at(PageNodeProvisioningClass, "2026-07-05") }
func srcNAP() Source          { return at(PageNodeProvisioning, "2026-02-15") }
func srcNAPModels() Source    { return at(PageNodeProvisioningNetwork, "2024-06-13") }
func srcPools() Source        { return at(PageNodePools, "2026-07-13") }
func srcPoolSubnets() Source  { return at(PageNodePoolSubnets, "2025-09-26") }
func srcRolling() Source      { return at(PageRollingUpgrades, "2026-05-29") }
func srcStaticEgress() Source { return at(PageStaticEgress, "2026-08-06") }
func srcVirtualNodes() Source { return at(PageVirtualNodes, "2023-11-06") }
func srcServices() Source     { return at(PageServices, "2026") }
func srcStaticIP() Source     { return at(PageStaticIP, "2024-06-03") }
func srcIngress() Source      { return at(PageIngress, "2026-06-05") }
func srcSupport() Source      { return at(PageSupport, "2026-06-09") }
func srcFAQ() Source          { return at(PageFAQ, "2026") }
func srcRanges() Source       { return at(PageAuthorizedRanges, "2026-08-03") }
func srcAPITags() Source      { return at(PageServiceTags, "2026") }
func srcTiers() Source        { return at(PageTiers, "2026") }
func srcL7() Source           { return at(PageL7Policies, "2026") }

func srcVNetLimits() Source { return at(PageAzureLimits, "2022-12-05") }
func srcLBLimits() Source {
	s := at(PageLoadBalancerLimits, "")
	return s.as(Copied)
}
func srcVNetFAQ() Source      { return at(PageVNetFAQ, "2019, and later copies") }
func srcNames() Source        { return at(PageResourceNames, "older copy") }
func srcSNAT() Source         { return at(PageSNAT, "2022-03-01") }
func srcNATSKU() Source       { return at(PageNATGatewaySKUs, "2026-07-27") }
func srcNATRes() Source       { return at(PageNATGatewayResource, "2023-07-10") }
func srcAppGW() Source        { return at(PageApplicationGateway, "2021-06-14") }
func srcAGC() Source          { return at(PageAGC, "2025-03-24") }
func srcBastionNSG() Source   { return at(PageBastionRules, "") }
func srcNSGs() Source         { return at(PageSecurityGroups, "2025-07-15") }
func srcRuleTemplate() Source { return at(PageSecurityGroupTemplate, "").readOn("2026-11-24") }
func srcTags() Source         { return at(PageTags, "").readOn("2026-11-24") }
func srcManager() Source      { return at(PageNetworkManager, "") }

func srcSubnetSize() Source   { return at(PageErrorSubnetSize, "2025-02-20") }
func srcSupportNames() Source { return at(PageCommonIssues, "2025-03-04") }
func srcSupportNSG() Source   { return at(PageBlockedTraffic, "2022-08-23") }

func srcAPI() Source { return at(PageClusterAPI, "API 2025-10-01") }
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
