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
		Short: "Show what each network model can do, with sources",
		Long: `Show the network models of AKS: where addresses come from, limits, what works under which model, ways in and out,
and when the documentation advises which. Every row has its source and the day it was read.`,
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
