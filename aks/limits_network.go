package aks

// The numbers in this file come from Azure's page of subscription limits, whose newest stored copy is from December
// 2022.
// [PageAzureLimits] (text
// 2022-12-05, read 2026-11-22)
const (
	MaxVNets                = 1000   // VNets in a subscription and region
	MaxSubnets              = 3000   // subnets in a VNet
	MaxPeerings             = 500    // peerings of a VNet
	AddressesPerVNet        = 65536  // private addresses in use in a VNet
	AddressesPerPeeredGroup = 128000 // private addresses in use in a group of peered VNets
	AddressesPerNIC         = 256    // private addresses of a network interface
	AddressesPerVM          = 256    // private addresses of a virtual machine
	GatewaysPerVNet         = 1      // VPN gateways of a VNet, and as many of ExpressRoute
	MaxDNSServers           = 20     // DNS servers of a VNet
	MaxRouteTables          = 200    // route tables in a subscription and region
	RoutesPerTable          = 400    // routes in a route table
	MaxNSGs                 = 5000   // NSGs in a subscription and region
	RulesPerNSG             = 1000   // security rules in an NSG
	RangesPerRule           = 4000   // addresses and ranges on one side of a security rule
	MaxASGs                 = 3000   // application security groups in a subscription and region
	IPConfigsPerASG         = 4000   // IP configurations in an application security group
	ASGsPerRule             = 10     // application security groups in a security rule
	ASGsPerNSG              = 100    // application security groups over the rules of an NSG
	MaxNICs                 = 65536  // network interfaces in a subscription and region
	MaxFlowsPerNIC          = 500000 // flows of a network interface
	DefaultPublicIPs        = 10     // Standard public IPs in a subscription and region, before any raise
	MaxPublicIPsEA          = 1000   // the same under an enterprise agreement
	LargestIPPrefixBits     = 28     // prefix length of the largest public IP prefix by default
)

// MaxPeeringsManaged is how many peerings a VNet may have in a hub-and-spoke of Virtual Network Manager.
// [PageNetworkManager] (read 2026-11-22)
const MaxPeeringsManaged = 1000

// RoutesPerTableManaged is how many routes a table may have that Virtual Network Manager writes, in preview.
// [PageManagedRoutes] (text 2024-10-23, read 2026-11-28)
const RoutesPerTableManaged = 1000

// RouteTablesPerSubnet is how many route tables a subnet may have.
// [PageFirewall] (read 2026-11-22)
const RouteTablesPerSubnet = 1

// MinRulePriority is the least, and strongest, priority of a custom security rule.
// [PageSecurityGroups] (text 2025-07-15, read 2026-11-28)
const MinRulePriority = 100

// MaxRulePriority is the largest, and weakest, priority of a custom security rule.
// [PageSecurityGroups] (text 2025-07-15, read 2026-11-28)
const MaxRulePriority = 4096

// MaxRuleDescription is the longest description of a security rule, in characters.
// [PageSecurityGroupTemplate] (read 2026-11-24)
const MaxRuleDescription = 140

// ServiceRulePriority is where AKS starts numbering the rules it writes for Services.
// [PageBlockedTraffic] (text
// 2022-08-23, read 2026-11-22)
const ServiceRulePriority = 500

// MaxTags is the most tags of a resource, MaxTagName and MaxTagValue the longest name and value of one, in characters.
// [PageTags] (read 2026-11-24)
const (
	MaxTags     = 50
	MaxTagName  = 512
	MaxTagValue = 256
)
