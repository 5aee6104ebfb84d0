package cmd

import (
	"net/netip"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/shell"
	"github.com/aksnet/aksnet/internal/starter"
)

// initOptions holds the flags of aksnet init.
type initOptions struct {
	starter.Options
	addressSpace string
	pools        []string
	file         string
	force        bool
}

func newInit(io cli.IO) *cobra.Command {
	var o initOptions
	c := &cobra.Command{
		Use:   "init",
		Short: "Write a commented starter spec",
		Long: `Write a spec for one cluster, commented, and valid as written. Flags choose what it contains; without flags, init asks
on a terminal; ? explains a question. Nothing is written that validate would warn of. An existing file is only
overwritten with --force, or after a question.

For completion in an editor, the spec names the JSON Schema aksnet.schema.json beside it, which aksnet schema prints.`,
		Example: `  aksnet init --name shop --pool system=3 --pool apps=2-40
  aksnet init --name shop --model pod-subnet --address-space 10.60.0.0/14 --private -o -
  aksnet init --name web --vnet vnet-hub --location northeurope -o web.yaml --force`,
		Args: cli.Args("", 0, 0),
		RunE: func(c *cobra.Command, _ []string) error { return o.run(io, asks(io, c)) },
	}
	d := starter.Defaults()
	f := c.Flags()
	f.StringVar(&o.Name, "name", "", "`NAME` of the cluster (default "+d.Name+")")
	f.StringVar(&o.Location, "location", "", "Azure `REGION` (default "+d.Location+")")
	f.StringVar(
		&o.ResourceGroup,
		"resource-group",
		"",
		"resource group `NAME` (default rg- and the name of the cluster)",
	)
	f.StringVar(&o.Model, "model", "", "network `MODEL`: "+cli.OrList(starter.Models())+" (default "+d.Model+")")
	f.StringVar(&o.VNet, "vnet", "",
		"`NAME` of the VNet, or managed for a VNet that AKS manages (default: a VNet of its own)")
	f.StringVar(&o.addressSpace, "address-space", "",
		"address `RANGE` for the VNet (default "+d.AddressSpace.String()+")")
	f.StringArrayVar(&o.pools, "pool", nil,
		"node pool as `NAME=COUNT` or NAME=MIN-MAX (repeatable; default system=3, apps=2-10)")
	f.BoolVar(&o.Private, "private", false, "private cluster")
	f.StringVarP(&o.file, "out", "o", defaultFile, "`FILE` to write, or - for standard output")
	f.BoolVar(&o.force, "force", false, "overwrite the file if it exists")
	cli.CompleteFlag(c, "model", starter.Models())
	return c
}

// asks reports whether to ask questions: on a terminal, without a flag that answers one.
func asks(io cli.IO, c *cobra.Command) bool {
	answers := []string{"name", "location", "resource-group", "model", "vnet", "address-space", "pool", "private"}
	for _, flag := range answers {
		if c.Flags().Changed(flag) {
			return false
		}
	}
	return io.InTerminal && io.ErrTerminal
}

func (o *initOptions) run(io cli.IO, ask bool) error {
	a := newAsker(io)
	if err := o.vacant(a, ask); err != nil {
		return err
	}
	if err := o.readFlags(); err != nil {
		return err
	}
	if ask {
		if err := o.ask(io, a); err != nil {
			return o.again(err)
		}
	}
	o.Options = o.complete(io.Today())
	if err := o.Check(); err != nil {
		return cli.UsageError{Err: err}
	}
	text := starter.Spec(o.Options)
	if err := o.validate(io, text); err != nil {
		return err
	}
	if o.file == "-" {
		_, err := io.Out.Write(text)
		return err
	}
	if err := io.Whole(func() error { return writeNew(o.file, text, o.force) }); err != nil {
		if ask {
			err = o.again(err)
		}
		return err
	}
	return io.Inform("wrote %s; see the plan with: aksnet plan %s", o.file, shell.File(o.file))
}

// readFlags parses the flags that are not plain text.
func (o *initOptions) readFlags() error {
	if o.addressSpace != "" {
		p, err := netip.ParsePrefix(o.addressSpace)
		if err != nil {
			return cli.Usagef("--address-space is %q, expected a range such as 10.40.0.0/16", o.addressSpace)
		}
		o.AddressSpace = p
	}
	for _, text := range o.pools {
		p, err := starter.ParsePool(text)
		if err != nil {
			return cli.Usagef("--pool: %w", err)
		}
		o.Pools = append(o.Pools, p)
	}
	return nil
}
