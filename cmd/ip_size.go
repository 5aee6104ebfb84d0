package cmd

import (
	"bufio"
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

HOSTS is a number, also as 2^n or 1_000; several are several questions.`,
		Example: `  aksnet ip size 500
  aksnet ip size 251 252 --azure
  aksnet ip size 2^64 -6`,
		Args: takes("HOSTS", 1, -1),
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

// check says whether a prefix of the given length can be a subnet.
func (r sizeRule) check(length int) error {
	switch {
	case !r.azure || length >= r.shortest() && length <= r.longest():
		return nil
	case r.is6:
		return usagef("Azure makes no /%d: an IPv6 subnet is exactly a /%d there", length, aks.SubnetBits6)
	}
	return usagef("Azure makes no /%d: an IPv4 subnet is a /%d to a /%d there", length, aks.LargestSubnetBits, aks.SmallestSubnetBits)
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

// parseHosts reads a count as 500, 1_000 or 2^10. A comma is refused: 50,200 may be two sizes as well.
func parseHosts(arg string) (*big.Int, error) {
	text, ok := withoutGroups(arg)
	var exp uint
	if n, err := fmt.Sscanf(text, "2^%d", &exp); n == 1 && err == nil && exp <= 128 && text == fmt.Sprintf("2^%d", exp) {
		return new(big.Int).Lsh(big.NewInt(1), exp), nil
	}
	n, digits := new(big.Int), text != "" && len(text) < 50 && strings.Trim(text, "0123456789") == ""
	if ok && digits {
		n, ok = n.SetString(text, 10)
	}
	switch {
	case ok && digits:
		return n, nil
	case strings.Contains(arg, ","):
		return nil, usagef("%q has a comma: several numbers of hosts are several arguments, and a large one is 1000 or 1_000", arg)
	}
	return nil, usagef("%q is not a number of hosts; wanted 500, 1_000 or 2^9", arg)
}

// withoutGroups is a number without the _ between its groups of three digits. It reports false when there are other groups.
func withoutGroups(number string) (string, bool) {
	groups := strings.Split(number, "_")
	for i, g := range groups {
		if len(groups) > 1 && (len(g) > 3 || i > 0 && len(g) != 3 || g == "") {
			return number, false
		}
	}
	return strings.Join(groups, ""), true
}

func (o *ipOptions) writeSizes(sizes []ipSize) error {
	switch format := o.format(); {
	case format == ipJSON && len(sizes) == 1:
		return writeJSON(o.io.Out, sizes[0])
	case format == ipJSON:
		return writeJSON(o.io.Out, sizes)
	case format == ipPlain:
		out := bufio.NewWriter(o.io.Out)
		for _, s := range sizes {
			fmt.Fprintf(out, "/%d\n", s.Length)
		}
		return out.Flush()
	}
	t := &ipRows{header: []string{">HOSTS", "PREFIX", "NETMASK", ">ADDRESSES", ">USABLE", ">SPARE"}}
	for _, s := range sizes {
		t.add(grouped(s.Hosts.Int), fmt.Sprintf("/%d", s.Length), s.Netmask, grouped(s.Addresses.Int), grouped(s.Usable.Int), grouped(s.Spare.Int))
	}
	return t.write(o.io.Out, o.paint())
}
