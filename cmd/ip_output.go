package cmd

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

// count is a number of addresses in JSON: a number up to 2^53, which every reader takes exactly,
// and a string above.
type count struct{ *big.Int }

// MarshalJSON implements json.Marshaler.
func (c count) MarshalJSON() ([]byte, error) {
	if c.BitLen() <= 53 || c.Cmp(big.NewInt(1<<53)) == 0 {
		return []byte(c.String()), nil
	}
	return strconv.AppendQuote(nil, c.String()), nil
}

func countOf(n uint64) count { return count{new(big.Int).SetUint64(n)} }

// writeJSON prints v indented, with < and & as they are.
func writeJSON(w io.Writer, v any) error { return encodeJSON(w, v, "") }

// encodeJSON is writeJSON for what stands inside something else: its lines after the first start with margin.
func encodeJSON(w io.Writer, v any, margin string) error {
	e := json.NewEncoder(escapingWriter{w})
	e.SetEscapeHTML(false)
	e.SetIndent(margin, "  ")
	return e.Encode(v)
}

// escapingWriter escapes what a terminal would act on. It takes whole values, as an encoder writes them.
type escapingWriter struct{ w io.Writer }

// Write implements io.Writer.
func (e escapingWriter) Write(value []byte) (int, error) {
	if _, err := e.w.Write(report.EscapeHidden(value)); err != nil {
		return 0, err
	}
	return len(value), nil
}

// jsonArray writes an array one element at a time: a million of them need not be held twice.
type jsonArray struct {
	w      *bufio.Writer
	margin string // of its lines after the first
	begun  bool
}

// next writes what stands before an element, and returns the margin of its lines.
func (a *jsonArray) next() string {
	separator := "[\n"
	if a.begun {
		separator = ",\n"
	}
	a.begun = true
	a.w.WriteString(separator + a.margin + "  ")
	return a.margin + "  "
}

// add writes an element.
func (a *jsonArray) add(v any) error {
	var text bytes.Buffer
	if err := encodeJSON(&text, v, a.next()); err != nil {
		return err
	}
	_, err := a.w.Write(bytes.TrimSpace(text.Bytes()))
	return err
}

func (a *jsonArray) end() {
	if a.begun {
		a.w.WriteString("\n" + a.margin + "]")
	} else {
		a.w.WriteString("[]")
	}
}

// grouped is n with a comma between thousands; numbers of more than fifteen digits become a power
// of two where they are one.
func grouped(n *big.Int) string {
	digits := n.String()
	if zeros := n.TrailingZeroBits(); len(digits) > 15 && int(zeros) == n.BitLen()-1 {
		return fmt.Sprintf("2^%d", zeros)
	}
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// paint adds colour where it is wanted.
type paint struct{ on bool }

func (o *ipOptions) paint() paint {
	return paint{colour(o.io.OutTerminal) && o.output != ipPlain}
}

func (p paint) wrap(code, s string) string {
	if !p.on || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p paint) bold(s string) string { return p.wrap("1", s) }
func (p paint) dim(s string) string  { return p.wrap("2", s) }

// writeSet prints a set as prefixes in the format asked for.
func (o *ipOptions) writeSet(s *ipam.Set) error {
	switch o.format() {
	case ipPlain:
		return s.WritePrefixes(o.io.Out)
	case ipJSON:
		return writeSetJSON(o.io.Out, s)
	}
	n, err := o.writePrefixTable(o.io.Out, s.Prefixes())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(o.io.Out, "\n%s in %s\n", plural(s.Count(), "address", "addresses"),
		plural(big.NewInt(int64(n)), "prefix", "prefixes"))
	return err
}

func plural(n *big.Int, one, many string) string {
	if n.IsInt64() && n.Int64() == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// setJSON is a set in JSON; its prefixes are written by writeJSONLists.
type setJSON struct {
	Addresses count    `json:"addresses"`
	Prefixes  []string `json:"prefixes"`
	Count     int      `json:"count"`
}

func writeSetJSON(w io.Writer, s *ipam.Set) error {
	n := 0
	for range s.Prefixes() {
		n++
	}
	return writeJSONLists(w, setJSON{count{s.Count()}, []string{}, n}, map[string]*ipam.Set{"prefixes": s})
}

// writeJSONLists prints an object like writeJSON, with the prefixes of sets in place of empty arrays of its own, one at a
// time: a million prefixes need not be held twice.
func writeJSONLists(w io.Writer, v any, lists map[string]*ipam.Set) error {
	garbageFromHere()
	var head bytes.Buffer
	if err := writeJSON(&head, v); err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	for line := range strings.Lines(head.String()) {
		before, after, found := strings.Cut(line, ": []")
		if s := lists[strings.Trim(before, ` "`)]; found && s != nil && strings.HasPrefix(line, `  "`) {
			out.WriteString(before + ": ")
			writePrefixArray(out, s)
			line = after
		}
		out.WriteString(line)
	}
	return out.Flush()
}

// writePrefixArray writes a set as an array that is a member of the outermost object.
func writePrefixArray(out *bufio.Writer, s *ipam.Set) {
	a, line := jsonArray{w: out, margin: "  "}, []byte(nil)
	for p := range s.Prefixes() {
		a.next()
		line = append(p.AppendTo(append(line[:0], '"')), '"')
		out.Write(line)
	}
	a.end()
}
