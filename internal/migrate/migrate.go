// Package migrate describes how to move a running cluster to Azure CNI Overlay or to the Cilium data plane: the
// prerequisites, the blockers, what stays and what changes, and the steps in order with their commands.
//
// It reads only the spec and the plan and never talks to Azure. A step looks up what only the running cluster knows.
package migrate

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// Kind is the kind of a guide in its JSON form.
const Kind = "Migration"

// Target is what a cluster migrates to.
type Target string

// The targets.
const (
	ToOverlay Target = "overlay"
	ToCilium  Target = "cilium"
)

// Targets returns every target.
func Targets() []Target { return []Target{ToOverlay, ToCilium} }

// Guide describes the migration of every cluster of a spec.
type Guide struct {
	APIVersion string    `json:"apiVersion"`
	Kind       string    `json:"kind"`
	To         Target    `json:"to"`
	Summary    Summary   `json:"summary"`
	Clusters   []Cluster `json:"clusters"`
}

// Verdict says whether a cluster can migrate to the target.
type Verdict string

// The verdicts.
const (
	There      Verdict = "already there"
	Possible   Verdict = "possible in place"
	Blocked    Verdict = "blocked"
	NewCluster Verdict = "needs a new cluster"
)

// Cluster is the migration of one cluster.
type Cluster struct {
	Name string `json:"name"`
	// From and To are variants, see aks.Variants.
	From    string  `json:"from"`
	To      string  `json:"to"`
	Verdict Verdict `json:"verdict"`
	// OneWay means that the migration cannot be undone.
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

// Item is one fact with its source.
type Item struct {
	Text   string     `json:"text"`
	Source aks.Source `json:"source"`
}

// Step is one thing to do. Commands are lines for a POSIX shell; a step without commands is done elsewhere.
type Step struct {
	Title    string     `json:"title"`
	Commands []string   `json:"commands"`
	Source   aks.Source `json:"source"`
}

// To returns the guide for all clusters of a spec, or only for the named ones.
func To(target Target, s *spec.Spec, names ...string) *Guide {
	g := &Guide{APIVersion: plan.APIVersion, Kind: Kind, To: target, Clusters: []Cluster{}}
	fleet := compare.NewFleet(s)
	for i, c := range fleet.Plan().Clusters {
		if len(names) > 0 && !slices.Contains(names, c.Name) {
			continue
		}
		from, _ := aks.VariantOf(c.Model, c.Spec.PodIPAllocationMode, c.NetworkDataplane)
		to := destination(target, c)
		compared := fleet.Under(i, func(v aks.Variant) bool { return v.ID == from.ID || v.ID == to })
		g.Clusters = append(g.Clusters, newMigration(target, s, c, compared).cluster())
	}
	g.Summary = summarize(g.Clusters)
	return g
}

// migration builds the Cluster of a guide.
type migration struct {
	target Target
	plan   *plan.Cluster
	// now and then are the cluster before and after.
	now, then compare.Option
	needs     []compare.Need
	az        shell.Az
	out       Cluster
}

func newMigration(target Target, s *spec.Spec, c *plan.Cluster, compared compare.Cluster) *migration {
	m := &migration{target: target, plan: c, needs: compared.Needs, az: azOf(s, c)}
	m.now = optionOf(compared, compared.Current)
	m.then = optionOf(compared, destination(target, c))
	m.out = Cluster{
		Name: c.Name, From: m.now.Variant, To: m.then.Variant, PodCIDR: m.then.PodCIDR,
		VNetAddressesBefore: m.now.VNetAddresses, VNetAddressesAfter: m.then.VNetAddresses,
		Blockers: []Item{}, Prerequisites: []Item{}, Stays: []Item{}, Changes: []Item{}, Steps: []Step{},
	}
	if c.PodCIDR.IsValid() && c.PodBlocks.Needed <= c.PodBlocks.Available {
		m.out.PodCIDR = c.PodCIDR
	}
	if m.out.PodCIDR.IsValid() {
		m.az.Values["podCidr"] = m.out.PodCIDR.String()
	}
	return m
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

// cluster chooses the verdict and describes the migration.
func (m *migration) cluster() Cluster {
	change, there := m.change()
	switch {
	case there:
		m.out.Verdict = There
		m.out.To, m.out.PodCIDR = m.out.From, m.plan.PodCIDR
		m.out.VNetAddressesAfter = m.out.VNetAddressesBefore
		return m.out
	case change.How != aks.Reimage:
		m.newCluster(change)
		return m.out
	}
	m.out.OneWay = m.needsOverlay() && change.OneWay
	m.block()
	m.prepare(change)
	m.describe()
	m.steps(change)
	m.out.Verdict = Possible
	if len(m.out.Blockers) > 0 {
		m.out.Verdict = Blocked
	}
	return m.out
}

// change returns the change of aks.Changes that decides, and reports whether the cluster is at the target already. A
// cluster whose model cannot have Cilium changes to overlay first.
func (m *migration) change() (c aks.Change, there bool) {
	model := m.plan.Model
	switch {
	case m.target == ToOverlay:
		return m.toOverlayChange(), model.Facts().Overlay
	case m.plan.NetworkDataplane == aks.DataplaneCilium:
		return aks.Change{}, true
	case !hasCilium(model):
		return m.toOverlayChange(), false
	}
	return toCilium(), false
}

// toOverlayChange returns the change of the model.
func (m *migration) toOverlayChange() aks.Change {
	return aks.ChangeOf(aks.Delta{
		Key: "clusters[].model", Before: string(m.plan.Model), After: string(aks.Overlay),
		Situation: m.situation(aks.Overlay),
	})
}

// situation returns what the conditions of a change to a model look at.
func (m *migration) situation(to aks.Model) aks.Situation {
	s := aks.Situation{Before: m.plan.State(), After: m.plan.State()}
	s.After.Model, s.After.PodCIDR = to, m.out.PodCIDR
	return s
}

// needsOverlay reports whether the migration changes the model.
func (m *migration) needsOverlay() bool {
	return m.target == ToOverlay || m.plan.Model.Facts().OwnRouteTable
}

// getsCilium reports whether the migration changes the data plane.
func (m *migration) getsCilium() bool { return m.target == ToCilium }

// toCilium returns the change of the data plane.
func toCilium() aks.Change {
	return aks.ChangeOf(aks.Delta{
		Key: "clusters[].networkDataplane", Before: string(aks.DataplaneAzure), After: string(aks.DataplaneCilium),
	})
}
