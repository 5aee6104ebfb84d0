package report

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/aks"
)

// anyGrid draws a grid with numbers, names, URLs, prose of several scripts, and commands.
func anyGrid(t *rapid.T) grid {
	g := grid{more: rapid.IntRange(0, 2).Draw(t, "more")}
	columns := rapid.IntRange(1, 9).Draw(t, "columns")
	heading := rapid.SampledFrom([]string{"NAME", "MAX NODES", "PODS PER NODE", "WHAT TO DO"})
	for range columns {
		g.columns = append(g.columns, column{heading.Draw(t, "heading"), rapid.Bool().Draw(t, "to the right")})
	}
	text := rapid.SampledFrom([]string{
		"", "1024", "snet-nodes", "https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay",
		"漢字 漢字 漢字漢字",
		"e\u0301te\u0301 e\u0301te\u0301", "two pages state 250,000 and 200,000 pods a cluster; the smaller one is used",
		"10.0.0.0/24\n10.0.1.0/24", "a family 👩‍👩‍👧 of emoji",
		"update the cluster\n  az aks update --network-plugin-mode overlay",
	})
	for i := range rapid.IntRange(0, 4).Draw(t, "rows") {
		cells := row(fmt.Sprintf("key-%d", i))
		for range columns - 1 {
			cells = append(cells, cell{text: text.Draw(t, "text")})
		}
		g.rows = append(g.rows, cells)
	}
	return g
}

func cellWords(g grid) (words []string) {
	for _, row := range g.rows {
		for _, c := range row {
			words = append(words, strings.Fields(c.text)...)
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// TestLayout checks what folding and wrapping promise: nothing is lost, no word is broken, no line is wider than the
// terminal unless a word is, and every part starts with the key columns.
func TestLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, width := anyGrid(t), rapid.IntRange(20, 200).Draw(t, "width")
		var words []string
		columns := 0
		for _, part := range layout(g, width) {
			words = append(words, cellWords(part)...)
			columns += len(part.columns) - g.keys()
			checkPart(t, g, part, width)
		}
		slices.Sort(words)
		if words = slices.Compact(words); !slices.Equal(words, cellWords(g)) {
			t.Fatalf("words %q, want %q", words, cellWords(g))
		}
		if columns != len(g.columns)-g.keys() {
			t.Fatalf("%d columns beside the keys, want %d", columns, len(g.columns)-g.keys())
		}
	})
}

func checkPart(t *rapid.T, g, part grid, width int) {
	total, keys, least := -gap, 0, 0
	for i := range part.columns {
		e := part.extent(i)
		total, least = total+gap+e.wide, max(least, e.least)
		if i < g.keys() {
			keys += g.extent(i).wide + gap
		}
		if i < g.keys() && strings.Join(strings.Fields(part.columns[i].name), " ") != g.columns[i].name {
			t.Fatalf("column %d is %q, want the key %q", i, part.columns[i].name, g.columns[i].name)
		}
	}
	if limit := max(width, keys+least); total > limit {
		t.Fatalf("%d columns wide, want at most %d", total, limit)
	}
}

// TestLayoutKeepsWhatFits checks that a grid that fits is printed as it is.
func TestLayoutKeepsWhatFits(t *testing.T) {
	g := grid{columns: heads("NO.", "MAX NODES", "NOTE"), rows: [][]cell{row("1", "5", "twenty characters of")}}
	for width, want := range map[int]int{0: 1, 36: 1, 30: 2, 200: 1} {
		if parts := layout(g, width); len(parts) != want {
			t.Errorf("at %d columns %d parts, want %d", width, len(parts), want)
		}
	}
	for width, want := range map[int]string{36: "MAX NODES", 32: "MAX\nNODES"} {
		if got := layout(g, width)[0].columns[1].name; got != want {
			t.Errorf("at %d columns the heading is %q, want %q", width, got, want)
		}
	}
}

// TestHeadingsEndOnOneLine checks that wrapped headings are aligned at the bottom, and all of them in bold.
func TestHeadingsEndOnOneLine(t *testing.T) {
	g := grid{columns: heads("PODS PER NODE", "NOTE"), rows: [][]cell{row("5", strings.Repeat("word ", 9))}}
	var out bytes.Buffer
	if err := (sheet{{title: "T", grids: []grid{g}}}).table(&out, TableOptions{Width: 14, Colour: true}); err != nil {
		t.Fatal(err)
	}
	want := bold + "PODS" + plain + "\n" + bold + "PER" + plain + "\n" + bold + "NODE  NOTE" + plain + "\n"
	if !strings.Contains(out.String(), want) {
		t.Errorf("%q not in\n%q", want, out.String())
	}
}

// TestColourOfAWrappedCell checks that the colour of a cell ends on each of its lines.
func TestColourOfAWrappedCell(t *testing.T) {
	g := grid{columns: heads("A", "B"), rows: [][]cell{{{text: "a"}, {text: strings.Repeat("bad ", 9), bad: true}}}}
	var out bytes.Buffer
	if err := (sheet{{title: "T", grids: []grid{g}}}).table(&out, TableOptions{Width: 20, Colour: true}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if strings.Count(line, red) != strings.Count(line, plain) && strings.Contains(line, red) {
			t.Errorf("colour leaks: %q", line)
		}
	}
	if n := strings.Count(out.String(), red); n < 3 {
		t.Errorf("%d coloured lines", n)
	}
}

// TestSourcesAreFootnotes checks that a source that is cited twice has one number, and that no cell has a URL.
func TestSourcesAreFootnotes(t *testing.T) {
	a := aks.Source{URL: "https://example.org/a", Read: "2026-11-29"}
	b := aks.Source{URL: "https://example.org/b", Read: "2026-11-29", Text: "2026", Basis: aks.Reported}
	first := section{title: "First", grids: []grid{{
		columns: heads("WHAT", "SOURCE"),
		rows:    [][]cell{{{text: "x"}, sourceCell(b)}, {{text: "y"}, sourceCell(a, b)}},
	}}}
	second := section{title: "Second"}
	second.add("z", "26", a)
	s := sheet{first, second}
	for range 2 { // printing does not change the sheet
		var table, page bytes.Buffer
		if err := s.table(&table, TableOptions{Width: 80}); err != nil {
			t.Fatal(err)
		}
		want := "First\nWHAT  SOURCE\nx     [1]\ny     [2] [1]\n\nSecond\n  z  26 [2]\n\nSources\n" +
			"  [1]  https://example.org/b, text 2026, read 2026-11-29 (reported)\n" +
			"  [2]  https://example.org/a, read 2026-11-29\n"
		if table.String() != want {
			t.Errorf("table:\n%s\nwant:\n%s", table.String(), want)
		}
		if err := s.markdown(&page); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"| x | \\[1\\] |\n", "- z: 26 \\[2\\]\n",
			"- \\[2\\]: <https://example.org/a>, read 2026-11-29\n"} {
			if !strings.Contains(page.String(), want) {
				t.Errorf("no %q in\n%s", want, page.String())
			}
		}
	}
}
