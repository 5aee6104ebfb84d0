package spec

import (
	"net/netip"

	"github.com/aksnet/aksnet/aks"
)

// ManagedVNet is the value of a cluster's vnet that leaves the network to AKS.
const ManagedVNet = "managed"

// Cluster is one AKS cluster. After Parse, every field that has a fixed default holds it; what is sized and placed
// (CIDRs, subnets) stays zero until plan.Build chooses it.
type Cluster struct {
	Name                     string               `spec:"name,required" doc:"Name of the cluster." sample:"shop"`
	ResourceGroup            string               `spec:"resourceGroup" doc:"Its resource group; the network's may differ."`
	Location                 string               `spec:"location" doc:"Its region, when it differs from the file's."`
	VNet                     string               `spec:"vnet" doc:"Name of its virtual network, or managed to leave the network to AKS; one of its own when absent."`
	KubernetesVersion        Version              `spec:"kubernetesVersion" doc:"Kubernetes version, as 1.34; AKS's default when absent."`
	Model                    aks.Model            `spec:"model" doc:"Where pod addresses come from: kubenet, node-subnet, pod-subnet, overlay, byo; cilium is short for overlay with the cilium data plane and policy."`
	NetworkDataplane         aks.Dataplane        `spec:"networkDataplane" doc:"azure or cilium."`
	NetworkPolicy            aks.Policy           `spec:"networkPolicy" doc:"none, azure, calico or cilium."`
	IPFamilies               []aks.IPFamily       `spec:"ipFamilies" doc:"[IPv4], or [IPv4, IPv6] for dual-stack."`
	PodCIDR                  netip.Prefix         `spec:"podCidr,ipv4" doc:"Range of the pods outside the network; sized and placed when absent."`
	PodCIDRs                 []netip.Prefix       `spec:"podCidrs" doc:"The same for dual-stack: one per family, in the order of ipFamilies."`
	ServiceCIDR              netip.Prefix         `spec:"serviceCidr,ipv4" doc:"Range of the Services; placed when absent."`
	ServiceCIDRs             []netip.Prefix       `spec:"serviceCidrs" doc:"The same for dual-stack: one per family, in the order of ipFamilies."`
	DNSServiceIP             netip.Addr           `spec:"dnsServiceIP" doc:"Address of the cluster's DNS inside serviceCidr; its eleventh address when absent."`
	OutboundType             aks.OutboundType     `spec:"outboundType" doc:"How nodes reach the Internet."`
	LoadBalancerSKU          aks.LoadBalancerSKU  `spec:"loadBalancerSku" doc:"SKU of the cluster's load balancer."`
	Egress                   Egress               `spec:"egress" doc:"Where userDefinedRouting sends packets."`
	LoadBalancerProfile      LoadBalancerProfile  `spec:"loadBalancerProfile" doc:"Outbound settings of outboundType loadBalancer."`
	NATGatewayProfile        NATGatewayProfile    `spec:"natGatewayProfile" doc:"Outbound settings of outboundType managedNATGateway."`
	NATGateway               OwnNATGateway        `spec:"natGateway" doc:"The NAT gateway to create for outboundType userAssignedNATGateway."`
	Services                 Services             `spec:"services" doc:"What the cluster will expose."`
	PrivateEndpoints         int                  `spec:"privateEndpoints,min=0" doc:"Private endpoints in the node subnet, beside a private cluster's own."`
	PrivateCluster           bool                 `spec:"privateCluster" doc:"API server behind a private address."`
	PrivateDNSZone           string               `spec:"privateDNSZone" doc:"DNS zone of a private cluster's API server: system, none, or the resource id of a zone of your own."`
	APIServerVnetIntegration bool                 `spec:"apiServerVnetIntegration" doc:"API server in a delegated subnet of the network."`
	AuthorizedIPRanges       []netip.Prefix       `spec:"authorizedIPRanges" doc:"Who may reach the public API server."`
	DNSPrefix                string               `spec:"dnsPrefix" doc:"DNS prefix of the API server; derived when absent."`
	NodeResourceGroup        string               `spec:"nodeResourceGroup" doc:"Resource group of the nodes; derived when absent."`
	Identity                 aks.Identity         `spec:"identity" doc:"Kind of the control plane's identity."`
	Tier                     aks.Tier             `spec:"tier" doc:"Pricing tier of the control plane."`
	NodeProvisioningMode     aks.ProvisioningMode `spec:"nodeProvisioningMode" doc:"Auto is node auto-provisioning."`
	VirtualNodes             bool                 `spec:"virtualNodes" doc:"Virtual nodes (ACI) add-on."`
	OpenServiceMesh          bool                 `spec:"openServiceMesh" doc:"Open Service Mesh add-on."`
	Ingress                  []aks.IngressOption  `spec:"ingress" doc:"Ingress options in use."`
	StaticEgressGateway      bool                 `spec:"staticEgressGateway" doc:"Static egress gateway is enabled."`
	AdvancedNetworking       AdvancedNetworking   `spec:"advancedNetworking" doc:"Advanced container networking services."`
	BootstrapProfile         BootstrapProfile     `spec:"bootstrapProfile" doc:"Where nodes get what they are built from; a network isolated cluster needs a cache."`
	PrivateLinkServices      int                  `spec:"privateLinkServices,min=0" doc:"Private Link Services in front of LoadBalancer Services."`
	PodIPAllocationMode      aks.AllocationMode   `spec:"podIPAllocationMode" doc:"For pod-subnet: DynamicIndividual or StaticBlock."`
	Growth                   Amount               `spec:"growth" doc:"Extra nodes to leave room for: a number, or a percentage of every pool."`
	NodeSubnet               ClusterSubnet        `spec:"nodeSubnet" doc:"Subnet of the nodes."`
	PodSubnet                ClusterSubnet        `spec:"podSubnet" doc:"Subnet of the pods, for pod-subnet."`
	APIServerSubnet          ClusterSubnet        `spec:"apiServerSubnet" doc:"Subnet of the API server, for apiServerVnetIntegration."`
	Requirements             Requirements         `spec:"requirements" doc:"What the cluster must be able to do; compare recommends a model by it."`
	NodePools                []NodePool           `spec:"nodePools,required" doc:"Its node pools." sample:"[{name: system, count: 3}]"`
}

// Egress is where userDefinedRouting sends packets.
type Egress struct {
	NextHopIP         netip.Addr   `spec:"nextHopIP,ipv4" doc:"Private address of the firewall or appliance."`
	NextHopType       aks.NextHop  `spec:"nextHopType" doc:"VirtualAppliance unless a gateway takes the traffic."`
	FirewallPublicIPs []netip.Addr `spec:"firewallPublicIPs" doc:"Public addresses of the firewall; each gets a route of its own."`
}

// LoadBalancerProfile holds the outbound settings of a Standard load balancer: one of managedOutboundIPs, outboundIPs
// and outboundIPPrefixes.
type LoadBalancerProfile struct {
	ManagedOutboundIPs     int             `spec:"managedOutboundIPs" doc:"Public addresses that AKS makes: 1 to 100."`
	OutboundIPs            []string        `spec:"outboundIPs" doc:"Resource ids of public addresses of your own."`
	OutboundIPPrefixes     []string        `spec:"outboundIPPrefixes" doc:"Resource ids of public prefixes of your own."`
	AllocatedOutboundPorts int             `spec:"allocatedOutboundPorts" doc:"SNAT ports of each node: a multiple of 8, or 0 for Azure's own table."`
	IdleTimeoutInMinutes   int             `spec:"idleTimeoutInMinutes" doc:"Minutes after which an idle flow is dropped: 4 to 120."`
	BackendPoolType        aks.BackendPool `spec:"backendPoolType" doc:"What the load balancer's backend pool holds."`
}

// NATGatewayProfile holds the settings of the NAT gateway that AKS creates for managedNATGateway.
type NATGatewayProfile struct {
	ManagedOutboundIPs   int               `spec:"managedOutboundIPs" doc:"Public addresses that AKS creates: 1 to 16."`
	IdleTimeoutInMinutes int               `spec:"idleTimeoutInMinutes" doc:"Minutes after which an idle flow is dropped: 4 to 120."`
	SKU                  aks.NATGatewaySKU `spec:"sku" doc:"Standard, or StandardV2 in newer APIs."`
}

// OwnNATGateway is the NAT gateway that the plan creates for userAssignedNATGateway.
type OwnNATGateway struct {
	PublicIPs            int               `spec:"publicIPs" doc:"Public addresses to create: 1 to 16."`
	IdleTimeoutInMinutes int               `spec:"idleTimeoutInMinutes" doc:"Minutes after which an idle flow is dropped: 4 to 120."`
	SKU                  aks.NATGatewaySKU `spec:"sku" doc:"Standard (one zone or none) or StandardV2 (zone-redundant)."`
	Zone                 aks.Zone          `spec:"zone" doc:"Availability zone of a Standard NAT gateway."`
}

// Services is what a cluster will expose.
type Services struct {
	InternalLoadBalancers      int    `spec:"internalLoadBalancers,min=0" doc:"Services of type LoadBalancer with a private address."`
	PublicLoadBalancers        int    `spec:"publicLoadBalancers,min=0" doc:"Services of type LoadBalancer with a public address."`
	ClusterIPs                 int    `spec:"clusterIPs,min=0" doc:"Services of any type: addresses of serviceCidr."`
	Ports                      int    `spec:"ports,min=0" doc:"Ports of each LoadBalancer Service; one when absent."`
	InternalLoadBalancerSubnet string `spec:"internalLoadBalancerSubnet" doc:"Subnet of the same network for internal load balancers; the first pool's when absent."`
}

// ClusterSubnet names and pins a subnet that belongs to a cluster or a pool. Several clusters that name the same subnet
// of the same network share it.
type ClusterSubnet struct {
	Name          string       `spec:"name" doc:"Name of the subnet; also of one that exists in the network."`
	AddressPrefix netip.Prefix `spec:"addressPrefix,ipv4" doc:"Its range, pinned; sized and placed when absent."`
}

// AdvancedNetworking holds the settings of advanced container networking services that bear on the network plan.
type AdvancedNetworking struct {
	AdvancedNetworkPolicies aks.AdvancedPolicies `spec:"advancedNetworkPolicies" doc:"Network policies by name (FQDN), or by name and request (L7)."`
	TransitEncryption       aks.Encryption       `spec:"transitEncryption" doc:"Encryption of traffic between nodes."`
}

// BootstrapProfile says where nodes get what they are built from.
type BootstrapProfile struct {
	ArtifactSource      aks.ArtifactSource `spec:"artifactSource" doc:"Direct from Microsoft's registry, or from a private cache of it."`
	ContainerRegistryID string             `spec:"containerRegistryId" doc:"Resource id of a registry of your own that is the cache."`
}

// Requirements are wishes that decide between models.
type Requirements struct {
	PodsReachableFromVnet bool       `spec:"podsReachableFromVnet" doc:"Hosts of the network must reach pods by their own address."`
	Windows               bool       `spec:"windows" doc:"Windows node pools."`
	NetworkPolicy         aks.Policy `spec:"networkPolicy" doc:"Network policy engine."`
	MaxNodes              int        `spec:"maxNodes,min=0" doc:"Nodes the cluster may one day have."`
	MaxPods               int        `spec:"maxPods,min=0" doc:"Pods the cluster may one day have."`
	DualStack             bool       `spec:"dualStack" doc:"IPv4 and IPv6."`
	VirtualNodes          bool       `spec:"virtualNodes" doc:"Virtual nodes (ACI)."`
	SharedSubnet          bool       `spec:"sharedSubnet" doc:"Several clusters in one subnet."`
	SaveAddresses         bool       `spec:"saveAddresses" doc:"Addresses of the network are scarce."`
}

// NodePool is one node pool. It scales between minCount and maxCount when maxCount is given, else it has count nodes.
type NodePool struct {
	Name                string             `spec:"name,required" doc:"Name of the pool." sample:"system"`
	Mode                aks.PoolMode       `spec:"mode" doc:"System or User."`
	OSType              aks.OSType         `spec:"osType" doc:"Linux or Windows."`
	OSSKU               aks.OSSKU          `spec:"osSKU" doc:"Operating system image."`
	VMSize              string             `spec:"vmSize" doc:"Size of its virtual machines."`
	Type                aks.PoolType       `spec:"type" doc:"How its machines are grouped."`
	Zones               []string           `spec:"zones" doc:"Availability zones."`
	EnableNodePublicIP  bool               `spec:"enableNodePublicIP" doc:"A public address for every node."`
	Count               int                `spec:"count,min=0" doc:"Nodes, or with maxCount the nodes at creation."`
	MinCount            int                `spec:"minCount,min=0" doc:"Fewest nodes of the autoscaler."`
	MaxCount            int                `spec:"maxCount,min=0" doc:"Most nodes of the autoscaler."`
	MaxPods             int                `spec:"maxPods" doc:"Pods of each node."`
	MaxSurge            Amount             `spec:"maxSurge" doc:"Extra nodes during an upgrade: a number, or a percentage of the pool."`
	MaxUnavailable      Amount             `spec:"maxUnavailable" doc:"Nodes an upgrade may take away: a number, or a percentage of the pool."`
	PodIPAllocationMode aks.AllocationMode `spec:"podIPAllocationMode" doc:"For pod-subnet, when it differs from the cluster's."`
	NodeSubnet          ClusterSubnet      `spec:"nodeSubnet" doc:"Subnet of this pool's nodes, when it differs from the cluster's."`
	PodSubnet           ClusterSubnet      `spec:"podSubnet" doc:"Subnet of this pool's pods, when it differs from the cluster's."`
	GatewayProfile      GatewayProfile     `spec:"gatewayProfile" doc:"Settings of a pool of mode Gateway."`
}

// GatewayProfile holds the settings of a static egress gateway pool.
type GatewayProfile struct {
	PublicIPPrefixSize int `spec:"publicIPPrefixSize,min=28,max=31" doc:"Public prefix of the gateway, as a prefix length; 31 when absent. It bounds the nodes of the pool."`
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

// DualStack reports whether the cluster has addresses of both families.
func (c *Cluster) DualStack() bool { return len(c.IPFamilies) > 1 }

// Managed reports whether AKS makes the cluster's virtual network.
func (c *Cluster) Managed() bool { return c.VNet == ManagedVNet }

// AllocationMode is how the pods of a pool of c get their addresses under pod-subnet.
func (c *Cluster) AllocationMode(p *NodePool) aks.AllocationMode {
	if p.PodIPAllocationMode != "" {
		return p.PodIPAllocationMode
	}
	return c.PodIPAllocationMode
}
