package cmd

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/plan"
)

// egressOptions holds the flags of aksnet egress.
type egressOptions struct {
	outputOptions
	specOptions
	clusterOptions
	ports int
	fqdns bool
	all   bool
	cloud string
}

func newEgress(io cli.IO) *cobra.Command {
	var o egressOptions
	c := &cobra.Command{
		Use:   "egress [FILE…]",
		Short: "Calculate SNAT ports, or list the endpoints that clusters must reach",
		Long: `Calculate the SNAT ports for the outbound connections of every cluster, with all nodes and surge nodes: how many public
addresses its outbound type needs, which settings to use, and at which node counts Azure's automatic allocation changes.
A cluster that crosses such a boundary gets fewer ports for its running nodes. --all shows a load balancer and a NAT
gateway side by side.

Several clusters have one line each. The details are shown for up to three clusters, for those that --cluster names, or
with --details for all.

With --fqdns, list instead what every cluster must reach outside its network: names, service tags and ports, for the
cluster itself, for its addOns and for the operating systems of its nodes. Private clusters and network isolated ones
need less. -o plain prints only the names, sorted, for the list of a firewall.`,
		Example: `  aksnet egress aksnet.yaml
  aksnet egress aksnet.yaml --ports 4000 -o json
  aksnet egress aksnet.yaml --fqdns
  aksnet egress aksnet.yaml --fqdns -o plain`,
		ValidArgsFunction: completeSpecs,
		RunE: func(c *cobra.Command, args []string) error {
			if err := o.checkFlags(c); err != nil {
				return err
			}
			s, err := readSpec(io, o.specOptions, args)
			if err != nil {
				return err
			}
			if err := o.check(s); err != nil {
				return err
			}
			return o.write(io, o.report(o.chosen(buildPlan(io, s))))
		},
	}
	o.addOutput(c, report.Plain)
	o.addSet(c)
	o.addClusters(c, "only")
	o.addDetails(c)
	c.Flags().BoolVar(&o.all, "all", false, "show the numbers of every outbound type, not only of the cluster's")
	c.Flags().BoolVar(&o.fqdns, "fqdns", false, "list the endpoints that clusters must reach outside their networks")
	c.Flags().StringVar(&o.cloud, "cloud", "",
		"`CLOUD` whose endpoints to list: "+cli.OrList(cloudWords())+" (default: by the region of each cluster)")
	cli.CompleteFlag(c, "cloud", cloudWords())
	c.Flags().IntVar(&o.ports, "ports", 0, "SNAT ports per node (default: from the spec or Azure's table)")
	return c
}

// chosen returns the clusters that --cluster names; all without it.
func (o *egressOptions) chosen(p *plan.Plan) []*plan.Cluster {
	return slices.DeleteFunc(slices.Clone(p.Clusters), func(c *plan.Cluster) bool {
		return len(o.clusters) > 0 && !slices.Contains(o.clusters, c.Name)
	})
}

// report returns the report that the flags ask for.
func (o *egressOptions) report(clusters []*plan.Cluster) report.Report {
	if o.fqdns {
		return report.Endpoints(clusters, aks.Cloud(o.cloud))
	}
	var advice []plan.EgressAdvice
	for _, c := range clusters {
		advice = append(advice, plan.AdviseEgress(c, o.ports))
	}
	return report.Egress(advice, report.EgressDetail{Clusters: o.showDetails(len(clusters)), AllTypes: o.all})
}

// checkFlags refuses flags that do not go together.
func (o *egressOptions) checkFlags(c *cobra.Command) error {
	switch {
	case o.ports < 0 || o.ports > aks.MaxAllocatedPorts:
		return cli.Usagef("--ports is %d, accepted: 0 to %d", o.ports, aks.MaxAllocatedPorts)
	case o.fqdns && o.ports > 0:
		return cli.Usagef("--ports and --fqdns ask for two reports: give one of them")
	case !o.fqdns && o.output == report.Plain:
		return cli.Usagef("-o plain lists names: give --fqdns too")
	case !o.fqdns && c.Flags().Changed("cloud"):
		return cli.Usagef("--cloud selects endpoints: give --fqdns too")
	}
	return errors.Join(o.checkOutput(), checkCloud(c, &o.cloud))
}

// checkCloud refuses a word that is not a cloud with known endpoints; empty leaves the choice to the region. The
// setting custom is for the commands that contact Azure, and means empty here.
func checkCloud(c *cobra.Command, cloud *string) error {
	if *cloud == apply.CustomCloud && !c.Flags().Changed("cloud") {
		*cloud = ""
	}
	if *cloud == "" {
		return nil
	}
	return cli.OneOf("cloud", *cloud, cloudWords()...)
}
