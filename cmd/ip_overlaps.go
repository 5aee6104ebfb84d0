package cmd

import (
	"bufio"
	"fmt"
	"net/netip"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

// maxPairs is how many overlaps a table or JSON shows: a list of n equal entries has n²/2 of them.
const maxPairs = 1_000_000

func newIPOverlaps(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	c := &cobra.Command{
		Use:   "overlaps [ENTRY | FILE]…",
		Short: "All pairs of entries that share an address",
		Long: `All pairs of entries that share an address, in address order. All entries of all files
and arguments are one list; an entry that occurs twice overlaps with itself.

Exit code 0 when nothing overlaps, 1 when something does. -o plain prints two entries a
line, the wider one first. A table or JSON stops after a million pairs and says so.`,
		Example: `  aksnet ip overlaps 10.0.0.0/24 10.0.1.0/24
  aksnet ip overlaps -f nets.txt`,
		RunE: o.run(func(args []string) error {
			items, err := o.items(args)
			if err != nil {
				return err
			}
			return o.overlaps(items)
		}),
	}
	o.addFlags(c)
	return c
}

// ipPair is two entries that overlap.
type ipPair struct {
	A      string `json:"a"` // the wider one
	B      string `json:"b"`
	ALine  int    `json:"aLine,omitempty"`
	BLine  int    `json:"bLine,omitempty"`
	ALabel string `json:"aLabel,omitempty"`
	BLabel string `json:"bLabel,omitempty"`
	Shared count  `json:"sharedAddresses"`
}

func (o *ipOptions) overlaps(items []ipam.Item) error {
	format, err := o.format(ipPlain)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(o.io.Out)
	pairs, found, more := []ipPair{}, false, false
	eachOverlap(items, func(a, b ipam.Item) bool {
		found = true
		if format == ipPlain {
			_, err = fmt.Fprintf(out, "%s %s\n", a, b)
			return err == nil
		}
		if more = len(pairs) == maxPairs; !more {
			pairs = append(pairs, pairOf(a, b))
		}
		return !more
	})
	if err == nil {
		switch format {
		case ipJSON:
			err = writeJSON(out, map[string]any{"pairs": pairs, "truncated": more})
		case ipTable:
			err = o.writePairs(pairs, more)
		}
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil && found {
		return errFindings
	}
	return err
}

func pairOf(a, b ipam.Item) ipPair {
	return ipPair{a.String(), b.String(), a.Line, b.Line, a.Label(), b.Label(), count{a.Set().Intersect(b.Set()).Count()}}
}

// eachOverlap yields each pair once, the wider item first, until yield says false.
func eachOverlap(items []ipam.Item, yield func(a, b ipam.Item) bool) {
	var prefixes []netip.Prefix
	var of []int32 // which item a prefix belongs to
	ranges := false
	for n, i := range items {
		before := len(prefixes)
		if p, ok := i.Prefix(); ok {
			prefixes = append(prefixes, p)
		} else {
			for p := range i.Set().Prefixes() {
				prefixes = append(prefixes, p)
			}
		}
		ranges = ranges || len(prefixes) > before+1
		for range prefixes[before:] {
			of = append(of, int32(n))
		}
	}
	seen := map[[2]int32]bool{} // two ranges can meet in several prefixes
	for p, q := range ipam.Overlaps(prefixes) {
		pair := [2]int32{min(of[p], of[q]), max(of[p], of[q])}
		if ranges && seen[pair] {
			continue
		}
		if ranges {
			seen[pair] = true
		}
		a, b := items[pair[0]], items[pair[1]]
		if b.Count().Cmp(a.Count()) > 0 {
			a, b = b, a
		}
		if !yield(a, b) {
			return
		}
	}
}

func (o *ipOptions) writePairs(pairs []ipPair, more bool) error {
	t := &ipRows{header: []string{"ENTRY", "OVERLAPS", ">SHARED", "WHERE"}}
	for _, p := range pairs {
		t.add(withLabel(p.A, p.ALabel), withLabel(p.B, p.BLabel), grouped(p.Shared.Int), linesOf(p))
	}
	if len(pairs) == 0 {
		_, err := fmt.Fprintln(o.io.Out, "nothing overlaps")
		return err
	}
	if err := t.write(o.io.Out, o.paint()); err != nil || !more {
		return err
	}
	_, err := fmt.Fprintf(o.io.Out, "… and more; -o plain prints all\n")
	return err
}

func withLabel(entry, label string) string {
	if label == "" {
		return entry
	}
	return fmt.Sprintf("%s (%s)", entry, printable(label))
}

func linesOf(p ipPair) string {
	if p.ALine == 0 || p.BLine == 0 {
		return ""
	}
	return fmt.Sprintf("lines %d and %d", p.ALine, p.BLine)
}
