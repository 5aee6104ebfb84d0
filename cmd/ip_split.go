package cmd

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
	"math/bits"
	"net/netip"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

// maxSplit is how many prefixes "ip split -o plain" prints; the other formats stop at maxNext.
const maxSplit = 1 << 24

// splitOptions is how to split; one of length, number and sizes is set.
type splitOptions struct {
	*ipOptions
	rule     sizeRule
	length   int
	number   uint64
	first    uint64
	sizes    []string
	inOrder  bool
	firstSet bool // --first was given
}

func newIPSplit(io IO) *cobra.Command {
	o := &splitOptions{ipOptions: &ipOptions{io: io}, length: -1}
	c := &cobra.Command{
		Use:   "split PREFIX [/LENGTH | NAME=HOSTS…]",
		Short: "Cut a prefix by length, by count, or by named sizes",
		Long: `Cut a prefix into equal parts of a length, into a number of equal parts (the smallest
that give so many), or into named parts of different sizes (VLSM): NAME=HOSTS or
NAME=/LENGTH. The table shows what each part wastes and what stays free.

Named parts are placed the largest first, which places whatever can be placed; --in-order
puts them one behind the other instead, so that parts added at the end move nothing.
HOSTS leaves room for network and broadcast, with --azure for Azure's five, with --all
for nothing. A part named _ keeps its place, is not printed and counts as free.

-o plain prints the prefixes alone, sorted; the names stand in the table and in JSON.
Exit code 1 when not all named parts fit.`,
		Example: `  aksnet ip split 10.0.0.0/22 /24
  aksnet ip split 10.0.0.0/16 --count 6
  aksnet ip split 10.0.0.0/22 web=200 db=50 gateway=/27 --azure
  aksnet ip split fd00::/32 --length 64 --first 3`,
		Args: takes("PREFIX", 1, -1),
	}
	c.RunE = o.run(func(args []string) error {
		o.firstSet = given(c, "first")
		return o.split(args)
	})
	o.addOutput(c)
	o.rule.addFlags(c)
	c.Flags().IntVarP(&o.length, "length", "l", -1, "length of the parts")
	c.Flags().Lookup("length").DefValue = "0" // which help does not show
	c.Flags().Uint64VarP(&o.number, "count", "n", 0, "number of parts")
	c.Flags().StringArrayVarP(&o.sizes, "size", "s", nil, "a `PART`: NAME=HOSTS or NAME=/LENGTH (repeatable)")
	c.Flags().BoolVar(&o.inOrder, "in-order", false, "place named parts one behind the other")
	c.Flags().Uint64Var(&o.first, "first", 0, "print only the first `N` equal parts")
	return c
}

func (o *splitOptions) split(args []string) error {
	item, err := ipam.ParseItem(args[0])
	if err != nil {
		return usagef("%w", err)
	}
	p, ok := item.Prefix()
	if !ok {
		return usagef("%s is not a single prefix; ip range makes prefixes of it", item)
	}
	o.masked.see(item)
	for _, arg := range args[1:] {
		if n, ok := parseLength(arg); ok && o.length < 0 {
			o.length = n
		} else {
			o.sizes = append(o.sizes, arg)
		}
	}
	o.rule.is6 = p.Addr().Is6()
	switch {
	case o.rule.azure && o.rule.all:
		return errSizeRule()
	case o.ways() != 1:
		return usagef("split by one of: a length, --count, or named parts")
	case o.firstSet && (o.first == 0 || len(o.sizes) > 0):
		return usagef("--first is how many equal parts to print, 1 or more")
	case len(o.sizes) > 0:
		return o.splitNamed(p)
	case o.number > 0:
		o.length = p.Bits() + bits.Len64(o.number-1)
		if o.length > p.Addr().BitLen() {
			return o.no("%s has only %s, too few for %d parts", p, addresses(ipam.Count(p)), o.number)
		}
		if o.first == 0 || o.first > o.number {
			o.first = o.number
		}
	}
	return o.splitEqual(p)
}

// ways is how many ways to split were asked for.
func (o *splitOptions) ways() int {
	n := min(len(o.sizes), 1)
	if o.length >= 0 {
		n++
	}
	if o.number > 0 {
		n++
	}
	return n
}

func (o *splitOptions) splitEqual(p netip.Prefix) error {
	format := o.format()
	width := p.Addr().BitLen()
	if o.length < p.Bits() || o.length > width {
		return usagef("%s has no parts of length /%d: wanted /%d to /%d", p, o.length, p.Bits(), width)
	}
	if err := o.rule.check(o.length); err != nil {
		return err
	}
	most := uint64(maxNext)
	if format == ipPlain {
		most = maxSplit
	}
	parts := new(big.Int).Lsh(big.NewInt(1), uint(o.length-p.Bits()))
	n := parts
	if first := new(big.Int).SetUint64(o.first); o.first > 0 && first.Cmp(parts) < 0 {
		n = first
	}
	if n.Cmp(new(big.Int).SetUint64(most)) > 0 {
		return usagef("%s has %s parts of length /%d, more than the %d that -o %s prints: --first N prints N of them",
			p, grouped(parts), o.length, most, format)
	}
	return o.writeEqual(p, n.Uint64(), count{parts}, format)
}

func (o *splitOptions) writeEqual(p netip.Prefix, n uint64, parts count, format string) error {
	subnets := func(yield func(netip.Prefix) bool) {
		for i := range n {
			if sub, _ := ipam.NthSubnet(p, o.length, i); !yield(sub) {
				return
			}
		}
	}
	out := bufio.NewWriter(o.io.Out)
	switch format {
	case ipPlain:
		line := make([]byte, 0, 64)
		for s := range subnets {
			out.Write(append(s.AppendTo(line), '\n'))
		}
	case ipJSON:
		list := slices.AppendSeq(make([]netip.Prefix, 0, n), subnets)
		return writeJSON(o.io.Out, map[string]any{"prefix": p, "prefixLength": o.length, "parts": parts, "prefixes": list})
	default:
		if _, err := o.writePrefixTable(out, subnets); err != nil {
			return err
		}
		if shown := new(big.Int).SetUint64(n); shown.Cmp(parts.Int) < 0 {
			fmt.Fprintf(out, "\n%s of %s parts of length /%d\n", grouped(shown), grouped(parts.Int), o.length)
		}
	}
	return out.Flush()
}

// ipPart is a named part of a split.
type ipPart struct {
	Name      string `json:"name"`
	Prefix    string `json:"prefix,omitempty"` // empty when it found no room
	Length    int    `json:"prefixLength"`
	Hosts     *count `json:"hosts,omitempty"` // as asked for; nil for a part given by length
	Addresses count  `json:"addresses"`
	Usable    count  `json:"usable"`
	Waste     *count `json:"waste,omitempty"` // usable, less the hosts
	placed    netip.Prefix
}

// ipSplit is the answer of a split by named sizes.
type ipSplit struct {
	Prefix   netip.Prefix `json:"prefix"`
	Parts    []ipPart     `json:"subnets"`
	Free     []string     `json:"freePrefixes"`
	FreeSize count        `json:"freeAddresses"`
	Unplaced []string     `json:"unplaced"`
}

func (o *splitOptions) splitNamed(p netip.Prefix) error {
	format := o.format()
	parts := make([]ipPart, len(o.sizes))
	for i, text := range o.sizes {
		part, err := o.part(text)
		if err != nil {
			return err
		}
		parts[i] = part
	}
	s, err := o.place(p, parts)
	if err != nil {
		return err
	}
	switch format {
	case ipJSON:
		err = writeJSON(o.io.Out, s)
	case ipTable:
		err = s.write(o.io.Out, o.paint())
	default:
		var placed []netip.Prefix
		for _, part := range s.Parts {
			if part.placed.IsValid() {
				placed = append(placed, part.placed)
			}
		}
		slices.SortFunc(placed, func(a, b netip.Prefix) int { return a.Addr().Compare(b.Addr()) })
		err = writePrefixes(o.io.Out, placed)
	}
	if err == nil && len(s.Unplaced) > 0 {
		return o.no("no room for %s in %s", report.Printable(strings.Join(s.Unplaced, ", ")), p)
	}
	return err
}

func (o *splitOptions) part(text string) (ipPart, error) {
	name, size, ok := strings.Cut(text, "=")
	if !ok || name == "" || size == "" {
		return ipPart{}, usagef("%q is not a part; wanted NAME=HOSTS or NAME=/LENGTH", text)
	}
	part := ipPart{Name: name}
	if strings.HasPrefix(size, "/") {
		if part.Length, ok = parseLength(size); !ok || part.Length > o.rule.width() {
			return part, usagef("%q: the length must be /0 to /%d", text, o.rule.width())
		}
		if err := o.rule.check(part.Length); err != nil {
			return part, usagef("%q: %w", text, err)
		}
	} else {
		hosts, err := parseHosts(size)
		if err != nil {
			return part, err
		}
		answer, err := o.rule.size(hosts)
		if err != nil {
			return part, o.no("%s: %v", report.Printable(name), err)
		}
		part.Length, part.Hosts, part.Waste = answer.Length, &answer.Hosts, &answer.Spare
	}
	part.Addresses = count{new(big.Int).Lsh(big.NewInt(1), uint(o.rule.width()-part.Length))}
	part.Usable = count{o.rule.usable(part.Length)}
	return part, nil
}

// place finds room for parts in p and says what stays free.
func (o *splitOptions) place(p netip.Prefix, parts []ipPart) (*ipSplit, error) {
	lengths := make([]int, len(parts))
	for i, part := range parts {
		lengths[i] = part.Length
	}
	pool, err := ipam.NewPool(p)
	if err != nil {
		return nil, err
	}
	var placed []netip.Prefix
	if o.inOrder {
		placed, _ = ipam.Sequence(p, lengths)
		placed = append(placed, make([]netip.Prefix, len(lengths)-len(placed))...)
	} else {
		placed = ipam.Place(pool.Clone(), lengths)
	}
	s := &ipSplit{Prefix: p, Parts: []ipPart{}, Free: []string{}, FreeSize: countOf(0), Unplaced: []string{}}
	for i, part := range parts {
		switch {
		case !placed[i].IsValid():
			s.Unplaced = append(s.Unplaced, part.Name)
		case part.Name == "_":
			continue
		default:
			part.placed, part.Prefix = placed[i], placed[i].String()
			pool.Reserve(placed[i])
		}
		s.Parts = append(s.Parts, part)
	}
	for _, free := range pool.Free() {
		s.Free = append(s.Free, free.String())
		s.FreeSize.Add(s.FreeSize.Int, ipam.Count(free))
	}
	return s, nil
}

func (s *ipSplit) write(w io.Writer, p paint) error {
	t := &ipRows{header: []string{"NAME", "PREFIX", ">HOSTS", ">USABLE", ">WASTE", "RANGE"}}
	for _, part := range s.Parts {
		hosts, waste, prefix, between := "", "", "no room", ""
		if part.Hosts != nil {
			hosts, waste = grouped(part.Hosts.Int), grouped(part.Waste.Int)
		}
		if part.placed.IsValid() {
			prefix, between = part.Prefix, fmt.Sprintf("%s - %s", part.placed.Addr(), ipam.Last(part.placed))
		}
		t.add(report.Printable(part.Name), prefix, hosts, grouped(part.Usable.Int), waste, between)
	}
	if err := t.write(w, p); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\nfree: %s", addresses(s.FreeSize.Int))
	if err == nil && len(s.Free) > 0 {
		_, err = fmt.Fprintf(w, " in %s", strings.Join(s.Free, " "))
	}
	if err == nil {
		_, err = fmt.Fprintln(w)
	}
	return err
}

// writePrefixes prints one prefix a line, in the order given.
func writePrefixes(w io.Writer, ps []netip.Prefix) error {
	out := bufio.NewWriter(w)
	for _, p := range ps {
		fmt.Fprintln(out, p)
	}
	return out.Flush()
}
