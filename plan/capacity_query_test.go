package plan_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func TestCapacityFit(t *testing.T) {
	pfx := netip.MustParsePrefix
	one, third := spec.Amount{N: 1}, spec.Amount{N: 33, Percent: true}
	cases := []struct {
		name  string
		query plan.CapacityQuery
		want  plan.CapacityAnswer
	}{
		{"node-subnet /21: 51 nodes of 31 addresses need 1586",
			plan.CapacityQuery{Model: aks.NodeSubnet, NodeSubnet: pfx("10.0.0.0/21"), MaxPods: 30, MaxSurge: one},
			plan.CapacityAnswer{Nodes: 64, SurgeNodes: 1, Pods: 1920, LimitedBy: plan.LimitNodeSubnet}},
		{"node-subnet /24 holds no ten nodes",
			plan.CapacityQuery{Model: aks.NodeSubnet, NodeSubnet: pfx("10.0.0.0/24"), MaxPods: 30, MaxSurge: one},
			plan.CapacityAnswer{Nodes: 7, SurgeNodes: 1, Pods: 210, LimitedBy: plan.LimitNodeSubnet}},
		{"overlay pods in a /19 are 32 blocks",
			plan.CapacityQuery{Model: aks.Overlay, PodCIDR: pfx("10.0.0.0/19"), MaxPods: 250, MaxSurge: one},
			plan.CapacityAnswer{Nodes: 31, SurgeNodes: 1, Pods: 7750, LimitedBy: plan.LimitPodCIDR}},
		{"overlay with a third of surge",
			plan.CapacityQuery{Model: aks.Overlay, NodeSubnet: pfx("10.0.0.0/24"), MaxPods: 250, MaxSurge: third},
			plan.CapacityAnswer{Nodes: 188, SurgeNodes: 63, Pods: 47000, LimitedBy: plan.LimitNodeSubnet}},
		{"kubenet ends at 400", plan.CapacityQuery{
			Model: aks.Kubenet, NodeSubnet: pfx("10.0.0.0/16"), MaxPods: 110, MaxSurge: one,
		},
			plan.CapacityAnswer{Nodes: 399, SurgeNodes: 1, Pods: 43890, LimitedBy: plan.LimitCluster}},
		{"static blocks lose two", plan.CapacityQuery{
			Model: aks.PodSubnet, Mode: aks.StaticBlock, PodSubnet: pfx("10.0.0.0/24"), MaxPods: 30, MaxSurge: one,
		},
			plan.CapacityAnswer{Nodes: 6, SurgeNodes: 1, Pods: 180, LimitedBy: plan.LimitPodSubnet}},
		{"nothing fits a /30", plan.CapacityQuery{
			Model: aks.Overlay, NodeSubnet: pfx("10.0.0.0/30"), MaxPods: 250, MaxSurge: one,
		},
			plan.CapacityAnswer{LimitedBy: plan.LimitNodeSubnet}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { equal(t, "fit", c.query.Answer(), c.want) })
	}
}

// TestCapacityLargest checks the two other reverse questions against Fit: one step further does not fit.
func TestCapacityLargest(t *testing.T) {
	r := plan.CapacityQuery{
		Model: aks.NodeSubnet, NodeSubnet: netip.MustParsePrefix("10.0.0.0/22"), MaxSurge: spec.Amount{N: 2},
	}
	pods, ok := r.LargestMaxPods(20)
	if !ok || pods != 45 {
		t.Fatalf("largest maxPods for 20 nodes: %d, %v; 22 nodes of 46 addresses are 1012 of 1019", pods, ok)
	}
	r.MaxPods = pods
	if surge, ok := r.LargestSurge(20); !ok || surge != 2 {
		t.Errorf("largest surge: %d, %v", surge, ok)
	}
	if surge, ok := r.LargestSurge(23); ok {
		t.Errorf("surge %d for nodes that do not fit", surge)
	}
	if pods, ok := r.LargestMaxPods(100); ok {
		t.Errorf("maxPods %d for 100 nodes in a /22", pods)
	}
}

// TestCapacityAgreesWithPlan builds plans in pinned ranges: Room and Capacity must say the same.
func TestCapacityAgreesWithPlan(t *testing.T) {
	for _, model := range []aks.Model{aks.NodeSubnet, aks.Overlay, aks.Kubenet} {
		for bits := 18; bits <= 26; bits += 2 {
			for _, surge := range []string{"1", "10%", "33%"} {
				t.Run(fmt.Sprintf("%s /%d surge %s", model, bits, surge), func(t *testing.T) {
					settings := fmt.Sprintf(
						"model: %s\nnodeSubnet: {addressPrefix: 10.0.0.0/%d}\noutboundType: none\n",
						model,
						bits,
					)
					r := plan.CapacityQuery{
						Model: model, MaxPods: 20, NodeSubnet: netip.PrefixFrom(netip.MustParseAddr("10.0.0.0"), bits),
					}
					if model != aks.NodeSubnet {
						settings += "podCidr: 10.240.0.0/18\n"
						r.PodCIDR = netip.MustParsePrefix("10.240.0.0/18")
					}
					r.MaxSurge, _ = spec.ParseAmount(surge)
					p := build(t, one(settings, fmt.Sprintf("count: 1, maxPods: 20, maxSurge: %s", surge)))
					equal(t, "nodes", r.Answer().Nodes, p.Clusters[0].Capacity.NodesWithSurge)
					equal(t, "limit", r.Answer().LimitedBy, p.Clusters[0].Capacity.LimitedBy)
				})
			}
		}
	}
}
