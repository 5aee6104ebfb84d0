// Package fleet writes specs of any number of clusters, for tests and for the benchmark in scripts/bench-fleet. Each
// shape repeats one thing that a user may have many of. The same shape and number always give the same bytes.
package fleet

import (
	"bytes"
	"fmt"
)

// File is a file of a spec, or of JSON that az printed.
type File struct {
	Name string
	Data []byte
}

// Shape is a way in which a fleet can be large.
type Shape struct {
	Name string
	// About says what there is n of.
	About string
	// Files returns the files of a spec of size n. More than one file stand in a folder of their own.
	Files func(n int) []File
}

// Shapes returns all shapes; the first is what most fleets look like.
func Shapes() []Shape {
	return []Shape{
		{"own", "clusters of all models in turn with five pools and a network of their own", one(own)},
		{"one-network", "clusters in one network", one(oneNetwork)},
		{"hub", "networks with one cluster, peered with one hub", one(hub)},
		{"mesh", "clusters in ten networks that are peered with each other", one(mesh)},
		{"one-subnet", "clusters that share a subnet", one(oneSubnet)},
		{"one-line", "clusters in JSON without a line break", oneLine},
		{"one-line-faults", "clusters with a fault each in JSON without a line break", oneLineFaults},
		{"folder", "files with one cluster each", folder},
		{"reserved", "clusters and reserved ranges", one(reserved)},
		{"pod-pools", "clusters whose pods get ranges of their own", one(podPools)},
		{"shared-pools", "clusters whose networks, pods and Services come from the same range", one(sharedPools)},
		{"kubenet", "kubenet clusters with one route table", one(kubenet)},
		{"pools", "node pools with their own subnets, ten for each cluster", one(pools)},
		{"one-cluster", "node pools with their own subnets in one cluster", one(oneCluster)},
		{"subnets", "subnets in one network", one(subnets)},
		{"pinned", "clusters whose ranges are all pinned", one(pinned)},
		{"dual-stack", "dual-stack clusters", one(dualStack)},
		{"waivers", "clusters with a finding and a waiver each", one(waivers)},
		{"faults", "clusters with mistakes in their settings", one(faults)},
		{"unknown-keys", "clusters with a misspelt key and a wrong value", one(unknownKeys)},
		{"too-small", "clusters whose subnets are too small", one(tooSmall)},
		{"overlaps", "networks that all have the same address space", one(overlaps)},
		{"one-name", "clusters of the same name", one(oneName)},
		{"full", "clusters for which the pools are too small", one(full)},
		{"one-table", "routes in one table and rules in one security group", one(oneTable)},
		{"long-tables", "routes and rules in tables and groups of a hundred, of a cluster each", one(longTables)},
		{"tables", "clusters with a route table and a security group of their own", one(tables)},
		{"udr", "clusters with userDefinedRouting behind one firewall", one(udr)},
		{"nat", "clusters with a NAT gateway each", one(nat)},
		{"static-ips", "addresses that Services of one cluster ask for", one(staticIPs)},
		{"aliases", "clusters that repeat the node pools of the first with an alias", one(aliases)},
	}
}

// text is a spec that grows.
type text struct{ bytes.Buffer }

func (t *text) line(format string, a ...any) { fmt.Fprintf(t, format+"\n", a...) }

// start begins a spec whose networks come from a range. It waives what a region, a network or a cluster may have, so
// that the spec can be rendered at any size.
func (t *text) start(pools string) { t.ranges("pools: [" + pools + "]") }

// ranges is start for any address space.
func (t *text) ranges(space string) {
	t.top()
	t.line("addressSpace: {%s}", space)
	t.waive()
}

// top writes the settings of the whole spec.
func (t *text) top() { t.line("apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg") }

// waive begins the list of waivers.
func (t *text) waive() {
	t.line("waivers:")
	for _, rule := range limits() {
		t.line("  - {rule: %s, reason: a benchmark}", rule)
	}
}

// limits are the rules about the number of things in a region, a network, a cluster or a table.
func limits() []string {
	return []string{"AKS080", "AKS084", "AKS086", "EGR020", "VNET022", "VNET023"}
}

// one returns the files of a shape that is a single file.
func one(write func(t *text, n int)) func(n int) []File {
	return func(n int) []File {
		var t text
		write(&t, n)
		return []File{{"fleet.yaml", t.Bytes()}}
	}
}

// models are the network models in the order in which own uses them.
func models() []string { return []string{"overlay", "node-subnet", "pod-subnet", "kubenet", "byo"} }

// address returns the address that is so many blocks of a prefix length behind 10.0.0.0, as text with the length.
func address(i, bits int) string {
	a := uint32(10<<24) + uint32(i)<<(32-bits)
	return fmt.Sprintf("%d.%d.%d.%d/%d", byte(a>>24), byte(a>>16), byte(a>>8), byte(a), bits)
}
