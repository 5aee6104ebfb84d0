package cmd

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"net/netip"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/ipam"
)

// rowWriter writes a table whose rows are made twice, first to see how wide its columns are and then to print them:
// a million rows need not be held.
type rowWriter struct {
	out    *bufio.Writer
	paint  paint
	header []string // columns that start with > are set flush right
	widths []int
	rows   int // measured
	begun  bool
}

func newRowWriter(w io.Writer, p paint, header ...string) *rowWriter {
	t := &rowWriter{out: bufio.NewWriter(w), paint: p, header: header, widths: make([]int, len(header))}
	for i, h := range header {
		t.widths[i] = utf8.RuneCountInString(strings.TrimPrefix(h, ">"))
	}
	return t
}

// measure makes the columns wide enough for a row.
func (t *rowWriter) measure(cells ...string) {
	t.rows++
	for i, c := range cells {
		t.widths[i] = max(t.widths[i], utf8.RuneCountInString(c))
	}
}

// print prints a row, once all are measured.
func (t *rowWriter) print(cells ...string) {
	t.begin()
	fmt.Fprintln(t.out, t.line(cells))
}

func (t *rowWriter) begin() {
	if t.begun {
		return
	}
	t.begun = true
	head := make([]string, len(t.header))
	for i, h := range t.header {
		head[i] = strings.TrimPrefix(h, ">")
	}
	fmt.Fprintln(t.out, t.paint.bold(t.line(head)))
}

// end writes out what is left, and says whether all of the table could be written.
func (t *rowWriter) end() error {
	t.begin()
	return t.out.Flush()
}

// write is the whole table; rows is gone through twice.
func (t *rowWriter) write(rows iter.Seq[[]string]) error {
	for r := range rows {
		t.measure(r...)
	}
	for r := range rows {
		t.print(r...)
	}
	return t.end()
}

func (t *rowWriter) line(cells []string) string {
	var b strings.Builder
	for i, c := range cells {
		pad := strings.Repeat(" ", t.widths[i]-utf8.RuneCountInString(c))
		if strings.HasPrefix(t.header[i], ">") {
			b.WriteString(pad + c)
		} else {
			b.WriteString(c + pad)
		}
		b.WriteString("  ")
	}
	return strings.TrimRight(b.String(), " ")
}

// ipRows is a table of few rows, which are held.
type ipRows struct {
	header []string
	rows   [][]string
}

func (t *ipRows) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *ipRows) write(w io.Writer, p paint) error {
	return newRowWriter(w, p, t.header...).write(slices.Values(t.rows))
}

// writePrefixTable prints prefixes, which it goes through twice, and returns how many they were.
func (o *ipOptions) writePrefixTable(w io.Writer, prefixes iter.Seq[netip.Prefix]) (int, error) {
	garbageFromHere()
	t := newRowWriter(w, o.paint(), "PREFIX", ">ADDRESSES", "FIRST", "LAST")
	err := t.write(func(yield func([]string) bool) {
		for p := range prefixes {
			if !yield([]string{p.String(), grouped(ipam.Count(p)), p.Addr().String(), ipam.Last(p).String()}) {
				return
			}
		}
	})
	return t.rows, err
}
