package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

func newMerge(io cli.IO) *cobra.Command {
	o := newOptions(io)
	c := &cobra.Command{
		Use:   "merge [ENTRY | FILE]…",
		Short: "The fewest prefixes that cover the same addresses",
		Example: `  aksnet ip merge 10.0.0.0/24 10.0.1.0/24
  aksnet ip merge -f nets.txt
  aksnet ip merge 10.0.0.0-10.0.0.9 10.0.0.10 -o json`,
		RunE: o.run(func(args []string) error {
			sets, err := o.sets(o.all(args))
			if err != nil {
				return err
			}
			return report.Set(io.Out, o.list(), sets[0])
		}),
	}
	o.addFlags(c)
	return c
}

func newSubtract(io cli.IO) *cobra.Command {
	o := newOptions(io)
	c := &cobra.Command{
		Use:   "subtract [FROM] WHAT…",
		Short: "One list without the addresses of others",
		Long: `The addresses of FROM that are in no WHAT; each is an entry or a file.
FROM is the -f files; without -f it is the first argument; with a single argument it is
standard input.`,
		Example: `  aksnet ip subtract 10.0.0.0/8 10.1.0.0/16
  aksnet ip subtract pool.txt used.txt
  aksnet ip subtract -f pool.txt 10.0.3.0/24`,
		Args: cli.Args("WHAT", 1, -1),
		RunE: o.run(func(args []string) error {
			from, rest := o.first(args)
			sets, err := o.sets(from, o.ofArgs(rest...))
			if err != nil {
				return err
			}
			return report.Set(io.Out, o.list(), sets[0].Subtract(sets[1]))
		}),
	}
	o.addFlags(c)
	return c
}

func newIntersect(io cli.IO) *cobra.Command {
	o := newOptions(io)
	c := &cobra.Command{
		Use:   "intersect LIST LIST…",
		Short: "What all lists have in common",
		Long: `What all lists have in common. Each argument, an entry or a file, is a list of its own.
The -f files together are one list; a single list is compared with standard input.`,
		Example: `  aksnet ip intersect 10.0.0.0/8 10.1.0.0-10.2.0.255
  aksnet ip intersect pool.txt used.txt`,
		Args: cli.Args("LIST", 1, -1),
		RunE: o.run(func(args []string) error {
			from, rest := o.first(args)
			all := []func() (*ipam.Set, error){from}
			for _, arg := range rest {
				all = append(all, o.ofArgs(arg))
			}
			sets, err := o.sets(all...)
			if err != nil {
				return err
			}
			common := sets[0]
			for _, other := range sets[1:] {
				common = common.Intersect(other)
			}
			return report.Set(io.Out, o.list(), common)
		}),
	}
	o.addFlags(c)
	return c
}

func newDiff(io cli.IO) *cobra.Command {
	o := newOptions(io)
	c := &cobra.Command{
		Use:   "diff [OLD] NEW",
		Short: "What two lists do not have in common",
		Long: `What two lists, each an entry or a file, do not have in common: addresses, however they are
written. OLD is the -f files; without -f it is the first argument; with a single argument
it is standard input.

-o plain prints what is only in OLD after a -, then what is only in NEW after a +.
Exit code 0 if both cover the same addresses, 1 if they differ.`,
		Example: `  aksnet ip diff old.txt new.txt
  aksnet ip diff 10.0.0.0-10.0.1.255 10.0.0.0/23`,
		Args: cli.Args("NEW", 1, 2),
		RunE: o.run(func(args []string) error {
			old, rest := o.first(args)
			sets, err := o.sets(old, o.ofArgs(rest...))
			if err != nil {
				return err
			}
			removed, added := sets[0].Subtract(sets[1]), sets[1].Subtract(sets[0])
			return yesOrNo(removed.IsEmpty() && added.IsEmpty(), report.Diff(io.Out, o.list(), removed, added))
		}),
	}
	o.addFlags(c)
	return c
}
