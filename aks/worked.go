package aks

import "github.com/aksnet/aksnet/internal/english"

// WorkedSize is a worked example of the documentation. Numbers that the example does not state are zero.
type WorkedSize struct {
	ID    string `json:"id"` // stable, lower case with dashes
	Model Model  `json:"model"`
	// Given is what the example starts from.
	SubnetBits int `json:"subnetPrefixLength,omitempty"` // node subnet
	PodBits    int `json:"podCidrPrefixLength,omitempty"`
	MaxPods    int `json:"maxPods,omitempty"`
	// Nodes is given where Addresses or StaticBlocks is asked, else what fits.
	Nodes      int `json:"nodes,omitempty"`
	SurgeNodes int `json:"surgeNodes,omitempty"`
	// Addresses is what the documented formula gives: without the five that Azure keeps and without load balancers.
	Addresses    int `json:"addresses,omitempty"`
	Pods         int `json:"pods,omitempty"`
	StaticBlocks int `json:"staticBlocks,omitempty"` // of a /28, each node
	WastedIPs    int `json:"wastedIPs,omitempty"`    // of each node
	// Note says what else the example says, and what older texts said.
	Note   string `json:"note,omitempty"`
	Source Source `json:"source"`
}

// WorkedSizes returns the worked sizes of the documentation.
func WorkedSizes() []WorkedSize {
	planning, kubenet, static := srcPlanning(), srcKubenet(), srcStatic()
	return []WorkedSize{
		{
			ID:         "node-subnet-50",
			Model:      NodeSubnet,
			Nodes:      50,
			SurgeNodes: 1,
			MaxPods:    30,
			Addresses:  1581,
			SubnetBits: 21,
			Source:     planning,
		},
		{
			ID:         "node-subnet-60",
			Model:      NodeSubnet,
			Nodes:      60,
			SurgeNodes: 1,
			MaxPods:    30,
			Addresses:  1891,
			SubnetBits: 21,
			Source:     planning,
			Note:       "50 nodes and 10 of growth; an older text said 2,440 addresses",
		},
		{
			ID: "kubenet-24", Model: Kubenet, SubnetBits: 24, MaxPods: 110, Nodes: 251, Pods: 27_610,
			Note: "no room for upgrades", Source: kubenet,
		},
		{
			ID: "node-subnet-24", Model: NodeSubnet, SubnetBits: 24, MaxPods: 30, Nodes: 8, Pods: 240,
			Note: "no room for upgrades", Source: kubenet,
		},
		{
			ID: "kubenet-27", Model: Kubenet, SubnetBits: 27, MaxPods: 110, Nodes: 25, SurgeNodes: 2, Pods: 2750,
			Source: kubenet,
			Note:   "20 to 25 nodes with room for upgrades, so 2,200 to 2,750 pods",
		},
		{
			ID: "overlay-16", Model: Overlay, PodBits: 16, Nodes: 256, Note: "blocks of a /24, surge nodes included",
			Source: told(github + "Azure/AKS/issues/4367"),
		},
		{
			ID:         "overlay-24",
			Model:      Overlay,
			SubnetBits: 24,
			Nodes:      251,
			Note:       english.Text("%v addresses less the %v that Azure keeps", PodBlockAddresses, ReservedPerSubnet),
			Source:     srcOverlay(),
		},
		{ID: "static-30", Model: PodSubnet, MaxPods: 30, StaticBlocks: 2, WastedIPs: 1, Source: static},
		{ID: "static-31", Model: PodSubnet, MaxPods: 31, StaticBlocks: 2, Source: static},
		{ID: "static-32", Model: PodSubnet, MaxPods: 32, StaticBlocks: 3, WastedIPs: 15, Source: static},
	}
}
