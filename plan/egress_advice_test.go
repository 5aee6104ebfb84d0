package plan_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// egressCluster plans a cluster of one pool with more settings.
func egressCluster(t interface{ Fatalf(string, ...any) }, nodes, surge int, more string) *plan.Cluster {
	text := fmt.Sprintf("{apiVersion: aksnet/v1, clusters: [{name: shop, %s nodePools: [{name: system, count: %d, "+
		"maxSurge: %d}]}]}", more, nodes, surge)
	s := spec.Parse(spec.Source{Name: "test.yaml", Data: []byte(text)})
	if len(s.Problems) > 0 {
		t.Fatalf("%v", s.Problems)
	}
	return plan.Build(s).Clusters[0]
}

// TestMaxNodesForPorts is E24 to E27 of the documentation's worked examples.
func TestMaxNodesForPorts(t *testing.T) {
	tests := []struct{ ports, ips, want int }{{1000, 2, 128}, {1000, 7, 448}, {4000, 2, 32}, {4000, 7, 112}, {0, 2, 0}}
	for _, tt := range tests {
		if got := plan.MaxNodesForPorts(tt.ips, tt.ports); got != tt.want {
			t.Errorf("%d ports, %d addresses: %d nodes, want %d", tt.ports, tt.ips, got, tt.want)
		}
	}
}

func TestAdviseEgress(t *testing.T) {
	tests := map[string]struct {
		nodes, surge, ports int
		more                string
		perNode, needed     int
		lbIPs, natIPs       int
		settings            string
	}{
		"E22 automatic, 48 nodes": {
			48, 1, 0, "", 1024, 49 * 1024, 1, 1,
			"loadBalancerProfile.managedOutboundIPs=1 loadBalancerProfile.allocatedOutboundPorts=1024 ",
		},
		"E23 automatic, 52 nodes": {
			52, 1, 0, "", 512, 53 * 512, 1, 1,
			"loadBalancerProfile.managedOutboundIPs=1 loadBalancerProfile.allocatedOutboundPorts=512 ",
		},
		"E28 4,000 ports": {
			100, 2, 4000, "", 4000, 408_000, 7, 7,
			"loadBalancerProfile.managedOutboundIPs=7 loadBalancerProfile.allocatedOutboundPorts=4000 ",
		},
		"multiple of eight": {
			10, 1, 1001, "", 1008, 11 * 1008, 1, 1,
			"loadBalancerProfile.managedOutboundIPs=1 loadBalancerProfile.allocatedOutboundPorts=1008 ",
		},
		"as the profile says": {
			3, 1, 0, "loadBalancerProfile: {allocatedOutboundPorts: 21000},", 21000, 84_000, 2, 2,
			"loadBalancerProfile.managedOutboundIPs=2 loadBalancerProfile.allocatedOutboundPorts=21000 ",
		},
		"own NAT gateway": {
			40, 4, 8000, "outboundType: userAssignedNATGateway, natGateway: {publicIPs: 1},", 8000, 352_000, 6, 6,
			"natGateway.publicIPs=6 ",
		},
		"managed NAT gateway": {
			40, 4, 8000, "vnet: managed, outboundType: managedNATGateway,", 8000, 352_000, 6, 6,
			"natGatewayProfile.managedOutboundIPs=6 ",
		},
		"too many for both": {400, 40, 64000, "", 64000, 28_160_000, 440, 437, ""},
		"routed": {
			10, 1, 0, "outboundType: userDefinedRouting, egress: {nextHopIP: 10.0.0.4},", 1024, 11 * 1024, 1, 1, "",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := plan.AdviseEgress(egressCluster(t, tt.nodes, tt.surge, tt.more), tt.ports)
			settings := ""
			for _, s := range a.Settings {
				settings += s.Key + "=" + s.Value + " "
			}
			got := []any{a.PortsPerNode, a.PortsNeeded, a.LoadBalancer.OutboundIPs, a.NATGateway.OutboundIPs, settings}
			if diff := cmp.Diff([]any{tt.perNode, tt.needed, tt.lbIPs, tt.natIPs, tt.settings}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPortBreaks is E29: the table's line for pool sizes at both sides of every boundary.
func TestPortBreaks(t *testing.T) {
	want := map[int]int{
		50:   1024,
		51:   512,
		100:  512,
		101:  256,
		200:  256,
		201:  128,
		400:  128,
		401:  64,
		800:  64,
		801:  32,
		1000: 32,
		1500: 32,
	}
	for nodes, ports := range want {
		marked := 0
		for _, b := range plan.AdviseEgress(egressCluster(t, nodes, 1, ""), 0).Breaks {
			if b.Here {
				marked++
				if b.Ports != ports {
					t.Errorf("%d nodes: %d ports, want %d", nodes, b.Ports, ports)
				}
			}
		}
		if marked != 1 {
			t.Errorf("%d nodes: %d lines marked", nodes, marked)
		}
	}
}

// TestAdviceIsEnoughAndNoMore takes the advice and asks the plan again.
func TestAdviceIsEnoughAndNoMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes, surge := rapid.IntRange(1, 800).Draw(t, "nodes"), rapid.IntRange(1, 50).Draw(t, "surge")
		c := egressCluster(t, nodes, surge, "")
		a := plan.AdviseEgress(c, rapid.IntRange(0, 8000).Draw(t, "ports"))
		way := a.LoadBalancer
		if !way.Possible {
			return
		}
		profile := fmt.Sprintf(
			"loadBalancerProfile: {managedOutboundIPs: %d, allocatedOutboundPorts: %d},",
			way.OutboundIPs,
			a.PortsPerNode,
		)
		again := egressCluster(t, nodes, surge, profile)
		if e := again.Egress; e.PortsNeeded > e.PortsAvailable || again.Nodes+again.SurgeNodes > e.MaxNodes {
			t.Fatalf("advised %+v, and the plan finds %+v", way, e)
		}
		if less := way.OutboundIPs - 1; less > 0 && less*aks.SNATPortsPerIP >= a.PortsNeeded {
			t.Fatalf("%d addresses would do, advised %d", less, way.OutboundIPs)
		}
	})
}
