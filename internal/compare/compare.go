// Package compare plans the same workload under every network model and says which one the documentation would choose.
//
// The numbers are those of plan.Build for one cluster with another model, beside everything that the plan of the spec
// has placed: the other clusters keep their ranges, since ranges that are in use do not move. What a model cannot do
// comes from the tables of package aks, each with its source. Like planning, comparing is total and deterministic, and
// a cluster costs the same in a fleet of any size.
package compare

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Kind is the kind of a written comparison.
const Kind = "Comparison"

// Comparison is all clusters of a spec under all variants.
type Comparison struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	Summary    Summary   `json:"summary"`
	Clusters   []Cluster `json:"clusters"`
}

// Cluster is one cluster under all variants, in the order of aks.Variants.
type Cluster struct {
	Name string `json:"name"`
	// Current is the variant that the spec has now.
	Current string   `json:"current"`
	Needs   []Need   `json:"needs"`
	Options []Option `json:"options"`
	// Recommendation is what the documentation would choose.
	Recommendation Recommendation `json:"recommendation"`
}

// Option is a cluster under one variant.
type Option struct {
	Variant string `json:"variant"`
	Title   string `json:"title"`
	// Current is whether the spec has this variant now.
	Current bool `json:"current"`
	// Feasible is whether no blocker is an error.
	Feasible         bool               `json:"feasible"`
	Model            aks.Model          `json:"model"`
	NetworkDataplane aks.Dataplane      `json:"networkDataplane"`
	NetworkPolicy    aks.Policy         `json:"networkPolicy"`
	AllocationMode   aks.AllocationMode `json:"podIPAllocationMode,omitempty"`
	NodeSubnets      []Subnet           `json:"nodeSubnets"`
	PodSubnets       []Subnet           `json:"podSubnets"`
	// VNetAddresses is how many addresses of the network the cluster needs, the reserved ones included; SubnetAddresses
	// is how many its subnets take, whole subnets counted: 0 in a network that AKS manages.
	VNetAddresses   int            `json:"vnetAddresses"`
	SubnetAddresses int            `json:"subnetAddresses"`
	PodCIDR         netip.Prefix   `json:"podCidr"`
	PodBlocks       plan.PodBlocks `json:"podBlocks"`
	Nodes           int            `json:"nodes"`
	SurgeNodes      int            `json:"surgeNodes"`
	Pods            int            `json:"pods"`
	Capacity        plan.Capacity  `json:"capacity"`
	// Headroom is how many more nodes fit beyond growth, upgrades included; negative when today's do not fit.
	Headroom int `json:"headroom"`
	// MaxNodes and MaxPods are what the variant itself allows, however large the plan; 0 when nobody states it.
	MaxNodes int `json:"maxNodes"`
	MaxPods  int `json:"maxPods"`
	// Retires is the day on which the model ends, year-month-day; empty when none is set.
	Retires  string    `json:"retires,omitempty"`
	Blockers []Blocker `json:"blockers"`
}

// Subnet is a subnet of an option.
type Subnet struct {
	Name          string       `json:"name"`
	AddressPrefix netip.Prefix `json:"addressPrefix"`
	// PrefixLength is the size of AddressPrefix, or the size that does not fit.
	PrefixLength int `json:"prefixLength"`
	// FromIPAMPool is whether Azure takes the range from an IPAM pool.
	FromIPAMPool bool `json:"fromIPAMPool,omitempty"`
	// Addresses is how many addresses are needed, the reserved ones included.
	Addresses int `json:"addresses"`
	Usable    int `json:"usable"`
	Headroom  int `json:"headroom"`
}

// Severity says whether a blocker stops a variant.
type Severity string

// The severities, in the words of findings.
const (
	Error   Severity = "error"   // Azure refuses it, or the need is not met
	Warning Severity = "warning" // works today, but should be known
)

// Blocker is one thing that speaks against a variant.
type Blocker struct {
	Severity Severity `json:"severity"`
	// Need is the id of the need that is not met; empty when the variant itself is the reason.
	Need   string     `json:"need,omitempty"`
	Text   string     `json:"text"`
	Source aks.Source `json:"source"`
}

// Of compares all clusters of a spec, or those that are named.
func Of(s *spec.Spec, names ...string) *Comparison {
	out := &Comparison{APIVersion: plan.APIVersion, Kind: Kind, Clusters: []Cluster{}}
	f := NewFleet(s)
	for i := range s.Clusters {
		if len(names) == 0 || slices.Contains(names, s.Clusters[i].Name) {
			out.Clusters = append(out.Clusters, f.Compare(i))
		}
	}
	out.Summary = summarize(out.Clusters)
	return out
}

// Compare returns a cluster of the spec, by its index, under all variants.
func (f *Fleet) Compare(i int) Cluster {
	out := f.Under(i, func(aks.Variant) bool { return true })
	out.Recommendation = recommend(out)
	return out
}

// Under returns a cluster of the spec, by its index, under those variants that are wanted, and recommends none.
func (f *Fleet) Under(i int, wanted func(aks.Variant) bool) Cluster {
	sc := &f.spec.Clusters[i]
	current, _ := aks.VariantOf(sc.Model, sc.PodIPAllocationMode, sc.NetworkDataplane)
	out := Cluster{Name: sc.Name, Current: current.ID, Needs: needsOf(f.spec, f.base, i)}
	var place *place
	for _, v := range aks.Variants() {
		if !wanted(v) {
			continue
		}
		c := &candidate{Fleet: f, index: i, variant: v, needs: out.Needs}
		if c.current() {
			c.asItIs()
		} else {
			if place == nil {
				place = f.placeOf(i)
			}
			c.place = place
			c.build()
		}
		o := c.option()
		o.Current = v.ID == current.ID
		out.Options = append(out.Options, o)
	}
	return out
}

// mixedModes reports whether the pools of a cluster get pod addresses in different ways: then no variant is the cluster
// as it is.
func mixedModes(c *spec.Cluster) bool {
	for i := range c.NodePools {
		if c.AllocationMode(&c.NodePools[i]) != c.PodIPAllocationMode {
			return true
		}
	}
	return false
}
