package spec

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
)

// ManagedVNet is the value of a cluster's vnet that leaves the network to AKS.
const ManagedVNet = "managed"

// Cluster is one AKS cluster. After Parse, every field that has a fixed default holds it; what is sized and placed
// (CIDRs, subnets) stays zero until plan.Build chooses it.
type Cluster struct {
	// Name of the cluster.
	Name string `spec:"name,required" sample:"shop"`
	// Its resource group; the network's may differ.
	ResourceGroup string `spec:"resourceGroup"`
	// Its region, when it differs from the file's.
	Location string `spec:"location"`
	// Name of its virtual network, or managed to leave the network to AKS; one of its own when absent.
	VNet string `spec:"vnet"`
	// Kubernetes version, as 1.34; AKS's default when absent.
	KubernetesVersion Version `spec:"kubernetesVersion"`
	// Support of the Kubernetes version: the community's, or long-term support with tier Premium.
	SupportPlan aks.SupportPlan `spec:"supportPlan"`
	// What AKS upgrades by itself.
	AutoUpgradeProfile AutoUpgradeProfile `spec:"autoUpgradeProfile"`
	// Where pod addresses come from: kubenet, node-subnet, pod-subnet, overlay, byo; cilium is short for overlay with
	// the cilium data plane and policy.
	Model aks.Model `spec:"model"`
	// azure or cilium.
	NetworkDataplane aks.Dataplane `spec:"networkDataplane"`
	// none, azure, calico or cilium.
	NetworkPolicy aks.Policy `spec:"networkPolicy"`
	// [IPv4], or [IPv4, IPv6] for dual-stack.
	IPFamilies []aks.IPFamily `spec:"ipFamilies"`
	// Range of the pods outside the network; sized and placed when absent.
	PodCIDR netip.Prefix `spec:"podCidr,ipv4"`
	// The same for dual-stack: one per family, in the order of ipFamilies.
	PodCIDRs []netip.Prefix `spec:"podCidrs"`
	// Range of the Services; placed when absent.
	ServiceCIDR netip.Prefix `spec:"serviceCidr,ipv4"`
	// The same for dual-stack: one per family, in the order of ipFamilies.
	ServiceCIDRs []netip.Prefix `spec:"serviceCidrs"`
	// Address of the cluster's DNS inside serviceCidr; its eleventh address when absent.
	DNSServiceIP netip.Addr `spec:"dnsServiceIP"`
	// How nodes reach the Internet.
	OutboundType aks.OutboundType `spec:"outboundType"`
	// SKU of the cluster's load balancer.
	LoadBalancerSKU aks.LoadBalancerSKU `spec:"loadBalancerSku"`
	// Where userDefinedRouting sends packets.
	Egress Egress `spec:"egress"`
	// Outbound settings of outboundType loadBalancer.
	LoadBalancerProfile LoadBalancerProfile `spec:"loadBalancerProfile"`
	// Outbound settings of outboundType managedNATGateway.
	NATGatewayProfile NATGatewayProfile `spec:"natGatewayProfile"`
	// The NAT gateway to create for outboundType userAssignedNATGateway.
	NATGateway OwnNATGateway `spec:"natGateway"`
	// What the cluster will expose.
	Services Services `spec:"services"`
	// Private endpoints in the node subnet, beside a private cluster's own.
	PrivateEndpoints int `spec:"privateEndpoints,min=0"`
	// API server behind a private address.
	PrivateCluster bool `spec:"privateCluster"`
	// DNS zone of a private cluster's API server: system, none, or the resource id of a zone of your own.
	PrivateDNSZone string `spec:"privateDNSZone"`
	// Whether a private cluster's API server also has a name in public DNS; true when absent.
	EnablePrivateClusterPublicFQDN *bool `spec:"enablePrivateClusterPublicFQDN"`
	// First label of a private cluster's name in a DNS zone of your own, instead of dnsPrefix.
	FQDNSubdomain string `spec:"fqdnSubdomain"`
	// API server in a delegated subnet of the network.
	APIServerVnetIntegration bool `spec:"apiServerVnetIntegration"`
	// Who may reach the public API server: ranges, and at most one service tag such as AzureCloud.westeurope.
	AuthorizedIPRanges []AuthorizedRange `spec:"authorizedIPRanges"`
	// DNS prefix of the API server; derived when absent.
	DNSPrefix string `spec:"dnsPrefix"`
	// Resource group of the nodes; derived when absent.
	NodeResourceGroup string `spec:"nodeResourceGroup"`
	// Kind of the control plane's identity.
	Identity aks.Identity `spec:"identity"`
	// Base, or Automatic: a cluster whose settings and system pool AKS chooses.
	SKU aks.ClusterSKU `spec:"sku"`
	// Pricing tier of the control plane.
	Tier aks.Tier `spec:"tier"`
	// Auto is node auto-provisioning.
	NodeProvisioningMode aks.ProvisioningMode `spec:"nodeProvisioningMode"`
	// How far node auto-provisioning may go.
	NodeProvisioning NodeProvisioning `spec:"nodeProvisioning"`
	// DNS resolver on every node, for the pools that do not set their own.
	LocalDNSProfile LocalDNSProfile `spec:"localDNSProfile"`
	// Virtual nodes (ACI) add-on.
	VirtualNodes bool `spec:"virtualNodes"`
	// Open Service Mesh add-on.
	OpenServiceMesh bool `spec:"openServiceMesh"`
	// Add-ons and features that need endpoints of their own outside the network, which egress --fqdns lists; others need
	// none.
	AddOns []aks.AddOn `spec:"addOns"`
	// Ingress options in use.
	Ingress []aks.IngressOption `spec:"ingress"`
	// Azure DNS zones of application routing.
	WebAppRouting WebAppRouting `spec:"webAppRouting"`
	// Static egress gateway is enabled.
	StaticEgressGateway bool `spec:"staticEgressGateway"`
	// Advanced container networking services.
	AdvancedNetworking AdvancedNetworking `spec:"advancedNetworking"`
	// Where nodes get what they are built from; a network isolated cluster needs a cache.
	BootstrapProfile BootstrapProfile `spec:"bootstrapProfile"`
	// Private Link Services in front of LoadBalancer Services.
	PrivateLinkServices int `spec:"privateLinkServices,min=0"`
	// For pod-subnet: DynamicIndividual or StaticBlock.
	PodIPAllocationMode aks.AllocationMode `spec:"podIPAllocationMode"`
	// Extra nodes to leave room for: a number, or a percentage of every pool.
	Growth Amount `spec:"growth"`
	// Subnet of the nodes.
	NodeSubnet ClusterSubnet `spec:"nodeSubnet"`
	// Subnet of the hosted system nodes, for sku Automatic.
	SystemNodeSubnet ClusterSubnet `spec:"systemNodeSubnet"`
	// Subnet of the pods, for pod-subnet.
	PodSubnet ClusterSubnet `spec:"podSubnet"`
	// Subnet of the API server, for apiServerVnetIntegration.
	APIServerSubnet ClusterSubnet `spec:"apiServerSubnet"`
	// What the cluster must be able to do; compare recommends a model by it.
	Requirements Requirements `spec:"requirements"`
	// Its node pools; sku Automatic needs none.
	NodePools []NodePool `spec:"nodePools,required,unless=sku:Automatic" sample:"[{name: system, count: 3}]"`
}

// NodeProvisioning says what the NodePools of node auto-provisioning may reach.
type NodeProvisioning struct {
	// Most nodes that the limits of the NodePools allow together.
	MaxNodes int `spec:"maxNodes,min=0"`
	// Pods of each node, as the node class has it.
	MaxPods int `spec:"maxPods,min=10,max=250"`
}

// Egress is where userDefinedRouting sends packets.
type Egress struct {
	// Private address of the firewall or appliance.
	NextHopIP netip.Addr `spec:"nextHopIP,ipv4"`
	// VirtualAppliance unless a gateway takes the traffic.
	NextHopType aks.NextHop `spec:"nextHopType"`
	// Public addresses of the firewall; each gets a route of its own.
	FirewallPublicIPs []netip.Addr `spec:"firewallPublicIPs"`
}

// LoadBalancerProfile holds the outbound settings of a Standard load balancer: one of managedOutboundIPs, outboundIPs
// and outboundIPPrefixes.
type LoadBalancerProfile struct {
	// Public addresses that AKS creates: 1 to 100.
	ManagedOutboundIPs int `spec:"managedOutboundIPs"`
	// Resource ids of public addresses of your own.
	OutboundIPs []string `spec:"outboundIPs"`
	// Resource ids of public prefixes of your own.
	OutboundIPPrefixes []string `spec:"outboundIPPrefixes"`
	// SNAT ports of each node: a multiple of 8, or 0 for Azure's own table.
	AllocatedOutboundPorts int `spec:"allocatedOutboundPorts"`
	// Minutes after which an idle flow is dropped: 4 to 120.
	IdleTimeoutInMinutes int `spec:"idleTimeoutInMinutes"`
	// What the load balancer's backend pool holds.
	BackendPoolType aks.BackendPool `spec:"backendPoolType"`
}

// NATGatewayProfile holds the settings of the NAT gateway that AKS creates for managedNATGateway. Its addresses are
// created by AKS or your own, never both.
type NATGatewayProfile struct {
	// Public addresses that AKS creates: 1 to 16.
	ManagedOutboundIPs int `spec:"managedOutboundIPs"`
	// Public IPv6 addresses that AKS creates for a StandardV2 gateway: 1 to 16.
	ManagedOutboundIPv6s int `spec:"managedOutboundIPv6s"`
	// Resource ids of public addresses of your own, for a StandardV2 gateway.
	OutboundIPs []string `spec:"outboundIPs"`
	// Resource ids of public prefixes of your own, for a StandardV2 gateway.
	OutboundIPPrefixes []string `spec:"outboundIPPrefixes"`
	// Minutes after which an idle flow is dropped: 4 to 120.
	IdleTimeoutInMinutes int `spec:"idleTimeoutInMinutes"`
	// Standard, or StandardV2 in newer APIs.
	SKU aks.NATGatewaySKU `spec:"sku"`
}

// OwnNATGateway is the NAT gateway that the plan creates for userAssignedNATGateway.
type OwnNATGateway struct {
	// Public addresses to create: 1 to 16.
	PublicIPs int `spec:"publicIPs"`
	// Minutes after which an idle flow is dropped: 4 to 120.
	IdleTimeoutInMinutes int `spec:"idleTimeoutInMinutes"`
	// Standard (one zone or none) or StandardV2 (zone-redundant).
	SKU aks.NATGatewaySKU `spec:"sku"`
	// Availability zone of a Standard NAT gateway.
	Zone aks.Zone `spec:"zone"`
}

// Services is what a cluster will expose.
type Services struct {
	// Services of type LoadBalancer with a private address.
	InternalLoadBalancers int `spec:"internalLoadBalancers,min=0"`
	// Services of type LoadBalancer with a public address.
	PublicLoadBalancers int `spec:"publicLoadBalancers,min=0"`
	// Services of any type: addresses of serviceCidr.
	ClusterIPs int `spec:"clusterIPs,min=0"`
	// Ports of each LoadBalancer Service; one when absent.
	Ports int `spec:"ports,min=0"`
	// Whether LoadBalancer Services take a node port for each port; they do when absent.
	AllocateLoadBalancerNodePorts *bool `spec:"allocateLoadBalancerNodePorts"`
	// Node ports that clients in the network reach on the nodes themselves: those of NodePort Services.
	NodePorts []int `spec:"nodePorts,min=1,max=65535"`
	// Cluster, or Local to keep the address of the client.
	ExternalTrafficPolicy aks.TrafficPolicy `spec:"externalTrafficPolicy"`
	// Private addresses that internal Services ask for: part of internalLoadBalancers, in the subnet of the internal load
	// balancers, and kept free.
	StaticIPs []netip.Addr `spec:"staticIPs"`
	// Resource ids of public addresses of your own that public Services ask for: part of publicLoadBalancers.
	PublicIPs []string `spec:"publicIPs"`
	// Subnet of the same network for internal load balancers; the first pool's when absent.
	InternalLoadBalancerSubnet string `spec:"internalLoadBalancerSubnet"`
}

// Internal is how many internal load balancers there are: as many as the spec says, and at least one for each static
// address.
func (s *Services) Internal() int { return max(s.InternalLoadBalancers, len(s.StaticIPs)) }

// Public is how many public load balancers there are: as many as the spec says, and at least one for each public
// address of your own.
func (s *Services) Public() int { return max(s.PublicLoadBalancers, len(s.PublicIPs)) }

// Balancers is how many Services of type LoadBalancer there are, internal and public.
func (s *Services) Balancers() int { return s.Internal() + s.Public() }

// WebAppRouting holds the settings of application routing with NGINX.
type WebAppRouting struct {
	// Resource ids of the Azure DNS zones in which it keeps records: public ones in one group, private ones in one group.
	DNSZoneResourceIDs []string `spec:"dnsZoneResourceIds"`
}

// ClusterSubnet names and pins a subnet that belongs to a cluster or a pool. Several clusters that name the same subnet
// of the same network share it.
type ClusterSubnet struct {
	// Name of the subnet; also of one that exists in the network.
	Name string `spec:"name"`
	// Its range, pinned; sized and placed when absent.
	AddressPrefix netip.Prefix `spec:"addressPrefix,ipv4"`
}

// AdvancedNetworking holds the settings of advanced container networking services that bear on the network plan.
type AdvancedNetworking struct {
	// Network policies by name (FQDN), or by name and request (L7).
	AdvancedNetworkPolicies aks.AdvancedPolicies `spec:"advancedNetworkPolicies"`
	// Encryption of traffic between nodes.
	TransitEncryption aks.Encryption `spec:"transitEncryption"`
	// How packets reach pods: BpfVeth is eBPF host routing.
	AccelerationMode aks.Acceleration `spec:"accelerationMode"`
}

// AutoUpgradeProfile says what AKS upgrades by itself.
type AutoUpgradeProfile struct {
	// Channel of the nodes' operating system images.
	NodeOSUpgradeChannel aks.NodeOSChannel `spec:"nodeOSUpgradeChannel"`
}

// LocalDNSProfile configures the DNS resolver on the nodes.
type LocalDNSProfile struct {
	// Required installs it; Preferred leaves it to the Kubernetes version; Disabled does not install it.
	Mode aks.LocalDNSMode `spec:"mode"`
}

// BootstrapProfile says where nodes get what they are built from.
type BootstrapProfile struct {
	// Direct from Microsoft's registry, or from a private cache of it.
	ArtifactSource aks.ArtifactSource `spec:"artifactSource"`
	// Resource id of a registry of your own that is the cache.
	ContainerRegistryID string `spec:"containerRegistryId"`
}

// Requirements are wishes that decide between models.
type Requirements struct {
	// Hosts of the network must reach pods by their own address.
	PodsReachableFromVnet bool `spec:"podsReachableFromVnet"`
	// Windows node pools.
	Windows bool `spec:"windows"`
	// Network policy engine.
	NetworkPolicy aks.Policy `spec:"networkPolicy"`
	// Nodes the cluster may one day have.
	MaxNodes int `spec:"maxNodes,min=0"`
	// Pods the cluster may one day have.
	MaxPods int `spec:"maxPods,min=0"`
	// IPv4 and IPv6.
	DualStack bool `spec:"dualStack"`
	// Virtual nodes (ACI).
	VirtualNodes bool `spec:"virtualNodes"`
	// Several clusters in one subnet.
	SharedSubnet bool `spec:"sharedSubnet"`
	// Addresses of the network are scarce.
	SaveAddresses bool `spec:"saveAddresses"`
}

// NodePool is one node pool. It scales between minCount and maxCount when maxCount is given, else it has count nodes.
type NodePool struct {
	// Name of the pool.
	Name string `spec:"name,required" sample:"system"`
	// System or User.
	Mode aks.PoolMode `spec:"mode"`
	// Linux or Windows.
	OSType aks.OSType `spec:"osType"`
	// Operating system image.
	OSSKU aks.OSSKU `spec:"osSKU"`
	// Kubernetes version of its nodes, when it differs from the control plane's.
	OrchestratorVersion Version `spec:"orchestratorVersion"`
	// Operating system image with validated cryptographic modules (FIPS 140).
	EnableFIPS bool `spec:"enableFIPS"`
	// Size of its virtual machines.
	VMSize string `spec:"vmSize"`
	// How its machines are grouped.
	Type aks.PoolType `spec:"type"`
	// Availability zones.
	Zones []string `spec:"zones"`
	// A public address for every node.
	EnableNodePublicIP bool `spec:"enableNodePublicIP"`
	// Resource id of the public prefix that the nodes' public addresses are taken from.
	NodePublicIPPrefixID string `spec:"nodePublicIPPrefixID"`
	// DNS resolver on its nodes, when it differs from the cluster's.
	LocalDNSProfile LocalDNSProfile `spec:"localDNSProfile"`
	// Nodes, or with maxCount the nodes at creation.
	Count int `spec:"count,min=0"`
	// Fewest nodes of the autoscaler.
	MinCount int `spec:"minCount,min=0"`
	// Most nodes of the autoscaler.
	MaxCount int `spec:"maxCount,min=0"`
	// Pods of each node.
	MaxPods int `spec:"maxPods"`
	// Extra nodes during an upgrade: a number, or a percentage of the pool.
	MaxSurge Amount `spec:"maxSurge"`
	// Nodes that may be unavailable during an upgrade: a number, or a percentage of the pool.
	MaxUnavailable Amount `spec:"maxUnavailable"`
	// For pod-subnet, when it differs from the cluster's.
	PodIPAllocationMode aks.AllocationMode `spec:"podIPAllocationMode"`
	// Subnet of this pool's nodes, when it differs from the cluster's.
	NodeSubnet ClusterSubnet `spec:"nodeSubnet"`
	// Subnet of this pool's pods, when it differs from the cluster's.
	PodSubnet ClusterSubnet `spec:"podSubnet"`
	// Settings of a pool of mode Gateway.
	GatewayProfile GatewayProfile `spec:"gatewayProfile"`
}

// GatewayProfile holds the settings of a static egress gateway pool.
type GatewayProfile struct {
	// Prefix of the gateway, as a prefix length; 31 when absent. It bounds the nodes of the pool.
	PublicIPPrefixSize int `spec:"publicIPPrefixSize,min=28,max=31"`
	// Whether pods leave with public addresses; false for private addresses of the pool's subnet. True when absent.
	ProvisionPublicIPs *bool `spec:"provisionPublicIPs"`
}

// Autoscaled reports whether the pool scales between MinCount and MaxCount.
func (p *NodePool) Autoscaled() bool { return p.MaxCount > 0 }

// CreateNodes is how many nodes the pool has when it is created.
func (p *NodePool) CreateNodes() int { return p.Count }

// MaxNodes is how many nodes the pool has at most, before growth: MaxCount where it scales, else Count.
func (p *NodePool) MaxNodes() int {
	if p.Autoscaled() {
		return max(p.MaxCount, p.MinCount)
	}
	return p.Count
}

// HostsSystemPool reports whether AKS runs the cluster's system pool for it: under Automatic, unless the spec has a
// system pool, as clusters from before hosted pools do.
func (c *Cluster) HostsSystemPool() bool {
	return c.SKU == aks.SKUAutomatic &&
		!slices.ContainsFunc(c.NodePools, func(p NodePool) bool { return p.Mode == aks.System })
}

// AutoProvisioned reports whether node auto-provisioning adds nodes to the cluster.
func (c *Cluster) AutoProvisioned() bool { return c.NodeProvisioningMode == aks.ProvisioningAuto }

// ProvisionedNodes returns how many nodes node auto-provisioning adds at most, from nodeProvisioning or else from what
// the cluster may one day have; false when the spec does not say.
func (c *Cluster) ProvisionedNodes() (int, bool) {
	if n := c.NodeProvisioning.MaxNodes; n > 0 {
		return n, true
	}
	n := c.Requirements.MaxNodes
	for i := range c.NodePools {
		n -= c.NodePools[i].MaxNodes()
	}
	return max(0, n), n > 0
}

// InUse reports whether a setting needs advanced container networking services.
func (a AdvancedNetworking) InUse() bool {
	return a.AdvancedNetworkPolicies != "" && a.AdvancedNetworkPolicies != aks.AdvancedPoliciesNone ||
		a.TransitEncryption != "" && a.TransitEncryption != aks.EncryptionNone
}

// DualStack reports whether the cluster has addresses of both families.
func (c *Cluster) DualStack() bool { return len(c.IPFamilies) > 1 }

// Managed reports whether AKS creates the cluster's virtual network.
func (c *Cluster) Managed() bool { return c.VNet == ManagedVNet }

// LocalDNS returns the mode of LocalDNS of a pool of c: its own, else the cluster's; empty when neither says.
func (c *Cluster) LocalDNS(p *NodePool) aks.LocalDNSMode {
	return cmp.Or(p.LocalDNSProfile.Mode, c.LocalDNSProfile.Mode)
}

// Private reports whether the gateway's pods leave with private addresses.
func (g GatewayProfile) Private() bool { return g.ProvisionPublicIPs != nil && !*g.ProvisionPublicIPs }

// AllocationMode is how the pods of a pool of c get their addresses under pod-subnet.
func (c *Cluster) AllocationMode(p *NodePool) aks.AllocationMode {
	if p.PodIPAllocationMode != "" {
		return p.PodIPAllocationMode
	}
	return c.PodIPAllocationMode
}
