// Package migrate says how a running cluster gets to Azure CNI Overlay or to the Cilium data plane: what must be true
// before, what stands against it, what stays and what changes, and the steps in order with their commands.
//
// It reads the spec and the plan alone and never talks to Azure. What only the running cluster knows is a step that
// looks.
package migrate

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Kind stands at the top of a guide that is written out.
const Kind = "Migration"

// Target is where a migration goes.
type Target string

// The targets.
const (
	ToOverlay Target = "overlay"
	ToCilium  Target = "cilium"
)

// Targets returns every target.
func Targets() []Target { return []Target{ToOverlay, ToCilium} }

// Guide is the way of every cluster of a spec to the target.
type Guide struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	To         Target    `json:"to"`
	Clusters   []Cluster `json:"clusters"`
}

// Verdict says whether a cluster can get to the target.
type Verdict string

// The verdicts.
const (
	There      Verdict = "already there"
	Possible   Verdict = "possible in place"
	Blocked    Verdict = "blocked"
	NewCluster Verdict = "needs a new cluster"
)

// Cluster is the way of one cluster.
type Cluster struct {
	Name string `json:"name"`
	// From and To are variants, see aks.Variants.
	From    string  `json:"from"`
	To      string  `json:"to"`
	Verdict Verdict `json:"verdict"`
	// OneWay is whether there is no way back.
	OneWay bool `json:"oneWay"`
	// PodCIDR is the pod CIDR afterwards.
	PodCIDR netip.Prefix `json:"podCidr"`
	// VNetAddressesBefore and VNetAddressesAfter are what the cluster needs of the network.
	VNetAddressesBefore int    `json:"vnetAddressesBefore"`
	VNetAddressesAfter  int    `json:"vnetAddressesAfter"`
	Blockers            []Item `json:"blockers"`
	Prerequisites       []Item `json:"prerequisites"`
	Stays               []Item `json:"stays"`
	Changes             []Item `json:"changes"`
	Steps               []Step `json:"steps"`
}

// Item is one fact, with where it is written.
type Item struct {
	Text   string     `json:"text"`
	Source aks.Source `json:"source"`
}

// Step is one thing to do. Commands are lines for a POSIX shell; a step without any is done elsewhere.
type Step struct {
	Title    string     `json:"title"`
	Commands []string   `json:"commands"`
	Source   aks.Source `json:"source"`
}

// To makes the guide for all clusters of a spec, or for those that are named.
func To(target Target, s *spec.Spec, names ...string) *Guide {
	g := &Guide{APIVersion: plan.APIVersion, Kind: Kind, To: target, Clusters: []Cluster{}}
	options := map[string]compare.Cluster{}
	for _, c := range compare.Of(s, names...).Clusters {
		options[c.Name] = c
	}
	for _, c := range plan.Build(s).Clusters {
		if compared, ok := options[c.Name]; ok {
			g.Clusters = append(g.Clusters, newWay(target, s, c, compared).cluster())
		}
	}
	return g
}

// way is the way of one cluster while it is made.
type way struct {
	target Target
	plan   *plan.Cluster
	// now and then are the cluster before and after.
	now, then compare.Option
	needs     []compare.Need
	az        az
	out       Cluster
}

func newWay(target Target, s *spec.Spec, c *plan.Cluster, compared compare.Cluster) *way {
	w := &way{target: target, plan: c, needs: compared.Needs, az: newAz(s, c)}
	w.now = optionOf(compared, compared.Current)
	w.then = optionOf(compared, destination(target, c))
	w.out = Cluster{
		Name: c.Name, From: w.now.Variant, To: w.then.Variant, PodCIDR: w.then.PodCIDR,
		VNetAddressesBefore: w.now.VNetAddresses, VNetAddressesAfter: w.then.VNetAddresses,
		Blockers: []Item{}, Prerequisites: []Item{}, Stays: []Item{}, Changes: []Item{}, Steps: []Step{},
	}
	if c.PodCIDR.IsValid() && c.PodBlocks.Needed <= c.PodBlocks.Available {
		w.out.PodCIDR = c.PodCIDR
	}
	return w
}

func optionOf(c compare.Cluster, variant string) compare.Option {
	for _, o := range c.Options {
		if o.Variant == variant {
			return o
		}
	}
	return compare.Option{}
}

// destination returns the variant that a cluster becomes. Cilium is a data plane: the model stays if it can have it,
// and becomes overlay if not.
func destination(target Target, c *plan.Cluster) string {
	toCilium := target == ToCilium
	model, mode, dataplane := aks.Overlay, aks.AllocationMode(""), c.NetworkDataplane
	if toCilium {
		dataplane = aks.DataplaneCilium
	}
	if toCilium && hasCilium(c.Model) {
		model, mode = c.Model, c.Spec.PodIPAllocationMode
	}
	if model.Facts().Overlay && dataplane != aks.DataplaneCilium {
		dataplane = aks.DataplaneAzure
	}
	v, _ := aks.VariantOf(model, mode, dataplane)
	return v.ID
}

// hasCilium reports whether a model can have the Cilium data plane.
func hasCilium(m aks.Model) bool { return slices.Contains(m.Facts().Dataplanes, aks.DataplaneCilium) }

// cluster decides about the way and describes it.
func (w *way) cluster() Cluster {
	change, there := w.change()
	switch {
	case there:
		w.out.Verdict = There
		w.out.To, w.out.PodCIDR = w.out.From, w.plan.PodCIDR
		w.out.VNetAddressesAfter = w.out.VNetAddressesBefore
		return w.out
	case change.How != aks.InPlace:
		w.newCluster(change)
		return w.out
	}
	w.out.OneWay = w.needsOverlay() && change.OneWay
	w.block()
	w.prepare(change)
	w.describe()
	w.steps(change)
	w.out.Verdict = Possible
	if len(w.out.Blockers) > 0 {
		w.out.Verdict = Blocked
	}
	return w.out
}

// change returns the row of the table of changes that decides, and whether the cluster is at the target already. A
// kubenet cluster gets to Cilium by way of overlay.
func (w *way) change() (c aks.Change, there bool) {
	model := w.plan.Model
	switch {
	case w.target == ToOverlay:
		return aks.ModelChange(model, aks.Overlay), model.Facts().Overlay
	case w.plan.NetworkDataplane == aks.DataplaneCilium:
		return aks.Change{}, true
	case !hasCilium(model):
		return aks.ModelChange(model, aks.Overlay), false
	}
	return changeByID("to-cilium"), false
}

// needsOverlay reports whether the model changes on the way.
func (w *way) needsOverlay() bool { return w.target == ToOverlay || w.plan.Model.Facts().OwnRouteTable }

// getsCilium reports whether the dataplane changes on the way.
func (w *way) getsCilium() bool { return w.target == ToCilium }

func changeByID(id string) aks.Change {
	for _, c := range aks.Changes() {
		if c.ID == id {
			return c
		}
	}
	return aks.Change{}
}
