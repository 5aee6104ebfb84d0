package aks

import (
	"slices"
	"strconv"
)

// ValueUnset returns the value that a key has in Azure while the spec does not set it, and false where AKS chooses it.
// [PageClusterAPI] (read 2026-08-21)
func ValueUnset(key string) (value string, known bool) {
	if slices.Contains(chosenByAKS(), key) {
		return "", false
	}
	for _, d := range unsetValues() {
		if d.key == key {
			return d.value, true
		}
	}
	return NotSet, true
}

// chosenByAKS are the keys whose value AKS chooses while nobody sets them, by version, region or quota.
func chosenByAKS() []string {
	return []string{
		"location", "resourceGroup", "subscription",
		"clusters[].location", "clusters[].resourceGroup", "clusters[].kubernetesVersion",
		"clusters[].bootstrapProfile.containerRegistryId",
		"clusters[].nodePools[].vmSize", "clusters[].nodePools[].osSKU",
		"vnets[].location", "vnets[].resourceGroup", "vnets[].subscription",
		"vnets[].subnets[].defaultOutboundAccess", "vnets[].subnets[].privateEndpointNetworkPolicies",
	}
}

type unsetValue struct{ key, value string }

func unsetValues() []unsetValue {
	return []unsetValue{
		{"clusters[].sku", string(SKUBase)},
		{"clusters[].tier", string(TierFree)},
		{"clusters[].supportPlan", string(SupportOfficial)},
		{"clusters[].privateDNSZone", PrivateZoneSystem},
		{"clusters[].bootstrapProfile.artifactSource", string(ArtifactsDirect)},
		{"clusters[].loadBalancerProfile.backendPoolType", string(BackendNodeIPConfiguration)},
		{"clusters[].loadBalancerProfile.managedOutboundIPs", strconv.Itoa(DefaultManagedOutboundIPs)},
		{"clusters[].loadBalancerProfile.idleTimeoutInMinutes", strconv.Itoa(DefaultLBIdleTimeout)},
		{"clusters[].loadBalancerProfile.allocatedOutboundPorts", "0"},
		{"clusters[].natGatewayProfile.managedOutboundIPs", strconv.Itoa(DefaultManagedOutboundIPs)},
		{"clusters[].natGatewayProfile.idleTimeoutInMinutes", strconv.Itoa(DefaultNATIdleTimeout)},
		{"clusters[].natGatewayProfile.sku", string(NATStandard)},
		{"clusters[].advancedNetworking.advancedNetworkPolicies", string(AdvancedPoliciesNone)},
		{"clusters[].advancedNetworking.transitEncryption", string(EncryptionNone)},
		{"clusters[].nodePools[].type", string(ScaleSets)},
		{"clusters[].nodePools[].maxUnavailable", "0"},
		{"natGateways[].sku", string(NATStandard)},
		{"natGateways[].idleTimeoutInMinutes", strconv.Itoa(DefaultNATIdleTimeout)},
		{"clusters[].natGateway.sku", string(NATStandard)},
		{"clusters[].natGateway.idleTimeoutInMinutes", strconv.Itoa(DefaultNATIdleTimeout)},
	}
}
