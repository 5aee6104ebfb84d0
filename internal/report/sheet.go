package report

// sheet is the content of a report for people, independent of the format: sections of facts and grids. Its strings are
// printable.
type sheet []section

// section is a heading with its content.
type section struct {
	title    string
	facts    []fact
	grids    []grid
	examples []example
}

// example is a file that a section shows as it is.
type example struct{ title, text string }

// fact is a line with a name and a value, such as "free  10.0.4.0/22".
type fact struct{ name, value string }

// grid is a table. A cell may have several lines.
type grid struct {
	columns []column
	rows    [][]cell
}

// column is the heading of a column of a grid or a list. Create one with left or right.
type column struct {
	name    string
	toRight bool
}

// left returns a left-aligned column, for text.
func left(name string) column { return column{name, false} }

// right returns a right-aligned column, for numbers.
func right(name string) column { return column{name, true} }

// cell is the text of a cell; bad marks a cell that needs attention. In formats with links, a text that starts with
// link is printed as a link to it; links come from our own tables and never from the user.
type cell struct {
	text string
	bad  bool
	link string
}

// withoutEmpty returns the grid without columns that are empty in every row. It always keeps the first column.
func (g grid) withoutEmpty() grid {
	var keep []int
	for i := range g.columns {
		if i == 0 || g.filled(i) {
			keep = append(keep, i)
		}
	}
	return g.only(keep)
}

func (g grid) filled(column int) bool {
	for _, row := range g.rows {
		if row[column].text != "" {
			return true
		}
	}
	return false
}

// only returns the grid with some of its columns.
func (g grid) only(columns []int) grid {
	out := grid{rows: make([][]cell, len(g.rows))}
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
