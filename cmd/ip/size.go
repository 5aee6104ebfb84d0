package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/internal/report"
)

func newSize(io cli.IO) *cobra.Command {
	o := newOptions(io)
	var rule sizeFlags
	c := &cobra.Command{
		Use:   "size HOSTS…",
		Short: "The smallest prefix for a number of hosts",
		Long: `The smallest prefix for a number of hosts. Hosts cannot use the network and broadcast
addresses of an IPv4 prefix; with --azure, the five addresses that Azure reserves in every
subnet (and no subnet is smaller than a /29); with --all they can use every address. In
IPv6 they can use every address; with --azure the prefix is a /64.

HOSTS is a number, also as 2^n or 1_000; several numbers get several answers.`,
		Example: `  aksnet ip size 500
  aksnet ip size 251 252 --azure
  aksnet ip size 2^64 -6`,
		Args: cli.Args("HOSTS", 1, -1),
		RunE: o.run(func(args []string) error {
			if err := rule.check(); err != nil {
				return err
			}
			sizes := make([]calc.Size, len(args))
			for i, arg := range args {
				hosts, err := calc.ParseHosts(arg)
				if err != nil {
					return cli.UsageError{Err: err}
				}
				if sizes[i], err = rule.Size(hosts); err != nil {
					return o.no(err.Error())
				}
			}
			return report.Sizes(io.Out, o.list(), sizes)
		}),
	}
	rule.addFlags(c)
	c.Flags().BoolVarP(&rule.Is6, "ipv6", "6", false, "size an IPv6 prefix")
	o.addOutput(c)
	return c
}

// sizeFlags holds the flags for the addresses that hosts can use.
type sizeFlags struct{ calc.SizeRule }

func (r *sizeFlags) addFlags(c *cobra.Command) {
	c.Flags().
		BoolVar(&r.Azure, "azure", false, "leave out what Azure reserves: five addresses per subnet, none smaller "+
			"than /29")
	c.Flags().BoolVar(&r.All, "all", false, "count every address, also network and broadcast")
}

// check refuses flags that contradict each other.
func (r *sizeFlags) check() error {
	if r.Azure && r.All {
		return cli.Usagef("--azure and --all contradict each other")
	}
	return nil
}
