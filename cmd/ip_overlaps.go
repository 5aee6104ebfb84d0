package cmd

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

// maxPairs is how many overlaps a table or JSON shows: a list of n equal entries has n²/2 of them.
const maxPairs = 1_000_000

func newIPOverlaps(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	c := &cobra.Command{
		Use:   "overlaps [ENTRY | FILE]…",
		Short: "All pairs of entries that share an address",
		Long: `All pairs of entries that share an address. All entries of all files and arguments are
one list; an entry that occurs twice overlaps with itself. The first of a pair is the one
that starts lower, or the wider one; pairs stand in the order of their second entries.

Exit code 0 when nothing overlaps, 1 when something does. -o plain prints the two entries,
a table and JSON also where they stand; these stop after a million pairs and say so.`,
		Example: `  aksnet ip overlaps 10.0.0.0/24 10.0.1.0/24
  aksnet ip overlaps -f nets.txt`,
		RunE: o.run(func(args []string) error {
			var list ipam.Overlaps
			list.Grow(o.lines(args))
			if err := o.each(args, list.Add); err != nil {
				return err
			}
			return o.overlaps(&list)
		}),
	}
	o.addFlags(c)
	return c
}

// ipPair is two entries that overlap.
type ipPair struct {
	A      string `json:"a"` // the one that starts lower, or the wider one
	B      string `json:"b"`
	AFile  string `json:"aFile,omitempty"`
	BFile  string `json:"bFile,omitempty"`
	ALine  int    `json:"aLine,omitempty"`
	BLine  int    `json:"bLine,omitempty"`
	ALabel string `json:"aLabel,omitempty"`
	BLabel string `json:"bLabel,omitempty"`
	Shared count  `json:"sharedAddresses"`
}

func (o *ipOptions) overlaps(list *ipam.Overlaps) error {
	format := o.format()
	garbageFromHere()
	out := bufio.NewWriter(o.io.Out)
	var found bool
	var err error
	switch format {
	case ipPlain:
		found, err = writePairLines(out, list)
	case ipJSON:
		found, err = writePairsJSON(out, list)
	default:
		found, err = o.writePairs(out, list)
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil && found {
		return errFindings
	}
	return err
}

// writePairLines reports, like the other two, whether there was a pair.
func writePairLines(out *bufio.Writer, list *ipam.Overlaps) (found bool, err error) {
	var line []byte
	for a, b := range list.Pairs() {
		found = true
		line = append(b.AppendTo(append(a.AppendTo(line[:0]), ' ')), '\n')
		if _, err := out.Write(line); err != nil {
			return found, err
		}
	}
	return found, nil
}

func writePairsJSON(out *bufio.Writer, list *ipam.Overlaps) (found bool, err error) {
	out.WriteString("{\n  \"pairs\": ")
	pairs, n := jsonArray{w: out, margin: "  "}, 0
	for a, b := range list.Pairs() {
		if n++; n > maxPairs {
			break
		}
		if err := pairs.add(pairOf(a, b)); err != nil {
			return true, err
		}
	}
	pairs.end()
	_, err = fmt.Fprintf(out, ",\n  \"truncated\": %v\n}\n", n > maxPairs)
	return n > 0, err
}

func pairOf(a, b ipam.Item) ipPair {
	return ipPair{a.String(), b.String(), a.File, b.File, a.Line, b.Line, a.Label(), b.Label(), count{a.Set().Intersect(b.Set()).Count()}}
}

func (o *ipOptions) writePairs(out *bufio.Writer, list *ipam.Overlaps) (found bool, err error) {
	more := ""
	rows := func(yield func([]string) bool) {
		n := 0
		for a, b := range list.Pairs() {
			if n++; n > maxPairs {
				more = "… and more; -o plain prints all\n"
				return
			}
			p := pairOf(a, b)
			if !yield([]string{withLabel(p.A, p.ALabel), withLabel(p.B, p.BLabel), grouped(p.Shared.Int), whereOf(a, b)}) {
				return
			}
		}
	}
	for range list.Pairs() {
		found = true
		break
	}
	if !found {
		_, err := out.WriteString("nothing overlaps\n")
		return false, err
	}
	if err := newRowWriter(out, o.paint(), "ENTRY", "OVERLAPS", ">SHARED", "WHERE").write(rows); err != nil {
		return true, err
	}
	_, err = out.WriteString(more)
	return true, err
}

func withLabel(entry, label string) string {
	if label == "" {
		return entry
	}
	return fmt.Sprintf("%s (%s)", entry, report.Printable(label))
}

// whereOf says where two entries stand; nothing of two arguments.
func whereOf(a, b ipam.Item) string {
	switch {
	case a.File == "" && b.File == "":
		return ""
	case a.File == b.File:
		return fmt.Sprintf("%s, lines %d and %d", a.File, a.Line, b.Line)
	}
	return placeOf(a) + " and " + placeOf(b)
}

func placeOf(i ipam.Item) string {
	if i.File == "" {
		return "an argument"
	}
	return fmt.Sprintf("%s:%d", i.File, i.Line)
}
