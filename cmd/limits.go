package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

func newLimits(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "limits [TOPIC…]",
		Short: "Show the limits of AKS and Azure, with sources",
		Long: `Show the limits that aksnet plans with: all of them, or those of some topics. Every row has its source and the day
on which the source was read.`,
		Example: `  aksnet limits
  aksnet limits nodes pods
  aksnet limits "NAT gateway" -o markdown`,
		ValidArgsFunction: cli.CompleteWords(limitWords),
		RunE: func(_ *cobra.Command, args []string) error {
			topics, err := cli.ChooseAll("topic", args, report.LimitTopics())
			if err != nil {
				return err
			}
			if err := o.checkOutput(); err != nil {
				return err
			}
			return o.write(io, report.Limits(topics...))
		},
	}
	o.addOutput(c)
	return c
}
