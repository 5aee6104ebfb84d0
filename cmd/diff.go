package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
)

// diffOptions holds the flags of aksnet diff.
type diffOptions struct {
	liveOptions
	exitCode bool
}

func newDiff(io cli.IO) *cobra.Command {
	var o diffOptions
	c := &cobra.Command{
		Use:   "diff [FILE…]",
		Short: "Show what apply would change in Azure",
		Long: `Compare the plan with the resources in Azure, property by property, and show what apply would change. Nothing is changed.

Only properties that the plan sets are compared; other subnets, rules, routes, tags and settings are ignored. A change
is refused if Azure cannot make it, or if it would disconnect something that is in use.`,
		Example: `  aksnet diff aksnet.yaml
  aksnet diff aksnet.yaml --exit-code -o json`,
		ValidArgsFunction: completeSpecs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	o.addFlags(c)
	c.Flags().BoolVar(&o.exitCode, "exit-code", false, "exit with 1 if there are changes")
	return c
}

func (o *diffOptions) run(io cli.IO, args []string) error {
	cs, err := o.diff(io, args)
	if err != nil {
		return err
	}
	if err := o.show(io, cs); err != nil {
		return err
	}
	if o.exitCode && cs.Any() {
		return cli.ErrFindings
	}
	return nil
}
