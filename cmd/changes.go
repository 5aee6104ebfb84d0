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
		ValidArgsFunction: cli.CompleteWords(changeWords),
		RunE: func(_ *cobra.Command, args []string) error {
			keys, err := cli.ChooseAll("key", args, report.ChangeKeys())
			if err != nil {
				return err
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
