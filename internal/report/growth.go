package report

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/growth"
)

// Growth returns the report on a forecast: what runs out first, in which month each resource runs out, what to do about
// it, and a chart of utilization. What lasts longer is left out, unless all is asked for. With ascii, the chart uses
// only ASCII characters.
func Growth(f *growth.Forecast, all, ascii bool) Report {
	if len(f.Clusters) == 0 {
		return Report{value: f, sheet: noClusters()}
	}
	shown := f.Resources
	if !all {
		shown = runningOut(f.Resources)
	}
	head := growthSection(f, len(f.Resources)-len(shown))
	if len(shown) > 0 {
		head.grids = append(head.grids, growthGrid(shown))
	}
	out := sheet{head, {title: "Nodes", grids: []grid{growingGrid(f)}}}
	if len(shown) > 0 {
		title := "Utilization, month 0 to " + strconv.Itoa(f.Months)
		out = append(out, section{title: title, grids: []grid{chartGrid(shown, ascii)}})
	}
	return Report{value: f, sheet: out}
}

// runningOut returns the resources that run out in the months of a forecast.
func runningOut(all []growth.Resource) (out []growth.Resource) {
	for _, r := range all {
		if r.Month != nil {
			out = append(out, r)
		}
	}
	return out
}

// growthSection says what runs out first, and how many resources are left out.
func growthSection(f *growth.Forecast, lasting int) section {
	s := section{title: "Growth by " + f.Rate + perMonth(f)}
	first := fmt.Sprintf("nothing in %s", english.Count(f.Months, "month"))
	if len(f.Resources) > 0 && f.Resources[0].Month != nil {
		r := f.Resources[0]
		first = fmt.Sprintf("%s of %s, %s", Printable(r.Name), Printable(r.Of), month(r))
	}
	s.add("first to run out", first)
	if lasting > 0 {
		s.add("later", english.Count(lasting, "resource")+", which --all shows")
	}
	return s
}

// growingGrid returns the nodes of each cluster that grows.
func growingGrid(f *growth.Forecast) grid {
	g := grid{columns: []column{
		left("CLUSTER"), right("TODAY"), right("MONTH " + strconv.Itoa(f.Months)), right("MAX NODES"),
	}}
	for _, c := range f.Clusters {
		last := c.Nodes[len(c.Nodes)-1]
		g.rows = append(g.rows, []cell{
			{text: Printable(c.Name)}, number(c.Nodes[0]), {text: strconv.Itoa(last), bad: last > c.MaxNodes},
			number(c.MaxNodes),
		})
	}
	return g
}

func perMonth(f *growth.Forecast) string {
	if strings.HasSuffix(f.Rate, "%") {
		return " per month"
	}
	return " nodes per month"
}

func month(r growth.Resource) string {
	switch {
	case r.Month == nil:
		return ""
	case *r.Month == 0:
		return "today"
	}
	return "month " + strconv.Itoa(*r.Month)
}

func growthGrid(resources []growth.Resource) grid {
	g := grid{more: 2, columns: []column{
		left(
			"RUNS OUT",
		), left("WHAT"), left("NAME"), left("OF"), right("NEEDED TODAY"), right("AVAILABLE"), left("UNIT"),
		left("WHAT TO DO"),
	}}
	for _, r := range resources {
		action := cell{}
		if r.Month != nil {
			action = cell{text: Printable(r.Action), sources: []aks.Source{r.Source}}
		}
		g.rows = append(g.rows, []cell{
			{text: cmp.Or(month(r), "later"), bad: r.Month != nil}, {text: kindText(r.Kind)},
			{text: Printable(r.Name)}, {text: Printable(r.Of)},
			number(r.Needed[0]), number(r.Available), {text: r.Unit}, action,
		})
	}
	return g
}

// kindText returns a kind as text: "node subnet" for "nodeSubnet".
func kindText(k growth.ResourceKind) string {
	switch k {
	case growth.PodCIDR:
		return "pod CIDR"
	case growth.NATGateway:
		return "NAT gateway"
	case growth.SNATPorts:
		return "SNAT ports"
	case growth.VNetAddresses:
		return "VNet addresses"
	}
	var b strings.Builder
	for _, c := range string(k) {
		if c >= 'A' && c <= 'Z' {
			b.WriteByte(' ')
			c += 'a' - 'A'
		}
		b.WriteRune(c)
	}
	return b.String()
}

// chartMonths is the maximum number of columns in a chart; longer forecasts show every second month, every third, and
// so on.
const chartMonths = 48

func chartGrid(resources []growth.Resource, ascii bool) grid {
	g := grid{more: 1, columns: []column{left("WHAT"), left("NAME"), right("FROM"), left("CHART"), right("TO")}}
	for _, r := range resources {
		g.rows = append(g.rows, []cell{
			{text: kindText(r.Kind)}, {text: Printable(r.Name)}, {text: share(r.Needed[0], r.Available)},
			{text: chart(r, ascii)},
			{text: share(r.Needed[len(r.Needed)-1], r.Available), bad: r.Month != nil},
		})
	}
	return g
}

// share returns needed as a percentage of available, rounded up, so that 100% always fits and 101% never does.
func share(needed, available int) string {
	switch {
	case needed <= 0:
		return "0%"
	case available <= 0:
		return "over"
	}
	return strconv.Itoa((needed*100+available-1)/available) + "%"
}

// chart returns one character per month: the utilization of the resource in eighths, or a cross if it has run out.
func chart(r growth.Resource, ascii bool) string {
	levels, over := []rune("▁▂▃▄▅▆▇█"), '×'
	if ascii {
		levels, over = []rune(".:-=+*%@"), 'X'
	}
	step := (len(r.Needed) + chartMonths - 1) / chartMonths
	var b strings.Builder
	for m := 0; m < len(r.Needed); m += step {
		// A column shows its last month, so that it never hides a shortage.
		n := r.Needed[min(m+step, len(r.Needed))-1]
		switch {
		case n > r.Available:
			b.WriteRune(over)
		default:
			b.WriteRune(levels[max(0, (n*len(levels)-1)/max(1, r.Available))])
		}
	}
	return b.String()
}
