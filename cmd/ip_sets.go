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
			s, err := o.set(args)
			if err != nil {
				return err
			}
			return o.writeSet(s)
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
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: o.run(func(args []string) error {
			from, rest, err := o.firstSet(args)
			if err != nil {
				return err
			}
			less, err := o.argSet(rest)
			if err != nil {
				return err
			}
			return o.writeSet(from.Subtract(less))
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
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: o.run(func(args []string) error {
			s, rest, err := o.firstSet(args)
			for i := 0; err == nil && i < len(rest); i++ {
				var next *ipam.Set
				if next, err = o.setOf(rest[i]); err == nil {
					s = s.Intersect(next)
				}
			}
			if err != nil {
				return err
			}
			return o.writeSet(s)
		}),
	}
	o.addFlags(c)
	return c
}

// firstSet is the list that a verb works on: the -f files, else the first of several arguments, else
// standard input. It returns the arguments that are left.
func (o *ipOptions) firstSet(args []string) (*ipam.Set, []string, error) {
	if len(o.files) > 0 || len(args) < 2 {
		s, err := o.set(nil)
		return s, args, err
	}
	s, err := o.setOf(args[0])
	return s, args[1:], err
}

// argSet is all arguments as one set, which may be empty.
func (o *ipOptions) argSet(args []string) (*ipam.Set, error) {
	var b ipam.Builder
	b.Grow(linesIn(args...))
	for _, arg := range args {
		if err := o.eachOfArg(arg, b.AddItem); err != nil {
			return nil, err
		}
	}
	return b.Set(), nil
}
