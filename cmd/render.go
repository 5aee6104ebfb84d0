package cmd

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/render"
	"github.com/aksnet/aksnet/resource"
)

// renderOptions is the flags of aksnet render.
type renderOptions struct {
	checkOptions
	out   string
	cloud string
	graph resource.Options
}

func newRender(io cli.IO) *cobra.Command {
	c := &cobra.Command{
		Use:   "render FORMAT [FILE…]",
		Short: "Write the plan as infrastructure code",
		Long: `Write the networks of the plan as infrastructure code: virtual networks, subnets, route tables, security groups, NAT
gateways and peerings. Nothing is written while error findings stand; --only and --skip hide none of them, a waiver in the spec accepts one.

Without --out the code goes to standard output.`,
		Example: `  aksnet render bicep aksnet.yaml
  aksnet render arm aksnet.yaml --out infra`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cli.Usagef("render needs a format: %s", strings.Join(formatNames(), ", "))
			}
			return cli.Usagef("%q is not a format; accepted: %s", args[0], strings.Join(formatNames(), ", "))
		},
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, f := range render.Formats() {
		c.AddCommand(newRenderFormat(io, f))
	}
	return c
}

func formatNames() (names []string) {
	for _, f := range render.Formats() {
		names = append(names, f.Name)
	}
	return names
}

func newRenderFormat(io cli.IO, f render.Format) *cobra.Command {
	var o renderOptions
	c := &cobra.Command{
		Use:   f.Name + " [FILE…]",
		Short: "Write the plan as " + f.Title,
		Example: fmt.Sprintf(`  aksnet render %[1]s aksnet.yaml
  aksnet render %[1]s aksnet.yaml --out infra`, f.Name),
		ValidArgsFunction: completeSpecs,
		RunE: func(c *cobra.Command, args []string) error {
			if o.out == "" && cli.IsSet(c, "out") {
				return cli.Usagef("--out is empty, wants a folder, or - for standard output")
			}
			return o.run(io, f, args)
		},
	}
	o.addRules(c, "errors")
	c.Flags().StringVar(&o.out, "out", "", "write the files into this `FOLDER` and not to standard output")
	if err := c.MarkFlagDirname("out"); err != nil {
		panic("cmd: " + err.Error())
	}
	o.addGraph(c)
	return c
}

// addGraph adds the flags that say what is written beside the plan.
func (o *renderOptions) addGraph(c *cobra.Command) {
	c.Flags().BoolVar(&o.graph.Lockdown, "lockdown", false, "make security groups deny by default, and add a firewall policy with what clusters must reach")
	c.Flags().BoolVar(&o.graph.RoleAssignments, "role-assignments", false, "add an identity for every cluster and the roles it needs in its network")
	c.Flags().BoolVar(&o.graph.Clusters, "clusters", false, "add the clusters, as far as their network decides them")
	c.Flags().StringVar(&o.place.Subscription, "subscription", "", "subscription `ID` of what names none")
	c.Flags().StringVar(&o.place.ResourceGroup, "resource-group", "", "resource group `NAME` of what names none")
	c.Flags().StringVar(&o.place.Location, "location", "", "`REGION` of what names none")
	c.Flags().StringVar(&o.cloud, "cloud", string(aks.CloudPublic), "whose endpoints a firewall policy names, a `CLOUD`: "+strings.Join(cloudWords(), ", "))
	cli.CompleteFlag(c, "cloud", cloudWords())
}

func cloudWords() (words []string) {
	for _, c := range aks.Clouds() {
		words = append(words, string(c.Cloud))
	}
	return words
}

func (o *renderOptions) run(io cli.IO, f render.Format, args []string) error {
	if err := cli.OneOf("cloud", o.cloud, cloudWords()...); err != nil {
		return err
	}
	if err := checkPlace(o.place); err != nil {
		return err
	}
	p, err := o.requireNoErrors(io, args, "nothing was written")
	if err != nil {
		return err
	}
	o.graph.Cloud = aks.Cloud(o.cloud)
	files, err := f.Write(resource.BuildWith(p, o.graph), render.Options{Generator: "aksnet " + version()})
	if err != nil {
		return fmt.Errorf("rendering %s: %w", f.Name, err)
	}
	if o.out != "" && o.out != "-" {
		if err := writeFiles(io.Err, o.out, files); err != nil {
			return err
		}
		tellStaleModules(io, o.out, files)
		return nil
	}
	return printFiles(io, f, files)
}

// tellStaleModules names the Bicep modules of an earlier run that this one has not written. They are harmless, and not ours to delete.
func tellStaleModules(io cli.IO, dir string, files []render.File) {
	if files[0].Name != render.BicepMain {
		return
	}
	there, err := os.ReadDir(filepath.Join(dir, render.BicepModules))
	if err != nil {
		return // mostly: there are none
	}
	for _, m := range there {
		name := path.Join(render.BicepModules, m.Name())
		if path.Ext(name) == ".bicep" && !slices.ContainsFunc(files, func(f render.File) bool { return f.Name == name }) {
			fmt.Fprintf(io.Err, "left %s, which is no part of this plan\n", path.Join(filepath.ToSlash(dir), name))
		}
	}
}

// printFiles writes files to standard output: one as it is. Several are one text only where the language allows it.
func printFiles(io cli.IO, f render.Format, files []render.File) error {
	if len(files) > 1 && !f.Joinable {
		names := make([]string, len(files))
		for i, file := range files {
			names[i] = file.Name
		}
		return cli.Usagef("%s for this plan is %d files (%s): name a folder for them with --out", f.Name, len(files), strings.Join(names, ", "))
	}
	for i, file := range files {
		if i > 0 {
			fmt.Fprintln(io.Out)
		}
		if _, err := io.Out.Write(file.Data); err != nil {
			return err
		}
	}
	return nil
}
