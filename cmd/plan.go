package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/spec"
)

// planOptions is the flags of aksnet plan.
type planOptions struct {
	output  string
	explain bool
}

func newPlan(io IO) *cobra.Command {
	var o planOptions
	c := &cobra.Command{
		Use:   "plan [FILE…]",
		Short: "Show the plan: networks, subnets, CIDRs, sizes and ceilings",
		Example: `  aksnet plan aksnet.yaml
  aksnet plan aksnet.yaml --explain
  aksnet plan aksnet.yaml -o json`,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := oneOf("output", o.output, planOutputs()...); err != nil {
				return err
			}
			sources, err := readSources(io.In, args)
			if err != nil {
				return err
			}
			return o.run(io, plan.Build(spec.Parse(sources...)))
		},
	}
	c.Flags().StringVarP(&o.output, "output", "o", "table", "format: table, json, yaml or markdown")
	c.Flags().BoolVar(&o.explain, "explain", false, "show the arithmetic of each number with its source")
	return c
}

func planOutputs() []string { return []string{"table", "json", "yaml", "markdown"} }

func (o planOptions) run(io IO, p *plan.Plan) error {
	r := render.Report{Plan: p}
	if o.explain {
		r.Explain = plan.Explain(p)
	}
	switch o.output {
	case "json":
		return render.JSON(io.Out, r)
	case "yaml":
		return render.YAML(io.Out, r)
	case "markdown":
		return render.Markdown(io.Out, r)
	}
	return render.Table(io.Out, r, render.TableOptions{Width: io.Width, Colour: colour(io.OutTerminal)})
}
