package cmd

import (
	"fmt"
	stdio "io"
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

// renderOptions holds the flags of aksnet render.
type renderOptions struct {
	checkOptions
	out     string
	cloud   string
	variant string
	graph   resource.Options
}

func newRender(io cli.IO) *cobra.Command {
	c := &cobra.Command{
		Use:   "render FORMAT [FILE…]",
		Short: "Write the plan as infrastructure code",
		Long: `Write the networks of the plan as infrastructure code: VNets, subnets, route tables, security groups, NAT gateways and
peerings. Nothing is written if there are errors. --only and --skip do not hide errors; a waiver in the spec accepts one.

Without --out the code goes to standard output.`,
		Example: `  aksnet render bicep aksnet.yaml
  aksnet render arm aksnet.yaml --out infra
  aksnet render terraform --provider azurerm aksnet.yaml --out infra`,
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
		Use:               f.Name + " [FILE…]",
		Short:             "Write the plan as " + f.Title,
		Example:           renderExample(f),
		ValidArgsFunction: completeSpecs,
		RunE: func(c *cobra.Command, args []string) error {
			if o.out == "" && cli.IsSet(c, "out") {
				return cli.Usagef("--out is empty, expected a folder, or - for standard output")
			}
			return o.run(io, c, f, args)
		},
	}
	o.addRules(c, "errors")
	o.ledger.addLedger(c)
	c.Flags().StringVar(&o.out, "out", "", "write the files into this `FOLDER` instead of to standard output")
	if err := c.MarkFlagDirname("out"); err != nil {
		panic("cmd: " + err.Error())
	}
	o.addVariants(c, f)
	o.addGraph(c)
	return c
}

// renderExample returns the examples of a format: two, and one for each variant that is not the default.
func renderExample(f render.Format) string {
	lines := []string{
		fmt.Sprintf("  aksnet render %s aksnet.yaml", f.Name),
		fmt.Sprintf("  aksnet render %s aksnet.yaml --out infra", f.Name),
	}
	for _, v := range f.Variants[1:] {
		lines = append(lines, fmt.Sprintf("  aksnet render %s --%s %s aksnet.yaml", f.Name, f.Flag, v.Name))
	}
	return strings.Join(lines, "\n")
}

// addVariants adds the flag that selects a variant of a format, if it has several.
func (o *renderOptions) addVariants(c *cobra.Command, f render.Format) {
	o.variant = f.Variants[0].Name
	if f.Flag == "" {
		return
	}
	c.Flags().StringVar(&o.variant, f.Flag, o.variant, f.FlagTitle+": "+cli.OrList(f.Words()))
	cli.CompleteFlag(c, f.Flag, f.Words())
}

// addGraph adds the flags for what is written in addition to the plan.
func (o *renderOptions) addGraph(c *cobra.Command) {
	f := c.Flags()
	f.BoolVar(&o.graph.Lockdown, "lockdown", false,
		"deny by default in security groups, and add a firewall policy with what clusters must reach")
	f.BoolVar(&o.graph.RoleAssignments, "role-assignments", false,
		"add an identity for every cluster, with the roles that it needs in its network")
	f.BoolVar(&o.graph.Clusters, "clusters", false, "add the clusters, with their network settings only")
	f.StringVar(&o.place.Subscription, "subscription", "", "subscription `ID` of resources that have none in the spec")
	f.StringVar(
		&o.place.ResourceGroup,
		"resource-group",
		"",
		"resource group `NAME` of resources that have none in the spec",
	)
	f.StringVar(&o.place.Location, "location", "", "`REGION` of resources that have none in the spec")
	f.StringVar(&o.cloud, "cloud", "", "`CLOUD` whose endpoints the firewall policy allows: "+
		cli.OrList(cloudWords())+" (default: by the region of each cluster)")
	cli.CompleteFlag(c, "cloud", cloudWords())
}

func cloudWords() (words []string) {
	for _, c := range aks.Clouds() {
		words = append(words, string(c.Cloud))
	}
	return words
}

func (o *renderOptions) run(io cli.IO, c *cobra.Command, f render.Format, args []string) error {
	if err := checkCloud(c, &o.cloud); err != nil {
		return err
	}
	if err := checkPlace(o.place); err != nil {
		return err
	}
	variant, ok := f.Variant(o.variant)
	if !ok {
		return cli.OneOf(f.Flag, o.variant, f.Words()...)
	}
	p, err := o.requireNoErrors(io, args, "nothing was written")
	if err != nil {
		return err
	}
	o.graph.Cloud = aks.Cloud(o.cloud)
	rendering := io.Step("rendering %s", f.Name)
	files, err := variant.Write(resource.BuildWith(p, o.graph), render.Options{Generator: "aksnet " + version()})
	rendering.End()
	if err != nil {
		return fmt.Errorf("rendering %s: %w", f.Name, err)
	}
	if o.out != "" && o.out != "-" {
		if err := writeFiles(io, o.out, files); err != nil {
			return err
		}
		return reportStaleModules(io, o.out, files)
	}
	return printFiles(io, f, files)
}

// reportStaleModules names the Bicep modules of an earlier run that are not part of this plan. They are harmless, and
// may not be ours to delete.
func reportStaleModules(io cli.IO, dir string, files []render.File) error {
	if files[0].Name != render.BicepMain {
		return nil
	}
	there, err := os.ReadDir(filepath.Join(dir, render.BicepModules))
	if err != nil {
		return nil // usually there are none
	}
	for _, m := range there {
		name := path.Join(render.BicepModules, m.Name())
		if path.Ext(name) != ".bicep" || slices.ContainsFunc(files, func(f render.File) bool { return f.Name == name }) {
			continue
		}
		err := io.Inform("kept %s, which is not part of this plan", path.Join(filepath.ToSlash(dir), name))
		if err != nil {
			return err
		}
	}
	return nil
}

// printFiles writes files to standard output. Several files need a language that can read them as one.
func printFiles(io cli.IO, f render.Format, files []render.File) error {
	if len(files) > 1 && !f.Joinable {
		names := make([]string, len(files))
		for i, file := range files {
			names[i] = file.Name
		}
		return cli.Usagef("%s for this plan is %d files (%s): use --out to name a folder for them",
			f.Name, len(files), strings.Join(names, ", "))
	}
	return io.Page(func(w stdio.Writer) error {
		for i, file := range files {
			if i > 0 {
				fmt.Fprintln(w)
			}
			if _, err := w.Write(file.Data); err != nil {
				return err
			}
		}
		return nil
	})
}
