// Package spec reads the file a user writes: clusters, virtual networks and the address space they come from.
//
// Reading is strict and total. Parse never fails: whatever is wrong with the text is a Problem with a file, a line and
// a column, and everything that could be understood is in the Spec all the same, so that one run shows all mistakes.
//
// Values are plain Go values. Where each of them stands in the file is kept beside them and asked for by path
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
	APIVersion            string                 `spec:"apiVersion" doc:"Version of this format: aksnet/v1."`
	Location              string                 `spec:"location" doc:"Azure region of everything that does not name its own."`
	ResourceGroup         string                 `spec:"resourceGroup" doc:"Resource group of everything that does not name its own."`
	Subscription          string                 `spec:"subscription" doc:"Subscription id of everything that does not name its own; a parameter of the output when absent."`
	Tags                  map[string]string      `spec:"tags" doc:"Tags put on every resource that is emitted."`
	AddressSpace          AddressSpace           `spec:"addressSpace" doc:"Where addresses are taken from, and which ones are in use elsewhere."`
	VNets                 []VNet                 `spec:"vnets" doc:"Virtual networks. A cluster that names none gets one of its own."`
	RouteTables           []RouteTable           `spec:"routeTables" doc:"Route tables of your own, for subnets that name them."`
	NetworkSecurityGroups []NetworkSecurityGroup `spec:"networkSecurityGroups" doc:"Network security groups of your own, for subnets that name them."`
	NATGateways           []NATGateway           `spec:"natGateways" doc:"NAT gateways of your own, for subnets that name them."`
	Clusters              []Cluster              `spec:"clusters" doc:"The clusters to plan for."`
	Waivers               []Waiver               `spec:"waivers" doc:"Findings that are known and accepted, with a reason and a last day."`
	Quotas                Quotas                 `spec:"quotas" doc:"What the subscription allows, where it differs from Azure's usual limits."`

	// Problems is everything that is wrong with the text, in the order of files and positions.
	Problems []Problem `spec:"-"`

	tree tree
}

// AddressSpace says where addresses come from.
type AddressSpace struct {
	Pools        []netip.Prefix `spec:"pools" doc:"VNets without addressPrefixes are carved from these."`
	PodPools     []netip.Prefix `spec:"podPools" doc:"Pod CIDRs of kubenet, overlay and byo clusters are taken from these."`
	ServicePools []netip.Prefix `spec:"servicePools" doc:"Service CIDRs are taken from these."`
	Reserved     []Reserved     `spec:"reserved" doc:"Ranges in use elsewhere: never allocated, never overlapped."`
}

// Reserved is a range that somebody else uses, such as a network on premises.
type Reserved struct {
	Name          string       `spec:"name" doc:"Who uses the range."`
	AddressPrefix netip.Prefix `spec:"addressPrefix,required" doc:"The range." sample:"10.40.0.0/20"`
}

// VNet is a virtual network: one to create, or with Existing one that is already there.
type VNet struct {
	Name               string            `spec:"name,required" doc:"Name of the virtual network." sample:"vnet-shop"`
	ResourceGroup      string            `spec:"resourceGroup" doc:"Its resource group, when it differs from the file's."`
	Subscription       string            `spec:"subscription" doc:"Its subscription, when it differs from the file's."`
	Location           string            `spec:"location" doc:"Its region, when it differs from the file's."`
	Existing           bool              `spec:"existing" doc:"It is already there: nothing is emitted for the network itself, new subnets are."`
	AddressPrefixes    []netip.Prefix    `spec:"addressPrefixes" doc:"Its address space; sized and placed from addressSpace.pools when absent."`
	Peerings           []Peering         `spec:"peerings" doc:"Virtual networks it is peered with, by name or resource id."`
	DNSServers         []netip.Addr      `spec:"dnsServers" doc:"Custom DNS servers; Azure's own when absent."`
	Subnets            []Subnet          `spec:"subnets" doc:"What else lives here."`
	Encryption         bool              `spec:"encryption" doc:"Virtual network encryption."`
	DDoSProtectionPlan string            `spec:"ddosProtectionPlan" doc:"Resource id of a DDoS protection plan."`
	Tags               map[string]string `spec:"tags" doc:"Tags of this network, added to the file's."`
}

// Peering is the other side of a virtual network peering. In the file it is a name or id alone, or an object.
type Peering struct {
	VNet            string         `spec:"vnet,required" doc:"Name of a network of this spec, or the resource id of any network." sample:"vnet-hub"`
	AddressPrefixes []netip.Prefix `spec:"addressPrefixes" doc:"Address space of a network that this spec does not describe."`
}

// Subnet is a subnet that is not a cluster's own, or one that exists. Its size comes from exactly one of addressPrefix,
// prefixLength and addresses, or from what Azure wants for a subnet of that name, delegation or purpose.
type Subnet struct {
	Name                           string               `spec:"name,required" doc:"Name of the subnet." sample:"snet-nodes"`
	AddressPrefix                  netip.Prefix         `spec:"addressPrefix" doc:"Its range, pinned."`
	AddressPrefixes                []netip.Prefix       `spec:"addressPrefixes" doc:"Its ranges, pinned: one IPv4 and one IPv6 /64."`
	PrefixLength                   int                  `spec:"prefixLength,min=1,max=30" doc:"Its size as a prefix length; placed."`
	Addresses                      int                  `spec:"addresses,min=1" doc:"Usable addresses wanted; the five that Azure keeps come on top; sized and placed."`
	UsedAddresses                  int                  `spec:"usedAddresses,min=0" doc:"Addresses in use today, in an existing subnet."`
	Existing                       bool                 `spec:"existing" doc:"It is already there: it is planned around, not emitted."`
	Purpose                        aks.SubnetPurpose    `spec:"purpose" doc:"What the subnet is for, where its name or delegation does not say."`
	Delegation                     string               `spec:"delegation" doc:"Service it is delegated to, such as Microsoft.ServiceNetworking/trafficControllers."`
	ServiceEndpoints               []string             `spec:"serviceEndpoints" doc:"Service endpoints, such as Microsoft.Storage."`
	RouteTable                     string               `spec:"routeTable" doc:"Route table of this spec by name, or any by resource id."`
	NetworkSecurityGroup           string               `spec:"networkSecurityGroup" doc:"Network security group of this spec by name, or any by resource id."`
	NATGateway                     string               `spec:"natGateway" doc:"NAT gateway of this spec by name, or any by resource id."`
	PrivateEndpointNetworkPolicies aks.EndpointPolicies `spec:"privateEndpointNetworkPolicies" doc:"Whether NSGs and routes act on private endpoints."`
	DefaultOutboundAccess          *bool                `spec:"defaultOutboundAccess" doc:"Whether virtual machines without an egress of their own get Azure's implicit one."`
}

// RouteTable is a route table of the user's own.
type RouteTable struct {
	Name                       string  `spec:"name,required" doc:"Name of the route table." sample:"rt-egress"`
	ResourceGroup              string  `spec:"resourceGroup" doc:"Its resource group, when it differs from the file's."`
	Existing                   bool    `spec:"existing" doc:"It is already there: nothing is emitted for it."`
	DisableBgpRoutePropagation bool    `spec:"disableBgpRoutePropagation" doc:"Ignore routes learned from a gateway."`
	Routes                     []Route `spec:"routes" doc:"Its routes."`
}

// Route is one entry of a route table.
type Route struct {
	Name          string       `spec:"name,required" doc:"Name of the route." sample:"default"`
	AddressPrefix netip.Prefix `spec:"addressPrefix,required" doc:"Where packets want to go." sample:"0.0.0.0/0"`
	NextHopType   aks.NextHop  `spec:"nextHopType,required" doc:"Where they are sent."`
	NextHopIP     netip.Addr   `spec:"nextHopIP" doc:"Address of the appliance, for VirtualAppliance alone."`
}

// NetworkSecurityGroup is a network security group of the user's own.
type NetworkSecurityGroup struct {
	Name          string         `spec:"name,required" doc:"Name of the group." sample:"nsg-nodes"`
	ResourceGroup string         `spec:"resourceGroup" doc:"Its resource group, when it differs from the file's."`
	Existing      bool           `spec:"existing" doc:"It is already there: nothing is emitted for it."`
	Rules         []SecurityRule `spec:"rules" doc:"Its rules, beside Azure's defaults."`
}

// SecurityRule is one rule of a network security group. Sources and destinations are prefixes, addresses, service tags
// or "*".
type SecurityRule struct {
	Name             string   `spec:"name,required" doc:"Name of the rule." sample:"allow-https"`
	Priority         int      `spec:"priority,required" doc:"100 to 4096; the lowest number that matches decides." sample:"200"`
	Direction        string   `spec:"direction,required" enum:"Inbound,Outbound" doc:"Which way."`
	Access           string   `spec:"access,required" enum:"Allow,Deny" doc:"What happens."`
	Protocol         string   `spec:"protocol" enum:"Tcp,Udp,Icmp,Esp,Ah,*" doc:"Which protocol; any when absent."`
	Sources          []string `spec:"sources" doc:"Prefixes, service tags or *; any when absent."`
	Destinations     []string `spec:"destinations" doc:"Prefixes, service tags or *; any when absent."`
	SourcePorts      []string `spec:"sourcePorts" doc:"Ports or ranges such as 8000-8100; any when absent."`
	DestinationPorts []string `spec:"destinationPorts" doc:"Ports or ranges such as 8000-8100; any when absent."`
	Description      string   `spec:"description" doc:"Why the rule is there."`
}

// NATGateway is a NAT gateway of the user's own.
type NATGateway struct {
	Name                 string            `spec:"name,required" doc:"Name of the NAT gateway." sample:"nat-shop"`
	ResourceGroup        string            `spec:"resourceGroup" doc:"Its resource group, when it differs from the file's."`
	Existing             bool              `spec:"existing" doc:"It is already there: nothing is emitted for it."`
	SKU                  aks.NATGatewaySKU `spec:"sku" doc:"Standard (one zone or none) or StandardV2 (zone-redundant)."`
	PublicIPs            int               `spec:"publicIPs,min=0" doc:"Public addresses to create for it."`
	PublicIPPrefixLength int               `spec:"publicIPPrefixLength,min=28,max=31" doc:"Public prefix to create for it, as a prefix length."`
	IdleTimeoutInMinutes int               `spec:"idleTimeoutInMinutes,min=0" doc:"Minutes after which an idle flow is dropped."`
	Zones                []string          `spec:"zones" doc:"Availability zone of a Standard gateway: at most one."`
}

// Quotas is what the subscription allows. Zero is Azure's usual limit.
type Quotas struct {
	PublicIPAddresses int `spec:"publicIPAddresses,min=1" doc:"Standard public addresses in each region."`
	Clusters          int `spec:"clusters,min=1" doc:"Clusters in each region."`
}

// Waiver silences the findings of one rule at one place until a day.
type Waiver struct {
	Rule   string `spec:"rule,required" doc:"Id of the rule." sample:"IP004"`
	Path   string `spec:"path" doc:"Where: a path of the spec or the start of one; everywhere when absent."`
	Reason string `spec:"reason,required" doc:"Why it is accepted." sample:"the peer is taken down in May"`
	Until  string `spec:"until" doc:"Last day, as 2027-03-31."`
}

// Problem is one thing that is wrong with the text of a spec: a finding of the reader, before any planning.
type Problem struct {
	// Rule is the id of the rule in the catalogue, SPEC001 and up.
	Rule string
	// Path is the place in the joined spec, such as "clusters[0].podCidr"; empty for a file that could not be parsed.
	Path string
	// Position is where it stands.
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
