package cmd

import (
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/growth"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/spec"
)

// growthOptions holds the flags of aksnet growth.
type growthOptions struct {
	outputOptions
	specOptions
	ledger ledgerOptions
	clusterOptions
	rate, pool    string
	months, ports int
	ascii, all    bool
}

func newGrowth(io cli.IO) *cobra.Command {
	var o growthOptions
	c := &cobra.Command{
		Use:   "growth [FILE…]",
		Short: "Show in which month subnets, pod CIDRs, routes and ports run out",
		Long: `Grow clusters by a number or a percentage of nodes every month, and show in which month each subnet, pod CIDR, route
table, limit and port budget of the plan runs out, and what to do about it. Node pools start at their maxCount or
count; the forecast uses up the space that "growth" reserves in the spec. Month 0 is today.

What lasts longer than the months that are looked at is left out; --all shows it.

A number of nodes is added to one node pool of every cluster: the one with the highest max pods, or the one that --pool
names. A percentage applies to every node pool, or to the one that --pool names.`,
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
			p, err := o.ledger.plan(io, s)
			if err != nil {
				return err
			}
			forecast := growth.Of(p, options)
			return o.write(io, report.Growth(forecast, o.all, o.ascii || !unicodeLocale()))
		},
	}
	o.addOutput(c)
	o.addSet(c)
	o.ledger.addLedger(c)
	c.Flags().StringVar(&o.rate, "per-month", "",
		"growth per month: a number of `NODES` such as 4, or a percentage such as 8% (required)")
	c.Flags().IntVar(&o.months, "months", 36, "how many months to look ahead")
	o.addClusters(c, "grow only")
	c.Flags().StringVar(&o.pool, "pool", "", "grow only the node pool with this `NAME`")
	c.Flags().IntVar(&o.ports, "ports", growth.DefaultPorts(), "SNAT ports for each node behind a NAT gateway")
	c.Flags().BoolVar(&o.all, "all", false, "show what does not run out in these months as well")
	c.Flags().BoolVar(&o.ascii, "ascii", false, "draw the chart with ASCII characters only")
	return c
}

func (o *growthOptions) options() (growth.Options, error) {
	out := growth.Options{Months: o.months, Clusters: o.clusters, Pool: o.pool, PortsPerNode: o.ports}
	if err := o.checkOutput(); err != nil {
		return out, err
	}
	if o.rate == "" {
		return out, cli.Usagef("--per-month is missing, for example --per-month 4 or --per-month 8%%")
	}
	rate, err := spec.ParseAmount(o.rate)
	if err != nil {
		return out, cli.Usagef("--per-month is %q: %w", o.rate, err)
	}
	out.Rate = rate
	if o.months < 1 || o.months > growth.MaxMonths {
		return out, cli.Usagef("--months is %d, accepted: 1 to %d", o.months, growth.MaxMonths)
	}
	if o.ports < 1 || o.ports > aks.MaxAllocatedPorts {
		return out, cli.Usagef("--ports is %d, accepted: 1 to %d", o.ports, aks.MaxAllocatedPorts)
	}
	return out, nil
}

// checkNames refuses clusters and node pools that are not in the spec.
func (o *growthOptions) checkNames(s *spec.Spec) error {
	if err := o.check(s); err != nil || o.pool == "" {
		return err
	}
	for _, c := range s.Clusters {
		for _, p := range c.NodePools {
			if p.Name == o.pool {
				return nil
			}
		}
	}
	return cli.Usagef("--pool is %q, but the spec has no node pool with that name", o.pool)
}

// unicodeLocale reports whether the user's terminal shows characters outside ASCII, which it does unless the locale
// says otherwise.
func unicodeLocale() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToUpper(os.Getenv(name)); v != "" {
			return strings.Contains(v, "UTF-8") || strings.Contains(v, "UTF8")
		}
	}
	return true
}
