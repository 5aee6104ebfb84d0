package ip

import (
	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/internal/report"
)

func newFree(io cli.IO) *cobra.Command {
	o := newOptions(io)
	var pool poolFlags
	c := &cobra.Command{
		Use:   "free --in POOL [USED…]",
		Short: "What is free in a pool",
		Long: `What is free in a pool: the free blocks, how many prefixes of each length still fit (one
length at a time), the largest block, and the fragmentation: the part of the free space
outside the largest free block, from 0 to 1.

What is in use comes from --used, USED and -f; without any of them it is read from standard
input (</dev/null for nothing).`,
		Example: `  aksnet ip free --in 10.0.0.0/16 10.0.0.0/20 10.0.32.0/19
  aksnet ip free --in pool.txt --used used.txt -o json`,
		RunE: o.run(func(args []string) error {
			in, used, err := pool.sets(o, args)
			if err != nil {
				return err
			}
			return report.Free(io.Out, o.list(), calc.FreeOf(in, used))
		}),
	}
	o.addFlags(c)
	pool.addFlags(c)
	return c
}
