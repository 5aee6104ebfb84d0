package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/spec"
)

// clusterOptions holds the flags of commands that answer for some clusters of a spec, or for all of them.
type clusterOptions struct {
	clusters []string
	details  bool
}

// addClusters adds the flag --cluster. What it does begins the sentence: "grow only".
func (o *clusterOptions) addClusters(c *cobra.Command, what string) {
	c.Flags().StringArrayVar(&o.clusters, "cluster", nil, what+" the cluster with this `NAME` (repeatable)")
	cli.CompleteFlagWith(c, "cluster", completeClusters)
}

// addDetails adds the flag --details.
func (o *clusterOptions) addDetails(c *cobra.Command) {
	c.Flags().BoolVar(&o.details, "details", false, "show the details of every cluster, however many there are")
}

// showDetails reports whether the details of clusters are shown: of those that are named, and where there are few.
func (o *clusterOptions) showDetails(clusters int) bool {
	return o.details || len(o.clusters) > 0 || clusters <= report.FewClusters
}

// check refuses names of clusters that are not in the spec.
func (o *clusterOptions) check(s *spec.Spec) error {
	for _, name := range o.clusters {
		if !slices.ContainsFunc(s.Clusters, func(c spec.Cluster) bool { return c.Name == name }) {
			return cli.Usagef("--cluster is %q, but the spec has no cluster with that name", name)
		}
	}
	return nil
}

// completeClusters completes names of clusters in the specs that the command line names. A spec that cannot be read
// completes nothing.
func completeClusters(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	var names []string
	for _, c := range spec.Parse(completionSources(args)...).Clusters {
		if strings.HasPrefix(c.Name, typed) && !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completionSources reads the files of a command line that is being typed. It never waits for standard input.
func completionSources(args []string) []spec.Source {
	if slices.Contains(args, "-") {
		return nil
	}
	sources, err := readSources(cli.IO{}, args)
	if err != nil {
		return nil
	}
	return sources
}
