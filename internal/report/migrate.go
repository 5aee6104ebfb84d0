package report

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/aksnet/aksnet/internal/migrate"
)

// Migration returns the report on the migration of clusters to another model or data plane. In Markdown the steps are a
// checklist.
func Migration(g *migrate.Guide) Report {
	var out sheet
	for _, c := range g.Clusters {
		out = append(out, migrationSections(c)...)
	}
	return Report{value: g, sheet: out, markdown: migrationMarkdown(g)}
}

func migrationSections(c migrate.Cluster) []section {
	head := section{title: migrationTitle(c)}
	head.add("verdict", string(c.Verdict))
	if c.OneWay {
		head.add("rollback", "not possible")
	}
	head.add("pod CIDR", prefixText(c.PodCIDR))
	head.add("VNet addresses", fmt.Sprintf("%d now, %d after", c.VNetAddressesBefore, c.VNetAddressesAfter))
	out := []section{head}
	for _, list := range migrationLists(c) {
		if len(list.items) > 0 {
			out = append(out, section{title: list.title, grids: []grid{itemGrid(list.items)}})
		}
	}
	if len(c.Steps) > 0 {
		out = append(out, section{title: "Steps", grids: []grid{stepGrid(c.Steps)}})
	}
	return out
}

func migrationTitle(c migrate.Cluster) string {
	return "Cluster " + Printable(c.Name) + ": " + c.From + " to " + c.To
}

// itemList is a list of facts with its heading.
type itemList struct {
	title string
	items []migrate.Item
}

func migrationLists(c migrate.Cluster) []itemList {
	return []itemList{
		{"Blockers", c.Blockers}, {"Prerequisites", c.Prerequisites},
		{"Unchanged", c.Stays}, {"Changed", c.Changes},
	}
}

func itemGrid(items []migrate.Item) grid {
	g := grid{columns: heads("WHAT", "SOURCE")}
	for _, i := range items {
		g.rows = append(g.rows, append(row(Printable(i.Text)), sourceCell(i.Source)))
	}
	return g
}

func stepGrid(steps []migrate.Step) grid {
	g := grid{columns: []column{right("STEP"), left("WHAT TO DO")}}
	for i, s := range steps {
		lines := []string{Printable(s.Title)}
		for _, c := range s.Commands {
			lines = append(lines, "  "+Printable(c))
		}
		g.rows = append(g.rows, []cell{number(i + 1), {text: strings.Join(lines, "\n")}})
	}
	return g
}

func migrationMarkdown(g *migrate.Guide) []byte {
	out := &bytes.Buffer{}
	for i, c := range g.Clusters {
		if i > 0 {
			out.WriteByte('\n')
		}
		fmt.Fprintf(out, "## %s\n\n", markdownText(migrationTitle(c)))
		fmt.Fprintf(out, "Verdict: **%s**", c.Verdict)
		if c.OneWay {
			out.WriteString(", and rollback is not possible")
		}
		fmt.Fprintf(out, ". VNet addresses: %d now, %d after.\n", c.VNetAddressesBefore, c.VNetAddressesAfter)
		for _, list := range migrationLists(c) {
			if len(list.items) == 0 {
				continue
			}
			fmt.Fprintf(out, "\n### %s\n\n", list.title)
			for _, item := range list.items {
				fmt.Fprintf(out, "- %s ([source](%s))\n", markdownText(Printable(item.Text)), item.Source.URL)
			}
		}
		checklist(out, c.Steps)
	}
	return out.Bytes()
}

func checklist(out *bytes.Buffer, steps []migrate.Step) {
	if len(steps) > 0 {
		out.WriteString("\n### Steps\n\n")
	}
	for _, s := range steps {
		fmt.Fprintf(out, "- [ ] %s ([source](%s))\n", markdownText(Printable(s.Title)), s.Source.URL)
		if len(s.Commands) == 0 {
			continue
		}
		// The fence is longer than any run of backticks in the block, so that no name can end it.
		fence := strings.Repeat("`", max(3, longestRun(s.Commands, '`')+1))
		fmt.Fprintf(out, "\n  %ssh\n", fence)
		for _, c := range s.Commands {
			fmt.Fprintf(out, "  %s\n", Printable(c))
		}
		fmt.Fprintf(out, "  %s\n\n", fence)
	}
}

func longestRun(lines []string, of byte) int {
	longest := 0
	for _, line := range lines {
		run := 0
		for i := range len(line) {
			if run++; line[i] != of {
				run = 0
			}
			longest = max(longest, run)
		}
	}
	return longest
}
