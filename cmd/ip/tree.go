package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

func newTree(io cli.IO) *cobra.Command {
	o := newOptions(io)
	o.tableByDefault = true
	var in []string
	var usedOnly bool
	c := &cobra.Command{
		Use:   "tree [ENTRY | FILE]…",
		Short: "How prefixes contain each other, with the free space between them",
		Long: `How prefixes contain each other, with the free space between them. The comment after an
entry of a file is shown as its name. --in adds prefixes around the others, so that their
free space is shown. -o plain is the tree without colour; -o json nests objects.`,
		Example: `  aksnet ip tree --in 10.0.0.0/22 10.0.0.0/24 10.0.2.0/26
  aksnet ip tree -f nets.txt`,
		RunE: o.run(func(args []string) error {
			nest, err := o.nest(in, args)
			if err != nil {
				return err
			}
			return report.Tree(io.Out, o.list(), nest, usedOnly)
		}),
	}
	o.addFlags(c)
	c.Flags().StringArrayVar(&in, "in", nil, "an entry or a `FILE` to put around the others (repeatable)")
	c.Flags().BoolVar(&usedOnly, "used-only", false, "leave out free space")
	return c
}

// nest reads the prefixes around the others, and the others. It counts these first, so that their memory is allocated
// at once.
func (o *options) nest(in, args []string) (*ipam.Nest, error) {
	var nest ipam.Nest
	var bad mistakes
	if err := bad.see(o.eachOfArgs(in, nest.Add)); err != nil {
		return nil, err
	}
	entries, n := o.entries(args), 0
	err := entries(func(ipam.Item) { n++ })
	if err == nil {
		nest.Grow(n)
		err = entries(nest.Add)
	}
	if err := bad.see(err); err != nil {
		return nil, err
	}
	return &nest, bad.err()
}
