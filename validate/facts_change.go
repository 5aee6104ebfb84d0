package validate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// difference is one change between the older plan and the plan, with what the table of changes says about it.
type difference struct {
	aks.Delta
	change aks.Change
	// path is the place in the spec, and what names what changes: `maxPods of pool "apps"`.
	path, what string
	// back is the value that reverts the difference at path; empty if there is none.
	back string
	// between are the values to set first, one after the other.
	between []string
	// unmet are the conditions that prevent the change, and unknown those of which the older plan says nothing.
	unmet, unknown []aks.ChangeCondition
	// chosen is whether AKS chose the value before, so that the older plan does not say what it was.
	chosen bool
	// atKey is whether the finding points at the key.
	atKey bool
	az    shell.Az
}

// rejected reports whether Azure rejects the change as it stands, though it knows a way.
func (d *difference) rejected() bool {
	return d.change.How == aks.Rejected || len(d.between) > 0 || len(d.unmet) > 0
}

// doubtful reports whether no page settles what becomes of the change.
func (d *difference) doubtful() bool {
	return d.change.How == aks.Undocumented || d.change.Disputed != ""
}

// The kinds of differences. Each difference is of one kind.

func isNewCluster(d *difference) bool { return d.change.How == aks.NewCluster }

func isNewPool(d *difference) bool { return d.change.How == aks.NewPool }

func isRejected(d *difference) bool {
	return d.rejected() && !isNewCluster(d) && !isNewPool(d)
}

func isUnsettled(d *difference) bool { return d.doubtful() && !isRejected(d) }

func isInSteps(d *difference) bool {
	steps := d.change.How == aks.InOrder || d.change.How == aks.NewResource
	return steps && !isRejected(d) && !isUnsettled(d)
}

// isEasy reports whether Azure makes a change on what runs.
func isEasy(d *difference) bool {
	easy := d.change.How == aks.InPlace || d.change.How == aks.Reimage
	return easy && !isRejected(d) && !isUnsettled(d)
}

func isOneWay(d *difference) bool { return isEasy(d) && d.change.OneWay }

func isAdded(d *difference) bool { return isEasy(d) && d.Kind == aks.Added && d.Before == d.After }

func isRemoved(d *difference) bool {
	return isEasy(d) && d.Kind == aks.Removed && (d.Key == "clusters" || d.Key == "clusters[].nodePools")
}

func isInPlace(d *difference) bool {
	return isEasy(d) && !isOneWay(d) && !isAdded(d) && !isRemoved(d)
}

// comparison collects the differences of two plans.
type comparison struct {
	old, new *plan.Plan
	// oldIn and newIn are the clusters of the plans by network, and newNamed those of the plan by name in lower case.
	oldIn, newIn map[*plan.VNet][]*plan.Cluster
	newNamed     map[string]*plan.Cluster
	// today is the day of the run, empty if not known.
	today string
	found []difference
	// untold are the paths of settings that a saved plan does not hold.
	untold []string
}

// compared returns the comparison of the plan with the older plan. The rules of a run share it.
func (p *Pass) compared() *comparison {
	if p.facts.compared == nil {
		p.facts.compared = comparePlans(p.Old, p.Plan, p.day())
	}
	return p.facts.compared
}

func comparePlans(old, new *plan.Plan, today string) *comparison {
	c := &comparison{old: old, new: new, today: today}
	if old == nil {
		return c
	}
	c.oldIn, c.newIn = clustersByNetwork(old), clustersByNetwork(new)
	c.newNamed = firstNamed(new.Clusters, func(n *plan.Cluster) string { return n.Name })
	c.compareClusters()
	c.compareNetworks()
	c.compareResources()
	return c
}

// clustersByNetwork returns the clusters of a plan by network, in the order of the plan.
func clustersByNetwork(p *plan.Plan) map[*plan.VNet][]*plan.Cluster {
	out := map[*plan.VNet][]*plan.Cluster{}
	for _, c := range p.Clusters {
		out[c.VNet()] = append(out[c.VNet()], c)
	}
	return out
}

// firstNamed returns the first element of each name, by the name in lower case.
func firstNamed[T any](list []T, name func(T) string) map[string]T {
	out := map[string]T{}
	for _, x := range list {
		key := strings.ToLower(name(x))
		if _, ok := out[key]; !ok {
			out[key] = x
		}
	}
	return out
}

// element is two versions of the same cluster, pool, network or subnet.
type element struct {
	// keys begins the keys of the element: "clusters[].nodePools[]".
	keys string
	// path and oldPath are the places in the two specs, and of ends what messages name: ` of pool "apps"`.
	path, oldPath, of string
	situation         aks.Situation
	az                shell.Az
}

// compare adds a difference if the values of a key differ. An empty value is a key that is not set.
func (c *comparison) compare(e element, key, before, after string) {
	if d, ok := e.difference(key, before, after); ok {
		c.add(d)
	}
}

// difference returns the difference between two values of a key, and false if there is none.
func (e element) difference(key, before, after string) (difference, bool) {
	d := difference{path: e.path + "." + key, what: key + e.of, back: before, az: e.az}
	d.Delta = aks.Delta{Key: e.keys + "." + key, Before: before, After: after, Situation: e.situation}
	unset, known := aks.ValueUnset(d.Key)
	if after == "" {
		if !known {
			return d, false
		}
		d.After = unset
	}
	if before == "" {
		d.Before, d.chosen = unset, !known
	}
	return d, !strings.EqualFold(d.Before, d.After)
}

// add looks a difference up in the table of changes.
func (c *comparison) add(d difference) {
	if d.change = aks.ChangeOf(d.Delta); d.change.How == aks.Unaffected {
		return
	}
	if d.change.Between != "" {
		d.between = []string{d.change.Between}
	}
	d.unmet, d.unknown = d.change.Hurdles(d.Situation)
	c.found = append(c.found, d)
}

// compareSettings compares the settings of two elements that either spec sets, except those under the given keys.
func (c *comparison) compareSettings(e element, before, after []spec.Setting, except ...string) {
	old := map[string]string{}
	for _, s := range before {
		old[s.Key] = s.Value
	}
	for _, s := range after {
		if !under(s.Key, except) && (c.old.Spec.Has(e.oldPath+"."+s.Key) || c.new.Spec.Has(e.path+"."+s.Key)) {
			c.compare(e, s.Key, old[s.Key], s.Value)
		}
	}
}

// under reports whether a key is one of the given keys or below one of them.
func under(key string, keys []string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return key == k || strings.HasPrefix(key, k+".") })
}

// pairs returns the elements of two lists that have the same name, and those that only one of the lists has.
func pairs[T any](old, new []T, name func(T) string) (both [][2]T, added, removed []T) {
	before := map[string]T{}
	for _, x := range old {
		before[strings.ToLower(name(x))] = x
	}
	kept := map[string]bool{}
	for _, x := range new {
		key := strings.ToLower(name(x))
		if was, ok := before[key]; ok {
			both = append(both, [2]T{was, x})
			kept[key] = true
		} else {
			added = append(added, x)
		}
	}
	for _, x := range old {
		if !kept[strings.ToLower(name(x))] {
			removed = append(removed, x)
		}
	}
	return both, added, removed
}

// addElement adds an element of a list that only one of the plans has.
func (c *comparison) addElement(kind aks.Kind, keys, path, what string, s aks.Situation, az shell.Az) {
	c.add(difference{
		Delta: aks.Delta{Key: keys, Kind: kind, Before: aks.NotSet, After: aks.NotSet, Situation: s},
		path:  path, what: what, atKey: kind == aks.Removed, az: az,
	})
}

func quoted(kind, name string) string { return fmt.Sprintf("%s %q", kind, name) }
