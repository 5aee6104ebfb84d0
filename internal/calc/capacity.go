package calc

import (
	"fmt"
	"net/netip"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// CapacityQuery asks how many nodes and pods fit into IPv4 ranges. A range that is the zero Prefix sets no limit.
type CapacityQuery struct {
	NodeSubnet netip.Prefix
	PodCIDR    netip.Prefix
	PodSubnet  netip.Prefix
	Model      aks.Model // the only model to ask for; empty for all
	MaxPods    int       // 0 for the default of each model
	MaxSurge   spec.Amount
	Others     int // addresses of the node subnet that something else uses
	Nodes      int // also ask what fits with this many nodes; 0 does not ask
}

// Capacity is how large a cluster can get under one model.
type Capacity struct {
	Model      aks.Model          `json:"model"`
	Mode       aks.AllocationMode `json:"podIPAllocationMode,omitempty"`
	MaxPods    int                `json:"maxPods"`
	MaxSurge   string             `json:"maxSurge"`
	Nodes      int                `json:"nodes"`
	SurgeNodes int                `json:"surgeNodes"`
	Pods       int                `json:"pods"`
	LimitedBy  string             `json:"limitedBy"`
	// PodsLimitedBy is what keeps Pods below the number that would fit on the nodes.
	PodsLimitedBy string           `json:"podsLimitedBy,omitempty"`
	For           *ReverseCapacity `json:"for,omitempty"` // with a number of nodes in the query
}

// ReverseCapacity is what fits with a number of nodes. A nil number means that nothing does.
type ReverseCapacity struct {
	Nodes          int  `json:"nodes"`
	Fits           bool `json:"fits"` // with the surge and the max pods of the answer
	LargestSurge   *int `json:"largestSurge"`
	LargestMaxPods *int `json:"largestMaxPods"`
}

// Name returns the model, with its allocation mode if it has one.
func (c Capacity) Name() string {
	if c.Mode != "" {
		return fmt.Sprintf("%s/%s", c.Model, c.Mode)
	}
	return string(c.Model)
}

// Answer returns the capacity under each model that a range of the query limits, in the order of the models.
func (q CapacityQuery) Answer() []Capacity {
	answers := []Capacity{}
	for _, f := range aks.Models() {
		if q.Model != "" && q.Model != f.Model || !q.limits(f) {
			continue
		}
		for _, mode := range q.modes(f) {
			answers = append(answers, q.answer(f, mode))
		}
	}
	return answers
}

// limits reports whether a range of the query limits a model.
func (q CapacityQuery) limits(f aks.ModelFacts) bool {
	return q.NodeSubnet.IsValid() || f.NeedsPodCIDR && q.PodCIDR.IsValid() || f.NeedsPodSubnet && q.PodSubnet.IsValid()
}

// modes returns the allocation modes to answer for; the empty one if they make no difference.
func (q CapacityQuery) modes(f aks.ModelFacts) []aks.AllocationMode {
	if f.NeedsPodSubnet && q.PodSubnet.IsValid() {
		return []aks.AllocationMode{aks.DynamicIndividual, aks.StaticBlock}
	}
	return []aks.AllocationMode{""}
}

func (q CapacityQuery) answer(f aks.ModelFacts, mode aks.AllocationMode) Capacity {
	room := plan.CapacityQuery{
		Model: f.Model, Mode: mode, NodeSubnet: q.NodeSubnet, PodSubnet: q.PodSubnet, PodCIDR: q.PodCIDR,
		MaxPods: q.MaxPods, MaxSurge: q.MaxSurge, Others: q.Others,
	}
	if q.MaxPods == 0 {
		room.MaxPods = f.DefaultMaxPods
	}
	fit := room.Answer()
	c := Capacity{
		Model: f.Model, Mode: mode, MaxPods: room.MaxPods, MaxSurge: q.MaxSurge.String(), Nodes: fit.Nodes,
		SurgeNodes: fit.SurgeNodes, Pods: fit.Pods, LimitedBy: fit.LimitedBy, PodsLimitedBy: fit.PodsLimitedBy,
	}
	if q.Nodes > 0 {
		c.For = &ReverseCapacity{Nodes: q.Nodes, Fits: q.Nodes <= fit.Nodes}
		if n, ok := room.LargestSurge(q.Nodes); ok {
			c.For.LargestSurge = &n
		}
		if n, ok := room.LargestMaxPods(q.Nodes); ok {
			c.For.LargestMaxPods = &n
		}
	}
	return c
}
