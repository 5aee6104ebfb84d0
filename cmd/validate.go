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
	output string
	older  string
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
	addFindingsOutput(c, &o.output)
	c.Flags().StringVar(&o.older, "against", "",
		"compare with an older spec, or with a plan saved by plan -o json: a `FILE` or folder")
	c.Flags().BoolVar(&o.allRules, "all-rules", false,
		"with -o sarif, describe every rule, not only those that found something")
	o.addFlags(c)
	o.ledger.addLedger(c)
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
	if err := o.writeFindings(io, o.output, c); err != nil {
		return err
	}
	return o.verdict(c.result)
}

// addFindingsOutput adds the flag that chooses the format of findings.
func addFindingsOutput(c *cobra.Command, output *string) {
	formats := findingsFormatNames()
	c.Flags().StringVarP(output, "output", "o", formats[0], "`FORMAT`: "+cli.OrList(formats))
	cli.CompleteFlag(c, "output", formats)
}

// writeFindings prints the findings in a format; where people read it, the counts follow on standard error.
func (o *checkOptions) writeFindings(io cli.IO, output string, c checked) error {
	format, f := findingsFormat(output), c.findings(io)
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
func (o *checkOptions) threshold() validate.Severity {
	least, err := validate.ParseSeverity(o.failOn)
	if err != nil {
		return 0
	}
	return least
}
