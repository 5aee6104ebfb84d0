package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

func newModels(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "models [MODEL…]",
		Short: "Show what each network model supports, with sources",
		Long: `Show the network models of AKS: where addresses come from, limits, supported features, inbound and outbound traffic,
and when the documentation recommends which. Every row has its source and the day on which the source was read.

With models, show only what is about them, side by side; what holds for all models stays out.`,
		Example: `  aksnet models
  aksnet models overlay pod-subnet
  aksnet models -o json`,
		ValidArgsFunction: cli.CompleteWords(modelWords),
		RunE: func(_ *cobra.Command, args []string) error {
			names, err := cli.ChooseAll("model", args, wordsOf(modelWords()))
			if err != nil {
				return err
			}
			if err := o.checkOutput(); err != nil {
				return err
			}
			columns := make([]aks.Column, len(names))
			for i, name := range names {
				columns[i] = aks.Column(name)
			}
			return o.write(io, report.Models(columns...))
		},
	}
	o.addOutput(c)
	return c
}
