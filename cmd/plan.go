package cmd

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
)

// planOptions holds the flags of aksnet plan.
type planOptions struct {
	outputOptions
	checkOptions
	explain bool
}

func newPlan(io cli.IO) *cobra.Command {
	var o planOptions
	c := &cobra.Command{
		Use:   "plan [FILE…]",
		Short: "Show the plan: VNets, subnets, CIDRs, sizes and capacity",
		Long: `Plan the networks of a spec: how many addresses every subnet needs, where it is placed, which ranges pods and Services
get, how far each cluster can grow, and what limits it. Findings go to standard error.

FILE is a spec, a folder of specs, or - for standard input; the default is aksnet.yaml. Several files make one plan.`,
		Example: `  aksnet plan aksnet.yaml
  aksnet plan aksnet.yaml --explain
  aksnet plan aksnet.yaml --set clusters[0].model=node-subnet
  aksnet plan aksnet.yaml -o json`,
		ValidArgsFunction: completeSpecs,
		RunE:              func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	o.addOutput(c)
	o.addFlags(c)
	o.ledger.addLedger(c)
	c.Flags().BoolVar(&o.explain, "explain", false, "show the arithmetic behind each number, with its source")
	return c
}

func (o *planOptions) run(io cli.IO, args []string) error {
	if err := o.checkOutput(); err != nil {
		return err
	}
	c, err := o.checkOptions.run(io, args)
	if err != nil {
		return err
	}
	var explain []plan.Explanation
	if o.explain {
		explain = plan.Explain(c.plan)
	}
	if err := o.write(io, report.Plan(c.plan, c.result.Findings, explain)); err != nil {
		return err
	}
	if err := cmp.Or(c.printFindings(io), c.printClean(io)); err != nil {
		return err
	}
	return o.verdict(c.result)
}
