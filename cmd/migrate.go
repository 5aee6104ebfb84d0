package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/migrate"
	"github.com/aksnet/aksnet/internal/report"
)

// migrateOptions holds the flags of aksnet migrate.
type migrateOptions struct {
	outputOptions
	specOptions
	clusterOptions
	to string
}

func newMigrate(io cli.IO) *cobra.Command {
	var o migrateOptions
	c := &cobra.Command{
		Use:   "migrate --to overlay|cilium [FILE…]",
		Short: "Show how to migrate running clusters to overlay or to the Cilium data plane",
		Long: `Show how to migrate the clusters of the spec to Azure CNI Overlay or to the Cilium data plane: what blocks the
migration, the steps in order with their commands, the prerequisites, what changes and what stays. Nothing is run, and
Azure is not contacted.

Several clusters are summed up first, with one line each. The steps are shown for up to three clusters, for those that
--cluster names, or with --details for all. With -o markdown they are a checklist.`,
		Example: `  aksnet migrate --to overlay aksnet.yaml
  aksnet migrate --to cilium aksnet.yaml --cluster shop -o markdown`,
		ValidArgsFunction: completeSpecs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			if o.to == "" {
				return cli.Usagef("--to is missing, accepted: %s", strings.Join(targets(), ", "))
			}
			if err := cli.OneOf("to", o.to, targets()...); err != nil {
				return err
			}
			s, err := readSpec(io, o.specOptions, args)
			if err != nil {
				return err
			}
			if err := o.check(s); err != nil {
				return err
			}
			migrating := io.Step("planning the migration of %s", clusters(s))
			guide := migrate.To(migrate.Target(o.to), s, o.clusters...)
			migrating.End()
			return o.write(io, report.Migration(guide, o.showDetails(len(guide.Clusters))))
		},
	}
	o.addOutput(c)
	o.addSet(c)
	c.Flags().StringVar(&o.to, "to", "", "the `TARGET`: overlay or cilium (required)")
	cli.CompleteFlag(c, "to", targets())
	o.addClusters(c, "only")
	o.addDetails(c)
	return c
}

func targets() (words []string) {
	for _, t := range migrate.Targets() {
		words = append(words, string(t))
	}
	return words
}
