package cmd

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
)

// egressOptions holds the flags of aksnet egress.
type egressOptions struct {
	outputOptions
	specOptions
	ports int
}

func newEgress(io cli.IO) *cobra.Command {
	var o egressOptions
	c := &cobra.Command{
		Use:   "egress [FILE…]",
		Short: "Calculate SNAT ports: public addresses needed, ports per node, settings to use",
		Long: `Calculate the SNAT ports for the outbound connections of every cluster, with all nodes and surge nodes: how many public
addresses a load balancer or a NAT gateway needs, which settings to use, and at which node counts Azure's automatic
allocation changes. A cluster that crosses such a boundary gets fewer ports for its running nodes.`,
		Example: `  aksnet egress aksnet.yaml
  aksnet egress aksnet.yaml --ports 4000 -o json`,
		ValidArgsFunction: completeSpecs,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			if o.ports < 0 || o.ports > aks.MaxAllocatedPorts {
				return cli.Usagef("--ports is %d, accepted: 0 to %d", o.ports, aks.MaxAllocatedPorts)
			}
			s, err := readSpec(io, o.specOptions, args)
			if err != nil {
				return err
			}
			var advice []plan.EgressAdvice
			for _, k := range plan.Build(s).Clusters {
				advice = append(advice, plan.AdviseEgress(k, o.ports))
			}
			return o.write(io, report.Egress(advice))
		},
	}
	o.addOutput(c)
	o.addSet(c)
	c.Flags().IntVar(&o.ports, "ports", 0, "SNAT ports per node (default: from the spec or Azure's table)")
	return c
}
