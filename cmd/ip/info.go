package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

func newInfo(io cli.IO) *cobra.Command {
	o := newOptions(io)
	o.tableByDefault = true
	o.hostBits.quiet = true // the answer shows the address as written
	var azure bool
	c := &cobra.Command{
		Use:   "info [ENTRY | FILE]…",
		Short: "Everything about a prefix, a range or an address",
		Long: `Everything about a prefix, a range or an address: network, broadcast, usable addresses, what
the range is set aside for, binary form and reverse DNS names.

--azure adds what Azure leaves of the prefix as a subnet: Azure reserves the first four
addresses and the last one, and accepts no IPv4 subnet smaller than a /29.

-o json prints one object for one entry and a list for several; -o plain prints only the
prefixes. The default is the table, on a terminal and elsewhere.`,
		Example: `  aksnet ip info 10.240.0.0/22
  aksnet ip info 10.240.0.0/22 --azure
  aksnet ip info fd00:db8::/64 -o json`,
		RunE: o.run(func(args []string) error {
			describe := func(i ipam.Item) calc.Info { return calc.InfoOf(i, azure) }
			return report.Infos(io.Out, o.list(), o.entries(args), describe)
		}),
	}
	o.addFlags(c)
	c.Flags().BoolVar(&azure, "azure", false, "show what Azure leaves of the prefix as a subnet")
	return c
}
