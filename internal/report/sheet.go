package report

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
)

// sheet is the content of a report for people, independent of the format: sections of facts and grids. Its strings are
// printable.
type sheet []section

// section is a heading with its content.
type section struct {
	title    string
	facts    []fact
	grids    []grid
	todos    []todo
	examples []example
}

// example is a file that a section shows as it is.
type example struct{ title, text string }

// fact is a line with a name and a value, such as "free  10.0.4.0/22", and the sources of the value.
type fact struct {
	name, value string
	sources     []aks.Source
	link        string
}

// filled returns the sections that have rows or facts.
func (s sheet) filled() (out sheet) {
	hasRows := func(g grid) bool { return len(g.rows) > 0 }
	for _, sec := range s {
		if len(sec.facts) > 0 || slices.ContainsFunc(sec.grids, hasRows) {
			out = append(out, sec)
		}
	}
	return out
}

// add adds a fact, unless its value is empty.
func (s *section) add(name, value string, sources ...aks.Source) {
	if value != "" {
		s.facts = append(s.facts, fact{name: name, value: value, sources: sources})
	}
}

// grid is a table. A cell may have several lines. Text wraps at words where a terminal is too narrow; an indented line
// is a command and stays whole.
type grid struct {
	columns []column
	rows    [][]cell
	// more is how many columns beside the first identify a row. They are repeated when the grid is folded.
	more int
}

// keys returns the number of columns that identify a row.
func (g grid) keys() int { return min(1+g.more, len(g.columns)) }

// column is the heading of a column of a grid or a list. Create one with left or right.
type column struct {
	name    string
	toRight bool
}

// left returns a left-aligned column, for text.
func left(name string) column { return column{name, false} }

// right returns a right-aligned column, for numbers.
func right(name string) column { return column{name, true} }

// cell is the text of a cell with its sources; bad marks a cell that needs attention.
type cell struct {
	text    string
	bad     bool
	sources []aks.Source
}

// sourceCell returns a cell that only names its sources.
func sourceCell(sources ...aks.Source) cell { return cell{sources: sources} }

// withoutEmpty returns the grid without columns that are empty in every row. It keeps at least the first column.
func (g grid) withoutEmpty() grid {
	var keep []int
	out := g
	for i := range g.columns {
		switch {
		case g.filled(i):
			keep = append(keep, i)
		case 0 < i && i < g.keys():
			out.more--
		}
	}
	if len(keep) == 0 {
		keep = []int{0}
	}
	return out.only(keep)
}

func (g grid) filled(column int) bool {
	for _, row := range g.rows {
		if row[column].text != "" || len(row[column].sources) > 0 {
			return true
		}
	}
	return false
}

// only returns the grid with some of its columns.
func (g grid) only(columns []int) grid {
	out := grid{rows: make([][]cell, len(g.rows)), more: g.more}
	for _, c := range columns {
		out.columns = append(out.columns, g.columns[c])
	}
	for i, row := range g.rows {
		for _, c := range columns {
			out.rows[i] = append(out.rows[i], row[c])
		}
	}
	return out
}
