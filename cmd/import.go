package cmd

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/apply"
	"github.com/aksnet/aksnet/internal/importer"
	"github.com/aksnet/aksnet/spec"
)

// importOptions holds the flags of aksnet import azure.
type importOptions struct {
	azureOptions
	groups, vnets, clusters []string
}

func newImport(io cli.IO) *cobra.Command {
	c := &cobra.Command{
		Use:     "import",
		Short:   "Write a spec from existing resources",
		Example: "  az network vnet list | aksnet import azure - > estate.yaml",
		Args:    cli.KnownCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(newImportAzure(io))
	return c
}

func newImportAzure(io cli.IO) *cobra.Command {
	var o importOptions
	c := &cobra.Command{
		Use:   "azure [JSON…]",
		Short: "Write a spec from VNets and clusters in Azure",
		Long: `Write a spec with existing: true for the VNets, subnets (with the addresses in use), route tables, security groups, NAT
gateways and AKS clusters in Azure, so that a new cluster can be planned beside them.

With files, or - for standard input, it reads saved JSON and does not contact Azure: the output of az network vnet show
or list, az network vnet subnet list or peering list, az network nsg list, az network route-table list, and az aks show
or list. Without files it reads from Azure.`,
		Example: `  aksnet import azure vnet.json aks.json > estate.yaml
  az network vnet list | aksnet import azure -
  aksnet import azure --resource-group rg-hub --vnet vnet-hub`,
		RunE: func(_ *cobra.Command, args []string) error { return o.run(io, args) },
	}
	o.addFlags(c)
	c.Flags().StringSliceVarP(&o.groups, "resource-group", "g", nil,
		"read the VNets and clusters of these resource `GROUPS`")
	c.Flags().StringSliceVar(&o.vnets, "vnet", nil, "read these VNets: `NAMES` or ids")
	c.Flags().StringSliceVar(&o.clusters, "cluster", nil, "read these clusters and their VNets: `NAMES` or ids")
	return c
}

func (o *importOptions) run(io cli.IO, args []string) error {
	e, err := o.read(io, args)
	if err != nil {
		return err
	}
	text, notes, err := e.Spec()
	if err != nil {
		return err
	}
	for _, n := range notes {
		if err := io.Inform("note: %s", n); err != nil {
			return err
		}
	}
	if e.Empty() {
		return fmt.Errorf("found no VNet and no cluster")
	}
	_, err = io.Out.Write(text)
	return err
}

func (o *importOptions) read(io cli.IO, args []string) (*importer.Estate, error) {
	named := len(o.groups)+len(o.vnets)+len(o.clusters) > 0
	switch {
	case named && len(args) > 0:
		return nil, cli.Usagef("with files, Azure is not contacted: remove --resource-group, --vnet and --cluster")
	case len(args) > 0:
		return readEstate(io, args)
	case named || o.subscription != "":
		for _, g := range o.groups {
			if err := checkGroup(g); err != nil {
				return nil, err
			}
		}
		return o.readAzure(io)
	case !io.InTerminal:
		return readEstate(io, []string{"-"})
	}
	return nil, cli.Usagef(
		"nothing to read: name files with JSON from az, or use --resource-group, --vnet, --cluster " +
			"or --subscription",
	)
}

func readEstate(io cli.IO, args []string) (*importer.Estate, error) {
	e := &importer.Estate{}
	for _, name := range args {
		if name == "-" {
			if err := e.Add(spec.Stdin, io.In); err != nil {
				return nil, err
			}
			continue
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("reading resources: %w", err)
		}
		err = e.Add(name, f)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return e, nil
}

func (o *importOptions) readAzure(io cli.IO) (*importer.Estate, error) {
	client, err := o.newClient(io)
	if err != nil {
		return nil, err
	}
	read, step := io.StepCount("reading resources")
	defer step.End()
	e, err := apply.Import(context.Background(), client, apply.ImportOptions{
		Subscription: o.subscriptionID(), ResourceGroups: o.groups, VNets: o.vnets, Clusters: o.clusters,
		Progress: func(n int) { read.Set(n, 0) },
	})
	return e, o.explained(err)
}
