package report

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twcache"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/aksnet/aksnet/internal/printable"
)

// TableOptions control the layout of a table. The zero value means any width and no colour.
type TableOptions struct {
	// Width is the width of the terminal. A wider table continues below with its first column repeated. 0 means
	// unlimited.
	Width int
	// Colour allows escape sequences that highlight headings and cells that need attention.
	Colour bool
}

// table writes a sheet with aligned columns. No line ends in a space.
func (s sheet) table(w io.Writer, o TableOptions) error {
	var out bytes.Buffer
	p := newTablePrinter(&out, o)
	for i, sec := range s {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(mark(o.Colour, bold, sec.title) + "\n")
		writeFacts(&out, sec.facts, o.Width)
		for j, g := range sec.grids {
			for k, part := range fold(g, o.Width) {
				if j+k > 0 || len(sec.facts) > 0 {
					out.WriteByte('\n')
				}
				if err := p.print(part); err != nil {
					return err
				}
			}
		}
		for _, e := range sec.examples {
			out.WriteString("\n  " + mark(o.Colour, dim, e.title) + "\n")
			for line := range strings.Lines(e.text) {
				out.WriteString("    " + line)
			}
		}
	}
	_, err := w.Write(printable.Lines(out.Bytes()))
	return err
}

// Escape sequences that highlight text on a terminal.
const (
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	plain  = "\x1b[0m"
)

// mark returns text wrapped in an escape sequence if colour is allowed.
func mark(colour bool, sequence, text string) string {
	if !colour || sequence == "" || text == "" {
		return text
	}
	return sequence + text + plain
}

func writeFacts(out *bytes.Buffer, facts []fact, width int) {
	widest := 0
	for _, f := range facts {
		widest = max(widest, len(f.name))
	}
	for _, f := range facts {
		name := "  " + f.name + strings.Repeat(" ", widest-len(f.name)+gap)
		for i, line := range wrap(f.value, width-len(name)) {
			if i > 0 {
				name = strings.Repeat(" ", len(name))
			}
			out.WriteString(name + line + "\n")
		}
	}
}

// wrap breaks text at spaces so that lines are no wider than width where possible. A width of zero means unlimited.
func wrap(text string, width int) []string {
	if width <= 0 || displayWidth(text) <= width {
		return []string{text}
	}
	var lines []string
	line := ""
	for part := range strings.SplitAfterSeq(text, " ") {
		if line != "" && displayWidth(line+strings.TrimRight(part, " ")) > width {
			lines, line = append(lines, strings.TrimRight(line, " ")), ""
		}
		line += part
	}
	return append(lines, line)
}

// gap is the number of spaces between two columns.
const gap = 2

// fold divides a grid into grids that fit into width, each with the first column. A single column may still be too
// wide: text is never truncated.
func fold(g grid, width int) []grid {
	if width == 0 || len(g.columns) < 2 {
		return []grid{g}
	}
	first := g.width(0)
	parts, columns, used := []grid{}, []int{0}, first
	for i := 1; i < len(g.columns); i++ {
		wide := gap + g.width(i)
		if used+wide > width && len(columns) > 1 {
			parts, columns, used = append(parts, g.only(columns)), []int{0}, first
		}
		columns, used = append(columns, i), used+wide
	}
	return append(parts, g.only(columns))
}

// width returns the display width of a column of the grid.
func (g grid) width(column int) int {
	widest := displayWidth(g.columns[column].name)
	for _, row := range g.rows {
		for line := range strings.SplitSeq(row[column].text, "\n") {
			widest = max(widest, displayWidth(line))
		}
	}
	return widest
}

// displayWidth returns the number of terminal columns that a text occupies. Characters of ambiguous width count as
// narrow, regardless of the locale, so that the output depends only on the plan.
func displayWidth(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || s[i] < ' ' {
			return twwidth.WidthWithOptions(s, twwidth.Options{})
		}
	}
	return len(s)
}

// tablePrinter prints grids one after another. It reuses one tablewriter, which costs more to create than a small table
// to print.
type tablePrinter struct {
	out     *bytes.Buffer
	lines   bytes.Buffer
	table   *tablewriter.Table
	options TableOptions
}

func newTablePrinter(out *bytes.Buffer, o TableOptions) *tablePrinter {
	p := &tablePrinter{out: out, options: o}
	p.table = tablewriter.NewTable(&p.lines, tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithStringerCacheCustom(twcache.NewLRU[reflect.Type, reflect.Value](1)),
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})))
	return p
}

func (p *tablePrinter) print(g grid) error {
	p.lines.Reset()
	p.table.Reset()
	p.table.Configure(func(c *tablewriter.Config) { *c = g.config() })
	heads := make([]string, len(g.columns))
	for i, c := range g.columns {
		heads[i] = c.name
	}
	p.table.Header(heads)
	for _, row := range g.rows {
		if err := p.table.Append(g.texts(row, p.options)); err != nil {
			return err
		}
	}
	if err := p.table.Render(); err != nil {
		return err
	}
	writeLines(p.out, p.lines.String(), p.options)
	return nil
}

// writeLines copies the lines of a table, the first of which is its heading, without trailing spaces.
func writeLines(out *bytes.Buffer, table string, o TableOptions) {
	sequence := bold
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, " \n")
		if o.Colour {
			line = mark(o.Colour, sequence, strings.TrimRight(resetOnce(line), " "))
			sequence = ""
		}
		out.WriteString(line + "\n")
	}
}

// resetOnce drops the second reset that tablewriter writes after the padding of a coloured cell.
func resetOnce(line string) string {
	parts := strings.Split(line, plain)
	out := parts[0]
	for i, part := range parts[1:] {
		if coloured := strings.Contains(parts[i], red); coloured {
			out += plain
		}
		out += part
	}
	return out
}

func (g grid) texts(row []cell, o TableOptions) []string {
	texts := make([]string, len(row))
	for i, c := range row {
		texts[i] = c.text
		if c.bad {
			texts[i] = mark(o.Colour, red, c.text)
		}
	}
	return texts
}

// config returns settings with which tablewriter prints texts unchanged: by default it wraps, trims and recapitalizes
// them.
func (g grid) config() tablewriter.Config {
	align := make([]tw.Align, len(g.columns))
	for i, c := range g.columns {
		align[i] = tw.AlignLeft
		if c.toRight {
			align[i] = tw.AlignRight
		}
	}
	cells := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoWrap: tw.WrapNone, AutoFormat: tw.Off},
		Alignment:  tw.CellAlignment{Global: tw.AlignLeft, PerColumn: align},
		Padding:    tw.CellPadding{Global: tw.Padding{Right: strings.Repeat(" ", gap), Overwrite: true}},
	}
	return tablewriter.Config{Header: cells, Row: cells, Behavior: tw.Behavior{TrimSpace: tw.Off}}
}
