package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

func newModels(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "models",
		Short: "Show what each network model supports, with sources",
		Long: `Show the network models of AKS: where addresses come from, limits, supported features, inbound and outbound traffic,
and when the documentation recommends which. Every row has its source and the day on which the source was read.`,
		Example: `  aksnet models
  aksnet models -o json`,
		Args: cli.Args("", 0, 0),
		RunE: func(*cobra.Command, []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			return o.write(io, report.Models())
		},
	}
	o.addOutput(c)
	return c
}
