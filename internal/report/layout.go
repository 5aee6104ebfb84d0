package report

import (
	"slices"
	"sort"
	"strings"
)

// gap is the number of spaces between two columns.
const gap = 2

// narrowest is the width below which a column of text is not squeezed: the grid is folded instead.
const narrowest = 20

// layout returns a grid as grids that fit into width, 0 meaning unlimited. Text wraps at words first; if that is not
// enough, the grid continues below, with its key columns repeated. Text is never truncated and no word is broken, so a
// column whose longest word is wider than the terminal stays too wide.
func layout(g grid, width int) []grid {
	if width == 0 || len(g.columns) == 0 {
		return []grid{g}
	}
	extents, total := make([]extent, len(g.columns)), -gap
	for i := range g.columns {
		extents[i] = g.extent(i)
		total += gap + extents[i].wide
	}
	if total <= width {
		return []grid{g}
	}
	keepKeys(extents[:g.keys()], width)
	var parts []grid
	for _, columns := range fold(extents, g.keys(), width) {
		part, wide := g.only(columns), pick(extents, columns)
		if last := len(columns) - 1; last >= g.keys() {
			wide[last] = part.extent(last)
		}
		parts = append(parts, part.wrapped(fit(wide, width)))
	}
	return parts
}

// extent is how wide a column is with its heading, how wide its cells are, and how narrow it may become by wrapping at
// words.
type extent struct{ wide, cells, least int }

// extent measures a column. Commands in the last column may be wider: nothing stands beside them.
func (g grid) extent(column int) (e extent) {
	last := column == len(g.columns)-1
	for _, row := range g.rows {
		e.add(row[column].text, last)
	}
	e.cells = e.wide
	if column == 0 && e.least < e.wide {
		e.least = min(e.least+len(hanging), e.wide)
	}
	e.add(g.columns[column].name, last)
	return e
}

// add widens a column for a text.
func (e *extent) add(text string, last bool) {
	for line := range strings.SplitSeq(text, "\n") {
		if last && verbatim(line) {
			continue
		}
		w := displayWidth(line)
		e.wide = max(e.wide, w)
		if w > e.least {
			e.least = max(e.least, longestWord(line))
		}
	}
}

// comfortable returns the width below which a column is not squeezed for others beside it.
func (e extent) comfortable() int { return max(e.least, min(e.cells, narrowest)) }

// keepKeys makes key columns keep their full width if that leaves half of the terminal for the others.
func keepKeys(keys []extent, width int) {
	used := 0
	for _, e := range keys {
		used += e.wide + gap
	}
	if used > width/2 {
		return
	}
	for i := range keys {
		keys[i].least = keys[i].wide
	}
}

// pick returns some of the columns.
func pick(all []extent, columns []int) []extent {
	out := make([]extent, len(columns))
	for i, c := range columns {
		out[i] = all[c]
	}
	return out
}

// fold divides columns into groups that fit, each with the key columns at its start.
func fold(columns []extent, keys, width int) [][]int {
	var first []int
	start := -gap
	for i := range keys {
		first, start = append(first, i), start+gap+columns[i].comfortable()
	}
	var groups [][]int
	group, used := first, start
	for i := keys; i < len(columns); i++ {
		wide := gap + columns[i].comfortable()
		if used+wide > width && len(group) > keys {
			groups, group, used = append(groups, group), first, start
		}
		group, used = append(group[:len(group):len(group)], i), used+wide
	}
	return append(groups, group)
}

// fit returns the widths at which columns stand beside each other within width: the widest ones are cut to the same
// level, none below its longest word. Headings wrap before cells do.
func fit(columns []extent, width int) []int {
	columns = headingsFirst(columns, width)
	cut := func(level int) (widths []int, total int) {
		total = -gap
		for _, e := range columns {
			w := max(e.least, min(e.wide, level))
			widths, total = append(widths, w), total+gap+w
		}
		return widths, total
	}
	// The first level at which the columns are too wide, counted from 1.
	level := sort.Search(width, func(i int) bool {
		_, total := cut(i + 1)
		return total > width
	})
	widths, total := cut(level)
	return spread(widths, columns, width-total)
}

// headingsFirst returns columns of which only the headings wrap, if that is enough, and else only the cells.
func headingsFirst(columns []extent, width int) []extent {
	total, out := -gap, slices.Clone(columns)
	for _, e := range columns {
		total += gap + max(e.least, e.cells)
	}
	for i, e := range columns {
		if total <= width {
			out[i].least = max(e.least, e.cells)
		} else {
			out[i].wide = max(e.least, e.cells)
		}
	}
	return out
}

// spread gives the columns that a cut to whole numbers left for a few of them.
func spread(widths []int, columns []extent, rest int) []int {
	for i := 0; i < len(widths) && rest > 0; i++ {
		if widths[i] < columns[i].wide {
			widths[i]++
			rest--
		}
	}
	return widths
}

// wrapped returns the grid with the texts of each column wrapped to a width. Headings end on the same line.
func (g grid) wrapped(widths []int) grid {
	out := grid{columns: make([]column, len(g.columns)), rows: make([][]cell, len(g.rows)), more: g.more}
	tallest := 1
	heads := make([][]string, len(g.columns))
	for i, c := range g.columns {
		heads[i] = wrap(c.name, widths[i])
		tallest = max(tallest, len(heads[i]))
	}
	for i, c := range g.columns {
		c.name = strings.Repeat("\n", tallest-len(heads[i])) + strings.Join(heads[i], "\n")
		out.columns[i] = c
	}
	for i, row := range g.rows {
		cells := make([]cell, len(row))
		for j, c := range row {
			if j == 0 {
				c.text = hang(c.text, widths[j])
			} else {
				c.text = wrapLines(c.text, widths[j])
			}
			cells[j] = c
		}
		out.rows[i] = cells
	}
	return out
}

// hanging indents the continuation of a wrapped text in the first column, so that only a new row begins at the edge.
const hanging = "  "

// hang wraps a text of the first column.
func hang(text string, width int) string {
	if displayWidth(text) <= width {
		return text
	}
	return strings.ReplaceAll(wrapLines(text, width-len(hanging)), "\n", "\n"+hanging)
}

// wrapLines wraps each line of a text.
func wrapLines(text string, width int) string {
	if displayWidth(text) <= width && !strings.Contains(text, "\n") {
		return text
	}
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, wrap(line, width)...)
	}
	return strings.Join(lines, "\n")
}

// wrap breaks a line at spaces so that lines are no wider than width where possible. A width of zero means unlimited.
func wrap(line string, width int) []string {
	if width <= 0 || displayWidth(line) <= width || verbatim(line) {
		return []string{line}
	}
	var lines []string
	current := ""
	for part := range strings.SplitAfterSeq(line, " ") {
		if current != "" && displayWidth(current+strings.TrimRight(part, " ")) > width {
			lines, current = append(lines, strings.TrimRight(current, " ")), ""
		}
		current += part
	}
	return append(lines, current)
}

// verbatim reports whether a line stays whole: an indented line is a command to copy.
func verbatim(line string) bool { return strings.HasPrefix(line, "  ") }

// longestWord returns the width of what stays whole in a line.
func longestWord(line string) int {
	if verbatim(line) {
		return displayWidth(line)
	}
	longest := 0
	for word := range strings.SplitSeq(line, " ") {
		longest = max(longest, displayWidth(word))
	}
	return longest
}
