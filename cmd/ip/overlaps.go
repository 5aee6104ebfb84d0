package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

func newOverlaps(io cli.IO) *cobra.Command {
	o := newOptions(io)
	c := &cobra.Command{
		Use:   "overlaps [ENTRY | FILE]…",
		Short: "All pairs of entries that share an address",
		Long: `All pairs of entries that share an address. All entries of all files and arguments are
one list; an entry that occurs twice overlaps itself. The first entry of a pair is the one
that starts lower, or the wider one; pairs are in the order of their second entries.

Exit code 0 if nothing overlaps, 1 if something does. -o plain prints the two entries; a
table and JSON also print where they come from, and stop after a million pairs.`,
		Example: `  aksnet ip overlaps 10.0.0.0/24 10.0.1.0/24
  aksnet ip overlaps -f nets.txt`,
		RunE: o.run(func(args []string) error {
			var list ipam.Overlaps
			list.Grow(o.lines(args))
			if err := o.each(args, list.Add); err != nil {
				return err
			}
			found, err := report.Overlaps(io.Out, o.list(), &list)
			return yesOrNo(!found, err)
		}),
	}
	o.addFlags(c)
	return c
}
