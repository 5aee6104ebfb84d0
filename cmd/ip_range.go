package cmd

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

func newIPRange(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	var merge bool
	c := &cobra.Command{
		Use:   "range [ENTRY | FILE]…",
		Short: "Ranges to prefixes, and prefixes to ranges",
		Long: `Turn ranges into the fewest prefixes that make them up, and prefixes and addresses into
ranges, each entry on its own and in the order given. --merge merges all entries first
and prints ranges.`,
		Example: `  aksnet ip range 10.0.0.5-10.0.0.20
  aksnet ip range 10.0.0.0/22
  aksnet ip range --merge 10.0.0.0/24 10.0.1.0/24`,
		RunE: o.run(func(args []string) error {
			return o.ranges(args, merge)
		}),
	}
	o.addFlags(c)
	c.Flags().BoolVar(&merge, "merge", false, "merge all entries and print ranges")
	return c
}

// ipRange is one line of the answer of "ip range".
type ipRange struct {
	First     string   `json:"first"`
	Last      string   `json:"last"`
	Addresses count    `json:"addresses"`
	Prefixes  []string `json:"prefixes"`
}

// rangeWriter writes ranges as they come; a table has to see them all first.
type rangeWriter struct {
	format string
	out    *bufio.Writer
	list   jsonArray
	table  *rowWriter
	line   []byte
	err    error
}

// twiceRanges calls first for every item and then the other, or for the ranges of all of them merged.
func (o *ipOptions) twiceRanges(args []string, merge bool, first, then func(ipam.Item)) error {
	if !merge {
		return o.twice(args, first, then)
	}
	sets, err := o.sets(o.list(args))
	if err != nil {
		return err
	}
	for _, do := range []func(ipam.Item){first, then} {
		for r := range sets[0].Ranges() {
			i := ipam.ItemOfRange(r)
			i.Kind = ipam.PrefixItem // so that it comes out as a range
			do(i)
		}
	}
	return nil
}

func (o *ipOptions) ranges(args []string, merge bool) error {
	format := o.format()
	garbageFromHere()
	w := &rangeWriter{format: format, out: bufio.NewWriter(o.io.Out)}
	w.list = jsonArray{w: w.out}
	w.table = newRowWriter(w.out, o.paint(), "FIRST", "LAST", ">ADDRESSES", "PREFIXES")
	if err := o.twiceRanges(args, merge, w.see, w.add); err != nil {
		return err
	}
	switch format {
	case ipJSON:
		w.list.end()
		w.out.WriteByte('\n')
	case ipTable:
		w.err = w.table.end()
	}
	if w.err != nil {
		return w.err
	}
	return w.out.Flush()
}

func (w *rangeWriter) see(i ipam.Item) {
	if w.format == ipTable {
		eachRangeRow(i, w.table.measure)
	}
}

// eachRangeRow calls row with the rows of an item: one for each prefix, the first of them with the range itself.
func eachRangeRow(i ipam.Item, row func(cells ...string)) {
	r := i.Range()
	first := []string{r.From().String(), r.To().String(), grouped(i.Count())}
	for p := range i.Set().Prefixes() {
		row(append(first, p.String())...)
		first = []string{"", "", ""}
	}
}

func (w *rangeWriter) add(i ipam.Item) {
	r := i.Range()
	switch {
	case w.err != nil:
	case w.format == ipJSON:
		w.err = w.list.add(ipRange{r.From().String(), r.To().String(), count{i.Count()}, prefixStrings(i.Set())})
	case w.format == ipTable:
		eachRangeRow(i, w.table.print)
	case i.Kind == ipam.RangeItem:
		for p := range i.Set().Prefixes() {
			fmt.Fprintln(w.out, p)
		}
	default:
		w.line = append(r.AppendTo(w.line[:0]), '\n')
		w.out.Write(w.line)
	}
}

func prefixStrings(s *ipam.Set) []string {
	all := []string{}
	for p := range s.Prefixes() {
		all = append(all, p.String())
	}
	return all
}
