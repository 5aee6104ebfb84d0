// Package plan turns a spec into a plan: how many addresses everything needs, where it is placed, and how far it can
// grow.
//
// Build is total and deterministic: it cannot fail, and the same spec gives the same plan. What does not fit is in the
// plan as Unplaced, and what AKS would refuse is planned as it was asked for; saying so is the work of package
// validate.
//
// All counts are addresses unless a name says otherwise.
package plan

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// APIVersion and Kind are the first keys of a written plan.
const (
	APIVersion = "aksnet/v1"
	Kind       = "Plan"
)

// Plan is the network of all clusters of a spec.
type Plan struct {
	APIVersion string     `json:"apiVersion"`
	Kind       string     `json:"kind"`
	VNets      []*VNet    `json:"vnets"`
	Clusters   []*Cluster `json:"clusters"`
	Unplaced   []Unplaced `json:"unplaced"`

	// Spec is what the plan was built from.
	Spec *spec.Spec `json:"-"`
	// Tightness is how short address space ran, see Build.
	Tightness Tightness `json:"-"`

	held *held
}

// Tightness is what the plan had to give up so that everything has a place.
type Tightness int

// How tight a plan is, the most spacious first.
const (
	Spacious     Tightness = iota // nothing
	NothingSpare                  // room that no demand asks for, in networks without address prefixes
	ToTheAddress                  // that, and one block for all subnets of such a network
)

// VNet is a virtual network of the plan, in the order of the spec; networks that clusters get of their own follow, in
// the order of the clusters. Networks that AKS manages are not in the plan.
type VNet struct {
	Name            string         `json:"name"`
	ResourceGroup   string         `json:"resourceGroup"`
	Subscription    string         `json:"subscription,omitempty"`
	Location        string         `json:"location"`
	Existing        bool           `json:"existing"`
	AddressPrefixes []netip.Prefix `json:"addressPrefixes"`
	// IPAMPool is the id of the IPAM pool from which Azure takes the addresses of the network and of its subnets. Which
	// ones nobody knows before the network is deployed.
	IPAMPool string `json:"ipamPool,omitempty"`
	// Addresses is how many IPv4 addresses the address prefixes hold, or Azure takes from the pool.
	Addresses int `json:"addresses"`
	// UsedAddresses is how many of them the subnets take, whole subnets counted.
	UsedAddresses int `json:"usedAddresses"`
	// FreePrefixes is the IPv4 space that no subnet takes.
	FreePrefixes []netip.Prefix `json:"freePrefixes"`
	// Peerings is the names of the networks on the other side, or resource ids, in the order of the spec; a peering
	// that only the other side names is here too.
	Peerings []string `json:"peerings"`
	// PeeringSides is the network's side of each peering, in the order of Peerings.
	PeeringSides []PeeringSide `json:"peeringSides"`
	Subnets      []*Subnet     `json:"subnets"`

	// Spec is the network of the spec; nil for one that a cluster got of its own.
	Spec *spec.VNet `json:"-"`
	// Path is the path of the network in the spec: "vnets[0]", or the cluster that got it.
	Path string `json:"-"`
	// Sized is whether the plan chose the address prefixes.
	Sized bool `json:"-"`

	// seats is how many clusters are in it, seat its own number among the networks of its pool.
	seats, seat int
	// how is where the plan put a network that it sized, in words; shortage is what a network has no place for.
	how, shortage string
	// held is whether it has its address prefixes from a ledger.
	held bool
}

// Purpose is what a subnet is for.
type Purpose string

// The purposes of subnets.
const (
	Nodes     Purpose = "nodes"
	NodesPods Purpose = "nodes+pods"
	Pods      Purpose = "pods"
	APIServer Purpose = "apiServer"
	Gateway   Purpose = "gateway"
	Other     Purpose = "other"
)

// Subnet is a subnet of the plan. One that could not be placed has no AddressPrefix and is in Plan.Unplaced too.
type Subnet struct {
	Name          string       `json:"name"`
	Purpose       Purpose      `json:"purpose"`
	AddressPrefix netip.Prefix `json:"addressPrefix"`
	// AddressPrefixes is AddressPrefix, and the IPv6 prefix of a dual-stack subnet after it.
	AddressPrefixes []netip.Prefix `json:"addressPrefixes"`
	// IPAMPoolAddresses is how many addresses Azure takes from the IPAM pool of the network; 0 for a subnet whose range
	// the plan knows.
	IPAMPoolAddresses int `json:"ipamPoolAddresses,omitempty"`
	// Clusters is the names of the clusters that use the subnet, in the order of the spec.
	Clusters []string `json:"clusters"`
	Demand   Demand   `json:"demand"`
	// DemandByPhase is the total demand in the three phases that Azure checks, and while a pool is replaced.
	DemandByPhase ByPhase `json:"moments"`
	// Usable is how many addresses Azure lets you use.
	Usable int `json:"usable"`
	// Headroom is Usable less what is needed; negative when the subnet is too small.
	Headroom             int      `json:"headroom"`
	NetworkSecurityGroup string   `json:"networkSecurityGroup"`
	RouteTable           string   `json:"routeTable"`
	NATGateway           string   `json:"natGateway"`
	Delegations          []string `json:"delegations"`
	Existing             bool     `json:"existing"`

	// VNet is the network of the subnet.
	VNet *VNet `json:"-"`
	// Spec is the subnet of the spec; nil for a cluster's own.
	Spec *spec.Subnet `json:"-"`
	// Path is the path of the subnet in the spec, or the cluster it belongs to: "vnets[0].subnets[1]",
	// "clusters[0].nodeSubnet".
	Path string `json:"-"`

	pinned, held bool
	terms        Terms
	// how is where the plan put it, in words.
	how string
}

// Pinned reports whether the spec says where the subnet is.
func (s *Subnet) Pinned() bool { return s.pinned }

// Terms returns what the subnet's demand consists of; nothing for a plan that was read from JSON.
func (s *Subnet) Terms() Terms { return s.terms }

// Pools returns the node pools whose nodes (or, for Pods, whose pods) take addresses of the subnet.
func (s *Subnet) Pools() (out []*NodePool) {
	for _, t := range s.terms {
		if t.Pool != nil {
			out = append(out, t.Pool)
		}
	}
	return out
}

// HasDemand reports whether anything is known to need addresses of the subnet, besides what Azure reserves.
func (s *Subnet) HasDemand() bool { return s.Demand.Total > s.Demand.Reserved || len(s.Pools()) > 0 }

// Demand is how many addresses a subnet must hold at its fullest: all pools at their maximum, upgrading together.
type Demand struct {
	Nodes                 int `json:"nodes"`
	Surge                 int `json:"surge"`
	Pods                  int `json:"pods"`
	InternalLoadBalancers int `json:"internalLoadBalancers"`
	PrivateEndpoints      int `json:"privateEndpoints"`
	Other                 int `json:"other"`
	Reserved              int `json:"reserved"`
	Total                 int `json:"total"`
}

// Cluster is a cluster of the plan, in the order of the spec.
type Cluster struct {
	Name              string           `json:"name"`
	ResourceGroup     string           `json:"resourceGroup"`
	Location          string           `json:"location"`
	VNetName          string           `json:"vnet"`
	KubernetesVersion string           `json:"kubernetesVersion,omitempty"`
	Model             aks.Model        `json:"model"`
	NetworkPlugin     string           `json:"networkPlugin"`
	NetworkPluginMode string           `json:"networkPluginMode"`
	NetworkDataplane  aks.Dataplane    `json:"networkDataplane"`
	NetworkPolicy     aks.Policy       `json:"networkPolicy"`
	IPFamilies        []aks.IPFamily   `json:"ipFamilies"`
	PodCIDR           netip.Prefix     `json:"podCidr"`
	PodCIDRs          []netip.Prefix   `json:"podCidrs"`
	ServiceCIDR       netip.Prefix     `json:"serviceCidr"`
	ServiceCIDRs      []netip.Prefix   `json:"serviceCidrs"`
	DNSServiceIP      netip.Addr       `json:"dnsServiceIP"`
	OutboundType      aks.OutboundType `json:"outboundType"`
	DNSPrefix         string           `json:"dnsPrefix"`
	NodeResourceGroup string           `json:"nodeResourceGroup"`
	// Nodes is all pools at their maximum with growth; SurgeNodes what an upgrade of all of them adds; Pods the pods
	// that Nodes can run.
	Nodes      int `json:"nodes"`
	SurgeNodes int `json:"surgeNodes"`
	Pods       int `json:"pods"`
	// PodBlocks is the per-node blocks of the pod CIDR (or, for static blocks, of the pod subnets).
	PodBlocks PodBlocks   `json:"podBlocks"`
	Capacity  Capacity    `json:"capacity"`
	Egress    Egress      `json:"egress"`
	NodePools []*NodePool `json:"nodePools"`
	// ManagedNodePools are the nodes that no pool of the spec has: the hosted system pool of an Automatic cluster, and
	// what node auto-provisioning adds.
	ManagedNodePools []*NodePool `json:"managedNodePools,omitempty"`

	// Spec is the cluster of the spec.
	Spec *spec.Cluster `json:"-"`
	// Path is its path in the spec: "clusters[0]".
	Path string `json:"-"`
	// APIServerSubnet is the subnet of its API server; nil without API Server VNet Integration.
	APIServerSubnet *Subnet `json:"-"`

	vnet *VNet
	// frontends is the subnet of its internal load balancers; nil without one that the plan knows.
	frontends *Subnet
	managed   Terms
	facts     aks.ModelFacts // of Model
	// number is the number of the cluster in the spec, seat that in its network; asked is how many subnets it has
	// there, by rank.
	number, seat int
	asked        [ofSetting + 1]int
	held         cidrsHeld
}

// VNet returns the cluster's virtual network; nil when AKS manages it.
func (c *Cluster) VNet() *VNet { return c.vnet }

// HasOS reports whether one of the cluster's node pools runs an operating system.
func (c *Cluster) HasOS(os aks.OSType) bool {
	return slices.ContainsFunc(c.NodePools, func(p *NodePool) bool { return p.OSType == os })
}

// FrontendSubnet returns the subnet of the cluster's internal load balancers; nil when AKS manages the network.
func (c *Cluster) FrontendSubnet() *Subnet { return c.frontends }

// ManagedTerms returns what the cluster takes of the node subnet that AKS makes for it; nothing in a network of its
// own.
func (c *Cluster) ManagedTerms() Terms { return c.managed }

// Pools returns the node pools of the cluster, those that AKS manages last.
func (c *Cluster) Pools() []*NodePool { return slices.Concat(c.NodePools, c.ManagedNodePools) }

// Growing returns the node pools that grow with the workload: all but the hosted system pool.
func (c *Cluster) Growing() []*NodePool {
	return slices.DeleteFunc(c.Pools(), func(p *NodePool) bool { return p.Hosted })
}

// NodesAt returns how many nodes the cluster has in a phase.
func (c *Cluster) NodesAt() (n ByPhase) {
	largest := 0
	for _, p := range c.Pools() {
		n.Create += p.CreateNodes
		if !p.managed() {
			largest = max(largest, p.Nodes)
		}
	}
	return ByPhase{Create: n.Create, Steady: c.Nodes, Upgrade: c.Nodes + c.SurgeNodes, Replace: c.Nodes + largest}
}

// PodBlocks is how the pods' addresses are cut into blocks, one or more for each node. All zero when they are not.
type PodBlocks struct {
	PrefixLength int `json:"prefixLength"`
	Needed       int `json:"needed"`
	Available    int `json:"available"`
}

// Capacity is how far a cluster can grow in what the plan gives it, before anything must be changed.
type Capacity struct {
	// Nodes is how many nodes fit, surge nodes counted as nodes; growth beyond today's pools is counted in nodes of the
	// pool that costs the most addresses.
	Nodes int `json:"nodes"`
	// NodesWithSurge is how many nodes fit when an upgrade must still find its surge nodes.
	NodesWithSurge int `json:"nodesWithSurge"`
	// Pods is how many pods those Nodes can run, PodsWithSurge how many those NodesWithSurge can.
	Pods          int `json:"pods"`
	PodsWithSurge int `json:"podsWithSurge"`
	// LimitedBy is the limit that is reached first: "node subnet", "pod subnet", "pod CIDR", "route table", "cluster
	// limit", "SNAT ports", "addresses per VNet", "network policy".
	LimitedBy string `json:"limitedBy"`
}

// Egress is the outbound sums of a cluster whose outbound connections are translated by a load balancer or NAT gateway.
// All zero for other outbound types.
type Egress struct {
	OutboundIPs int `json:"outboundIPs"`
	// PortsPerNode is the SNAT ports of each node: as configured, or from Azure's table for Cluster.Nodes; 0 for a NAT
	// gateway, which shares its ports among all nodes.
	PortsPerNode int `json:"portsPerNode"`
	// PortsNeeded is PortsPerNode for all nodes and surge nodes.
	PortsNeeded    int `json:"portsNeeded"`
	PortsAvailable int `json:"portsAvailable"`
	// MaxNodes is how many nodes the ports serve; 0 when they set no limit.
	MaxNodes int `json:"maxNodes"`
	// BackendIPConfigs is how many backend IP configurations the load balancer's busiest frontend has: one for every
	// node and surge node and every port of a Service.
	BackendIPConfigs int `json:"backendIPConfigs"`
}

// NodePool is a node pool of the plan, in the order of the spec.
type NodePool struct {
	Name   string       `json:"name"`
	OSType aks.OSType   `json:"osType"`
	Mode   aks.PoolMode `json:"mode"`
	// Nodes is the most nodes the pool has, growth included; SurgeNodes what an upgrade adds.
	Nodes      int `json:"nodes"`
	SurgeNodes int `json:"surgeNodes"`
	MaxPods    int `json:"maxPods"`
	// NodeSubnetName and PodSubnetName are the names of the subnets of its nodes and pods; PodSubnetName is empty for
	// models without a pod subnet.
	NodeSubnetName string `json:"nodeSubnet"`
	PodSubnetName  string `json:"podSubnet"`
	// Addresses is how many addresses of the virtual network its nodes, surge nodes and pods take.
	Addresses int `json:"addresses"`
	// CreateNodes is how many nodes the pool is created with.
	CreateNodes int `json:"createNodes"`
	// GatewayNodes is how many nodes a static egress gateway pool can have; absent for other pools.
	GatewayNodes int `json:"gatewayNodes,omitempty"`

	// Spec is the pool of the spec.
	Spec *spec.NodePool `json:"-"`
	// Path is its path in the spec: "clusters[0].nodePools[1]".
	Path string `json:"-"`
	// Cluster is the cluster it belongs to.
	Cluster *Cluster `json:"-"`
	// Hosted is whether AKS runs the pool in place of a system pool. Provisioned is whether node auto-provisioning adds
	// the nodes.
	Hosted                bool `json:"-"`
	Provisioned           bool `json:"-"`
	cost                  Cost
	nodeSubnet, podSubnet *Subnet
}

// NodeSubnet returns the subnet of the pool's nodes; nil when AKS manages the network.
func (p *NodePool) NodeSubnet() *Subnet { return p.nodeSubnet }

// PodSubnet returns the subnet of the pool's pods; nil for models without one, and when AKS manages the network.
func (p *NodePool) PodSubnet() *Subnet { return p.podSubnet }

// Cost returns the addresses that one node of the pool takes.
func (p *NodePool) Cost() Cost { return p.cost }

// managed reports whether AKS manages the pool, so that nobody replaces it by another.
func (p *NodePool) managed() bool { return p.Hosted || p.Provisioned }

// AllocationMode returns how the pool's pods get addresses of a pod subnet: as the pool says, or else its cluster.
func (p *NodePool) AllocationMode() aks.AllocationMode { return p.Cluster.Spec.AllocationMode(p.Spec) }

// Unplaced is something that does not fit.
type Unplaced struct {
	Name string `json:"name"`
	// For is what it is for: a subnet's purpose, "vnet", "podCidr" or "serviceCidr", and whose.
	For          string `json:"for"`
	Addresses    int    `json:"addresses"`
	PrefixLength int    `json:"prefixLength"`
	// Reason says what is missing and by how much.
	Reason string `json:"reason"`
	// Repack says what would move if Options.Repack made a place for it; empty when that would not help either.
	Repack string `json:"repack,omitempty"`

	// Path is its path in the spec.
	Path string `json:"-"`
}
