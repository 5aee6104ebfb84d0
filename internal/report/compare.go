package report

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/internal/compare"
)

// Comparison returns the report on clusters under all models: for each cluster the numbers side by side, the blockers
// of each model, and the recommendation.
func Comparison(c *compare.Comparison) Report {
	var out sheet
	for _, k := range c.Clusters {
		out = append(out, compareSections(k)...)
	}
	return Report{value: c, sheet: out}
}

func compareSections(c compare.Cluster) []section {
	name := "Cluster " + Printable(c.Name)
	head := section{title: name, grids: []grid{optionGrid(c)}}
	head.add("current", c.Current)
	needs := make([]string, len(c.Needs))
	for i, n := range c.Needs {
		needs[i] = Printable(n.Text)
	}
	head.add("needs", strings.Join(needs, ", "))
	out := []section{head}
	if g := blockerGrid(c.Options); len(g.rows) > 0 {
		out = append(out, section{title: name + ": blockers and warnings", grids: []grid{g}})
	}
	return append(out, recommendationSection(name, c.Recommendation))
}

func optionGrid(c compare.Cluster) grid {
	g := grid{columns: []column{
		left("MODEL"), left("NODE SUBNET"), left("POD SUBNET"), right("VNET ADDRESSES"), left("POD CIDR"),
		right("NODES"), right("PODS"), right("MAX NODES"), right("MAX PODS"), left("LIMITED BY"), right("HEADROOM"),
		left("VERDICT"),
	}}
	for _, o := range c.Options {
		g.rows = append(g.rows, []cell{
			{text: o.Title}, {text: subnetSizes(o.NodeSubnets)}, {text: subnetSizes(o.PodSubnets)},
			number(o.VNetAddresses), {text: prefixText(o.PodCIDR)}, number(o.Nodes), number(o.Pods),
			number(o.Capacity.NodesWithSurge), number(o.Capacity.Pods), {text: o.Capacity.LimitedBy},
			{text: strconv.Itoa(o.Headroom), bad: o.Headroom < 0}, verdict(c, o),
		})
	}
	return g.withoutEmpty()
}

func subnetSizes(subnets []compare.Subnet) string {
	lines := make([]string, len(subnets))
	for i, s := range subnets {
		lines[i] = prefixText(s.AddressPrefix)
		if lines[i] == "" {
			lines[i] = fmt.Sprintf("/%d (no room)", s.PrefixLength)
		}
	}
	return strings.Join(lines, "\n")
}

func verdict(c compare.Cluster, o compare.Option) cell {
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
	g := grid{columns: []column{left("MODEL"), left("SEVERITY"), left("WHAT"), left("SOURCE")}}
	for _, o := range options {
		for _, b := range o.Blockers {
			severity := cell{text: string(b.Severity), bad: b.Severity == compare.Error}
			g.rows = append(g.rows, []cell{{text: o.Title}, severity, {text: Printable(b.Text)}, sourceCell(b.Source)})
		}
	}
	return g
}

func recommendationSection(name string, r compare.Recommendation) section {
	s := section{title: name + ": recommended: " + r.Title}
	settings := make([]string, len(r.Set))
	for i, set := range r.Set {
		settings[i] = set.Key + ": " + set.Value
	}
	s.add("settings", strings.Join(settings, ", "))
	for _, b := range r.Obstacles {
		s.add("resolve first", Printable(b.Text))
	}
	for _, u := range r.Unmet {
		s.add("not met", Printable(u.Text), u.Source)
	}
	g := grid{columns: []column{right("NO."), left("REASON"), left("SOURCE")}}
	for i, reason := range r.Reasons {
		g.rows = append(g.rows, []cell{number(i + 1), {text: Printable(reason.Text)}, sourceCell(reason.Source)})
	}
	s.grids = []grid{g}
	return s
}

// prefixText returns a prefix as text; empty for the zero Prefix.
func prefixText(p netip.Prefix) string {
	if !p.IsValid() {
		return ""
	}
	return p.String()
}
