package report

import (
	"fmt"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/migrate"
)

// Migration returns the report on the migration of clusters to another model or data plane: a line for each, and with
// details what blocks each cluster, the steps in order, and what they rest on. In Markdown the steps are a checklist.
func Migration(g *migrate.Guide, details bool) Report {
	if len(g.Clusters) == 0 {
		return Report{value: g, sheet: noClusters()}
	}
	var out sheet
	if len(g.Clusters) > 1 {
		out = append(out, migrationTotals(g, details))
	}
	if !details {
		return Report{value: g, sheet: out}
	}
	for _, c := range g.Clusters {
		out = append(out, migrationSections(c)...)
	}
	return Report{value: g, sheet: out}
}

// migrationTotals counts the clusters by verdict and returns a line for each.
func migrationTotals(g *migrate.Guide, details bool) section {
	n := g.Summary
	s := section{title: english.Count(n.Clusters, "cluster") + " to " + string(g.To)}
	for _, count := range []struct {
		verdict migrate.Verdict
		n       int
	}{
		{migrate.Possible, n.Possible}, {migrate.Blocked, n.Blocked}, {migrate.NewCluster, n.NewCluster},
		{migrate.There, n.AlreadyThere},
	} {
		if count.n > 0 {
			s.add(string(count.verdict), english.Count(count.n, "cluster"))
		}
	}
	s.add("VNet addresses", beforeAfter(n.VNetAddressesBefore, n.VNetAddressesAfter))
	if !details {
		s.add("details", detailsHint)
	}
	table := grid{columns: []column{
		left("CLUSTER"), left("VERDICT"), left("FROM"), left("TO"), right("VNET ADDRESSES"), right("ADDRESSES AFTER"),
		left("BLOCKED BY"),
	}}
	for _, c := range g.Clusters {
		table.rows = append(table.rows, []cell{
			{text: Printable(c.Name)}, {text: string(c.Verdict), bad: len(c.Blockers) > 0}, {text: c.From}, {text: c.To},
			number(c.VNetAddressesBefore), number(c.VNetAddressesAfter), firstBlocker(c),
		})
	}
	s.grids = []grid{table.withoutEmpty()}
	return s
}

// firstBlocker names the first thing that blocks a cluster, and how many more there are.
func firstBlocker(c migrate.Cluster) cell {
	if len(c.Blockers) == 0 {
		return cell{}
	}
	first := itemCell(c.Blockers[0])
	if more := len(c.Blockers) - 1; more > 0 {
		first.text += fmt.Sprintf(" (and %d more)", more)
	}
	return first
}

func beforeAfter(before, after int) string {
	return fmt.Sprintf("%s now, %s after", english.Grouped(before), english.Grouped(after))
}

func migrationSections(c migrate.Cluster) []section {
	name := "Cluster " + Printable(c.Name)
	out := []section{migrationHead(name, c)}
	items := func(title string, items []migrate.Item) {
		if len(items) > 0 {
			out = append(out, section{title: name + ": " + title, grids: []grid{itemGrid(items)}})
		}
	}
	items("blockers", c.Blockers)
	if len(c.Steps) > 0 {
		out = append(out, section{title: name + ": steps", todos: todosOf(c.Steps)})
	}
	items("prerequisites", c.Prerequisites)
	items("what changes", c.Changes)
	items("what stays", c.Stays)
	return out
}

// migrationHead returns the verdict on a cluster.
func migrationHead(name string, c migrate.Cluster) section {
	s := section{title: name + ": " + c.From + " to " + c.To}
	s.add("verdict", string(c.Verdict))
	if c.OneWay {
		s.add("rollback", "not possible")
	}
	s.add("pod CIDR", prefixText(c.PodCIDR))
	s.add("VNet addresses", beforeAfter(c.VNetAddressesBefore, c.VNetAddressesAfter))
	return s
}

func itemCell(i migrate.Item) cell {
	return cell{text: Printable(i.Text), sources: []aks.Source{i.Source}}
}

func itemGrid(items []migrate.Item) grid {
	g := grid{columns: heads("WHAT")}
	for _, i := range items {
		g.rows = append(g.rows, []cell{itemCell(i)})
	}
	return g
}

// todosOf returns steps as things to do.
func todosOf(steps []migrate.Step) []todo {
	out := make([]todo, len(steps))
	for i, s := range steps {
		out[i].what = cell{text: Printable(s.Title), sources: []aks.Source{s.Source}}
		for _, c := range s.Commands {
			out[i].commands = append(out[i].commands, Printable(c))
		}
	}
	return out
}
