// Package spec reads the file a user writes: clusters, virtual networks and the address space they come from.
//
// Reading is strict and total. Parse never fails: whatever is wrong with the text is a Problem with a file, a line and
// a column, and everything that could be understood is in the Spec all the same, so that one run shows all mistakes.
//
// Values are plain Go values. Their positions in the file are kept beside them, by path
// ("clusters[0].nodePools[1].maxPods"), see Spec.Position; whether the user wrote it at all is Spec.Has.
package spec

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
)

// APIVersion is the only version of the spec there is so far.
const APIVersion = "aksnet/v1"

// Spec is one or several spec files read as one: the lists of all files are joined in the order of the files' names.
type Spec struct {
	// Version of this format: aksnet/v1.
	APIVersion string `spec:"apiVersion"`
	// Azure region of everything that does not name its own.
	Location string `spec:"location"`
	// Resource group of everything that does not name its own.
	ResourceGroup string `spec:"resourceGroup"`
	// Subscription id of everything that does not name its own; a parameter of the output when absent.
	Subscription string `spec:"subscription"`
	// Tags put on every resource that is emitted.
	Tags map[string]string `spec:"tags"`
	// Where addresses are taken from, and which ones are in use elsewhere.
	AddressSpace AddressSpace `spec:"addressSpace"`
	// Virtual networks. A cluster that names none gets one of its own.
	VNets []VNet `spec:"vnets"`
	// Route tables of your own, for subnets that name them.
	RouteTables []RouteTable `spec:"routeTables"`
	// Network security groups of your own, for subnets that name them.
	NetworkSecurityGroups []NetworkSecurityGroup `spec:"networkSecurityGroups"`
	// NAT gateways of your own, for subnets that name them.
	NATGateways []NATGateway `spec:"natGateways"`
	// The clusters to plan for.
	Clusters []Cluster `spec:"clusters"`
	// Findings that are known and accepted, with a reason and a last day.
	Waivers []Waiver `spec:"waivers"`
	// What the subscription allows, where it differs from Azure's usual limits.
	Quotas Quotas `spec:"quotas"`

	// Problems is everything that is wrong with the text, in the order of files and positions.
	Problems []Problem `spec:"-"`

	tree tree
}

// AddressSpace says where addresses come from.
type AddressSpace struct {
	// VNets without addressPrefixes are carved from these, in the order written: a later pool is used only when no earlier
	// one has room.
	Pools []Pool `spec:"pools"`
	// Resource id of an IPAM pool of Azure Virtual Network Manager, from which Azure takes the addresses of the networks
	// that would otherwise be carved from pools.
	IPAMPool string `spec:"ipamPool"`
	// Pod CIDRs of kubenet, overlay and byo clusters are taken from these.
	PodPools []netip.Prefix `spec:"podPools"`
	// Service CIDRs are taken from these.
	ServicePools []netip.Prefix `spec:"servicePools"`
	// Ranges in use elsewhere: never allocated, never overlapped.
	Reserved []Reserved `spec:"reserved"`
}

// Pool is a range that networks are carved from. In the file it is a range or an object.
type Pool struct {
	// The range.
	AddressPrefix netip.Prefix `spec:"addressPrefix,required" sample:"10.40.0.0/14"`
	// Region of the networks that are carved from it; those of every region when absent.
	Location string `spec:"location"`
}

// Reserved is a range that somebody else uses, such as a network on premises.
type Reserved struct {
	// Who uses the range.
	Name string `spec:"name"`
	// The range.
	AddressPrefix netip.Prefix `spec:"addressPrefix,required" sample:"10.40.0.0/20"`
}

// VNet is a virtual network: one to create, or with Existing one that is already there.
type VNet struct {
	// Name of the virtual network.
	Name string `spec:"name,required" sample:"vnet-shop"`
	// Its resource group, when it differs from the file's.
	ResourceGroup string `spec:"resourceGroup"`
	// Its subscription, when it differs from the file's.
	Subscription string `spec:"subscription"`
	// Its region, when it differs from the file's.
	Location string `spec:"location"`
	// It is already there: nothing is emitted for the network itself, new subnets are.
	Existing bool `spec:"existing"`
	// Its address space; sized and placed from addressSpace.pools when absent.
	AddressPrefixes []netip.Prefix `spec:"addressPrefixes"`
	// Its size as a prefix length: one block from addressSpace.pools.
	PrefixLength int `spec:"prefixLength,min=8,max=29"`
	// Resource id of an IPAM pool of Azure Virtual Network Manager, from which Azure takes the addresses of the network
	// and of its subnets.
	IPAMPool string `spec:"ipamPool"`
	// Where in the network the plan places subnets: best-fit, from its start, or last-fit, from its end.
	Placement Placement `spec:"placement"`
	// Virtual networks it is peered with, by name or resource id.
	Peerings []Peering `spec:"peerings"`
	// Hub of a virtual WAN that the network is connected to. The connection belongs to the hub and is not emitted.
	VirtualHub VirtualHub `spec:"virtualHub"`
	// Custom DNS servers; Azure's own when absent.
	DNSServers []netip.Addr `spec:"dnsServers"`
	// What else lives here.
	Subnets []Subnet `spec:"subnets"`
	// Virtual network encryption.
	Encryption bool `spec:"encryption"`
	// Resource id of a DDoS protection plan.
	DDoSProtectionPlan string `spec:"ddosProtectionPlan"`
	// Tags of this network, added to the file's.
	Tags map[string]string `spec:"tags"`
}

// Peering is a network's side of a virtual network peering. In the file it is a name, a resource id, or an object. The
// settings are those of this side: the other network has its own, in its own list.
type Peering struct {
	// Name of a network of this spec, or the resource id of any network.
	VNet string `spec:"vnet,required" sample:"vnet-hub"`
	// Address space of a network that this spec does not describe.
	AddressPrefixes []netip.Prefix `spec:"addressPrefixes"`
	// Whether resources of the two networks reach each other; true when absent.
	AllowVirtualNetworkAccess *bool `spec:"allowVirtualNetworkAccess"`
	// Whether traffic may come in that an appliance in the other network forwards; when absent, where egress needs it.
	AllowForwardedTraffic *bool `spec:"allowForwardedTraffic"`
	// Whether the other network may use the gateway of this one; when absent, where egress needs it.
	AllowGatewayTransit *bool `spec:"allowGatewayTransit"`
	// Whether this network uses the gateway of the other one; when absent, where egress needs it.
	UseRemoteGateways *bool `spec:"useRemoteGateways"`
}

// VirtualHub is the hub of a virtual WAN.
type VirtualHub struct {
	// Resource id of the hub.
	ID string `spec:"id"`
	// Its address space, in which its firewall has a private address.
	AddressPrefix netip.Prefix `spec:"addressPrefix"`
}

// Subnet is a subnet that is not a cluster's own, or one that exists. Its size comes from exactly one of addressPrefix,
// prefixLength and addresses, or from what Azure wants for a subnet of that name, delegation or purpose.
type Subnet struct {
	// Name of the subnet.
	Name string `spec:"name,required" sample:"snet-nodes"`
	// Its range, pinned.
	AddressPrefix netip.Prefix `spec:"addressPrefix"`
	// Its ranges, pinned: one or more IPv4 ranges, of which a subnet of nodes or pods has one, and an IPv6 /64.
	AddressPrefixes []netip.Prefix `spec:"addressPrefixes"`
	// Its size as a prefix length; placed.
	PrefixLength int `spec:"prefixLength,min=1,max=30"`
	// Usable addresses wanted; the five that Azure keeps come on top; sized and placed.
	Addresses int `spec:"addresses,min=1"`
	// Addresses in use today, in an existing subnet.
	UsedAddresses int `spec:"usedAddresses,min=0"`
	// It is already there: it is planned around, not emitted.
	Existing bool `spec:"existing"`
	// What the subnet is for, where its name or delegation does not say.
	Purpose aks.SubnetPurpose `spec:"purpose"`
	// Service it is delegated to, such as Microsoft.ServiceNetworking/trafficControllers.
	Delegation string `spec:"delegation"`
	// Service endpoints, such as Microsoft.Storage.
	ServiceEndpoints []string `spec:"serviceEndpoints"`
	// Route table of this spec by name, or any by resource id.
	RouteTable string `spec:"routeTable"`
	// Network security group of this spec by name, or any by resource id.
	NetworkSecurityGroup string `spec:"networkSecurityGroup"`
	// NAT gateway of this spec by name, or any by resource id.
	NATGateway string `spec:"natGateway"`
	// Whether NSGs and routes act on private endpoints.
	PrivateEndpointNetworkPolicies aks.EndpointPolicies `spec:"privateEndpointNetworkPolicies"`
	// Whether virtual machines without an egress of their own get Azure's implicit one.
	DefaultOutboundAccess *bool `spec:"defaultOutboundAccess"`
}

// RouteTable is a route table of the user's own.
type RouteTable struct {
	// Name of the route table.
	Name string `spec:"name,required" sample:"rt-egress"`
	// Its resource group, when it differs from the file's.
	ResourceGroup string `spec:"resourceGroup"`
	// It is already there: nothing is emitted for it.
	Existing bool `spec:"existing"`
	// Ignore routes learned from a gateway.
	DisableBgpRoutePropagation bool `spec:"disableBgpRoutePropagation"`
	// Its routes.
	Routes []Route `spec:"routes"`
}

// Route is one entry of a route table.
type Route struct {
	// Name of the route.
	Name string `spec:"name,required" sample:"default"`
	// Destination of the packets.
	AddressPrefix netip.Prefix `spec:"addressPrefix,required" sample:"0.0.0.0/0"`
	// Where the packets are sent.
	NextHopType aks.NextHop `spec:"nextHopType,required"`
	// Address of the appliance, only for VirtualAppliance.
	NextHopIP netip.Addr `spec:"nextHopIP"`
}

// NetworkSecurityGroup is a network security group of the user's own.
type NetworkSecurityGroup struct {
	// Name of the group.
	Name string `spec:"name,required" sample:"nsg-nodes"`
	// Its resource group, when it differs from the file's.
	ResourceGroup string `spec:"resourceGroup"`
	// It is already there: nothing is emitted for it.
	Existing bool `spec:"existing"`
	// Its rules, beside Azure's defaults.
	Rules []SecurityRule `spec:"rules"`
}

// SecurityRule is one rule of a network security group. Sources and destinations are prefixes, addresses, service tags
// or "*".
type SecurityRule struct {
	// Name of the rule.
	Name string `spec:"name,required" sample:"allow-https"`
	// 100 to 4096; the lowest number that matches decides.
	Priority int `spec:"priority,required" sample:"200"`
	// Direction of the traffic.
	Direction aks.Direction `spec:"direction,required"`
	// What happens to matching traffic.
	Access aks.Access `spec:"access,required"`
	// Which protocol; any when absent.
	Protocol aks.Protocol `spec:"protocol"`
	// Prefixes, service tags or *; any when absent.
	Sources []string `spec:"sources"`
	// Prefixes, service tags or *; any when absent.
	Destinations []string `spec:"destinations"`
	// Ports or ranges such as 8000-8100; any when absent.
	SourcePorts []string `spec:"sourcePorts"`
	// Ports or ranges such as 8000-8100; any when absent.
	DestinationPorts []string `spec:"destinationPorts"`
	// Why the rule exists.
	Description string `spec:"description"`
}

// NATGateway is a NAT gateway of the user's own.
type NATGateway struct {
	// Name of the NAT gateway.
	Name string `spec:"name,required" sample:"nat-shop"`
	// Its resource group, when it differs from the file's.
	ResourceGroup string `spec:"resourceGroup"`
	// It is already there: nothing is emitted for it.
	Existing bool `spec:"existing"`
	// Standard (one zone or none) or StandardV2 (zone-redundant).
	SKU aks.NATGatewaySKU `spec:"sku"`
	// Public addresses to create for it.
	PublicIPs int `spec:"publicIPs,min=0"`
	// Public prefix to create for it, as a prefix length.
	PublicIPPrefixLength int `spec:"publicIPPrefixLength,min=28,max=31"`
	// Minutes after which an idle flow is dropped.
	IdleTimeoutInMinutes int `spec:"idleTimeoutInMinutes,min=0"`
	// Availability zone of a Standard gateway: at most one.
	Zones []string `spec:"zones"`
}

// Quotas is what the subscription allows. Zero is Azure's usual limit.
type Quotas struct {
	// Standard public addresses in each region.
	PublicIPAddresses int `spec:"publicIPAddresses,min=1"`
	// Clusters in each region.
	Clusters int `spec:"clusters,min=1"`
}

// Waiver silences the findings of one rule at one place until a day.
type Waiver struct {
	// Id of the rule.
	Rule string `spec:"rule,required" sample:"IP004"`
	// Where: a path of the spec or the start of one; everywhere when absent.
	Path string `spec:"path"`
	// Why it is accepted.
	Reason string `spec:"reason,required" sample:"the peer is taken down in May"`
	// Last day, as 2027-03-31.
	Until string `spec:"until"`
}

// Problem is one thing that is wrong with the text of a spec: a finding of the reader, before any planning.
type Problem struct {
	// Rule is the id of the rule in the catalogue, SPEC001 and up.
	Rule string
	// Path is the place in the joined spec, such as "clusters[0].podCidr"; empty for a file that could not be parsed.
	Path string
	// Position is where the problem is.
	Position Position
	// Message says what is wrong and what would be accepted.
	Message string
	// Fix is a value that would work, where there is one; it replaces the scalar at Position.
	Fix string
}

// Family is the address family of a prefix.
func Family(p netip.Prefix) aks.IPFamily {
	if p.Addr().Is4() {
		return aks.IPv4
	}
	return aks.IPv6
}
