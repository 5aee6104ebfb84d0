package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

func newRange(io cli.IO) *cobra.Command {
	o := newOptions(io)
	var merge bool
	c := &cobra.Command{
		Use:   "range [ENTRY | FILE]…",
		Short: "Ranges to prefixes, and prefixes to ranges",
		Long: `Turn ranges into the fewest prefixes that make them up, and prefixes and addresses into
ranges, each entry on its own and in the order of the list. --merge merges all entries
first and prints ranges.`,
		Example: `  aksnet ip range 10.0.0.5-10.0.0.20
  aksnet ip range 10.0.0.0/22
  aksnet ip range --merge 10.0.0.0/24 10.0.1.0/24`,
		RunE: o.run(func(args []string) error {
			if !merge {
				return report.Ranges(io.Out, o.list(), o.entries(args))
			}
			sets, err := o.sets(o.all(args))
			if err != nil {
				return err
			}
			return report.Ranges(io.Out, o.list(), rangesOf(sets[0]))
		}),
	}
	o.addFlags(c)
	c.Flags().BoolVar(&merge, "merge", false, "merge all entries and print ranges")
	return c
}

// rangesOf returns the ranges of a set, as entries that are printed as ranges.
func rangesOf(s *ipam.Set) report.Source[ipam.Item] {
	return func(visit func(ipam.Item)) error {
		for r := range s.Ranges() {
			i := ipam.ItemOfRange(r)
			i.Kind = ipam.PrefixItem
			visit(i)
		}
		return nil
	}
}
