package cmd

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

// maxNext is how many prefixes "ip next" and the tables of "ip split" give in one go.
const maxNext = 1 << 20

func newIPNext(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	var pool poolFlags
	var strategy string
	var number int
	c := &cobra.Command{
		Use:   "next LENGTH… --in POOL [USED…]",
		Short: "The next free prefix of a length",
		Long: `The next free prefix of each LENGTH (24 or /24) in a pool, in the order asked for.

What is in use comes from --used, USED and -f; without any of them it is read from standard
input (</dev/null for nothing).

The strategies: best-fit takes the smallest free block that fits, and so places whatever
can be placed at all; first-fit the lowest address; last-fit the highest; sparse the start
of the largest free block, which leaves every prefix room to grow.

Exit code 1 when not everything found room; nothing is printed then.`,
		Example: `  aksnet ip next 24 --in 10.0.0.0/16 10.0.0.0/20
  aksnet ip next 26 24 --in 10.0.0.0/16 --used used.txt --strategy first-fit
  aksnet ip next /28 --count 4 --strategy sparse --in 10.0.0.0/24 10.0.0.0/28`,
		RunE: o.run(func(args []string) error {
			lengths, used, err := lengthsOf(args, number)
			if err != nil {
				return err
			}
			s, err := strategyOf(strategy)
			if err != nil {
				return err
			}
			in, inUse, err := pool.sets(o, used)
			if err != nil {
				return err
			}
			return o.next(in, inUse, lengths, s)
		}),
	}
	o.addFlags(c)
	pool.addFlags(c)
	c.Flags().StringVar(&strategy, "strategy", "best-fit", "`STRATEGY`: best-fit, first-fit, last-fit or sparse")
	completeFlag(c, "strategy", strategyNames())
	c.Flags().IntVarP(&number, "count", "n", 1, "how many of each length")
	return c
}

// strategyNames is in the order of the strategies of ipam.
func strategyNames() []string { return []string{"best-fit", "first-fit", "last-fit", "sparse"} }

func strategyOf(name string) (ipam.Strategy, error) {
	if err := oneOf("strategy", name, strategyNames()...); err != nil {
		return 0, err
	}
	return ipam.Strategy(slices.Index(strategyNames(), name)), nil
}

// lengthsOf takes the arguments that are prefix lengths, each so many times, and returns the others.
func lengthsOf(args []string, times int) (lengths []int, rest []string, err error) {
	if times < 1 || times > maxNext {
		return nil, nil, usagef("--count is %d, accepted: 1 to %d", times, maxNext)
	}
	for _, arg := range args {
		n, ok := parseLength(arg)
		switch {
		case !ok:
			rest = append(rest, arg)
		case len(lengths)+times > maxNext:
			return nil, nil, usagef("more than %d prefixes asked for", maxNext)
		default:
			lengths = append(lengths, slices.Repeat([]int{n}, times)...)
		}
	}
	switch {
	case len(lengths) > 0:
		return lengths, rest, nil
	case len(rest) > 0:
		return nil, nil, usagef("a prefix length is missing, 24 or /24 for example; %q is none", rest[0])
	}
	return nil, nil, usagef("a prefix length is missing, 24 or /24 for example")
}

// parseLength reads 24 and /24.
func parseLength(s string) (int, bool) {
	digits := strings.TrimPrefix(s, "/")
	n, err := strconv.ParseUint(digits, 10, 8)
	return int(n), err == nil && n <= 128 && (digits == "0" || digits[0] != '0')
}

func (o *ipOptions) next(in, used *ipam.Set, lengths []int, s ipam.Strategy) error {
	format := o.format()
	pool, err := ipam.PoolWithout(in, used)
	if err != nil {
		return usagef("%w: leave the IPv4 or the IPv6 prefixes out of --in", err)
	}
	if most := widthOf(pool); slices.Max(lengths) > most {
		return usagef("/%d is longer than an address of the pool, which has %d bits", slices.Max(lengths), most)
	}
	got := make([]netip.Prefix, len(lengths))
	for i, length := range lengths {
		var ok bool
		if got[i], ok = pool.AllocateWith(length, s); !ok {
			return o.no("no free /%d%s%s", length, largestFree(pool), afterwards(got[:i]))
		}
	}
	switch format {
	case ipJSON:
		return writeJSON(o.io.Out, map[string]any{"prefixes": got})
	case ipTable:
		_, err := o.writePrefixTable(o.io.Out, slices.Values(got))
		return err
	}
	return writePrefixes(o.io.Out, got)
}

// widthOf is how many bits an address of the pool has.
func widthOf(p *ipam.Pool) int {
	if p.Is6() {
		return 128
	}
	return 32
}

// afterwards says what was found before there was no room.
func afterwards(got []netip.Prefix) string {
	switch len(got) {
	case 0:
		return ""
	case 1:
		return ", once " + got[0].String() + " is taken"
	}
	return fmt.Sprintf(", once %d others are taken", len(got))
}

// largestFree explains why nothing fitted.
func largestFree(p *ipam.Pool) string {
	if bits, ok := p.Largest(); ok {
		return fmt.Sprintf(": the largest free block is a /%d", bits)
	}
	return ": nothing is free"
}
