package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

func newIPMerge(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	c := &cobra.Command{
		Use:   "merge [ENTRY | FILE]…",
		Short: "The fewest prefixes that cover the same addresses",
		Example: `  aksnet ip merge 10.0.0.0/24 10.0.1.0/24
  aksnet ip merge -f nets.txt
  aksnet ip merge 10.0.0.0-10.0.0.9 10.0.0.10 -o json`,
		RunE: o.run(func(args []string) error {
			sets, err := o.sets(o.list(args))
			if err != nil {
				return err
			}
			return o.writeSet(sets[0])
		}),
	}
	o.addFlags(c)
	return c
}

func newIPSubtract(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	c := &cobra.Command{
		Use:   "subtract [FROM] WHAT…",
		Short: "What is left of one list without others",
		Long: `What is left of FROM without every WHAT: each is an entry or a file.
FROM is what -f gives; without -f it is the first argument; with a single argument
it is standard input.`,
		Example: `  aksnet ip subtract 10.0.0.0/8 10.1.0.0/16
  aksnet ip subtract pool.txt used.txt
  aksnet ip subtract -f pool.txt 10.0.3.0/24`,
		Args: takes("WHAT", 1, -1),
		RunE: o.run(func(args []string) error {
			from, rest := o.first(args)
			sets, err := o.sets(from, o.argList(rest...))
			if err != nil {
				return err
			}
			return o.writeSet(sets[0].Subtract(sets[1]))
		}),
	}
	o.addFlags(c)
	return c
}

func newIPIntersect(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	c := &cobra.Command{
		Use:   "intersect LIST LIST…",
		Short: "What all lists have in common",
		Long: `What all lists have in common: each argument, an entry or a file, is a list of its own.
The -f files together are one list; a single list is compared with standard input.`,
		Example: `  aksnet ip intersect 10.0.0.0/8 10.1.0.0-10.2.0.255
  aksnet ip intersect pool.txt used.txt`,
		Args: takes("LIST", 1, -1),
		RunE: o.run(func(args []string) error {
			from, rest := o.first(args)
			lists := []func() (*ipam.Set, error){from}
			for _, arg := range rest {
				lists = append(lists, o.argList(arg))
			}
			sets, err := o.sets(lists...)
			if err != nil {
				return err
			}
			s := sets[0]
			for _, other := range sets[1:] {
				s = s.Intersect(other)
			}
			return o.writeSet(s)
		}),
	}
	o.addFlags(c)
	return c
}

// first is the list that a verb works on: the -f files, else the first of several arguments, else
// standard input. It returns the arguments that are left.
func (o *ipOptions) first(args []string) (list func() (*ipam.Set, error), rest []string) {
	if len(o.files) > 0 || len(args) < 2 {
		return o.list(nil), args
	}
	return o.argList(args[0]), args[1:]
}
