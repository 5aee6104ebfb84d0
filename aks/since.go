package aks

// The first Kubernetes versions that have a feature.

// LocalDNSDefaultSince is the first version on which AKS turns LocalDNS on by itself.
// [PageReleaseNotes] (text 2026-05-29, read 2026-11-28)
const LocalDNSDefaultSince = "1.36"

// AdvancedPoliciesSince is the first version with FQDN and layer-7 policies.
// [PageFQDNPolicies] (read 2026-11-28)
const AdvancedPoliciesSince = "1.29"

// HostRoutingSince is the first version with eBPF host routing.
// [PageHostRouting] (text 2025-09-23, read 2026-11-28)
const HostRoutingSince = "1.33"

// ReservedGatewaySubnet is the name of the subnet that the add-on of Application Gateway for Containers makes.
// https://github.com/Azure/AKS/pull/5832 (read 2026-11-28)
const ReservedGatewaySubnet = "aks-appgateway"

// RegionsWithoutAPIServerVNet returns the public regions without API Server VNet Integration.
// [PageAPIServerVNet] (text 2026-04-15, read 2026-11-28)
func RegionsWithoutAPIServerVNet() []string { return []string{"qatarcentral"} }
