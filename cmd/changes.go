package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

func newChanges(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "changes [KEY…]",
		Short: "Show what becomes of a running cluster when a key of the spec changes, with sources",
		Long: `Show the table of changes that validate --against and migrate read: for each key of the spec, or for those given,
whether Azure makes a change in place, reimages nodes, needs a new pool or cluster, or rejects it, with the conditions
and the commands. A key is a path such as clusters[].networkPolicy, or its last part.`,
		Example: `  aksnet changes
  aksnet changes networkPolicy outboundType
  aksnet changes -o markdown`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return report.ChangeKeys(), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, keys []string) error {
			for _, key := range keys {
				if err := cli.OneOfWords("key", key, report.ChangeKeys()...); err != nil {
					return err
				}
			}
			if err := o.checkOutput(); err != nil {
				return err
			}
			return o.write(io, report.Changes(keys...))
		},
	}
	o.addOutput(c)
	return c
}
