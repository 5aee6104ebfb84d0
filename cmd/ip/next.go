package ip

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/internal/report"
)

func newNext(io cli.IO) *cobra.Command {
	o := newOptions(io)
	var pool poolFlags
	var strategy string
	var number int
	c := &cobra.Command{
		Use:   "next LENGTH… --in POOL [USED…]",
		Short: "The next free prefix of a length",
		Long: `The next free prefix of each LENGTH (24 or /24) in a pool, in the order of the lengths.

What is in use comes from --used, USED and -f; without any of them it is read from standard
input (</dev/null for nothing).

Strategies: best-fit takes the smallest free block that fits, and so places whatever can be
placed at all; first-fit takes the lowest address; last-fit the highest; sparse the start of
the largest free block, so that every prefix has room to grow.

Exit code 1 if not all prefixes fit; nothing is printed then.`,
		Example: `  aksnet ip next 24 --in 10.0.0.0/16 10.0.0.0/20
  aksnet ip next 26 24 --in 10.0.0.0/16 --used used.txt --strategy first-fit
  aksnet ip next /28 --count 4 --strategy sparse --in 10.0.0.0/24 10.0.0.0/28`,
		RunE: o.run(func(args []string) error {
			lengths, rest, err := lengthsOf(args, number)
			if err != nil {
				return err
			}
			if err := cli.OneOf("strategy", strategy, calc.Strategies()...); err != nil {
				return err
			}
			in, used, err := pool.sets(o, rest)
			if err != nil {
				return err
			}
			got, err := calc.Next(in, used, lengths, strategy)
			switch {
			case errors.Is(err, calc.ErrNoRoom):
				return o.no(err.Error())
			case err != nil:
				return cli.UsageError{Err: err}
			}
			return report.Prefixes(io.Out, o.list(), got)
		}),
	}
	o.addFlags(c)
	pool.addFlags(c)
	strategies := calc.Strategies()
	c.Flags().StringVar(&strategy, "strategy", strategies[0], "`STRATEGY`: "+cli.OrList(strategies))
	cli.CompleteFlag(c, "strategy", strategies)
	c.Flags().IntVarP(&number, "count", "n", 1, "how many prefixes of each length")
	return c
}

// lengthsOf returns the arguments that are prefix lengths, each as often as number says, and the other arguments.
func lengthsOf(args []string, number int) (lengths []int, rest []string, err error) {
	if number < 1 || number > calc.MaxPrefixes {
		return nil, nil, cli.Usagef("--count is %d, accepted: 1 to %d", number, calc.MaxPrefixes)
	}
	for _, arg := range args {
		n, ok := calc.ParseLength(arg)
		switch {
		case !ok:
			rest = append(rest, arg)
		case len(lengths)+number > calc.MaxPrefixes:
			return nil, nil, cli.Usagef("too many prefixes, accepted: up to %d", calc.MaxPrefixes)
		default:
			lengths = append(lengths, slices.Repeat([]int{n}, number)...)
		}
	}
	switch {
	case len(lengths) > 0:
		return lengths, rest, nil
	case len(rest) > 0:
		return nil, nil, cli.Usagef("a prefix length is missing, such as 24 or /24; %q is not one", rest[0])
	}
	return nil, nil, cli.Usagef("a prefix length is missing, such as 24 or /24")
}
