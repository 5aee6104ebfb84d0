package plan_test

import (
	"testing"

	"github.com/aksnet/aksnet/plan"
)

// TestEveryCeilingBoundsTheCapacity has each limit that is independent of ranges end the growth of a cluster.
func TestEveryCeilingBoundsTheCapacity(t *testing.T) {
	roomy := "addressSpace: {pools: [10.0.0.0/8]}\nvnets: [{name: v, addressPrefixes: [10.0.0.0/8]}]\n"
	kubenet := "vnet: v\nnodeSubnet: {addressPrefix: 10.0.0.0/16}\nmodel: kubenet\npodCidr: 100.64.0.0/14"
	for name, tt := range map[string]struct {
		text, by string
		nodes    int
	}{
		"routes": {
			one(kubenet, "count: 3"), plan.LimitRouteTable, 400,
		},
		"routes of egress": {
			one(kubenet+"\noutboundType: userDefinedRouting\negress: {nextHopIP: 10.0.0.4}", "count: 3"),
			plan.LimitRouteTable, 399,
		},
		"policy": {
			one("vnet: v\nnetworkPolicy: azure\npodCidr: 100.64.0.0/12\nnodeSubnet: {addressPrefix: 10.0.0.0/16}",
				"count: 3"), plan.LimitPolicy, 250,
		},
		"cluster": {
			one("vnet: v\npodCidr: 100.64.0.0/10\nnodeSubnet: {addressPrefix: 10.0.0.0/16}", "count: 3"),
			plan.LimitCluster, 5000,
		},
		"mapped addresses": {
			one("vnet: v\nmodel: node-subnet\nnodeSubnet: {addressPrefix: 10.0.0.0/9}", "count: 3, maxPods: 30"),
			plan.LimitVNet, 65536 / 31,
		},
		// Pools that take few addresses do not count as if they took the most.
		"mapped addresses of two pools": {
			one("vnet: v\nmodel: node-subnet\nnodeSubnet: {addressPrefix: 10.0.0.0/9}",
				"count: 1000, maxPods: 10, maxSurge: 1", "count: 1, maxPods: 249, maxSurge: 1"),
			plan.LimitVNet, 1003 + (65536-1001*11-2*250)/250,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := build(t, roomy+tt.text).Clusters[0].Capacity
			if got.Nodes != tt.nodes || got.LimitedBy != tt.by {
				t.Errorf("%d nodes by %s, want %d by %s", got.Nodes, got.LimitedBy, tt.nodes, tt.by)
			}
			if got.NodesWithSurge >= got.Nodes || got.PodsWithSurge > got.Pods {
				t.Errorf("an upgrade takes nothing: %+v", got)
			}
		})
	}
}
