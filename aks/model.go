package aks

import (
	"strings"
	"sync"

	"github.com/aksnet/aksnet/internal/english"
)

// Model is a network model: where the pods of a cluster get their addresses. The zero value is no model.
type Model string

// The models, in the words of the spec.
const (
	Kubenet    Model = "kubenet"
	NodeSubnet Model = "node-subnet"
	PodSubnet  Model = "pod-subnet"
	Overlay    Model = "overlay"
	BYO        Model = "byo"
)

// PluginAzure is the network plugin of Azure CNI.
const PluginAzure = "azure"

// kubenetEnd is the day on which kubenet retires.
// [PageRetirements] (read 2026-11-22)
const kubenetEnd = "2028-03-31"

// ModelFacts is what is fixed by the choice of a model. Counts that Azure does not state are zero.
type ModelFacts struct {
	Model             Model  `json:"model"`
	Title             string `json:"title"`
	NetworkPlugin     string `json:"networkPlugin"`     // ARM value
	NetworkPluginMode string `json:"networkPluginMode"` // ARM value; empty means that the property must be absent
	MinMaxPods        int    `json:"minMaxPods"`        // least maxPods of a node pool
	DefaultMaxPods    int    `json:"defaultMaxPods"`    // maxPods of a pool that sets none
	MaxMaxPods        int    `json:"maxMaxPods"`        // largest maxPods of a node pool
	MaxNodes          int    `json:"maxNodes"`          // nodes in a cluster
	MaxPods           int    `json:"maxPods"`           // pods in a cluster, in its own allocation mode; 0 if not stated
	PodsInVNet        bool   `json:"podsInVNet"`        // pods take addresses from the VNet
	NeedsPodCIDR      bool   `json:"needsPodCidr"`      // pods take addresses from a pod CIDR outside the VNet
	NeedsPodSubnet    bool   `json:"needsPodSubnet"`    // pods take addresses from a subnet of their own
	PodsOnNodes       bool   `json:"podsOnNodes"`       // every node takes the addresses of its pods from its own subnet
	Overlay           bool   `json:"overlay"`           // AKS routes the pods' addresses itself, without a route table
	OwnRouteTable     bool   `json:"ownRouteTable"`     // AKS writes one route a node into a route table
	OwnCNI            bool   `json:"ownCni"`            // AKS installs no network plugin; you do
	BlockBits         int    `json:"blockBits"`         // prefix length of the pod block of a node; zero if there is none
	Summary           string `json:"summary"`           // in a few words
	Status            string `json:"status"`            // what Microsoft advises
	Retires           string `json:"retires,omitempty"` // day of retirement, year-month-day
	Note              string `json:"note,omitempty"`    // what is uncertain about the row

	Dataplanes    []Dataplane `json:"dataplanes"`    // accepted data planes; none where the property must be absent
	PolicyEngines []Policy    `json:"policyEngines"` // accepted policy engines, with one data plane or the other

	Sources []Source `json:"sources"`
}

// Models returns the facts of every model, the recommended one first.
func Models() []ModelFacts {
	return []ModelFacts{overlayFacts(), podSubnetFacts(), nodeSubnetFacts(), kubenetFacts(), byoFacts()}
}

// Facts returns what is fixed by the model, and the zero ModelFacts for a model that does not exist. Its slices are
// shared by all callers and must not be changed.
func (m Model) Facts() ModelFacts { return factsByModel()[m] }

// factsByModel indexes Models once: a plan asks for the facts of every pool many times.
var factsByModel = sync.OnceValue(func() map[Model]ModelFacts {
	out := map[Model]ModelFacts{}
	for _, f := range Models() {
		out[f.Model] = f
	}
	return out
})

// ModelOf returns the model of a cluster with a network plugin, a plugin mode, and node pools that name pod subnets or
// not. Azure compares the words without regard to case. A plugin that is absent or unknown counts as azure.
func ModelOf(plugin, mode string, podSubnet bool) Model {
	for _, f := range Models() {
		samePlugin := strings.EqualFold(plugin, f.NetworkPlugin)
		sameMode := f.NetworkPluginMode == "" || strings.EqualFold(mode, f.NetworkPluginMode)
		if samePlugin && sameMode && (podSubnet || !f.NeedsPodSubnet) {
			return f.Model
		}
	}
	if strings.EqualFold(plugin, PluginAzure) {
		return ""
	}
	return ModelOf(PluginAzure, mode, podSubnet)
}

// Known reports whether the model exists.
func (m Model) Known() bool { return m.Facts().Model != "" }

// MaxPods returns how many pods a cluster of this model may hold under the given allocation mode, which matters to
// pod-subnet alone. Zero means that Azure states no number.
func (m Model) MaxPods(mode AllocationMode) int {
	switch {
	case m == PodSubnet && mode == StaticBlock:
		return MaxPodsStatic
	case m == PodSubnet:
		return MaxPodsDynamic
	case m == NodeSubnet:
		return AddressesPerVNet
	case m == Overlay:
		return MaxPodsOverlay
	case m == Kubenet:
		return MaxPodsKubenet
	}
	return 0
}

// azureCNIEngines returns the policy engines of Azure CNI.
func azureCNIEngines() []Policy { return []Policy{PolicyAzure, PolicyCalico, PolicyCilium} }

func overlayFacts() ModelFacts {
	return ModelFacts{
		Model: Overlay, Title: "Azure CNI Overlay", NetworkPlugin: PluginAzure, NetworkPluginMode: "overlay",
		MinMaxPods: MinMaxPods, DefaultMaxPods: DefaultMaxPodsOverlay, MaxMaxPods: MaxMaxPods,
		MaxNodes: MaxNodesPerCluster, MaxPods: MaxPodsOverlay,
		NeedsPodCIDR: true, Overlay: true, BlockBits: PodBlockBits,
		Dataplanes: Dataplanes(), PolicyEngines: azureCNIEngines(),
		Summary: "pods outside the network, Linux and Windows",
		Status:  "default and recommended",
		Note:    overlayNote(),
		Sources: []Source{srcOverlay(), srcOverlaySet(), srcPlanning(), srcLarge()},
	}
}

func podSubnetFacts() ModelFacts {
	return ModelFacts{
		Model: PodSubnet, Title: "Azure CNI Pod Subnet", NetworkPlugin: PluginAzure,
		MinMaxPods: MinMaxPods, DefaultMaxPods: DefaultMaxPodsPodSubnet, MaxMaxPods: MaxMaxPods,
		MaxNodes: MaxNodesPerCluster, MaxPods: MaxPodsDynamic,
		PodsInVNet: true, NeedsPodSubnet: true,
		Dataplanes: Dataplanes(), PolicyEngines: azureCNIEngines(),
		Summary: "pods with addresses from their own subnet",
		Status:  "recommended where pods need VNet addresses",
		Note:    "an older page states a default of 250 for maxPods; set it explicitly",
		Sources: []Source{srcDynamic(), srcStatic(), srcPlanning(), srcModels()},
	}
}

func nodeSubnetFacts() ModelFacts {
	return ModelFacts{
		Model: NodeSubnet, Title: "Azure CNI Node Subnet", NetworkPlugin: PluginAzure,
		MinMaxPods: MinMaxPods, DefaultMaxPods: DefaultMaxPodsNodeSubnet, MaxMaxPods: MaxMaxPods,
		MaxNodes: MaxNodesPerCluster, MaxPods: AddressesPerVNet,
		PodsInVNet: true, PodsOnNodes: true,
		Dataplanes: Dataplanes(), PolicyEngines: azureCNIEngines(),
		Summary: "pods with addresses from the node subnet (legacy)",
		Status:  "legacy, supported",
		Note:    "the portal has sent 30 or 110 for maxPods; set it explicitly",
		Sources: []Source{srcLegacy(), srcPlanning(), srcModels()},
	}
}

func kubenetFacts() ModelFacts {
	return ModelFacts{
		Model: Kubenet, Title: "kubenet", NetworkPlugin: "kubenet",
		MinMaxPods: MinMaxPods, DefaultMaxPods: DefaultMaxPodsKubenet, MaxMaxPods: MaxMaxPods,
		MaxNodes: MaxNodesKubenet, MaxPods: MaxPodsKubenet,
		NeedsPodCIDR: true, OwnRouteTable: true, BlockBits: PodBlockBits,
		Dataplanes: []Dataplane{DataplaneAzure}, PolicyEngines: []Policy{PolicyCalico},
		Summary: "pods outside the network, with a route for each node (retires)",
		Status:  "retires on " + kubenetEnd, Retires: kubenetEnd,
		Note:    kubenetNote(),
		Sources: []Source{srcKubenet(), srcPlanning(), retiring("kubenet")},
	}
}

func byoFacts() ModelFacts {
	return ModelFacts{
		Model: BYO, Title: "bring your own CNI", NetworkPlugin: "none",
		MinMaxPods: MinMaxPods, DefaultMaxPods: DefaultMaxPodsBYO, MaxMaxPods: MaxMaxPods,
		MaxNodes:     MaxNodesPerCluster,
		NeedsPodCIDR: true, OwnCNI: true,
		Summary: "a CNI that you install",
		Status:  "supported; the CNI itself is not",
		Note:    byoNote(),
		Sources: []Source{srcBYO()},
	}
}

// Notes with numbers in them. Facts is asked for every pool, so each is formatted once.
var (
	overlayNote = sync.OnceValue(func() string {
		return english.Text("two pages state 250,000 and %v pods a cluster; the smaller one is used", MaxPodsOverlay)
	})
	kubenetNote = sync.OnceValue(func() string {
		return english.Text(
			"the pod count is %v nodes of %v pods, a product and not a promise",
			MaxNodesKubenet,
			MaxMaxPods,
		)
	})
	byoNote = sync.OnceValue(func() string {
		return english.Text(
			"Azure states neither a default for maxPods nor a pod count; %v is the default of the kubelet",
			DefaultMaxPodsBYO,
		)
	})
)
