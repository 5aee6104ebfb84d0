package report

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/ipam"
)

// Formats of the calculator.
const (
	ListTable = "table"
	ListJSON  = "json"
	ListPlain = "plain"
)

// ListFormats returns the formats of the calculator.
func ListFormats() []string { return []string{ListTable, ListJSON, ListPlain} }

// ListOptions control how a result of the calculator is printed.
type ListOptions struct {
	Format string // one of ListFormats
	Colour bool   // in tables
}

// Source iterates over the entries of a result and calls visit for each. It must yield the same entries when called
// twice: the second pass prints the result, so that nothing is printed if the first one fails, and a million entries
// need not be in memory.
type Source[T any] func(visit func(T)) error

// twice calls first for all entries, then then for all entries.
func (s Source[T]) twice(first, then func(T)) error {
	if err := s(first); err != nil {
		return err
	}
	return s(then)
}

// lines writes the line that appendLine appends for each entry, if any.
func lines[T any](w io.Writer, entries Source[T], appendLine func(line []byte, entry T) []byte) error {
	out := bufio.NewWriter(w)
	err := entries.twice(func(T) {}, func(entry T) { out.Write(appendLine(out.AvailableBuffer(), entry)) })
	if err != nil {
		return err
	}
	return out.Flush()
}

// listRow holds the cells of a table row.
type listRow []string

// rowWriter writes a table whose rows are generated twice: first to measure the columns, then to print them.
type rowWriter struct {
	out     *bufio.Writer
	colour  bool
	columns []column
	widths  []int
	begun   bool
}

func newRowWriter(w io.Writer, colour bool, columns ...column) *rowWriter {
	t := &rowWriter{out: bufio.NewWriter(w), colour: colour, columns: columns, widths: make([]int, len(columns))}
	for i, c := range columns {
		t.widths[i] = displayWidth(c.name)
	}
	return t
}

// measure widens the columns to fit a row.
func (t *rowWriter) measure(cells listRow) {
	for i, c := range cells {
		t.widths[i] = max(t.widths[i], displayWidth(c))
	}
}

// print prints a row; all rows must have been measured before.
func (t *rowWriter) print(cells listRow) {
	t.head()
	fmt.Fprintln(t.out, t.line(cells))
}

// head prints the heading once.
func (t *rowWriter) head() {
	if t.begun {
		return
	}
	t.begun = true
	cells := make(listRow, len(t.columns))
	for i, c := range t.columns {
		cells[i] = c.name
	}
	fmt.Fprintln(t.out, mark(t.colour, bold, t.line(cells)))
}

// end flushes the table and returns any write error.
func (t *rowWriter) end() error {
	t.head()
	return t.out.Flush()
}

// rows prints a whole table; it iterates over the rows twice.
func (t *rowWriter) rows(rows iter.Seq[listRow]) error {
	for r := range rows {
		t.measure(r)
	}
	for r := range rows {
		t.print(r)
	}
	return t.end()
}

func (t *rowWriter) line(cells listRow) string {
	var b strings.Builder
	for i, c := range cells {
		pad := strings.Repeat(" ", t.widths[i]-displayWidth(c))
		if t.columns[i].toRight {
			c, pad = pad, c
		}
		b.WriteString(c + pad + strings.Repeat(" ", gap))
	}
	return strings.TrimRight(b.String(), " ")
}

// Prefixes writes a list of prefixes in the given order.
func Prefixes(w io.Writer, o ListOptions, prefixes []netip.Prefix) error {
	all := func(yield func(netip.Prefix) bool) {
		for _, p := range prefixes {
			if !yield(p) {
				return
			}
		}
	}
	switch o.Format {
	case ListJSON:
		s := newJSONStream(w)
		s.open('{')
		s.prefixes("prefixes", all)
		s.close('}')
		return s.end()
	case ListTable:
		return prefixTable(w, o, all)
	}
	return prefixLines(w, all)
}

// prefixes writes prefixes as a member of an object.
func (s *jsonStream) prefixes(name string, prefixes iter.Seq[netip.Prefix]) {
	s.key(name)
	s.open('[')
	for p := range prefixes {
		s.next()
		s.prefix(p)
	}
	s.close(']')
}

// prefixLines writes one prefix per line.
func prefixLines(w io.Writer, prefixes iter.Seq[netip.Prefix]) error {
	out := bufio.NewWriter(w)
	for p := range prefixes {
		out.Write(append(p.AppendTo(out.AvailableBuffer()), '\n'))
	}
	return out.Flush()
}

// prefixTable writes prefixes with their range and size.
func prefixTable(w io.Writer, o ListOptions, prefixes iter.Seq[netip.Prefix]) error {
	t := newRowWriter(w, o.Colour, left("PREFIX"), right("ADDRESSES"), left("FIRST"), left("LAST"))
	return t.rows(func(yield func(listRow) bool) {
		for p := range prefixes {
			size := calc.Count{Int: ipam.Count(p)}.Grouped()
			if !yield(listRow{p.String(), size, p.Addr().String(), ipam.Last(p).String()}) {
				return
			}
		}
	})
}
