package report

import (
	"bufio"
	"fmt"
	"io"

	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/ipam"
)

// Ranges writes ranges as prefixes and everything else as ranges. Tables and JSON show both.
func Ranges(w io.Writer, o ListOptions, entries Source[ipam.Item]) error {
	switch o.Format {
	case ListJSON:
		return jsonList(w, entries, func(i ipam.Item) any { return calc.RangeOf(i) })
	case ListTable:
		t := newRowWriter(w, o.Colour, left("FIRST"), left("LAST"), right("ADDRESSES"), left("PREFIXES"))
		err := entries.twice(
			func(i ipam.Item) { rangeRows(i, t.measure) },
			func(i ipam.Item) { rangeRows(i, t.print) })
		if err != nil {
			return err
		}
		return t.end()
	}
	return lines(w, entries, appendOtherForm)
}

// rangeRows generates the rows of an entry: one for each prefix, the first of them with the range itself.
func rangeRows(i ipam.Item, each func(listRow)) {
	r := calc.RangeOf(i)
	head := listRow{r.First, r.Last, r.Addresses.Grouped()}
	for _, p := range r.Prefixes {
		each(append(head, p))
		head = listRow{"", "", ""}
	}
}

// appendOtherForm appends the prefixes of a range, or the range of any other entry.
func appendOtherForm(line []byte, i ipam.Item) []byte {
	if i.Kind != ipam.RangeItem {
		return append(i.Range().AppendTo(line), '\n')
	}
	for p := range i.Set().Prefixes() {
		line = append(p.AppendTo(line), '\n')
	}
	return line
}

// jsonList writes a value for each entry as a list.
func jsonList[T any](w io.Writer, entries Source[T], value func(T) any) error {
	s := newJSONStream(w)
	s.open('[')
	err := entries.twice(func(T) {}, func(entry T) {
		s.next()
		s.value(value(entry))
	})
	if err != nil {
		return err
	}
	s.close(']')
	return s.end()
}

// Lookups writes which entries a list contains. It reports whether the list contains all of them.
func Lookups(w io.Writer, o ListOptions, entries Source[ipam.Item], list *calc.Lookup) (all bool, err error) {
	all = true
	see := func(i ipam.Item) { all = all && list.Contains(i) }
	switch o.Format {
	case ListJSON:
		s := newJSONStream(w)
		s.open('{')
		err = entries.twice(see, func(i ipam.Item) {
			s.beginLookups(all)
			s.next()
			s.value(list.Find(i))
		})
		if err != nil {
			return all, err
		}
		s.beginLookups(all)
		s.close(']')
		s.close('}')
		return all, s.end()
	case ListTable:
		t := newRowWriter(w, o.Colour, left("ENTRY"), left("CONTAINED"), left("IN"))
		measure := func(i ipam.Item) { see(i); t.measure(lookupRow(list.Find(i))) }
		if err = entries.twice(measure, func(i ipam.Item) { t.print(lookupRow(list.Find(i))) }); err != nil {
			return all, err
		}
		return all, t.end()
	}
	err = lines(w, entries, func(line []byte, i ipam.Item) []byte {
		if see(i); !list.Contains(i) {
			return nil
		}
		return append(i.AppendTo(line), '\n')
	})
	return all, err
}

// beginLookups writes what precedes the first answer, once.
func (s *jsonStream) beginLookups(all bool) {
	if len(s.filled) > 1 {
		return
	}
	s.member("contained", all)
	s.key("entries")
	s.open('[')
}

func lookupRow(f calc.Found) listRow {
	answer := "no"
	if f.Contained {
		answer = "yes"
	}
	return listRow{f.Entry, answer, f.In}
}

// maxPairs is the maximum number of overlaps in a table or JSON: a list of n equal entries has n²/2 of them.
const maxPairs = 1_000_000

// Overlaps writes the pairs of entries that overlap. It reports whether there are any. Tables and JSON stop after a
// million pairs with a notice.
func Overlaps(w io.Writer, o ListOptions, list *ipam.Overlaps) (found bool, err error) {
	for range list.Pairs() {
		found = true
		break
	}
	switch {
	case o.Format == ListJSON:
		return found, overlapsJSON(w, list)
	case o.Format == ListTable && found:
		return found, overlapTable(w, o, list)
	case o.Format == ListTable:
		_, err := io.WriteString(w, "no overlaps\n")
		return found, err
	}
	out := bufio.NewWriter(w)
	for a, b := range list.Pairs() {
		line := append(b.AppendTo(append(a.AppendTo(out.AvailableBuffer()), ' ')), '\n')
		if _, err := out.Write(line); err != nil {
			return found, err
		}
	}
	return found, out.Flush()
}

func overlapsJSON(w io.Writer, list *ipam.Overlaps) error {
	s, n := newJSONStream(w), 0
	s.open('{')
	s.key("pairs")
	s.open('[')
	for a, b := range list.Pairs() {
		if n++; n > maxPairs {
			break
		}
		s.next()
		s.value(calc.PairOf(a, b))
	}
	s.close(']')
	s.member("truncated", n > maxPairs)
	s.close('}')
	return s.end()
}

func overlapTable(w io.Writer, o ListOptions, list *ipam.Overlaps) error {
	truncated := false
	rows := func(yield func(listRow) bool) {
		n := 0
		for a, b := range list.Pairs() {
			if n++; n > maxPairs {
				truncated = true
				return
			}
			p := calc.PairOf(a, b)
			if !yield(
				listRow{withLabel(p.A, p.ALabel), withLabel(p.B, p.BLabel), p.Shared.Grouped(), positions(a, b)},
			) {
				return
			}
		}
	}
	err := newRowWriter(w, o.Colour, left("ENTRY"), left("OVERLAPS"), right("SHARED"), left("WHERE")).rows(rows)
	if err == nil && truncated {
		_, err = io.WriteString(w, "… and more; -o plain prints all\n")
	}
	return err
}

func withLabel(entry, label string) string {
	if label == "" {
		return entry
	}
	return fmt.Sprintf("%s (%s)", entry, Printable(label))
}

// positions returns where two entries come from; empty for two arguments.
func positions(a, b ipam.Item) string {
	switch {
	case a.File == "" && b.File == "":
		return ""
	case a.File == b.File:
		return fmt.Sprintf("%s, lines %d and %d", a.File, a.Line, b.Line)
	}
	return position(a) + " and " + position(b)
}

func position(i ipam.Item) string {
	if i.File == "" {
		return "an argument"
	}
	return fmt.Sprintf("%s:%d", i.File, i.Line)
}
