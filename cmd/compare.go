package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/spec"
)

// compareOptions holds the flags of aksnet compare.
type compareOptions struct {
	outputOptions
	specOptions
	clusters []string
}

func newCompare(io cli.IO) *cobra.Command {
	var o compareOptions
	c := &cobra.Command{
		Use:   "compare [FILE…]",
		Short: "Plan the same workload under every network model, and recommend one",
		Long: `Plan every cluster of the spec under every network model, side by side: subnet sizes, addresses used in the VNet, how
far the cluster can grow and what limits it, and what blocks the model. The recommendation at the end follows the
documentation; the requirements come from the spec and from the features that the cluster already uses.

Node pools without maxPods use the default of each model.`,
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
			if err := checkClusters(s, o.clusters); err != nil {
				return err
			}
			comparing := io.Step("comparing %s", clusters(s))
			models := compare.Of(s, o.clusters...)
			comparing.End()
			return o.write(io, report.Comparison(models))
		},
	}
	o.addOutput(c)
	o.addSet(c)
	c.Flags().StringArrayVar(&o.clusters, "cluster", nil, "only the cluster with this `NAME` (repeatable)")
	return c
}

// checkClusters refuses names of clusters that are not in the spec.
func checkClusters(s *spec.Spec, names []string) error {
	for _, name := range names {
		if !slices.ContainsFunc(s.Clusters, func(c spec.Cluster) bool { return c.Name == name }) {
			return cli.Usagef("--cluster is %q, but the spec has no cluster with that name", name)
		}
	}
	return nil
}
