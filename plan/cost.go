package plan

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
)

// Cost is how many addresses of the virtual network one node takes. NodeCost is the only place that computes it.
type Cost struct {
	// MaxPods is the number of pods that the node can run.
	MaxPods int
	// Node and NodePods are the addresses that the node itself and its pods take from the node subnet.
	Node     int
	NodePods int
	// Pods is the number of addresses that the node's pods take from the pod subnet.
	Pods int
	// Blocks is the number of /28 blocks that Pods consists of; 0 unless AKS allocates static blocks.
	Blocks int
}

// NodeCost returns what one node of a model takes when it can run maxPods pods. The mode matters only to models with a
// pod subnet; an empty one means Azure's default, DynamicIndividual.
// [aks.PagePlanning] (read 2026-11-22)
func NodeCost(model aks.Model, mode aks.AllocationMode, maxPods int) Cost {
	return costUnder(model.Facts(), mode, maxPods)
}

// costUnder is NodeCost for callers that already have the model's facts.
func costUnder(facts aks.ModelFacts, mode aks.AllocationMode, maxPods int) Cost {
	cost := Cost{MaxPods: maxPods, Node: 1}
	switch {
	case facts.NeedsPodSubnet && mode == aks.StaticBlock:
		cost.Blocks = staticBlocks(maxPods)
		cost.Pods = cost.Blocks * aks.StaticBlockAddresses
	case facts.NeedsPodSubnet:
		cost.Pods = dynamicAddresses(maxPods)
	case facts.PodsInVNet:
		cost.NodePods = maxPods
	}
	return cost
}

// NodeSubnet returns the addresses that the node and its pods take from the node subnet.
func (c Cost) NodeSubnet() int { return c.Node + c.NodePods }

// Total returns the addresses of both subnets.
func (c Cost) Total() int { return c.NodeSubnet() + c.Pods }

// staticBlocks returns the number of /28 blocks of a node that runs maxPods pods: one address is the node's own.
// [aks.PageStaticBlocks] (read 2026-11-22)
func staticBlocks(maxPods int) int {
	return ceilDiv(maxPods+1, aks.StaticBlockAddresses)
}

// dynamicAddresses returns the number of addresses that a node with maxPods pods holds: batches of 16, at least 8 of
// them spare, and no batch after the one that reaches the scaler's greatest number.
// [aks.PageDynamicIPs] (read 2026-11-22)
func dynamicAddresses(maxPods int) int {
	batches := ceilDiv(maxPods+aks.DynamicSpare, aks.DynamicBatch)
	return max(1, min(batches, maxDynamicBatches())) * aks.DynamicBatch
}

// maxDynamicBatches returns the number of batches after which a node asks for no more.
func maxDynamicBatches() int { return ceilDiv(aks.DynamicMaxIPs, aks.DynamicBatch) }

// nodeSubnetFormula writes NodeSubnet as arithmetic: "(30 pods + 1)", or "1" for models whose pods take no addresses of
// it.
func (c Cost) nodeSubnetFormula() string {
	if c.NodePods == 0 {
		return fmt.Sprint(c.Node)
	}
	return fmt.Sprintf("(%d pods + %d)", c.NodePods, c.Node)
}

// podSubnetFormula writes Pods as arithmetic.
func (c Cost) podSubnetFormula() string {
	if c.Blocks > 0 {
		return fmt.Sprintf("%s × %d", c.blocksFormula(), aks.StaticBlockAddresses)
	}
	batches := fmt.Sprintf("ceil((%d pods + %d spare) ÷ %d)", c.MaxPods, aks.DynamicSpare, aks.DynamicBatch)
	if ceilDiv(c.MaxPods+aks.DynamicSpare, aks.DynamicBatch) > maxDynamicBatches() {
		batches = fmt.Sprintf("min(%s, ceil(%d ÷ %d))", batches, aks.DynamicMaxIPs, aks.DynamicBatch)
	}
	return fmt.Sprintf("%s × %d", batches, aks.DynamicBatch)
}

// blocksFormula writes Blocks as arithmetic.
func (c Cost) blocksFormula() string {
	return fmt.Sprintf("ceil((%d pods + 1) ÷ %d)", c.MaxPods, aks.StaticBlockAddresses)
}

// totalFormula writes Total as arithmetic.
func (c Cost) totalFormula() string {
	if c.Pods > 0 {
		return fmt.Sprintf("(%s + %s)", c.nodeSubnetFormula(), c.podSubnetFormula())
	}
	return c.nodeSubnetFormula()
}

// FewestNodes returns how many nodes a pool needs at least when each runs up to maxPods pods: together they must be
// able to run 30.
// [aks.PagePlanning] (read 2026-11-22)
func FewestNodes(maxPods int) int { return ceilDiv(aks.MinPodsTotal, max(1, maxPods)) }

// LeastMaxPods returns the least maxPods with which this many nodes are enough for a pool, the inverse of FewestNodes.
func LeastMaxPods(nodes int) int { return ceilDiv(aks.MinPodsTotal, max(1, nodes)) }

// ceilDiv divides two positive numbers and rounds up.
func ceilDiv(a, b int) int { return (a + b - 1) / b }
