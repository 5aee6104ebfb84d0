package cmd

import (
	stdio "io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/validate"
)

// validateOptions holds the flags of aksnet validate.
type validateOptions struct {
	checkOptions
	output   string
	older    string
	allRules bool
}

func newValidate(io cli.IO) *cobra.Command {
	var o validateOptions
	c := &cobra.Command{
		Use:   "validate [FILE…]",
		Short: "Report what is wrong with a spec, and what Azure would refuse",
		Long: `Plan the spec and report what is wrong with it: what cannot be read, what does not fit, what overlaps, what Azure would
refuse, and what breaks at the next upgrade.

With --against, the rules about changes report for each difference from an older spec or a saved plan whether AKS makes
the change in place, needs a new node pool or a new cluster, or refuses it.

A waiver in the spec accepts one finding until a date; it is then shown as a note.`,
		Example: `  aksnet validate aksnet.yaml
  aksnet validate aksnet.yaml -o json
  aksnet validate aksnet.yaml --against old.yaml
  aksnet validate aksnet.yaml --fail-on warning --skip LIFE`,
		ValidArgsFunction: completeSpecs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	formats := findingsFormatNames()
	c.Flags().StringVarP(&o.output, "output", "o", formats[0], "`FORMAT`: "+cli.OrList(formats))
	cli.CompleteFlag(c, "output", formats)
	c.Flags().StringVar(&o.older, "against", "",
		"compare with an older spec, or with a plan saved by plan -o json: a `FILE` or folder")
	c.Flags().BoolVar(&o.allRules, "all-rules", false,
		"with -o sarif, describe every rule, not only those that found something")
	o.addFlags(c)
	return c
}

func (o *validateOptions) run(io cli.IO, args []string) error {
	if err := cli.OneOf("output", o.output, findingsFormatNames()...); err != nil {
		return err
	}
	if o.older != "" {
		older, err := readOlder(io, o.older)
		if err != nil {
			return err
		}
		o.against = older
	}
	c, err := o.checkOptions.run(io, args)
	if err != nil {
		return err
	}
	if err := o.write(io, c); err != nil {
		return err
	}
	return o.verdict(c.result)
}

// write prints the findings in the format asked for; where people read it, the counts follow on standard error.
func (o *validateOptions) write(io cli.IO, c checked) error {
	format, f := findingsFormat(o.output), c.findings(io)
	f.FailOn, f.AllRules, f.Colour = o.threshold(), o.allRules, cli.Colour(io.OutTerminal)
	f.Width = io.Width
	err := io.Page(func(w stdio.Writer) error { return format.Write(w, f) })
	if err != nil || !format.ForPeople {
		return err
	}
	if io.OutTerminal && io.ErrTerminal && len(c.result.Findings) > 0 {
		return summarize(io, f)
	}
	return io.Inform("%s", report.FindingsSummary(f))
}

// findingsFormat returns the format of a name that has been checked.
func findingsFormat(name string) report.FindingsFormat {
	all := report.FindingsFormats()
	return all[slices.Index(findingsFormatNames(), name)]
}

func findingsFormatNames() (names []string) {
	for _, f := range report.FindingsFormats() {
		names = append(names, f.Name)
	}
	return names
}

// threshold returns the least severity that fails the command; zero for never.
func (o *validateOptions) threshold() validate.Severity {
	least, err := validate.ParseSeverity(o.failOn)
	if err != nil {
		return 0
	}
	return least
}
