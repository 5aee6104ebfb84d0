package aks

// What the SKU Automatic fixes of a cluster, beside API Server VNet Integration and node auto-provisioning. Its system
// pools are hosted: AKS runs them, and they are not in the list of node pools.
// [PageAutomaticNetwork] (text 2026-06-02, read 2026-11-28)
const (
	AutomaticModel     = Overlay
	AutomaticDataplane = DataplaneCilium
	AutomaticPolicy    = PolicyCilium
	AutomaticTier      = TierStandard
)

// AutomaticSource returns where the fixed settings of AKS Automatic are documented.
func AutomaticSource() Source { return at(PageAutomatic, "2026-07-07") }

// HostedSystemNodes is how many nodes a hosted system pool has in the output of the sample. AKS scales it, to a bound
// that no page states.
// [PageAutomaticSystemPools] (text 2026-05-22, read 2026-11-28)
const HostedSystemNodes = 3

// HostedSystemSubnetBits is the size of the subnet of hosted system nodes in the sample: no page states one.
// [PageAutomaticNetwork] (text 2026-06-02, read 2026-11-28)
const HostedSystemSubnetBits = 26

// SystemSurgeNodes is how many nodes of node auto-provisioning run the add-ons of a cluster with a hosted system pool.
// [PageAutomaticSystemPools] (text 2026-05-22, read 2026-11-28)
const SystemSurgeNodes = 1

// ProvisionedSubnetBits is the size of the subnet of node auto-provisioning in the samples, which the planner takes
// where nobody says how many nodes there may be: no page has a formula.
// [PageNodeProvisioningNetwork] (text 2026-08-06, read 2026-11-28)
const ProvisionedSubnetBits = 24

// AutomaticOutbounds returns the outbound types of an Automatic cluster in a network of its own, or in one that AKS
// manages; the first is the default.
// [PageAutomaticNetwork] (text 2026-06-02, read 2026-11-28)
func AutomaticOutbounds(managed bool) []OutboundType {
	if managed {
		return []OutboundType{OutboundManagedNATGateway}
	}
	return []OutboundType{OutboundLoadBalancer, OutboundUserAssignedNATGateway, OutboundUserDefinedRouting}
}

// AutomaticRegions returns the regions that have Automatic, as ARM writes them.
// [PageAutomatic] (text 2026-07-24, read 2026-11-28)
func AutomaticRegions() []string {
	return []string{
		"australiaeast", "austriaeast", "belgiumcentral", "brazilsouth", "canadacentral", "centralindia", "centralus",
		"chilecentral", "denmarkeast", "eastasia", "eastus", "eastus2", "francecentral", "germanywestcentral",
		"indonesiacentral", "israelcentral", "italynorth", "japaneast", "japanwest", "koreacentral", "malaysiawest",
		"mexicocentral", "newzealandnorth", "northeurope", "norwayeast", "polandcentral", "southafricanorth",
		"southcentralus", "southeastasia", "spaincentral", "swedencentral", "switzerlandnorth", "uaenorth", "uksouth",
		"westeurope", "westus2", "westus3",
	}
}

// AutomaticRegionsDate is the date of the list of AutomaticRegions.
const AutomaticRegionsDate = "2026-07-24"

// ProvisionedMaxPods returns maxPods of the nodes of node auto-provisioning under a model, where the node class sets
// none.
// [PageNodeProvisioningClass] (text 2026-07-05, read 2026-11-28)
func ProvisionedMaxPods(m Model) int {
	switch m {
	case Overlay:
		return DefaultMaxPodsOverlay
	case NodeSubnet:
		return DefaultMaxPodsNodeSubnet
	case BYO:
		return DefaultMaxPodsProvisionedBYO
	}
	return DefaultMaxPodsProvisioned
}
