package aks

import (
	"strings"

	"github.com/aksnet/aksnet/internal/english"
)

// VersionFacts returns how AKS supports and upgrades versions of Kubernetes. The calendar is in KubernetesReleases.
func VersionFacts() []Fact {
	s := at(PageVersions, "2026-08-05")
	return []Fact{
		{
			"version-support",
			"the newest three minor versions are in community support; on the one before them AKS makes, scales and " +
				"upgrades node pools, but makes no cluster",
			s,
		},
		{
			"version-default",
			"a cluster without kubernetesVersion gets the newest patch of the minor version before the newest",
			s,
		},
		{
			"version-skew",
			english.Text("a node pool is made with the version of the control plane, and may later be %v minor versions "+
				"behind it", MaxVersionSkew),
			s,
		},
		{
			"version-upgrade",
			"an upgrade skips no minor version, except from one with long-term support to another; there is no downgrade",
			s,
		},
		{
			"version-control-plane",
			"an upgrade of the control plane alone is refused while automatic upgrades of the cluster are on",
			s,
		},
		{
			"version-lts",
			"long-term support needs tier Premium and supportPlan AKSLongTermSupport; after community support it ends " +
				"only with an upgrade",
			at(PageLongTermSupport, "2026-08-05"),
		},
	}
}

// AutomaticFacts returns what AKS Automatic fixes and refuses.
func AutomaticFacts() []Fact {
	network := at(PageAutomaticNetwork, "2026-06-02")
	return []Fact{
		{
			"automatic-fixed",
			"AKS Automatic fixes model overlay with the Cilium data plane and policy, tier Standard, API Server VNet " +
				"Integration and node auto-provisioning",
			AutomaticSource(),
		},
		{
			"automatic-outbound",
			english.Text("AKS Automatic has outbound type %v in a network that AKS manages, and %v in your own",
				typesOf(AutomaticOutbounds(true)), typesOf(AutomaticOutbounds(false))),
			network,
		},
		{
			"automatic-subnets",
			english.Text("AKS Automatic in your own network has subnets for the API server, for system nodes and for user "+
				"nodes; no page states a size of the last two, the sample has /%v and /%v", HostedSystemSubnetBits,
				ProvisionedSubnetBits),
			network,
		},
		{
			"automatic-refused",
			"AKS Automatic has no Windows nodes, no add-on for Application Gateway for Containers, and no extensions of Dapr " +
				"and Azure Machine Learning",
			AutomaticSource(),
		},
		{
			"automatic-hosted-pool",
			"the hosted system pool of AKS Automatic cannot be listed, upgraded or deleted, and the cluster cannot be stopped",
			at(PageAutomaticSystemPools, "2026-05-22"),
		},
		{
			"automatic-private-dns",
			"AKS Automatic locks the node resource group: a private cluster with clients in other networks needs a network " +
				"and a private DNS zone of your own",
			AutomaticSource(),
		},
	}
}

// typesOf returns outbound types in a row.
func typesOf(types []OutboundType) string { return strings.Join(words(types...), ", ") }
