package report

import (
	"cmp"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/english"
)

// FewClusters is up to how many clusters a report shows the details of each without being asked to.
const FewClusters = 3

// Comparison returns the report on clusters under all models: what is recommended for all of them, a line for each, and
// with details for each the recommendation with its reasons, the numbers of all models, and what speaks against them.
func Comparison(c *compare.Comparison, details bool) Report {
	if len(c.Clusters) == 0 {
		return Report{value: c, sheet: noClusters()}
	}
	var out sheet
	if len(c.Clusters) > 1 {
		out = append(out, summarySection(c, details))
	}
	if details {
		for i := range c.Clusters {
			out = append(out, compareSections(&c.Clusters[i])...)
		}
	}
	return Report{value: c, sheet: out}
}

// noClusters is the report on a spec without clusters.
func noClusters() sheet { return sheet{{title: "The spec has no clusters"}} }

// detailsHint says how to see the details of a cluster.
const detailsHint = "--cluster NAME shows one cluster, --details all of them"

func summarySection(c *compare.Comparison, details bool) section {
	sum := c.Summary
	s := section{title: english.Count(sum.Clusters, "cluster") + ": " + summaryText(sum)}
	s.add("VNet addresses", addressesText(sum.VNetAddresses, sum.VNetAddressesRecommended))
	if sum.Blocked > 0 {
		s.add("blocked", english.Count(sum.Blocked, "cluster")+" cannot have what is recommended as it is")
	}
	if !details {
		s.add("details", detailsHint)
	}
	if len(sum.Changes) > 0 {
		s.grids = append(s.grids, changeTotals(sum))
	}
	s.grids = append(s.grids, verdictGrid(c))
	return s
}

// summaryText says how many clusters should change.
func summaryText(s compare.Summary) string {
	switch s.Change {
	case 0:
		return "keep the network model of each"
	case s.Clusters:
		return "change the network model of each"
	}
	return fmt.Sprintf("change the network model of %d", s.Change)
}

// addressesText compares two numbers of addresses.
func addressesText(now, then int) string {
	if then == now {
		return english.Grouped(now) + " needed, now and with what is recommended"
	}
	text := fmt.Sprintf("%s needed now, %s with what is recommended", english.Grouped(now), english.Grouped(then))
	if then < now {
		return text + ": " + english.Grouped(now-then) + " saved"
	}
	return text + ": " + english.Grouped(then-now) + " more"
}

// changeTotals returns what should change and why, for all clusters together.
func changeTotals(s compare.Summary) grid {
	g := grid{columns: []column{
		left("CHANGE"), right("CLUSTERS"), right("VNET ADDRESSES"), right("ADDRESSES AFTER"), left("WHY"),
	}}
	for _, c := range s.Changes {
		g.rows = append(g.rows, []cell{
			{text: variantTitle(c.From) + " to " + variantTitle(c.To)}, number(c.Clusters), number(c.VNetAddresses),
			number(c.VNetAddressesRecommended), {text: Printable(c.Why.Text), sources: []aks.Source{c.Why.Source}},
		})
	}
	return g
}

func variantTitle(id string) string {
	for _, v := range aks.Variants() {
		if v.ID == id {
			return v.Title
		}
	}
	return id
}

// verdictGrid returns a line for each cluster.
func verdictGrid(c *compare.Comparison) grid {
	g := grid{columns: []column{
		left("CLUSTER"), left("VERDICT"), left("NOW"), left("RECOMMENDED"), right("VNET ADDRESSES"),
		right("ADDRESSES AFTER"),
	}}
	for i := range c.Clusters {
		k := &c.Clusters[i]
		now, then := k.Now(), k.Recommended()
		g.rows = append(g.rows, []cell{
			{text: Printable(k.Name)}, {text: clusterVerdict(k), bad: k.Recommendation.Stuck()}, {text: now.Title},
			{text: then.Title}, number(now.VNetAddresses), number(then.VNetAddresses),
		})
	}
	return g
}

// clusterVerdict says in a word what to do with a cluster, and what is in the way.
func clusterVerdict(c *compare.Cluster) string {
	word := "keep"
	if c.Recommendation.Variant != c.Current {
		word = "change"
	}
	var but []string
	if n := len(c.Recommendation.Obstacles); n > 0 {
		but = append(but, english.Count(n, "obstacle"))
	}
	if n := len(c.Recommendation.Unmet); n > 0 {
		but = append(but, english.Count(n, "need")+" not met")
	}
	if len(but) == 0 {
		return word
	}
	return word + ", " + strings.Join(but, ", ")
}

func compareSections(c *compare.Cluster) []section {
	name := "Cluster " + Printable(c.Name)
	head := recommendationSection(name, c)
	head.grids = append(head.grids, optionGrid(c))
	out := []section{head}
	if g := blockerGrid(c.Options); len(g.rows) > 0 {
		out = append(out, section{title: name + ": blockers and warnings", grids: []grid{g}})
	}
	return out
}

// recommendationSection says what to do with a cluster, and why.
func recommendationSection(name string, c *compare.Cluster) section {
	r := c.Recommendation
	s := section{title: name + ": recommended: " + r.Title}
	if r.Variant == c.Current {
		s.title += ", as it is"
	}
	for _, b := range r.Obstacles {
		s.add("resolve first", Printable(b.Text), b.Source)
	}
	for _, u := range r.Unmet {
		s.add("not met", Printable(u.Text), u.Source)
	}
	if r.Variant != c.Current {
		s.add("current", c.Now().Title)
	}
	settings := make([]string, len(r.Set))
	for i, set := range r.Set {
		settings[i] = set.Key + ": " + set.Value
	}
	s.add("settings", strings.Join(settings, ", "))
	needs := make([]string, len(c.Needs))
	for i, n := range c.Needs {
		needs[i] = Printable(n.Text)
	}
	s.add("needs", strings.Join(needs, ", "))
	for _, reason := range r.Reasons {
		s.add("why", Printable(reason.Text), reason.Source)
	}
	return s
}

func optionGrid(c *compare.Cluster) grid {
	g := grid{columns: []column{
		left("MODEL"), left("VERDICT"), left("NODE SUBNET"), left("POD SUBNET"), right("VNET ADDRESSES"),
		left("POD CIDR"), right("NODES"), right("PODS"), right("MAX NODES"), right("MAX PODS"), left("LIMITED BY"),
		right("HEADROOM"),
	}}
	for _, o := range c.Options {
		g.rows = append(g.rows, []cell{
			{text: o.Title}, verdict(c, o), {text: subnetSizes(o.NodeSubnets)}, {text: subnetSizes(o.PodSubnets)},
			number(o.VNetAddresses), {text: prefixText(o.PodCIDR)}, number(o.Nodes), number(o.Pods),
			number(o.Capacity.NodesWithSurge), number(o.Capacity.PodsWithSurge), {text: o.Capacity.LimitedBy},
			{text: strconv.Itoa(o.Headroom), bad: o.Headroom < 0},
		})
	}
	return g.withoutEmpty()
}

func subnetSizes(subnets []compare.Subnet) string {
	lines := make([]string, len(subnets))
	for i, s := range subnets {
		size := fmt.Sprintf("/%d (no room)", s.PrefixLength)
		if s.FromIPAMPool {
			size = fmt.Sprintf("/%d from a pool", s.PrefixLength)
		}
		lines[i] = cmp.Or(prefixText(s.AddressPrefix), size)
	}
	return strings.Join(lines, "\n")
}

func verdict(c *compare.Cluster, o compare.Option) cell {
	errors, warnings := 0, 0
	for _, b := range o.Blockers {
		if b.Severity == compare.Error {
			errors++
		} else {
			warnings++
		}
	}
	var words []string
	if o.Variant == c.Recommendation.Variant {
		words = append(words, "recommended")
	}
	if o.Current {
		words = append(words, "current")
	}
	switch {
	case errors > 0:
		words = append(words, "blocked")
	case warnings > 0:
		words = append(words, "works, with warnings")
	case len(words) == 0 || words[0] == "current":
		words = append(words, "works")
	}
	return cell{text: strings.Join(words, ", "), bad: errors > 0}
}

func blockerGrid(options []compare.Option) grid {
	g := grid{columns: heads("MODEL", "SEVERITY", "WHAT")}
	for _, o := range options {
		for _, b := range o.Blockers {
			severity := cell{text: string(b.Severity), bad: b.Severity == compare.Error}
			g.rows = append(g.rows, []cell{
				{text: o.Title}, severity, {text: Printable(b.Text), sources: []aks.Source{b.Source}},
			})
		}
	}
	return g
}

// prefixText returns a prefix as text; empty for the zero Prefix.
func prefixText(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return p.String()
}
