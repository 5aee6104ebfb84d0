package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
)

func newFacts(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "facts [WORD…]",
		Short: "Show what is known about AKS networks in words, with sources",
		Long: `Show the facts behind the rules: how upgrades, policies, routes, security groups, load balancers and egress behave,
until when each Kubernetes version is supported, which images of operating systems run on it, what retires when, and
which ranges may overlap. With words, only the rows that contain all of them. Every row has its source and the day on
which the source was read.`,
		Example: `  aksnet facts
  aksnet facts surge
  aksnet facts windows server -o json`,
		RunE: func(_ *cobra.Command, words []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			facts := report.Facts(words...)
			if facts.Empty() {
				var all strings.Builder
				if err := report.Facts().Table(&all, report.TableOptions{}); err != nil {
					return err
				}
				return notFound("facts", words, []string{all.String()}, "aksnet facts shows all of them")
			}
			return o.write(io, facts)
		},
	}
	o.addOutput(c)
	return c
}
