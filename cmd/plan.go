package cmd

import (
	"encoding/json"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

func newPlan(io IO) *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:     "plan [FILE…]",
		Short:   "Show the plan: networks, subnets, CIDRs, sizes and ceilings",
		Example: "  aksnet plan aksnet.yaml",
		RunE: func(_ *cobra.Command, args []string) error {
			sources, err := readSources(io.In, args)
			if err != nil {
				return err
			}
			enc := json.NewEncoder(io.Out)
			enc.SetIndent("", "  ")
			return enc.Encode(plan.Build(spec.Parse(sources...)))
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "json", "output format")
	return c
}
