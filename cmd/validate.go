package cmd

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/validate"
)

// validateOptions is the flags of aksnet validate.
type validateOptions struct {
	checkOptions
	output string
	older  string
}

func newValidate(io IO) *cobra.Command {
	var o validateOptions
	c := &cobra.Command{
		Use:   "validate [FILE…]",
		Short: "Say what is wrong with a spec, and what Azure would refuse",
		Long: `Plan the spec and print what is wrong with it: what cannot be read, what does not fit, what overlaps, what Azure would
refuse, what breaks at the next upgrade.

With --against, the rules about changes say for each difference from an older spec or saved plan whether AKS does it in
place, needs a new node pool or a new cluster, or refuses it.

A waiver in the spec silences one finding until a day: it is shown as a note.`,
		Example: `  aksnet validate aksnet.yaml
  aksnet validate aksnet.yaml -o json
  aksnet validate aksnet.yaml --against old.yaml
  aksnet validate aksnet.yaml --fail-on warning --skip LIFE`,
		ValidArgsFunction: completeSpecs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	c.Flags().StringVarP(&o.output, "output", "o", "text", "`FORMAT`: text, json, sarif, junit or github")
	completeFlag(c, "output", findingOutputs())
	c.Flags().StringVar(&o.older, "against", "", "compare with an older spec, or with a plan saved by plan -o json: a `FILE` or folder")
	o.addFlags(c)
	return c
}

func findingOutputs() []string { return []string{"text", "json", "sarif", "junit", "github"} }

func (o *validateOptions) run(io IO, args []string) error {
	if err := oneOf("output", o.output, findingOutputs()...); err != nil {
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

func (o *validateOptions) write(io IO, c checked) error {
	switch o.output {
	case "json":
		return report.FindingsJSON(io.Out, c.result)
	case "sarif":
		return report.FindingsSARIF(io.Out, c.plan.Spec, c.result, version())
	case "junit":
		return report.FindingsJUnit(io.Out, c.result, c.plan.Spec.Files(), o.threshold())
	case "github":
		return report.FindingsGitHub(io.Out, c.result)
	}
	err := report.FindingsText(io.Out, c.plan.Spec, c.result.Findings, report.FindingsOptions{Colour: colour(io.OutTerminal)})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(io.Err, report.FindingsSummary(c.result.Summary))
	return err
}

// threshold is the least severity that fails the command; zero for never.
func (o *validateOptions) threshold() validate.Severity {
	least, err := validate.ParseSeverity(o.failOn)
	if err != nil {
		return 0
	}
	return least
}
