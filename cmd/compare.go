package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/report"
)

// compareOptions holds the flags of aksnet compare.
type compareOptions struct {
	outputOptions
	specOptions
	clusterOptions
}

func newCompare(io cli.IO) *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare [FILE…]",
		Short: "Plan the same workload under every network model, and recommend one",
		Long: `Plan every cluster of the spec under every network model, and recommend one. The recommendation follows the
documentation; the requirements come from the spec and from the features that the cluster already uses. All other
clusters keep their ranges. Node pools without maxPods use the default of each model.

Several clusters are summed up first, with one line each. The details are shown for up to three clusters, for those that
--cluster names, or with --details for all: the reasons, and the models side by side with subnet sizes, addresses used in
the VNet, how far the cluster can grow and what limits it, and what blocks the model.`,
		Example: `  aksnet compare aksnet.yaml
  aksnet compare aksnet.yaml --cluster shop -o markdown
  aksnet compare aksnet.yaml --set clusters[0].requirements.podsReachableFromVnet=true`,
		ValidArgsFunction: completeSpecs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			s, err := readSpec(io, o.specOptions, args)
			if err != nil {
				return err
			}
			if err := o.check(s); err != nil {
				return err
			}
			comparing := io.Step("comparing %s", clusters(s))
			compared := compare.Of(s, o.clusters...)
			comparing.End()
			return o.write(io, report.Comparison(compared, o.showDetails(len(compared.Clusters))))
		},
	}
	o.addOutput(c)
	o.addSet(c)
	o.addClusters(c, "only")
	o.addDetails(c)
	return c
}
