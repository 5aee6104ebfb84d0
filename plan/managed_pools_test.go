package plan_test

import (
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
)

// TestProvisionedNodes has clusters with node auto-provisioning: what its nodes take where the spec says how many there
// may be, and the room that is left for them where it does not.
func TestProvisionedNodes(t *testing.T) {
	for name, tt := range map[string]struct {
		cluster     string
		nodes, bits int
		total, pods int
	}{
		"off":             {"model: overlay\nnodeProvisioning: {maxNodes: 300}", 2, 26, 8, 3},
		"unknown":         {"model: overlay\nnodeProvisioningMode: Auto", 2, 24, 8, 3},
		"overlay":         {"nodeProvisioningMode: Auto\nnodeProvisioning: {maxNodes: 300}", 302, 23, 308, 303},
		"few":             {"nodeProvisioningMode: Auto\nnodeProvisioning: {maxNodes: 5}", 7, 26, 13, 8},
		"by requirement":  {"nodeProvisioningMode: Auto\nrequirements: {maxNodes: 302}", 302, 23, 308, 303},
		"less than pools": {"nodeProvisioningMode: Auto\nrequirements: {maxNodes: 1}", 2, 24, 8, 3},
		"flat": {
			"model: node-subnet\nnodeProvisioningMode: Auto\nnodeProvisioning: {maxNodes: 10}", 12, 23,
			3*31 + 10*30 + 5, 0,
		},
		"flat with pods": {
			"model: node-subnet\nnodeProvisioningMode: Auto\nnodeProvisioning: {maxNodes: 10, maxPods: 50}", 12, 22,
			3*31 + 10*50 + 5, 0,
		},
		"flat unknown": {"model: node-subnet\nnodeProvisioningMode: Auto", 2, 21, 3*31 + 5, 0},
		"byo":          {"model: byo\nnodeProvisioningMode: Auto\nnodeProvisioning: {maxNodes: 100}", 102, 25, 108, 103},
	} {
		t.Run(name, func(t *testing.T) {
			p := build(t, one(tt.cluster, "count: 2, maxSurge: 1"))
			c, s := p.Clusters[0], subnet(t, p, "snet-shop-nodes")
			equal(t, "nodes", c.Nodes, tt.nodes)
			equal(t, "addresses", s.Demand.Total, tt.total)
			equal(t, "prefix length", s.AddressPrefix.Bits(), tt.bits)
			equal(t, "pod blocks", c.PodBlocks.Needed, tt.pods)
			if room, _ := c.ProvisionRoom(); room < 1 {
				t.Errorf("room for %d more nodes", room)
			}
		})
	}
}

// TestAutomatic has clusters of the SKU Automatic, in networks of their own and in one that AKS manages.
func TestAutomatic(t *testing.T) {
	for name, tt := range map[string]struct {
		text                       string
		nodes, apiServer, sys, own int // nodes, and prefix lengths
		outbound                   aks.OutboundType
	}{
		"smallest": {"clusters: [{name: shop, sku: Automatic}]", 4, 28, 26, 24, aks.OutboundLoadBalancer},
		"any case": {"clusters: [{name: shop, sku: automatic}]", 4, 28, 26, 24, aks.OutboundLoadBalancer},
		"provisioned": {
			"clusters: [{name: shop, sku: Automatic, nodeProvisioning: {maxNodes: 300}}]", 304, 28, 26, 23,
			aks.OutboundLoadBalancer,
		},
		"pools": {
			"clusters: [{name: shop, sku: Automatic, nodePools: [{name: gpu, count: 5}]}]", 9, 28, 26, 24,
			aks.OutboundLoadBalancer,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := build(t, tt.text+"\n")
			c := p.Clusters[0]
			equal(t, "model", c.Model, aks.Overlay)
			equal(t, "data plane", c.NetworkDataplane, aks.DataplaneCilium)
			equal(t, "policy", c.NetworkPolicy, aks.PolicyCilium)
			equal(t, "outbound type", c.OutboundType, tt.outbound)
			equal(t, "nodes", c.Nodes, tt.nodes)
			equal(t, "API server subnet", fits(t, p, "snet-shop-apiserver"), tt.apiServer)
			equal(t, "system subnet", fits(t, p, "snet-shop-system"), tt.sys)
			equal(t, "node subnet", fits(t, p, "snet-shop-nodes"), tt.own)
			equal(t, "unplaced", len(p.Unplaced), 0)
		})
	}
	managed := build(t, "clusters: [{name: shop, sku: Automatic, vnet: managed}]\n")
	c := managed.Clusters[0]
	equal(t, "networks", len(managed.VNets), 0)
	equal(t, "outbound type", c.OutboundType, aks.OutboundManagedNATGateway)
	equal(t, "managed nodes", c.ManagedTerms().At(plan.Upgrade), 3+1+1+5)
	old := build(t, "clusters: [{name: shop, sku: Automatic, nodePools: [{name: sys, mode: System, count: 3}]}]\n")
	equal(t, "managed pools of a cluster with a system pool", len(old.Clusters[0].ManagedNodePools), 0)
}

// TestAutomaticIsStable adds a pool to an Automatic cluster: nothing else moves.
func TestAutomaticIsStable(t *testing.T) {
	before := build(t, "vnets: [{name: v, addressPrefixes: [10.1.0.0/20]}]\n"+
		"clusters: [{name: shop, vnet: v, sku: Automatic}]\n")
	after := build(t, "vnets: [{name: v, addressPrefixes: [10.1.0.0/20]}]\n"+
		"clusters: [{name: shop, vnet: v, sku: Automatic, nodePools: [{name: gpu, count: 5, "+
		"nodeSubnet: {name: snet-gpu}}]}]\n")
	for _, s := range before.VNets[0].Subnets {
		equal(t, s.Name, subnet(t, after, s.Name).AddressPrefix, s.AddressPrefix)
	}
}
