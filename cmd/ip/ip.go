// Package ip holds the commands of the address calculator: flags in, one call into package calc, one report out.
package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
)

// New returns the command "ip" with the subcommands that the arguments after it can mean; all of them without
// arguments.
func New(io cli.IO, args []string) *cobra.Command {
	c := &cobra.Command{
		Use:   "ip",
		Short: "Calculate with prefixes, ranges and addresses",
		Long: `Calculate with prefixes, ranges and addresses, IPv4 and IPv6.

Commands that work on lists accept prefixes (10.0.0.0/24), ranges (10.0.0.1-10.0.0.9) and
addresses: as arguments, from files (-f FILE, or an argument that names a file), or from
standard input if there are none (the argument "-" is standard input too).
A file has one entry per line; blank lines and # comments are skipped.

Output is a table on a terminal and plain lines elsewhere: one prefix per line, sorted.
-o json prints numbers up to 2^53 as numbers and larger ones as strings.
Settings can replace flags: AKSNET_OUTPUT=json stands for -o json.

Exit codes: 0 yes or done, 1 no (commands that answer a question say what it means),
2 wrong usage or an invalid entry, 3 a file that cannot be read or output that cannot be
written.`,
		Example: `  aksnet ip info 10.0.0.0/22 --azure
  aksnet ip free --in 10.0.0.0/16 10.0.0.0/20 10.0.32.0/19
  aksnet ip merge 10.0.0.0/24 10.0.1.0/24`,
		Args: cli.KnownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	cli.Commands{
		"info": newInfo, "split": newSplit, "size": newSize, "contains": newContains, "overlaps": newOverlaps,
		"merge": newMerge, "subtract": newSubtract, "intersect": newIntersect, "free": newFree, "next": newNext,
		"range": newRange, "tree": newTree, "diff": newDiff, "capacity": newCapacity,
	}.AddTo(c, io, args)
	return c
}
