package ip

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

// options holds the flags of all commands of the calculator.
type options struct {
	io     cli.IO
	output string
	// tableByDefault is set for commands whose answer is not a list of prefixes: their default is a table everywhere.
	tableByDefault bool
	lists
}

func newOptions(io cli.IO) *options { return &options{io: io, lists: lists{io: io}} }

// addFlags adds the flags of a command that reads lists.
func (o *options) addFlags(c *cobra.Command) {
	c.Flags().
		StringArrayVarP(&o.files, "file", "f", nil, "read entries from `FILE`, or - for standard input (repeatable)")
	o.addOutput(c)
}

// addOutput adds the flag for the format of the output.
func (o *options) addOutput(c *cobra.Command) {
	byDefault := "table on a terminal, else plain"
	if o.tableByDefault {
		byDefault = report.ListTable
	}
	formats := report.ListFormats()
	c.Flags().
		StringVarP(&o.output, "output", "o", "", "`FORMAT` of the output: "+cli.OrList(formats)+" (default "+byDefault+")")
	cli.CompleteFlag(c, "output", formats)
}

// list returns how to print the answer: as the flag says, else in the default format of the command.
func (o *options) list() report.ListOptions {
	format := o.output
	switch {
	case format != "":
	case o.tableByDefault || o.io.OutTerminal:
		format = report.ListTable
	default:
		format = report.ListPlain
	}
	return report.ListOptions{Format: format, Colour: format != report.ListPlain && cli.Colour(o.io.OutTerminal)}
}

// no ends a command that answers a question with no, and prints the reason to standard error.
func (o *options) no(reason string) error {
	fmt.Fprintf(o.io.Err, "aksnet: %s\n", report.Printable(reason))
	return cli.ErrFindings
}

// yesOrNo ends a command that answers a question: err if there is one, else exit code 1 for no.
func yesOrNo(yes bool, err error) error {
	if err == nil && !yes {
		return cli.ErrFindings
	}
	return err
}

// run returns the work of a command as cobra calls it, after a check of the format. Warnings about host bits come at
// the end.
func (o *options) run(work func(args []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if err := cli.OneOf("output", o.list().Format, report.ListFormats()...); err != nil {
			return err
		}
		if !o.io.InTerminal { // nothing is drawn where somebody types
			defer o.io.Step("%s", c.CommandPath()).End()
		}
		err := work(args)
		o.hostBits.warn(o.io.Err)
		return err
	}
}
