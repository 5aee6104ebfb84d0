package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
)

// withSources returns the sheet with the sources of facts and cells as numbers, and what they stand for in a section at
// the end. A sheet without sources is returned unchanged.
func (s sheet) withSources() sheet {
	notes := footnotes{numbers: map[aks.Source]int{}}
	out := slices.Clone(s)
	for i := range out {
		out[i].facts = notes.facts(out[i].facts)
		out[i].grids = notes.grids(out[i].grids)
		out[i].todos = notes.todos(out[i].todos)
	}
	if len(notes.sources) == 0 {
		return s
	}
	return append(out, notes.section())
}

// footnotes numbers sources in the order of their first citation.
type footnotes struct {
	sources []aks.Source
	numbers map[aks.Source]int
}

func (n *footnotes) facts(facts []fact) []fact {
	out := facts
	for i, f := range facts {
		if len(f.sources) == 0 {
			continue
		}
		if &out[0] == &facts[0] {
			out = slices.Clone(facts)
		}
		out[i].value = n.cite(f.value, f.sources)
	}
	return out
}

func (n *footnotes) todos(todos []todo) []todo {
	out := slices.Clone(todos)
	for i, t := range todos {
		out[i].what.text = n.cite(t.what.text, t.what.sources)
	}
	return out
}

func (n *footnotes) grids(grids []grid) []grid {
	out := slices.Clone(grids)
	for i, g := range out {
		out[i].rows = n.rows(g.rows)
	}
	return out
}

func (n *footnotes) rows(rows [][]cell) [][]cell {
	cited := func(c cell) bool { return len(c.sources) > 0 }
	out := rows
	for i, row := range rows {
		if !slices.ContainsFunc(row, cited) {
			continue
		}
		if &out[0] == &rows[0] {
			out = slices.Clone(rows)
		}
		out[i] = slices.Clone(row)
		for j, c := range row {
			out[i][j].text = n.cite(c.text, c.sources)
		}
	}
	return out
}

// cite returns a text with the numbers of its sources: "a /24 [1] [3]".
func (n *footnotes) cite(text string, sources []aks.Source) string {
	var b strings.Builder
	b.WriteString(text)
	for _, s := range sources {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("[" + strconv.Itoa(n.number(s)) + "]")
	}
	return b.String()
}

func (n *footnotes) number(s aks.Source) int {
	if n.numbers[s] == 0 {
		n.sources = append(n.sources, s)
		n.numbers[s] = len(n.sources)
	}
	return n.numbers[s]
}

func (n *footnotes) section() section {
	s := section{title: "Sources"}
	for i, src := range n.sources {
		s.facts = append(s.facts, fact{
			name: "[" + strconv.Itoa(i+1) + "]", value: src.URL + ", " + sourceDates(src), link: src.URL,
		})
	}
	return s
}

// sourceDates returns when a source was written, if known, and when it was read.
func sourceDates(s aks.Source) string {
	text := "read " + s.Read
	if s.Text != "" {
		text = "text " + s.Text + ", " + text
	}
	if s.Basis != aks.Documented {
		text += " (" + string(s.Basis) + ")"
	}
	return text
}
