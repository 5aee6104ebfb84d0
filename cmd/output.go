package cmd

import (
	stdio "io"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

// outputOptions holds the flag of commands whose answer is a report.
type outputOptions struct {
	output string
	more   []string // formats beside report.Formats
}

// addOutput adds the flag. A report may have more formats than all reports have.
func (o *outputOptions) addOutput(c *cobra.Command, more ...string) {
	o.more = more
	formats := o.formats()
	c.Flags().StringVarP(&o.output, "output", "o", formats[0], "`FORMAT`: "+cli.OrList(formats))
	cli.CompleteFlag(c, "output", formats)
}

func (o *outputOptions) formats() []string { return append(report.Formats(), o.more...) }

// checkOutput refuses unknown formats.
func (o *outputOptions) checkOutput() error {
	return cli.OneOf("output", o.output, o.formats()...)
}

// write prints a report in the format of the flag.
func (o *outputOptions) write(io cli.IO, r report.Report) error {
	return io.Page(func(w stdio.Writer) error {
		return r.Write(w, o.output, report.TableOptions{Width: io.Width, Colour: cli.Colour(io.OutTerminal)})
	})
}
