package cmd

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/aks"
)

func newIPSize(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	var rule sizeRule
	c := &cobra.Command{
		Use:   "size HOSTS…",
		Short: "The smallest prefix that holds so many hosts",
		Long: `The smallest prefix that holds so many hosts. An IPv4 prefix loses its network and its
broadcast address, with --azure the five that Azure keeps in every subnet (and no subnet
is smaller than a /29), with --all none. IPv6 loses none; with --azure it is a /64.

HOSTS may be written as 2^n.`,
		Example: `  aksnet ip size 500
  aksnet ip size 251 252 --azure
  aksnet ip size 2^64 -6`,
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: o.run(func(args []string) error {
			if rule.azure && rule.all {
				return errSizeRule()
			}
			sizes := make([]ipSize, len(args))
			for i, arg := range args {
				hosts, err := parseHosts(arg)
				if err != nil {
					return err
				}
				if sizes[i], err = rule.size(hosts); err != nil {
					return o.no("%s", err)
				}
			}
			return o.writeSizes(sizes)
		}),
	}
	rule.addFlags(c)
	c.Flags().BoolVarP(&rule.is6, "ipv6", "6", false, "size an IPv6 prefix")
	o.addOutput(c)
	return c
}

// sizeRule says what a subnet keeps for itself.
type sizeRule struct{ azure, all, is6 bool }

func (r *sizeRule) addFlags(c *cobra.Command) {
	c.Flags().BoolVar(&r.azure, "azure", false, "count what Azure keeps: five addresses a subnet, none smaller than /29")
	c.Flags().BoolVar(&r.all, "all", false, "every address counts: nothing is kept for network and broadcast")
}

func errSizeRule() error { return usagef("--azure and --all contradict each other") }

func (r sizeRule) width() int {
	if r.is6 {
		return 128
	}
	return 32
}

// kept is how many addresses a prefix of the given length loses.
func (r sizeRule) kept(length int) int64 {
	switch {
	case r.azure:
		return aks.ReservedPerSubnet
	case r.all || r.is6 || length > 30:
		return 0
	}
	return 2
}

// usable is what a prefix of the given length has for hosts; never less than none.
func (r sizeRule) usable(length int) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(1), uint(r.width()-length))
	n.Sub(n, big.NewInt(r.kept(length)))
	if n.Sign() < 0 || r.azure && !r.is6 && length > aks.SmallestSubnetBits {
		return new(big.Int)
	}
	return n
}

// longest is the length of the smallest prefix to consider.
func (r sizeRule) longest() int {
	switch {
	case r.azure && r.is6:
		return aks.SubnetBits6
	case r.azure:
		return aks.SmallestSubnetBits
	case r.all || r.is6:
		return r.width()
	}
	return 30
}

// ipSize is the answer to one question of "ip size".
type ipSize struct {
	Hosts     count  `json:"hosts"`
	Length    int    `json:"prefixLength"`
	Netmask   string `json:"netmask,omitempty"`
	Addresses count  `json:"addresses"`
	Usable    count  `json:"usable"`
	Spare     count  `json:"spare"` // usable, less the hosts
}

func (r sizeRule) size(hosts *big.Int) (ipSize, error) {
	for length := r.longest(); length >= r.shortest(); length-- {
		usable := r.usable(length)
		if usable.Cmp(hosts) < 0 {
			continue
		}
		s := ipSize{Hosts: count{hosts}, Length: length, Usable: count{usable}, Spare: count{new(big.Int).Sub(usable, hosts)}}
		s.Addresses = count{new(big.Int).Lsh(big.NewInt(1), uint(r.width()-length))}
		if !r.is6 {
			s.Netmask = netmask(length)
		}
		return s, nil
	}
	return ipSize{}, fmt.Errorf("no prefix holds %s hosts: the largest has %s", grouped(hosts), grouped(r.usable(r.shortest())))
}

func (r sizeRule) shortest() int {
	switch {
	case r.azure && r.is6:
		return aks.SubnetBits6
	case r.azure:
		return aks.LargestSubnetBits
	}
	return 0
}

func netmask(length int) string {
	m := ^uint32(0) << (32 - length)
	return fmt.Sprintf("%d.%d.%d.%d", m>>24, m>>16&255, m>>8&255, m&255)
}

// parseHosts reads a count as 500, 1_000, 1,000 or 2^10.
func parseHosts(arg string) (*big.Int, error) {
	text := strings.NewReplacer(",", "", "_", "").Replace(arg)
	var exp uint
	if n, err := fmt.Sscanf(text, "2^%d", &exp); n == 1 && err == nil && exp <= 128 && text == fmt.Sprintf("2^%d", exp) {
		return new(big.Int).Lsh(big.NewInt(1), exp), nil
	}
	n, ok := new(big.Int), text != "" && len(text) < 50 && strings.Trim(text, "0123456789") == ""
	if ok {
		n, ok = n.SetString(text, 10)
	}
	if !ok {
		return nil, usagef("%q is no number of hosts; wanted 500 or 2^9", arg)
	}
	return n, nil
}

func (o *ipOptions) writeSizes(sizes []ipSize) error {
	format, err := o.format(ipPlain)
	switch {
	case err != nil:
		return err
	case format == ipJSON && len(sizes) == 1:
		return writeJSON(o.io.Out, sizes[0])
	case format == ipJSON:
		return writeJSON(o.io.Out, sizes)
	}
	t := &ipRows{header: []string{">HOSTS", "PREFIX", "NETMASK", ">ADDRESSES", ">USABLE", ">SPARE"}}
	for _, s := range sizes {
		if format == ipPlain {
			fmt.Fprintf(o.io.Out, "/%d\n", s.Length)
			continue
		}
		t.add(grouped(s.Hosts.Int), fmt.Sprintf("/%d", s.Length), s.Netmask, grouped(s.Addresses.Int), grouped(s.Usable.Int), grouped(s.Spare.Int))
	}
	if format == ipPlain {
		return nil
	}
	return t.write(o.io.Out, o.paint())
}
