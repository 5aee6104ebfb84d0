package plan_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// TestWorkedSizes asks the planner for every worked size that the tables keep.
func TestWorkedSizes(t *testing.T) {
	for _, w := range aks.WorkedSizes() {
		t.Run(w.ID, func(t *testing.T) {
			switch {
			case w.StaticBlocks > 0:
				equal(t, "blocks", plan.NodeCost(aks.PodSubnet, aks.StaticBlock, w.MaxPods).Blocks, w.StaticBlocks)
				equal(t, "addresses wasted", w.StaticBlocks*aks.StaticBlockAddresses-1-w.MaxPods, w.WastedIPs)
			case w.Addresses > 0:
				pool := fmt.Sprintf("count: %d, maxPods: %d, maxSurge: %d", w.Nodes, w.MaxPods, w.SurgeNodes)
				s := subnet(t, build(t, one("model: "+string(w.Model), pool)), "snet-shop-nodes")
				equal(t, "addresses", s.Demand.Total-s.Demand.Reserved, w.Addresses)
				equal(t, "prefix length", s.AddressPrefix.Bits(), w.SubnetBits)
			default:
				largest(t, w)
			}
		})
	}
}

// largest asks how many nodes fit the ranges of a worked size.
func largest(t *testing.T, w aks.WorkedSize) {
	t.Helper()
	r := plan.CapacityQuery{Model: w.Model, MaxPods: w.MaxPods, MaxSurge: spec.Amount{N: w.SurgeNodes}}
	if w.SubnetBits > 0 {
		r.NodeSubnet = netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), w.SubnetBits)
	}
	if w.PodBits > 0 {
		r.PodCIDR = netip.PrefixFrom(netip.MustParseAddr("10.244.0.0"), w.PodBits)
	}
	fit := r.Answer()
	equal(t, "nodes", fit.Nodes, w.Nodes)
	if w.Pods > 0 {
		equal(t, "pods", fit.Pods, w.Pods)
	}
}
