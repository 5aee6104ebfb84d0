package cmd

import (
	"bufio"
	"fmt"
	"math/big"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

func newIPDiff(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	c := &cobra.Command{
		Use:   "diff [OLD] NEW",
		Short: "What two lists do not have in common",
		Long: `What two lists, each an entry or a file, do not have in common: addresses, however they are
written. OLD is what -f gives; without -f it is the first argument; with a single argument
it is standard input.

-o plain prints what only OLD has behind a -, then what only NEW has behind a +.
Exit code 0 when both cover the same addresses, 1 when they differ.`,
		Example: `  aksnet ip diff old.txt new.txt
  aksnet ip diff 10.0.0.0-10.0.1.255 10.0.0.0/23`,
		Args: takes("NEW", 1, 2),
		RunE: o.run(func(args []string) error {
			old, rest := o.first(args)
			sets, err := o.sets(old, o.argList(rest...))
			if err != nil {
				return err
			}
			before, after := sets[0], sets[1]
			return o.writeDiff(before.Subtract(after), after.Subtract(before))
		}),
	}
	o.addFlags(c)
	return c
}

func (o *ipOptions) writeDiff(removed, added *ipam.Set) error {
	var err error
	switch format := o.format(); format {
	case ipJSON:
		sums := map[string]any{
			"removed": []string{}, "removedAddresses": count{removed.Count()},
			"added": []string{}, "addedAddresses": count{added.Count()},
		}
		err = writeJSONLists(o.io.Out, sums, map[string]*ipam.Set{"removed": removed, "added": added})
	default:
		err = o.writeDiffLines(removed, added, format == ipTable)
	}
	if err == nil && !(removed.IsEmpty() && added.IsEmpty()) {
		return errFindings
	}
	return err
}

func (o *ipOptions) writeDiffLines(removed, added *ipam.Set, sums bool) error {
	out, p := bufio.NewWriter(o.io.Out), o.paint()
	writeSigned(out, removed, p.wrap("31", "-"))
	writeSigned(out, added, p.wrap("32", "+"))
	if sums {
		fmt.Fprintf(out, "%s removed, %s added\n", addresses(removed.Count()), addresses(added.Count()))
	}
	return out.Flush()
}

func writeSigned(out *bufio.Writer, s *ipam.Set, sign string) {
	line := []byte(nil)
	for q := range s.Prefixes() {
		line = append(q.AppendTo(append(line[:0], sign...)), '\n')
		out.Write(line)
	}
}

func addresses(n *big.Int) string { return plural(n, "address", "addresses") }
