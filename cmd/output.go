package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

// outputOptions holds the flag of commands whose answer is a report.
type outputOptions struct {
	output string
}

// addOutput adds the flag.
func (o *outputOptions) addOutput(c *cobra.Command) {
	formats := report.Formats()
	c.Flags().StringVarP(&o.output, "output", "o", formats[0], "`FORMAT`: "+cli.OrList(formats))
	cli.CompleteFlag(c, "output", formats)
}

// checkOutput refuses unknown formats.
func (o *outputOptions) checkOutput() error {
	return cli.OneOf("output", o.output, report.Formats()...)
}

// write prints a report in the format of the flag.
func (o *outputOptions) write(io cli.IO, r report.Report) error {
	return r.Write(io.Out, o.output, report.TableOptions{Width: io.Width, Colour: cli.Colour(io.OutTerminal)})
}
