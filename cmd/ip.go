package cmd

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// newIP is the address calculator, with the verbs that the arguments after "ip" can mean.
func newIP(io IO, args []string) *cobra.Command {
	c := &cobra.Command{
		Use:   "ip",
		Short: "Calculate with prefixes, ranges and addresses",
		Long: `Calculate with prefixes, ranges and addresses, IPv4 and IPv6.

Verbs that work on lists take prefixes (10.0.0.0/24), ranges (10.0.0.1-10.0.0.9) and
addresses as arguments, from files (-f FILE, or an argument that names a file), or from
standard input when there are none ("-" as an argument is standard input too).
A file holds one entry a line; blank lines and # comments are skipped.

Output is a table on a terminal and plain lines elsewhere: one prefix a line, sorted.
-o json prints every number up to 2^53 as a number and larger ones as strings.
Flags have settings: AKSNET_OUTPUT=json stands for -o json.

Exit codes: 0 yes or done, 1 no (the verbs that can answer no say what it means),
2 wrong usage or an entry that cannot be understood, 3 a file that cannot be read or
an answer that cannot be written.`,
		Example: `  aksnet ip info 10.0.0.0/22 --azure
  aksnet ip free --in 10.0.0.0/16 10.0.0.0/20 10.0.32.0/19
  aksnet ip merge 10.0.0.0/24 10.0.1.0/24`,
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	addCommands(c, io, args, []subcommand{
		{"info", newIPInfo}, {"split", newIPSplit}, {"size", newIPSize}, {"contains", newIPContains}, {"overlaps", newIPOverlaps},
		{"merge", newIPMerge}, {"subtract", newIPSubtract}, {"intersect", newIPIntersect}, {"free", newIPFree}, {"next", newIPNext},
		{"range", newIPRange}, {"tree", newIPTree}, {"diff", newIPDiff}, {"capacity", newIPCapacity},
	})
	return c
}

// ipOptions is what all verbs of the calculator share.
type ipOptions struct {
	io     IO
	files  []string
	output string
	// noList is for a verb whose answer is no list of prefixes: a table is its default everywhere.
	noList    bool
	masked    maskedItems
	stdinRead bool
	streams   *streams // while a verb goes through its lists twice
}

func (o *ipOptions) addFlags(c *cobra.Command) {
	c.Flags().StringArrayVarP(&o.files, "file", "f", nil, "read entries from `FILE`, - for standard input (repeatable)")
	o.addOutput(c)
}

func (o *ipOptions) addOutput(c *cobra.Command) {
	otherwise := "table on a terminal, else plain"
	if o.noList {
		otherwise = "table"
	}
	c.Flags().StringVarP(&o.output, "output", "o", "", "`FORMAT` of the output: table, json or plain (default "+otherwise+")")
	completeFlag(c, "output", []string{ipTable, ipJSON, ipPlain})
}

const (
	ipTable = "table"
	ipJSON  = "json"
	ipPlain = "plain"
)

// format is the format to use: the one asked for, else the verb's own.
func (o *ipOptions) format() string {
	switch {
	case o.output != "":
		return o.output
	case o.noList || o.io.OutTerminal:
		return ipTable
	}
	return ipPlain
}

// ipNo is the answer no of a verb that asks a question, with its reason on standard error.
func (o *ipOptions) no(format string, args ...any) error {
	fmt.Fprintf(o.io.Err, "aksnet: "+format+"\n", args...)
	return errFindings
}

// gcPercent lets a verb finish most lists before the first collection, which would cost more than
// the work: all that a verb keeps, it keeps to the end. It is five times what is in use at most.
const gcPercent = 400

// garbageFromHere is for verbs whose output takes memory line by line: it ends the license of gcPercent.
func garbageFromHere() { debug.SetGCPercent(100) }

// run is the work of a verb, once it is clear how to print it; the warnings come out at its end.
func (o *ipOptions) run(work func(args []string) error) func(*cobra.Command, []string) error {
	return func(_ *cobra.Command, args []string) error {
		if err := oneOf("output", o.format(), ipTable, ipJSON, ipPlain); err != nil {
			return err
		}
		defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
		err := work(args)
		o.masked.report(o.io.Err)
		return err
	}
}
