package growth_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/growth"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func parse(t interface{ Fatalf(string, ...any) }, text string) *spec.Spec {
	s := spec.Parse(spec.Source{Name: "test.yaml", Data: []byte("apiVersion: aksnet/v1\n" + text)})
	if len(s.Problems) > 0 {
		t.Fatalf("%v in\n%s", s.Problems, text)
	}
	return s
}

func months(f *growth.Forecast) map[string]int {
	out := map[string]int{}
	for _, r := range f.Resources {
		if r.Month != nil {
			out[string(r.Kind)+" "+r.Name] = *r.Month
		}
	}
	return out
}

func TestOf(t *testing.T) {
	tests := map[string]struct {
		text    string
		options growth.Options
		want    map[string]int
	}{
		// 64 − 5 = 59 usable: 3 + 1 nodes today, 50 nodes and 5 surge nodes after 47 months, 54 and 6 after 51.
		"node subnet": {
			"clusters: [{name: a, nodeSubnet: {addressPrefix: 10.128.0.0/26}, nodePools: [{name: x, count: 3}]}]",
			growth.Options{Rate: spec.Amount{N: 1}, Months: 60},
			map[string]int{"nodeSubnet snet-a-nodes": 51, "automaticPorts 1024 automatic SNAT ports each": 48},
		},
		"pod CIDR": {
			"clusters: [{name: a, podCidr: 10.244.0.0/20, nodePools: [{name: x, count: 3, maxSurge: 1}]}]",
			growth.Options{Rate: spec.Amount{N: 2}, Months: 12},
			map[string]int{"podCidr 10.244.0.0/20": 7},
		},
		"routes": {
			"clusters: [{name: a, model: kubenet, nodeSubnet: {addressPrefix: 10.128.0.0/22}, podCidr: 10.64.0.0/14, " +
				"nodePools: [{name: x, count: 100, maxSurge: 1}]}]",
			growth.Options{Rate: spec.Amount{N: 100}, Months: 5},
			map[string]int{"routeTable route table": 3, "automaticPorts 512 automatic SNAT ports each": 1},
		},
		"allocated ports": {
			"clusters: [{name: a, loadBalancerProfile: {managedOutboundIPs: 2, allocatedOutboundPorts: 4000}, nodeSubnet: " +
				"{addressPrefix: 10.128.0.0/24}, nodePools: [{name: x, count: 10, maxSurge: 2}]}]",
			growth.Options{Rate: spec.Amount{N: 5}, Months: 10},
			map[string]int{"snatPorts load balancer": 5},
		},
		"NAT gateway": {
			"clusters: [{name: a, outboundType: userAssignedNATGateway, natGateway: {publicIPs: 1}, nodeSubnet: " +
				"{addressPrefix: 10.128.0.0/24}, nodePools: [{name: x, count: 10, maxSurge: 1}]}]",
			growth.Options{Rate: spec.Amount{N: 10}, Months: 10, PortsPerNode: 2000},
			map[string]int{"natGateway NAT gateway, 2000 ports each": 3},
		},
		"doubling": {
			"clusters: [{name: a, nodeSubnet: {addressPrefix: 10.128.0.0/20}, podCidr: 10.0.0.0/11, nodePools: [{name: x, " +
				"count: 10, maxSurge: 1}]}]",
			growth.Options{Rate: spec.Amount{N: 100, Percent: true}, Months: 9},
			map[string]int{
				"automaticPorts 1024 automatic SNAT ports each": 3, "poolNodes x": 7, "nodeSubnet snet-a-nodes": 9,
				"clusterNodes a": 9, "clusterPods a": 7,
			},
		},
		"already": {
			"clusters: [{name: a, nodeSubnet: {addressPrefix: 10.128.0.0/28}, nodePools: [{name: x, count: 30}]}]",
			growth.Options{Months: 1},
			map[string]int{"nodeSubnet snet-a-nodes": 0},
		},
		"policy": {
			"clusters: [{name: a, networkPolicy: azure, nodeSubnet: {addressPrefix: 10.128.0.0/20}, nodePools: [{name: x, " +
				"count: 100, maxPods: 100, maxSurge: 1}]}]",
			growth.Options{Rate: spec.Amount{N: 100}, Months: 2},
			map[string]int{
				"policyNodes policy azure": 2, "policyPods policy azure": 2, "automaticPorts 512 automatic SNAT ports each": 1,
				"podCidr 10.244.0.0/16": 2,
			},
		},
		// 61 usable for growing nodes of 128 − 5 − 3 hosted elsewhere: node auto-provisioning grows, the hosted pool does
		// not.
		"Automatic": {
			"clusters: [{name: a, sku: Automatic, outboundType: userDefinedRouting, nodeSubnet: {addressPrefix: " +
				"10.128.1.0/26}, systemNodeSubnet: {addressPrefix: 10.128.2.0/28}, nodeProvisioning: {maxNodes: 40}}]",
			growth.Options{Rate: spec.Amount{N: 10}, Months: 4},
			map[string]int{"nodeSubnet snet-a-nodes": 2},
		},
		"nothing grows": {
			"clusters: [{name: a, nodePools: [{name: x, count: 3}]}]", growth.Options{Months: 100}, map[string]int{},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := growth.Of(plan.Build(parse(t, tt.text)), tt.options)
			if diff := cmp.Diff(tt.want, months(f)); diff != "" {
				t.Error(diff)
			}
			for i, r := range f.Resources {
				if r.Action == "" || !strings.HasPrefix(r.Source.URL, "https://") || len(r.Needed) != tt.options.Months+1 {
					t.Errorf("%s %s is not filled in: %+v", r.Kind, r.Name, r)
				}
				if i > 0 && r.Month != nil && (f.Resources[i-1].Month == nil || *f.Resources[i-1].Month > *r.Month) {
					t.Errorf("%s %s comes too late", r.Kind, r.Name)
				}
			}
		})
	}
}

func TestActions(t *testing.T) {
	tests := map[string]struct{ text, kind, want string }{
		"larger subnet": {
			"clusters: [{name: a, nodeSubnet: {addressPrefix: 10.128.0.0/27}, nodePools: [{name: x, count: 3, maxSurge: 1}]}]",
			"nodeSubnet", "make one of /25 (123 usable) for new pools; the network has no free /25",
		},
		"flat": {
			"clusters: [{name: a, model: node-subnet, nodePools: [{name: x, count: 3, maxSurge: 1}]}]", "nodeSubnet",
			"or move to overlay",
		},
		"expand": {
			"clusters: [{name: a, podCidr: 10.244.128.0/20, nodePools: [{name: x, count: 3, maxSurge: 1}]}]", "podCidr",
			"expand it to 10.244.128.0/17",
		},
		"kubenet": {
			"clusters: [{name: a, model: kubenet, podCidr: 10.244.128.0/20, nodePools: [{name: x, count: 3, maxSurge: 1}]}]",
			"podCidr", "move to overlay with a pod CIDR of /17",
		},
		"Windows": {
			"clusters: [{name: a, podCidr: 10.244.128.0/20, nodePools: [{name: x, count: 3, maxSurge: 1}, {name: w, osType: " +
				"Windows, count: 1}]}]",
			"podCidr", "it cannot be changed here",
		},
		"automatic ports": {
			"clusters: [{name: a, nodePools: [{name: x, count: 45, maxSurge: 1}]}]", "automaticPorts",
			"allocatedOutboundPorts to 1024 and managedOutboundIPs to 3",
		},
		"static blocks": {
			"clusters: [{name: a, model: pod-subnet, podIPAllocationMode: StaticBlock, nodePools: [{name: x, count: 3, " +
				"maxPods: 30, maxSurge: 1}]}]",
			"podSubnet", "pod subnets of new pools",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			f := growth.Of(plan.Build(parse(t, tt.text)), growth.Options{Rate: spec.Amount{N: 5}, Months: 20})
			for _, r := range f.Resources {
				if string(r.Kind) == tt.kind {
					if !strings.Contains(r.Action, tt.want) {
						t.Errorf("got %q, want %q", r.Action, tt.want)
					}
					return
				}
			}
			t.Errorf("no %s", tt.kind)
		})
	}
}

// TestAgreesWithThePlanner asks the planner itself, month by month, with everything pinned where the first plan put it.
func TestAgreesWithThePlanner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := parse(t, randomSpec(t))
		base := plan.Build(s)
		if len(base.Unplaced) > 0 {
			t.Skip("today's clusters find no room")
		}
		o := growth.Options{
			Rate:   spec.Amount{N: rapid.IntRange(0, 60).Draw(t, "rate"), Percent: rapid.Bool().Draw(t, "percent")},
			Months: rapid.IntRange(0, 12).Draw(t, "months"),
		}
		want := map[string]int{}
		for m := o.Months; m >= 0; m-- {
			for _, key := range overflows(plan.Build(frozen(s, base, o.Rate, m)), base, plan.Build(frozen(s, base, o.Rate, 0))) {
				want[key] = m
			}
		}
		got := map[string]int{}
		for _, r := range growth.Of(base, o).Resources {
			if r.Month != nil && checked[r.Kind] {
				got[fmt.Sprintf("%s %s of %s", r.Kind, r.Name, r.Of)] = *r.Month
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("planner and forecast differ:\n%s", diff)
		}
	})
}

// checked is the kinds of resources that a plan shows by itself.
var checked = map[growth.ResourceKind]bool{
	growth.NodeSubnet: true, growth.PodSubnet: true, growth.PodCIDR: true, growth.RouteTable: true, growth.SNATPorts: true,
	growth.PortTable: true, growth.NATGateway: true, growth.ClusterNodes: true, growth.ClusterPods: true,
	growth.PoolNodes: true,
}

func randomSpec(t *rapid.T) string {
	model := rapid.SampledFrom([]string{
		"kubenet", "node-subnet", "pod-subnet", "pod-subnet, podIPAllocationMode: StaticBlock", "overlay", "byo",
	})
	text := "addressSpace: {pools: [10.0.0.0/8]}\nvnets: [{name: v}]\nclusters:\n"
	for i := range rapid.IntRange(1, 3).Draw(t, "clusters") {
		text += fmt.Sprintf("  - {name: c%d, vnet: v, model: %s, growth: %d%%", i, model.Draw(t, "model"),
			rapid.IntRange(0, 60).Draw(t, "growth"))
		text += rapid.SampledFrom([]string{
			"", ", loadBalancerProfile: {managedOutboundIPs: 2, allocatedOutboundPorts: 1000}",
			", outboundType: userAssignedNATGateway, natGateway: {publicIPs: 2}",
		}).Draw(t, "egress")
		text += ", nodePools: ["
		for j := range rapid.IntRange(1, 3).Draw(t, "pools") {
			text += fmt.Sprintf("{name: p%d, minCount: 1, maxCount: %d, maxPods: %d, maxSurge: %d%%},", j,
				rapid.IntRange(1, 40).Draw(t, "max"), rapid.IntRange(10, 60).Draw(t, "pods"),
				rapid.IntRange(1, 50).Draw(t, "surge"))
		}
		text += "]}\n"
	}
	return text
}

// frozen is the spec m months later, in the ranges of the first plan.
func frozen(s *spec.Spec, base *plan.Plan, rate spec.Amount, m int) *spec.Spec {
	later := *s
	v := base.VNets[0]
	later.VNets = []spec.VNet{{Name: v.Name, AddressPrefixes: v.AddressPrefixes}}
	later.Clusters = nil
	for i, c := range s.Clusters {
		b := base.Clusters[i]
		c.Growth, c.PodCIDR, c.ServiceCIDR = spec.Amount{}, b.PodCIDR, b.ServiceCIDR
		c.NodeSubnet = spec.ClusterSubnet{
			Name: b.NodePools[0].NodeSubnet().Name, AddressPrefix: b.NodePools[0].NodeSubnet().AddressPrefix,
		}
		if pods := b.NodePools[0].PodSubnet(); pods != nil {
			c.PodSubnet = spec.ClusterSubnet{Name: pods.Name, AddressPrefix: pods.AddressPrefix}
		}
		grows, pools := 0, append([]spec.NodePool{}, c.NodePools...)
		for j := range pools {
			if pools[j].MaxPods > pools[grows].MaxPods {
				grows = j
			}
		}
		for j := range pools {
			for range m {
				if rate.Percent || j == grows {
					pools[j].MaxCount += rate.Extra(pools[j].MaxCount)
				}
			}
		}
		c.NodePools = pools
		later.Clusters = append(later.Clusters, c)
	}
	return &later
}

// overflows names what a plan has too little of, where today is the same plan in month 0.
func overflows(p, base, today *plan.Plan) (keys []string) {
	for _, s := range p.VNets[0].Subnets {
		kind := "nodeSubnet "
		if s.Purpose == plan.Pods {
			kind = "podSubnet "
		}
		if s.Headroom < 0 {
			keys = append(keys, kind+s.Name+" of v")
		}
	}
	for i, c := range p.Clusters {
		nodes := c.Nodes + c.SurgeNodes
		if c.Model.Facts().NeedsPodCIDR && c.PodBlocks.Needed > c.PodBlocks.Available {
			keys = append(keys, "podCidr "+base.Clusters[i].PodCIDR.String()+" of "+c.Name)
		}
		if c.Model == aks.Kubenet && nodes > aks.RoutesPerTable {
			keys = append(keys, "routeTable route table of "+c.Name)
		}
		if c.Egress.MaxNodes > 0 && nodes > c.Egress.MaxNodes {
			keys = append(keys, "snatPorts load balancer of "+c.Name)
		}
		keys = append(keys, ceilings(c, today.Clusters[i])...)
	}
	return keys
}

// ceilings names the limits of a cluster that do not depend on its ranges.
func ceilings(c, today *plan.Cluster) (keys []string) {
	nodes := c.Nodes + c.SurgeNodes
	if before := today.Egress.PortsPerNode; c.OutboundType == aks.OutboundLoadBalancer && c.Egress.MaxNodes == 0 &&
		(c.Egress.PortsPerNode < before || c.Nodes > 1000) {
		keys = append(keys, fmt.Sprintf("automaticPorts %d automatic SNAT ports each of %s", before, c.Name))
	}
	if c.OutboundType == aks.OutboundUserAssignedNATGateway && nodes*1024 > c.Egress.PortsAvailable {
		keys = append(keys, "natGateway NAT gateway, 1024 ports each of "+c.Name)
	}
	if c.Model != aks.Kubenet && nodes > 5000 {
		keys = append(keys, "clusterNodes "+c.Name+" of "+c.Name)
	}
	if most := c.Model.MaxPods(c.Spec.PodIPAllocationMode); most > 0 && c.Pods > most {
		keys = append(keys, "clusterPods "+c.Name+" of "+c.Name)
	}
	for _, p := range c.NodePools {
		if p.Nodes+p.SurgeNodes > 1000 {
			keys = append(keys, "poolNodes "+p.Name+" of "+c.Name)
		}
	}
	return keys
}
