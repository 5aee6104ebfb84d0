// Package resource turns a plan into a graph of Azure resources: the bodies that Azure Resource Manager wants, with
// the ids by which they refer to each other.
//
// A body is the SDK's own struct and holds what is sent and nothing else: no read-only field, no empty list (an empty
// list of subnets deletes every subnet), no template expression. A reference is a full resource id; printers turn the
// ids they know into their language's way of saying so. What depends on what is derived from those ids.
//
// # Subnets are resources of their own
//
// A virtual network could carry its subnets inside its own body. Sent that way to a network that is in use, it would
// delete every subnet that the template does not list, or fail because one of them is in use. Since API version
// 2023-09-01 a network that is sent without subnets keeps those it has, and a subnet that is sent alone leaves its
// neighbours in peace. So networks never carry subnets here, and the subnets of one network are sent one after
// another, because Azure refuses two changes of one network at a time (AnotherOperationInProgress).
// https://learn.microsoft.com/azure/azure-resource-manager/bicep/scenarios-virtual-networks (read 2026-11-22)
//
// # What AKS writes into our resources
//
// AKS adds a route for every node to a kubenet cluster's route table, and a delegation to pod subnets. Sending a body
// without them would take them away: the pod subnet is therefore delegated from the start, and a kubenet route table
// is marked Once, for printers to send only when it is not there.
package resource

import (
	"slices"
	"strings"
)

// APIVersion is the version of Microsoft.Network that all bodies of that provider are written for.
// https://learn.microsoft.com/azure/templates/microsoft.network/2025-03-01/virtualnetworks (read 2026-11-22)
const APIVersion = "2025-03-01"

// Graph is the resources of a plan.
type Graph struct {
	// Nodes is every resource, each after all that it needs; the order is the same for the same plan.
	Nodes []*Node
	// Target is the scope that a deployment of the graph goes to: that of the first network to create.
	Target Scope
	// Location is the region of what says nothing else; empty when the plan names none.
	Location string
	// Clusters is what the clusters of the plan must be told of their network, in the order of the plan.
	Clusters []*Cluster

	byID map[string]*Node
}

// Node is one resource.
type Node struct {
	// Symbol is a name for programs: ASCII letters and digits, starting with a letter, unique in its graph even where
	// case is ignored, and never a word of any of the output languages.
	Symbol string
	// Type is the full resource type: "Microsoft.Network/virtualNetworks/subnets".
	Type string
	// APIVersion is the version that Body is written for.
	APIVersion string
	// Name is the name, with those of its parents before it: "vnet-shop/snet-nodes".
	Name string
	// ID is the canonical resource id. Where the plan names no subscription or resource group, UnknownSubscription or
	// UnknownResourceGroup stands in it.
	ID string
	// Scope is where the resource lives.
	Scope Scope
	// Parent is the resource it is a child of; nil at the top.
	Parent *Node
	// On is the resource that it extends, as a role assignment does; nil for others.
	On *Node
	// Body is what is sent, without name and type; nil when Existing.
	Body any
	// Existing is whether it is already there: it is referred to, never sent.
	Existing bool
	// Once is whether it must not be sent again after it was created, because AKS keeps its own things in it.
	Once bool
	// Regional is whether it has a location of its own. Its body holds none when the plan names none.
	Regional bool
	// Location is the location in Body.
	Location string
	// Tags is the tags in Body.
	Tags map[string]string
	// Comments says why it is as it is, a line each, without marks of any language.
	Comments []string
	// Path is where it comes from in the spec: "clusters[0].nodeSubnet".
	Path string

	needs []*Node
}

// Needs returns the resources that must be there before n: its parent, those whose ids stand in its body, and the one
// before it in the same network. They are in the order of the graph and include existing ones.
func (n *Node) Needs() []*Node { return n.needs }

// LeafName returns the last part of the name.
func (n *Node) LeafName() string { return n.Name[strings.LastIndexByte(n.Name, '/')+1:] }

// Find returns the resource with an id, without regard to case, and nil when the graph has none.
func (g *Graph) Find(id string) *Node { return g.byID[strings.ToLower(id)] }

// Network returns the virtual network that n is or is a child of; nil for other resources.
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

// sort puts every node after those it needs and otherwise keeps the order in which they were added.
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

// need notes that n must come after other.
func (n *Node) need(other *Node) {
	if other != nil && other != n && !slices.Contains(n.needs, other) {
		n.needs = append(n.needs, other)
	}
}
