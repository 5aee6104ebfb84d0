// Package resource turns a plan into a graph of Azure resources: the bodies that Azure Resource Manager expects, and
// the ids with which they refer to each other.
//
// A body is the SDK's own struct and contains only what is sent: no read-only field, no empty list (an empty list of
// subnets deletes every subnet), no template expression. A reference is a full resource id; printers replace the ids
// they know with the syntax of their language. Dependencies are derived from those ids.
//
// # Subnets are resources of their own
//
// A virtual network could include its subnets in its own body. Sent to an existing network, such a body deletes every
// subnet that the template does not list, or fails because one of them is in use. Since API version 2023-09-01 a
// network that is sent without subnets keeps the ones it has, and sending a single subnet does not affect the others.
// Networks here therefore never include subnets, and the subnets of one network are sent one after another, because
// Azure rejects concurrent changes to one network (AnotherOperationInProgress).
// https://learn.microsoft.com/azure/azure-resource-manager/bicep/scenarios-virtual-networks (read 2026-11-22)
//
// # What AKS writes into our resources
//
// AKS adds a route for every node to a kubenet cluster's route table, and a delegation to pod subnets. Sending a body
// without them would remove them: the pod subnet is therefore delegated from the start, and a kubenet route table is
// marked Once, so that printers send it only when it does not exist.
package resource

import (
	"slices"
	"strings"
)

// APIVersion is the API version of Microsoft.Network for all bodies of that provider.
// https://learn.microsoft.com/azure/templates/microsoft.network/2025-03-01/virtualnetworks (read 2026-11-22)
const APIVersion = "2025-03-01"

// Graph is the resources of a plan.
type Graph struct {
	// Nodes are all resources, each after those it needs; the same plan always gives the same order.
	Nodes []*Node
	// Target is the scope of the deployment: that of the first network to create.
	Target Scope
	// Location is the default region; empty when the plan names none.
	Location string
	// Clusters describes the network-related settings of the clusters, in the order of the plan.
	Clusters []*Cluster

	byID map[string]*Node
}

// Node is one resource.
type Node struct {
	// Symbol is a name for programs: ASCII letters and digits, starting with a letter, unique in its graph even when
	// case is ignored, and never a keyword of an output language.
	Symbol string
	// Type is the full resource type: "Microsoft.Network/virtualNetworks/subnets".
	Type string
	// APIVersion is the API version of Body.
	APIVersion string
	// Name is the name, prefixed with those of its parents: "vnet-shop/snet-nodes".
	Name string
	// ID is the canonical resource id. Where the plan names no subscription or resource group, it contains
	// UnknownSubscription or UnknownResourceGroup.
	ID string
	// Scope is the resource group of the resource.
	Scope Scope
	// Parent is the parent resource; nil at the top level.
	Parent *Node
	// On is the resource that an extension resource, such as a role assignment, applies to; nil for others.
	On *Node
	// Body is the request body, without name and type; nil when Existing.
	Body any
	// Existing marks a resource that already exists: it is referenced, but never sent.
	Existing bool
	// Once marks a resource that must not be sent again once it exists, because AKS writes to it.
	Once bool
	// Regional marks a resource with its own location. The body has none when the plan names none.
	Regional bool
	// Location is the location in Body.
	Location string
	// Tags are the tags in Body.
	Tags map[string]string
	// Comments explain the resource, one line each, without the comment syntax of any language.
	Comments []string
	// Path is the part of the spec that it comes from: "clusters[0].nodeSubnet".
	Path string

	needs []*Node
}

// Needs returns the resources that must exist before n: its parent, those that its body refers to, and the previous one
// in the same network. They are in the order of the graph and include existing ones.
func (n *Node) Needs() []*Node { return n.needs }

// LeafName returns the last part of the name.
func (n *Node) LeafName() string { return n.Name[strings.LastIndexByte(n.Name, '/')+1:] }

// Find returns the resource with an id, ignoring case, or nil when the graph has none.
func (g *Graph) Find(id string) *Node { return g.byID[strings.ToLower(id)] }

// Network returns n if it is a virtual network, or the one that it is a child of; nil for other resources.
func (n *Node) Network() *Node {
	top := n
	if n.Parent != nil {
		top = n.Parent
	}
	if top.Type != TypeVNet {
		return nil
	}
	return top
}

// sort moves every node after those it needs and otherwise preserves the order in which they were added.
func (g *Graph) sort() {
	sorted := make([]*Node, 0, len(g.Nodes))
	seen := make(map[*Node]bool, len(g.Nodes))
	var visit func(n *Node)
	visit = func(n *Node) {
		if seen[n] {
			return
		}
		seen[n] = true
		for _, need := range n.needs {
			visit(need)
		}
		sorted = append(sorted, n)
	}
	for _, n := range g.Nodes {
		visit(n)
	}
	g.Nodes = sorted
	at := make(map[*Node]int, len(sorted))
	for i, n := range sorted {
		at[n] = i
	}
	for _, n := range sorted {
		slices.SortFunc(n.needs, func(a, b *Node) int { return at[a] - at[b] })
	}
}

// need records that n must come after other.
func (n *Node) need(other *Node) {
	if other != nil && other != n && !slices.Contains(n.needs, other) {
		n.needs = append(n.needs, other)
	}
}
