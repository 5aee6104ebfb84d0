package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/ipam"
)

// poolFlags holds the flags for a pool and what is in use in it.
type poolFlags struct{ in, used []string }

func (p *poolFlags) addFlags(c *cobra.Command) {
	c.Flags().StringArrayVar(&p.in, "in", nil, "the `POOL`: an entry or a file (repeatable)")
	c.Flags().StringArrayVar(&p.used, "used", nil, "what is in `USE`: an entry or a file (repeatable)")
}

// sets reads the pool and what is in use, from the flags, the arguments and standard input. Nothing is in use if
// nothing is named and standard input is a terminal.
func (p *poolFlags) sets(o *options, args []string) (in, used *ipam.Set, err error) {
	if len(p.in) == 0 {
		return nil, nil, cli.Usagef("--in is missing: name the prefixes to search for free space")
	}
	all := []func() (*ipam.Set, error){o.ofArgs(p.in...), o.ofArgs(p.used...)}
	if named := len(args)+len(o.files) > 0; named || len(p.used) == 0 && !o.io.InTerminal {
		all = append(all, o.all(args))
	}
	sets, err := o.sets(all...)
	if err != nil {
		return nil, nil, err
	}
	used = sets[1]
	for _, more := range sets[2:] {
		used = used.Union(more)
	}
	return sets[0], used, nil
}
