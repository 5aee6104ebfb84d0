package cmd

import (
	"bufio"
	"fmt"
	"slices"

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
			if merge {
				s, err := o.set(args)
				if err != nil {
					return err
				}
				return o.writeRanges(itemsOf(s))
			}
			items, err := o.items(args)
			if err != nil {
				return err
			}
			return o.writeRanges(items)
		}),
	}
	o.addFlags(c)
	c.Flags().BoolVar(&merge, "merge", false, "merge all entries and print ranges")
	return c
}

// itemsOf are the ranges of s as prefixes where they are some, so that they come out as ranges.
func itemsOf(s *ipam.Set) []ipam.Item {
	var items []ipam.Item
	for r := range s.Ranges() {
		i := ipam.ItemOfRange(r)
		i.Kind = ipam.PrefixItem
		items = append(items, i)
	}
	return items
}

// ipRange is one line of the answer of "ip range".
type ipRange struct {
	First     string   `json:"first"`
	Last      string   `json:"last"`
	Addresses count    `json:"addresses"`
	Prefixes  []string `json:"prefixes"`
}

func (o *ipOptions) writeRanges(items []ipam.Item) error {
	format, err := o.format(ipPlain)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(o.io.Out)
	ranges := []ipRange{}
	t := &ipRows{header: []string{"FIRST", "LAST", ">ADDRESSES", "PREFIXES"}}
	for _, i := range items {
		r := i.Range()
		switch {
		case format == ipJSON:
			ranges = append(ranges, ipRange{r.From().String(), r.To().String(), count{i.Count()}, prefixStrings(i.Set())})
		case format == ipTable:
			for n, p := range slices.Collect(i.Set().Prefixes()) {
				if n == 0 {
					t.add(r.From().String(), r.To().String(), grouped(i.Count()), p.String())
				} else {
					t.add("", "", "", p.String())
				}
			}
		case i.Kind == ipam.RangeItem:
			err = i.Set().WritePrefixes(out)
		default:
			_, err = fmt.Fprintln(out, r)
		}
		if err != nil {
			return err
		}
	}
	switch format {
	case ipJSON:
		return writeJSON(o.io.Out, ranges)
	case ipTable:
		return t.write(o.io.Out, o.paint())
	}
	return out.Flush()
}
