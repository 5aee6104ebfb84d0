package report

import (
	"bytes"
	"io"
	"reflect"
	"slices"
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
	// Width is the width of the terminal. The text of a wider table wraps at words; if that is not enough, the table
	// continues below with its key columns repeated. 0 means unlimited.
	Width int
	// Colour allows escape sequences that highlight headings and cells that need attention.
	Colour bool
}

// table writes a sheet with aligned columns. No line ends in a space.
func (s sheet) table(w io.Writer, o TableOptions) error {
	var out bytes.Buffer
	p := newTablePrinter(&out, o)
	for i, sec := range s.withSources() {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString(markLines(o.Colour, bold, strings.Join(wrap(sec.title, o.Width), "\n")) + "\n")
		writeFacts(&out, sec.facts, o.Width)
		if len(sec.todos) > 0 {
			sec.grids = append(slices.Clone(sec.grids), todoGrid(sec.todos))
		}
		for j, g := range sec.grids {
			for k, part := range layout(g, o.Width) {
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

// markLines marks each line of a text, so that no colour reaches the cells beside it.
func markLines(colour bool, sequence, text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = mark(colour, sequence, line)
	}
	return strings.Join(lines, "\n")
}

func writeFacts(out *bytes.Buffer, facts []fact, width int) {
	widest := 0
	for _, f := range facts {
		widest = max(widest, displayWidth(f.name))
	}
	indent := 2 + widest + gap
	if width > 0 {
		width = max(narrowest, width-indent)
	}
	for _, f := range facts {
		name := "  " + f.name + strings.Repeat(" ", widest-displayWidth(f.name)+gap)
		lines := wrap(f.value, width)
		out.WriteString(name + strings.Join(lines, "\n"+strings.Repeat(" ", indent)) + "\n")
	}
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
	heads, tallest := make([]string, len(g.columns)), 1
	for i, c := range g.columns {
		heads[i], tallest = c.name, max(tallest, 1+strings.Count(c.name, "\n"))
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
	writeLines(p.out, p.lines.String(), tallest, p.options)
	return nil
}

// writeLines copies the lines of a table, the first of which are its heading, without trailing spaces.
func writeLines(out *bytes.Buffer, table string, heading int, o TableOptions) {
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, " \n")
		if o.Colour {
			line = strings.TrimRight(resetOnce(line), " ")
		}
		if heading > 0 {
			line = mark(o.Colour, bold, line)
			heading--
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
			texts[i] = markLines(o.Colour, red, c.text)
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
	return tablewriter.Config{Header: cells, Row: cells, Behavior: tw.Behavior{TrimSpace: tw.Off, TrimLine: tw.Off}}
}
