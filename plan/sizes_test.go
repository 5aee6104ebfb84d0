package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/plan"
)

// TestNodeSubnetSizes has the sizes of subnets of nodes that the plan chooses, in networks with and without room.
func TestNodeSubnetSizes(t *testing.T) {
	for name, tt := range map[string]struct {
		cluster string
		want    string
	}{
		"overlay":              {"model: overlay", "10.1.64.0/26"},
		"kubenet":              {"model: kubenet", "10.1.64.0/26"},
		"byo":                  {"model: byo", "10.1.64.0/26"},
		"nodes of pod subnets": {"model: pod-subnet", "10.1.64.0/26"},
		"flat":                 {"model: node-subnet", "10.1.64.0/24"},
		"pinned":               {"nodeSubnet: {addressPrefix: 10.1.0.16/28}", "10.1.0.16/28"},
		"of the network":       {"nodeSubnet: {name: snet-listed}", "10.1.0.0/26"},
		"size of the network":  {"nodeSubnet: {name: snet-sized}", "10.1.0.0/28"},
		"no room":              {"vnet: vnet-small", "10.2.0.16/28"},
		"hardly any room":      {"vnet: vnet-tiny", "10.3.0.16/28"},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.HasPrefix(tt.cluster, "vnet:") {
				tt.cluster += "\nvnet: vnet-large"
			}
			p := build(t, "vnets:\n"+
				"  - {name: vnet-large, addressPrefixes: [10.1.0.0/16], subnets: ["+listed(tt.cluster)+"]}\n"+
				"  - {name: vnet-small, addressPrefixes: [10.2.0.0/27]}\n"+
				"  - {name: vnet-tiny, addressPrefixes: [10.3.0.0/27], subnets: [{name: s, prefixLength: 28}]}\n"+
				one(tt.cluster, "count: 3, maxSurge: 1, maxPods: 30"))
			s := p.Clusters[0].NodePools[0].NodeSubnet()
			equal(t, "node subnet", s.AddressPrefix.String(), tt.want)
			equal(t, "confined", s.Confined(), strings.Contains(name, "room"))
			equal(t, "unplaced", len(p.Unplaced), 0)
		})
	}
}

// listed is the subnet that a cluster names, as a network lists it.
func listed(cluster string) string {
	switch {
	case strings.Contains(cluster, "snet-listed"):
		return "{name: snet-listed}"
	case strings.Contains(cluster, "snet-sized"):
		return "{name: snet-sized, prefixLength: 28}"
	}
	return ""
}

// TestPodCIDRSizes has the sizes of pod CIDRs that the plan chooses: twice the nodes, where the pools have it.
func TestPodCIDRSizes(t *testing.T) {
	for name, tt := range map[string]struct {
		pools string
		count []int
		want  string
	}{
		"AKS's own":           {"", []int{99}, "[10.244.0.0/16]"},
		"beyond AKS's own":    {"", []int{199}, "[100.64.0.0/15]"},
		"one node":            {"[100.64.0.0/16]", []int{1}, "[100.64.0.0/22]"},
		"pools with room":     {"[100.64.0.0/16]", []int{99}, "[100.64.0.0/16]"},
		"pools without":       {"[100.64.0.0/17]", []int{99}, "[100.64.0.0/17]"},
		"room for the first":  {"[100.64.0.0/17, 100.96.0.0/18]", []int{40, 40}, "[100.64.0.0/17 100.96.0.0/18]"},
		"shared with another": {"[100.64.0.0/18]", []int{15, 30, 15}, "[100.64.32.0/19 100.64.0.0/19 100.64.32.0/19]"},
	} {
		t.Run(name, func(t *testing.T) {
			text := "clusters:\n"
			if tt.pools != "" {
				text = "addressSpace: {podPools: " + tt.pools + "}\n" + text
			}
			for i, n := range tt.count {
				text += fmt.Sprintf("  - {name: c%d, nodePools: [{name: p, count: %d, maxSurge: 1}]}\n", i, n)
			}
			var got []string
			p := build(t, text)
			for _, c := range p.Clusters {
				got = append(got, c.PodCIDR.String())
			}
			equal(t, "pod CIDRs", fmt.Sprint(got), tt.want)
		})
	}
}

// TestRepackPlacesWhatFits is the brute-force twin for subnets that may be larger than they need: in a network of 128
// addresses a plan that repacks must place all of them whenever a way exists with the sizes that they need.
func TestRepackPlacesWhatFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.SliceOfN(rapid.SampledFrom([]int{2, 10, 26}), 1, 4).Draw(t, "nodes")
		fixed := rapid.SliceOfN(rapid.SampledFrom([]int{26, 27, 28, 29}), 0, 4).Draw(t, "fixed")
		var b strings.Builder
		b.WriteString("apiVersion: aksnet/v1\nvnets:\n  - name: v\n    addressPrefixes: [10.0.0.0/25]\n    subnets:\n")
		sizes := slices.Clone(fixed)
		for i, bits := range fixed {
			fmt.Fprintf(&b, "      - {name: s%d, prefixLength: %d}\n", i, bits)
		}
		b.WriteString("clusters:\n")
		for i, n := range nodes {
			fmt.Fprintf(&b, "  - {name: c%d, vnet: v, nodePools: [{name: p, count: %d, maxSurge: 1}]}\n", i, n)
			sizes = append(sizes, plan.BitsFor(n+1+5))
		}
		p := plan.BuildWith(parsed(t, b.String()), plan.Options{Repack: true})
		if can := placeableIn(make([]bool, 16), sizes); can != (len(p.Unplaced) == 0) {
			t.Fatalf("a way to place all exists: %v, unplaced: %v\n%s", can, p.Unplaced, b.String())
		}
	})
}
