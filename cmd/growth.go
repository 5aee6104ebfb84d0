package cmd

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/growth"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
	"github.com/aksnet/aksnet/spec"
)

// growthOptions is the flags of aksnet growth.
type growthOptions struct {
	outputOptions
	specOptions
	rate, pool    string
	months, ports int
	clusters      []string
	ascii         bool
}

func newGrowth(io cli.IO) *cobra.Command {
	var o growthOptions
	c := &cobra.Command{
		Use:   "growth [FILE…]",
		Short: "Say in which month subnets, pod CIDRs, routes and ports run out",
		Long: `Let clusters grow by so many nodes every month, or by a percentage, and say in which month each subnet, pod CIDR, route
table, limit and port budget of the plan runs out, and what to do about it. Pools start at their maxCount or count; the room
that growth leaves in the spec is what is used up. Month 0 is today.

A number of nodes goes to one pool of every cluster, the one with the most pods on each node unless --pool names another;
a percentage goes to every pool, or to the one named.`,
		Example: `  aksnet growth aksnet.yaml --per-month 4
  aksnet growth aksnet.yaml --per-month 8% --months 24 -o json
  aksnet growth aksnet.yaml --per-month 2 --cluster shop --pool apps --ascii`,
		ValidArgsFunction: completeSpecs,
		RunE: func(_ *cobra.Command, args []string) error {
			options, err := o.options()
			if err != nil {
				return err
			}
			s, err := readSpec(io, o.specOptions, args)
			if err != nil {
				return err
			}
			if err := o.checkNames(s); err != nil {
				return err
			}
			return o.write(io, report.Growth(growth.Of(plan.Build(s), options), o.ascii || !unicodeLocale()))
		},
	}
	o.addOutput(c)
	o.addSet(c)
	c.Flags().StringVar(&o.rate, "per-month", "", "what every month adds: `NODES` such as 4, or a percentage such as 8% (required)")
	c.Flags().IntVar(&o.months, "months", 36, "how many months to look ahead")
	c.Flags().StringArrayVar(&o.clusters, "cluster", nil, "only the cluster of this `NAME` grows; may be repeated")
	c.Flags().StringVar(&o.pool, "pool", "", "`NAME` of the pool that grows")
	c.Flags().IntVar(&o.ports, "ports", growth.DefaultPorts(), "SNAT ports that each node behind a NAT gateway is to have")
	c.Flags().BoolVar(&o.ascii, "ascii", false, "draw the chart without characters outside ASCII")
	return c
}

func (o *growthOptions) options() (growth.Options, error) {
	out := growth.Options{Months: o.months, Clusters: o.clusters, Pool: o.pool, PortsPerNode: o.ports}
	if err := o.checkOutput(); err != nil {
		return out, err
	}
	if o.rate == "" {
		return out, cli.Usagef("--per-month is missing, such as --per-month 4 or --per-month 8%%")
	}
	rate, err := spec.ParseAmount(o.rate)
	if err != nil {
		return out, cli.Usagef("--per-month is %q: %w", o.rate, err)
	}
	out.Rate = rate
	if o.months < 1 || o.months > growth.MaxMonths {
		return out, cli.Usagef("--months is %d, accepted: 1 to %d", o.months, growth.MaxMonths)
	}
	if o.ports < 1 || o.ports > 64000 {
		return out, cli.Usagef("--ports is %d, accepted: 1 to 64000", o.ports)
	}
	return out, nil
}

// checkNames refuses clusters and pools that the spec does not have.
func (o *growthOptions) checkNames(s *spec.Spec) error {
	if err := checkClusters(s, o.clusters); err != nil || o.pool == "" {
		return err
	}
	for _, c := range s.Clusters {
		for _, p := range c.NodePools {
			if p.Name == o.pool {
				return nil
			}
		}
	}
	return cli.Usagef("--pool is %q, the spec has no pool of that name", o.pool)
}

// unicodeLocale reports whether the user's terminal takes characters outside ASCII; without a locale it is taken to.
func unicodeLocale() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToUpper(os.Getenv(name)); v != "" {
			return strings.Contains(v, "UTF-8") || strings.Contains(v, "UTF8")
		}
	}
	return true
}
