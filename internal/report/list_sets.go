package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/ipam"
)

// Set writes a set as the fewest prefixes.
func Set(w io.Writer, o ListOptions, set *ipam.Set) error {
	switch o.Format {
	case ListPlain:
		return set.WritePrefixes(w)
	case ListJSON:
		s := newJSONStream(w)
		s.open('{')
		s.member("addresses", calc.Count{Int: set.Count()})
		s.prefixes("prefixes", set.Prefixes())
		s.member("count", lengthOf(set))
		s.close('}')
		return s.end()
	}
	return setTable(w, o, set)
}

// setTable writes the prefixes of a set and their total.
func setTable(w io.Writer, o ListOptions, set *ipam.Set) error {
	if err := prefixTable(w, o, set.Prefixes()); err != nil {
		return err
	}
	addresses := calc.Count{Int: set.Count()}.InAddresses()
	_, err := fmt.Fprintf(w, "\n%s in %s\n", addresses, calc.CountOf(uint64(lengthOf(set))).Of("prefix", "prefixes"))
	return err
}

// lengthOf returns the number of prefixes of a set.
func lengthOf(set *ipam.Set) (n int) {
	for range set.Prefixes() {
		n++
	}
	return n
}

// Free writes the free space of a pool.
func Free(w io.Writer, o ListOptions, f calc.Free) error {
	switch o.Format {
	case ListPlain:
		return f.Unused.WritePrefixes(w)
	case ListJSON:
		s := newJSONStream(w)
		s.open('{')
		s.prefixes("in", f.In.Prefixes())
		s.member("addresses", f.Addresses)
		s.member("usedAddresses", f.Used)
		s.member("freeAddresses", f.Free)
		s.prefixes("freePrefixes", f.Unused.Prefixes())
		s.member("families", f.Families)
		s.close('}')
		return s.end()
	}
	if err := setTable(w, o, f.Unused); err != nil {
		return err
	}
	for _, family := range f.Families {
		_, err := fmt.Fprintf(w, "%s: largest %s, fragmentation %.0f%%; room for %s\n",
			family.Family, family.Largest, 100*family.Fragmentation, remaining(family))
		if err != nil {
			return err
		}
	}
	return nil
}

// remaining returns the first prefix lengths that still fit: "1 /24 or 2 /25".
func remaining(f calc.FamilyFree) string {
	const shown = 6
	var parts []string
	for length := f.LargestBits; len(parts) < shown; length++ {
		n, ok := f.Remaining[strconv.Itoa(length)]
		if !ok {
			break
		}
		parts = append(parts, fmt.Sprintf("%s /%d", n.Grouped(), length))
	}
	return strings.Join(parts, " or ")
}

// Diff writes the differences between two lists.
func Diff(w io.Writer, o ListOptions, removed, added *ipam.Set) error {
	removedSize, addedSize := calc.Count{Int: removed.Count()}, calc.Count{Int: added.Count()}
	if o.Format == ListJSON {
		s := newJSONStream(w)
		s.open('{')
		s.prefixes("added", added.Prefixes())
		s.member("addedAddresses", addedSize)
		s.prefixes("removed", removed.Prefixes())
		s.member("removedAddresses", removedSize)
		s.close('}')
		return s.end()
	}
	out := bufio.NewWriter(w)
	signedLines(out, mark(o.Colour, red, "-"), removed)
	signedLines(out, mark(o.Colour, green, "+"), added)
	if o.Format == ListTable {
		fmt.Fprintf(out, "%s removed, %s added\n", removedSize.InAddresses(), addedSize.InAddresses())
	}
	return out.Flush()
}

// signedLines writes the prefixes of a set, each after a sign.
func signedLines(out *bufio.Writer, sign string, set *ipam.Set) {
	for p := range set.Prefixes() {
		out.Write(append(p.AppendTo(append(out.AvailableBuffer(), sign...)), '\n'))
	}
}
