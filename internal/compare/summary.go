package compare

import (
	"cmp"
	"slices"

	"github.com/aksnet/aksnet/aks"
)

// Summary is what a comparison recommends for all its clusters together.
type Summary struct {
	Clusters int `json:"clusters"`
	// Change is how many clusters should have another variant than the spec says.
	Change int `json:"change"`
	// Blocked is how many clusters have no variant that works in their network and meets all their needs.
	Blocked int `json:"blocked"`
	// VNetAddresses is what all clusters need of their networks, VNetAddressesRecommended what they need once they
	// have what is recommended.
	VNetAddresses            int `json:"vnetAddresses"`
	VNetAddressesRecommended int `json:"vnetAddressesRecommended"`
	// Changes is the changes, those of the most clusters first.
	Changes []Change `json:"changes"`
}

// Change is one change that several clusters should make.
type Change struct {
	// From and To are variants.
	From     string `json:"from"`
	To       string `json:"to"`
	Clusters int    `json:"clusters"`
	// VNetAddresses and VNetAddressesRecommended are those of the clusters.
	VNetAddresses            int `json:"vnetAddresses"`
	VNetAddressesRecommended int `json:"vnetAddressesRecommended"`
	// Why is the weightiest reason of the most clusters.
	Why Reason `json:"why"`
}

// Now returns the option that the spec has; Recommended returns the one that is recommended.
func (c *Cluster) Now() *Option { return c.under(c.Current) }

// Recommended returns the option that is recommended.
func (c *Cluster) Recommended() *Option { return c.under(c.Recommendation.Variant) }

func (c *Cluster) under(variant string) *Option {
	i := slices.IndexFunc(c.Options, func(o Option) bool { return o.Variant == variant })
	if i < 0 {
		return &Option{}
	}
	return &c.Options[i]
}

// Stuck reports whether what is recommended does not work yet, or misses a need.
func (r *Recommendation) Stuck() bool { return !r.Feasible || len(r.Unmet) > 0 }

// summarize adds up what is recommended.
func summarize(clusters []Cluster) Summary {
	out := Summary{Clusters: len(clusters), Changes: []Change{}}
	changes := map[[2]string]*changeCount{}
	for i := range clusters {
		c := &clusters[i]
		now, then := c.Now().VNetAddresses, c.Recommended().VNetAddresses
		out.VNetAddresses += now
		out.VNetAddressesRecommended += then
		if c.Recommendation.Stuck() {
			out.Blocked++
		}
		if c.Recommendation.Variant == c.Current {
			continue
		}
		out.Change++
		key := [2]string{c.Current, c.Recommendation.Variant}
		if changes[key] == nil {
			changes[key] = &changeCount{reasons: map[Reason]int{}}
		}
		changes[key].add(now, then, c.Recommendation.Reasons)
	}
	for _, from := range aks.Variants() {
		for _, to := range aks.Variants() {
			if n := changes[[2]string{from.ID, to.ID}]; n != nil {
				out.Changes = append(out.Changes, n.change(from.ID, to.ID))
			}
		}
	}
	slices.SortStableFunc(out.Changes, func(a, b Change) int { return cmp.Compare(b.Clusters, a.Clusters) })
	return out
}

// changeCount counts the clusters of one change, and the first reasons of their recommendations.
type changeCount struct {
	clusters, now, then int
	reasons             map[Reason]int
	order               []Reason
}

func (n *changeCount) add(now, then int, reasons []Reason) {
	n.clusters, n.now, n.then = n.clusters+1, n.now+now, n.then+then
	if len(reasons) == 0 {
		return
	}
	if n.reasons[reasons[0]]++; n.reasons[reasons[0]] == 1 {
		n.order = append(n.order, reasons[0])
	}
}

func (n *changeCount) change(from, to string) Change {
	out := Change{From: from, To: to, Clusters: n.clusters, VNetAddresses: n.now, VNetAddressesRecommended: n.then}
	if len(n.order) > 0 {
		out.Why = slices.MaxFunc(n.order, func(a, b Reason) int { return cmp.Compare(n.reasons[a], n.reasons[b]) })
	}
	return out
}
