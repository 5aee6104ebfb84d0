package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

func newContains(io cli.IO) *cobra.Command {
	o := newOptions(io)
	var in []string
	c := &cobra.Command{
		Use:   "contains LIST ENTRY…",
		Short: "Whether a list contains other entries",
		Long: `Whether LIST, an entry or a file, contains all of each ENTRY. An entry may extend over
several prefixes of the list.

LIST is --in; without --in it is the first argument. Entries are the other arguments and
the -f files, or standard input if there are none of these.

Exit code 0 if all entries are contained, 1 if at least one is not. The table shows the
answer for each; -o plain prints the entries that are contained, in their order.`,
		Example: `  aksnet ip contains 10.0.0.0/8 10.1.2.3
  aksnet ip contains --in nets.txt 10.0.0.0/25 10.0.0.77
  aksnet ip contains 10.0.0.0/8 -f nets.txt`,
		RunE: o.run(func(args []string) error {
			if len(in) == 0 {
				if len(args) == 0 {
					return cli.Usagef("contains needs a list: as the first argument, or with --in")
				}
				in, args = args[:1], args[1:]
			}
			list, err := o.lookup(in, args)
			if err != nil {
				return err
			}
			return yesOrNo(report.Lookups(io.Out, o.list(), o.entries(args), list))
		}),
	}
	o.addFlags(c)
	c.Flags().StringArrayVar(&in, "in", nil, "the `LIST` to look in: an entry or a file (repeatable)")
	return c
}

// lookup reads the list to look in. If it is invalid, the error also reports what is wrong with the entries to look
// for.
func (o *options) lookup(in, args []string) (*calc.Lookup, error) {
	list := calc.NewLookup(linesIn(in...), o.list().Format != report.ListPlain)
	var bad mistakes
	if err := bad.see(o.eachOfArgs(in, list.Add)); err != nil {
		return nil, err
	}
	if len(bad) > 0 {
		if err := bad.see(o.each(args, func(ipam.Item) {})); err != nil {
			return nil, err
		}
	}
	list.Index()
	return list, bad.err()
}
