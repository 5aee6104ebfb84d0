package aks

import (
	"slices"
	"strings"
)

// Enum is a type whose values are the words of a fixed list, in Azure's spelling. Azure reads such words without regard
// to case.
type Enum interface {
	~string
	// Words returns every word of the type, in the order in which messages and the schema list them.
	Words() []string
}

// Word returns the value of E that text spells, without regard to case. It reports whether there is one.
func Word[E Enum](text string) (E, bool) {
	var e E
	i := slices.IndexFunc(e.Words(), func(w string) bool { return strings.EqualFold(w, text) })
	if i < 0 {
		return e, false
	}
	return E(e.Words()[i]), true
}

// words returns values as text.
func words[E ~string](values ...E) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// Dataplane is the ARM property networkDataplane. The zero value leaves the choice to Azure.
type Dataplane string

// The data planes of API 2025-10-01.
const (
	DataplaneAzure  Dataplane = "azure"
	DataplaneCilium Dataplane = "cilium"
)

// Dataplanes returns every data plane, Azure's default first.
func Dataplanes() []Dataplane { return []Dataplane{DataplaneAzure, DataplaneCilium} }

// Words returns the data planes as text.
func (Dataplane) Words() []string { return words(Dataplanes()...) }

// Policy is the ARM property networkPolicy. The zero value means the same as none.
type Policy string

// The policy engines of API 2025-10-01.
const (
	PolicyNone   Policy = "none"
	PolicyAzure  Policy = "azure"
	PolicyCalico Policy = "calico"
	PolicyCilium Policy = "cilium"
)

// Words returns every policy engine, Azure's default first.
func (Policy) Words() []string { return words(PolicyNone, PolicyAzure, PolicyCalico, PolicyCilium) }

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

// Words returns every outbound type, Azure's default first and the previews last.
func (OutboundType) Words() []string {
	return words(append(OutboundTypes(), OutboundManagedNATGatewayV2, OutboundBlock)...)
}

// AllocationMode is the ARM property podIPAllocationMode of a node pool with a pod subnet. The zero value means
// DynamicIndividual.
type AllocationMode string

// The allocation modes of API 2025-10-01.
const (
	DynamicIndividual AllocationMode = "DynamicIndividual"
	StaticBlock       AllocationMode = "StaticBlock"
)

// Words returns every allocation mode, Azure's default first.
func (AllocationMode) Words() []string { return words(DynamicIndividual, StaticBlock) }

// IPFamily is an address family as AKS writes it.
type IPFamily string

// The address families. A cluster has IPv4, or IPv4 and IPv6 in this order; IPv6 alone is not supported.
// [PageDualStack] (read 2026-11-22)
const (
	IPv4 IPFamily = "IPv4"
	IPv6 IPFamily = "IPv6"
)

// Words returns both address families.
func (IPFamily) Words() []string { return words(IPv4, IPv6) }

// Words returns the network models, the recommended one first.
func (Model) Words() []string { return words(Overlay, NodeSubnet, PodSubnet, Kubenet, BYO) }
