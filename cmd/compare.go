package cmd

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/compare"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/spec"
)

// compareOptions is the flags of aksnet compare.
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
		Long: `Plan every cluster of the spec under every network model, side by side: sizes of subnets, addresses of the network,
how far it can grow and what ends that, and what speaks against the model. The recommendation at the end follows the
documentation; what the cluster must be able to do is taken from its requirements and from what it uses already.

Pools that write no maxPods have the default of each model.`,
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
			return o.write(io, report.Comparison(compare.Of(s, o.clusters...)))
		},
	}
	o.addOutput(c)
	o.addSet(c)
	c.Flags().StringArrayVar(&o.clusters, "cluster", nil, "only the cluster of this `NAME`; may be repeated")
	return c
}

// checkClusters refuses names that no cluster of the spec has.
func checkClusters(s *spec.Spec, names []string) error {
	for _, name := range names {
		if !slices.ContainsFunc(s.Clusters, func(c spec.Cluster) bool { return c.Name == name }) {
			return cli.Usagef("--cluster is %q, the spec has no cluster of that name", name)
		}
	}
	return nil
}
