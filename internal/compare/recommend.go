package compare

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// Recommendation is the variant that the documentation would choose, and why.
type Recommendation struct {
	// Variant is its id. It is the closest one when Unmet is not empty.
	Variant string `json:"variant"`
	Title   string `json:"title"`
	// Feasible is whether it works in the network as the spec has it; Obstacles is what must be settled first when it
	// does not.
	Feasible  bool      `json:"feasible"`
	Obstacles []Blocker `json:"obstacles"`
	// Set is what to write into the cluster of the spec.
	Set []Setting `json:"set"`
	// Reasons is why, the weightiest first.
	Reasons []Reason `json:"reasons"`
	// Unmet is the needs that the variant does not meet, since no variant does, or none meets all of them.
	Unmet []Unmet `json:"unmet"`
}

// Setting is a key of the spec's cluster and its value.
type Setting struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// Reason is one reason, with where it is written.
type Reason struct {
	Text   string     `json:"text"`
	Source aks.Source `json:"source"`
}

// Unmet is a need that is not met.
type Unmet struct {
	Need string `json:"need"`
	Text string `json:"text"`
	// Alone is whether no variant meets the need even by itself; otherwise it excludes another one.
	Alone  bool       `json:"alone"`
	Source aks.Source `json:"source"`
}

// recommend chooses among the variants in the order in which documentation advises them: the first without a blocker,
// and of those with warnings about needs the one with the fewest. A CNI of one's own is never advised: what it can do
// is its own.
func recommend(c Cluster) Recommendation {
	options := slices.DeleteFunc(slices.Clone(c.Options), func(o Option) bool { return o.Model.Facts().OwnCNI })
	best := slices.MinFunc(options, func(a, b Option) int {
		if d := len(unmetNeeds(a)) - len(unmetNeeds(b)); d != 0 {
			return d
		}
		if d := count(a, Error, false) - count(b, Error, false); d != 0 {
			return d
		}
		return count(a, Warning, true) - count(b, Warning, true)
	})
	r := Recommendation{Variant: best.Variant, Title: best.Title, Feasible: best.Feasible, Obstacles: []Blocker{},
		Set: settings(best), Unmet: []Unmet{}}
	for _, b := range best.Blockers {
		if b.Severity == Error && b.Need == "" {
			r.Obstacles = append(r.Obstacles, b)
		}
	}
	r.Unmet = append(r.Unmet, unmet(c, options, best)...)
	r.Reasons = append(leaving(c, best), needReasons(c, best, r.Unmet)...)
	r.Reasons = append(r.Reasons, guidance(best)...)
	r.Reasons = append(r.Reasons, passedOver(options, best)...)
	r.Reasons = append(r.Reasons, saving(c, best)...)
	return r
}

// unmetNeeds lists the ids of the needs that an option does not meet.
func unmetNeeds(o Option) (ids []string) {
	for _, b := range o.Blockers {
		if b.Severity == Error && b.Need != "" && !slices.Contains(ids, b.Need) {
			ids = append(ids, b.Need)
		}
	}
	return ids
}

// count counts the blockers of a severity: those about a need, or all others.
func count(o Option, s Severity, ofNeed bool) (n int) {
	for _, b := range o.Blockers {
		if b.Severity == s && (b.Need != "") == ofNeed {
			n++
		}
	}
	return n
}

func settings(o Option) []Setting {
	out := []Setting{{"model", string(o.Model)}}
	if o.AllocationMode != "" {
		out = append(out, Setting{"podIPAllocationMode", string(o.AllocationMode)})
	}
	if o.NetworkDataplane != "" {
		out = append(out, Setting{"networkDataplane", string(o.NetworkDataplane)})
	}
	return append(out, Setting{"networkPolicy", string(o.NetworkPolicy)})
}

// unmet says for every need that the best option misses whether any variant meets it.
func unmet(c Cluster, options []Option, best Option) (out []Unmet) {
	for _, id := range unmetNeeds(best) {
		need, _ := find(c.Needs, id)
		b := best.Blockers[slices.IndexFunc(best.Blockers,
			func(b Blocker) bool { return b.Severity == Error && b.Need == id })]
		elsewhere := titles(options, func(o Option) bool { return !slices.Contains(unmetNeeds(o), id) })
		u := Unmet{Need: id, Source: b.Source, Alone: len(elsewhere) == 0}
		if u.Alone {
			u.Text = fmt.Sprintf("no model meets %s: %s", need.Text, b.Text)
		} else {
			u.Text = fmt.Sprintf("no model meets all wishes at once: %s is met by %s, which miss others", need.Text,
				strings.Join(elsewhere, ", "))
		}
		out = append(out, u)
	}
	return out
}

func titles(options []Option, keep func(Option) bool) (out []string) {
	for _, o := range options {
		if keep(o) {
			out = append(out, o.Title)
		}
	}
	return out
}

// needReasons says of every need that is met, and that not every variant meets, that this one does.
func needReasons(c Cluster, best Option, missing []Unmet) (out []Reason) {
	for _, n := range c.Needs {
		if slices.ContainsFunc(missing, func(u Unmet) bool { return u.Need == n.ID }) {
			continue
		}
		var against []string
		var source aks.Source
		for _, o := range c.Options {
			i := slices.IndexFunc(o.Blockers, func(b Blocker) bool { return b.Need == n.ID })
			if i < 0 || o.Model.Facts().OwnCNI || o.Variant == best.Variant {
				continue
			}
			if against = append(against, o.Title); len(against) == 1 {
				source = o.Blockers[i].Source
			}
		}
		if len(against) > 0 {
			out = append(out, Reason{fmt.Sprintf("meets a need: %s (%s: not, or not fully)", n.Text,
				strings.Join(against, ", ")), source})
		}
	}
	return out
}

// leaving says why the cluster should not stay as the spec has it: what Azure refuses, or the end of the model.
func leaving(c Cluster, best Option) []Reason {
	now := c.Now()
	if now.Variant == best.Variant {
		return nil
	}
	b, ends := retirement(now.Model)
	if i := slices.IndexFunc(now.Blockers, func(b Blocker) bool { return b.Severity == Error }); i >= 0 {
		b = now.Blockers[i]
	} else if !ends {
		return nil
	}
	return []Reason{{now.Title + " as in the spec: " + b.Text, b.Source}}
}

// guidance returns what documentation says for the variant. What it says for the model counts for its Cilium variant
// too.
func guidance(best Option) (out []Reason) {
	for _, id := range []string{best.Variant, strings.TrimSuffix(best.Variant, "-cilium")} {
		g, ok := aks.GuidanceFor(id, aks.Take)
		if !ok {
			continue
		}
		r := Reason{"advised " + g.When, g.Source}
		if !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	slices.Reverse(out)
	return out
}

// passedOver says why variants that documentation puts first were not chosen.
func passedOver(options []Option, best Option) (out []Reason) {
	for _, o := range options {
		if o.Variant == best.Variant {
			break
		}
		i := slices.IndexFunc(o.Blockers, func(b Blocker) bool { return b.Severity == Error })
		if i < 0 {
			i = slices.IndexFunc(o.Blockers, func(b Blocker) bool { return b.Need != "" })
		}
		if i >= 0 {
			out = append(out, Reason{fmt.Sprintf("not %s: %s", o.Title, o.Blockers[i].Text), o.Blockers[i].Source})
		}
	}
	return out
}

// saving compares the addresses of the choice with those of the spec as it is.
func saving(c Cluster, best Option) []Reason {
	i := slices.IndexFunc(c.Options, func(o Option) bool { return o.Current })
	if i < 0 || c.Options[i].Variant == best.Variant || c.Options[i].VNetAddresses == best.VNetAddresses {
		return nil
	}
	now := c.Options[i]
	return []Reason{{
		fmt.Sprintf("needs %d addresses of the network, %s as in the spec %d", best.VNetAddresses, now.Title,
			now.VNetAddresses), aks.SizingSource(),
	}}
}
