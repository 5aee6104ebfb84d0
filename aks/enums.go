package aks

// Dataplane is the ARM property networkDataplane. The zero value leaves the choice to Azure.
type Dataplane string

// The data planes of API 2025-10-01.
const (
	DataplaneAzure  Dataplane = "azure"
	DataplaneCilium Dataplane = "cilium"
)

// Dataplanes returns every data plane, Azure's default first.
func Dataplanes() []Dataplane { return []Dataplane{DataplaneAzure, DataplaneCilium} }

// Policy is the ARM property networkPolicy. The zero value means the same as none.
type Policy string

// The policy engines of API 2025-10-01.
const (
	PolicyNone   Policy = "none"
	PolicyAzure  Policy = "azure"
	PolicyCalico Policy = "calico"
	PolicyCilium Policy = "cilium"
)

// Policies returns every policy engine, Azure's default first.
func Policies() []Policy { return []Policy{PolicyNone, PolicyAzure, PolicyCalico, PolicyCilium} }

// OutboundType is the ARM property outboundType: how nodes reach the internet. The zero value means loadBalancer.
type OutboundType string

// The outbound types of API 2025-10-01, then the two known previews.
const (
	OutboundLoadBalancer           OutboundType = "loadBalancer"
	OutboundManagedNATGateway      OutboundType = "managedNATGateway"
	OutboundUserAssignedNATGateway OutboundType = "userAssignedNATGateway"
	OutboundUserDefinedRouting     OutboundType = "userDefinedRouting"
	OutboundNone                   OutboundType = "none"

	OutboundManagedNATGatewayV2 OutboundType = "managedNATGatewayV2"
	OutboundBlock               OutboundType = "block"
)

// AllocationMode is the ARM property podIPAllocationMode of a node pool with a pod subnet. The zero value means DynamicIndividual.
type AllocationMode string

// The allocation modes of API 2025-10-01.
const (
	DynamicIndividual AllocationMode = "DynamicIndividual"
	StaticBlock       AllocationMode = "StaticBlock"
)

// AllocationModes returns every allocation mode, Azure's default first.
func AllocationModes() []AllocationMode { return []AllocationMode{DynamicIndividual, StaticBlock} }

// OSType is the operating system of a node pool. The zero value means Linux.
type OSType string

// The operating systems.
const (
	Linux   OSType = "Linux"
	Windows OSType = "Windows"
)

// PoolMode says whether a node pool carries AKS's own pods. The zero value means User.
type PoolMode string

// The pool modes.
const (
	System PoolMode = "System"
	User   PoolMode = "User"
	// Gateway is the mode of a static egress gateway's pool.
	// https://learn.microsoft.com/azure/aks/configure-static-egress-gateway (read 2026-11-22)
	Gateway PoolMode = "Gateway"
)

// IPFamily is an address family as AKS writes it.
type IPFamily string

// The address families. A cluster has IPv4, or IPv4 and IPv6 in this order; IPv6 alone is not supported.
// https://learn.microsoft.com/azure/aks/configure-dual-stack (read 2026-11-22)
const (
	IPv4 IPFamily = "IPv4"
	IPv6 IPFamily = "IPv6"
)
