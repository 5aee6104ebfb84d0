package ip

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

// maxSplit is how many prefixes "ip split -o plain" prints; the other formats print calc.MaxPrefixes.
const maxSplit = 1 << 24

// splitOptions holds the flags of "ip split". Exactly one of length, number and parts is set.
type splitOptions struct {
	*options
	rule     sizeFlags
	length   int
	number   uint64
	first    uint64
	parts    []string
	inOrder  bool
	firstSet bool // --first is set
}

func newSplit(io cli.IO) *cobra.Command {
	o := &splitOptions{options: newOptions(io)}
	c := &cobra.Command{
		Use:   "split PREFIX [/LENGTH | NAME=HOSTS…]",
		Short: "Cut a prefix by length, by count, or by named sizes",
		Long: `Cut a prefix into equal parts of a length, into a number of equal parts (or the next power
of two), or into named parts of different sizes (VLSM): NAME=HOSTS or NAME=/LENGTH. The
table shows what each part wastes and what stays free.

Named parts are placed the largest first, which places whatever can be placed; --in-order
places them one after the other instead, so that parts added at the end move nothing.
HOSTS leaves room for network and broadcast; with --azure for Azure's five addresses, with
--all for nothing. A part named _ keeps its place, is not printed and counts as free.

-o plain prints only the prefixes, sorted; the table and JSON also print the names.
Exit code 1 if not all named parts fit; -o plain then prints nothing, since it could not
say which part is missing.`,
		Example: `  aksnet ip split 10.0.0.0/22 /24
  aksnet ip split 10.0.0.0/16 --count 6
  aksnet ip split 10.0.0.0/22 web=200 db=50 gateway=/27 --azure
  aksnet ip split fd00::/32 --length 64 --first 3`,
		Args: cli.Args("PREFIX", 1, -1),
	}
	c.RunE = o.run(func(args []string) error {
		o.firstSet = cli.IsSet(c, "first")
		return o.split(args)
	})
	o.addOutput(c)
	o.rule.addFlags(c)
	f := c.Flags()
	f.IntVarP(&o.length, "length", "l", -1, "length of the parts")
	f.Lookup("length").DefValue = "0" // which help does not show
	f.Uint64VarP(&o.number, "count", "n", 0, "number of parts")
	f.StringArrayVarP(&o.parts, "size", "s", nil, "a `PART`: NAME=HOSTS or NAME=/LENGTH (repeatable)")
	f.BoolVar(&o.inOrder, "in-order", false, "place named parts one after the other")
	f.Uint64Var(&o.first, "first", 0, "print only the first `N` equal parts")
	return c
}

func (o *splitOptions) split(args []string) error {
	p, err := o.prefix(args[0])
	if err != nil {
		return err
	}
	o.readArgs(args[1:])
	o.rule.Is6 = p.Addr().Is6()
	if err := o.check(); err != nil {
		return err
	}
	if len(o.parts) > 0 {
		return o.splitNamed(p)
	}
	return o.splitEqual(p)
}

// prefix reads the prefix to split.
func (o *splitOptions) prefix(text string) (netip.Prefix, error) {
	item, err := ipam.ParseItem(text)
	if err != nil {
		return netip.Prefix{}, cli.UsageError{Err: err}
	}
	p, ok := item.Prefix()
	if !ok {
		return p, cli.Usagef("%s is not a single prefix; aksnet ip range prints its prefixes", item)
	}
	o.hostBits.see(item)
	return p, nil
}

// readArgs reads the arguments after the prefix: a length, which must be the first one, and parts.
func (o *splitOptions) readArgs(args []string) {
	for _, arg := range args {
		if n, ok := calc.ParseLength(arg); ok && o.length < 0 {
			o.length = n
		} else {
			o.parts = append(o.parts, arg)
		}
	}
}

// check refuses flags that contradict each other.
func (o *splitOptions) check() error {
	ways := 0
	for _, asked := range []bool{o.length >= 0, o.number > 0, len(o.parts) > 0} {
		if asked {
			ways++
		}
	}
	switch {
	case ways != 1:
		return cli.Usagef("split by one of: a length, --count, or named parts")
	case o.firstSet && (o.first == 0 || len(o.parts) > 0):
		return cli.Usagef("--first is how many equal parts to print, 1 or more")
	}
	return o.rule.check()
}

func (o *splitOptions) splitEqual(p netip.Prefix) error {
	if o.number > 0 {
		var ok bool
		if o.length, ok = calc.LengthFor(p, o.number); !ok {
			size := calc.Count{Int: ipam.Count(p)}.InAddresses()
			return o.no(fmt.Sprintf("%s has only %s, too few for %d parts", p, size, o.number))
		}
		if o.first == 0 || o.first > o.number {
			o.first = o.number
		}
	}
	list, limit := o.list(), uint64(calc.MaxPrefixes)
	if list.Format == report.ListPlain {
		limit = maxSplit
	}
	parts, err := calc.SplitEqual(p, o.length, o.first, limit)
	if err == nil {
		err = o.rule.Check(o.length)
	}
	switch {
	case errors.Is(err, calc.ErrTooMany):
		return cli.Usagef("%w: --first N prints N of them", err)
	case err != nil:
		return cli.UsageError{Err: err}
	}
	return report.EqualSplit(o.io.Out, list, parts)
}

func (o *splitOptions) splitNamed(p netip.Prefix) error {
	parts := make([]calc.Part, len(o.parts))
	for i, text := range o.parts {
		var err error
		switch parts[i], err = o.rule.ParsePart(text); {
		case errors.Is(err, calc.ErrNoRoom):
			return o.no(err.Error())
		case err != nil:
			return cli.UsageError{Err: err}
		}
	}
	split, err := calc.SplitNamed(p, parts, o.inOrder)
	if err != nil {
		return err
	}
	if list := o.list(); len(split.Unplaced) == 0 || list.Format != report.ListPlain {
		if err := report.Split(o.io.Out, list, split); err != nil {
			return err
		}
	}
	if len(split.Unplaced) > 0 {
		return o.no(fmt.Sprintf("no room for %s in %s", strings.Join(split.Unplaced, ", "), p))
	}
	return nil
}
