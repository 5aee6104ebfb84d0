package report

import (
	"bufio"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/ipam"
)

// Sizes writes the smallest prefixes for numbers of hosts: in JSON an object for one, and a list of objects for
// several.
func Sizes(w io.Writer, o ListOptions, sizes []calc.Size) error {
	switch {
	case o.Format == ListJSON && len(sizes) == 1:
		return WriteJSON(w, sizes[0])
	case o.Format == ListJSON:
		return WriteJSON(w, sizes)
	case o.Format == ListPlain:
		out := bufio.NewWriter(w)
		for _, s := range sizes {
			fmt.Fprintf(out, "/%d\n", s.Length)
		}
		return out.Flush()
	}
	t := newRowWriter(w, o.Colour,
		right("HOSTS"), left("PREFIX"), left("NETMASK"), right("ADDRESSES"), right("USABLE"), right("SPARE"))
	return t.rows(rowsOf(sizes, func(s calc.Size) listRow {
		return listRow{
			s.Hosts.Grouped(), fmt.Sprintf("/%d", s.Length), s.Netmask, s.Addresses.Grouped(),
			s.Usable.Grouped(), s.Spare.Grouped(),
		}
	}))
}

// rowsOf yields a row for each value.
func rowsOf[T any](values []T, rowOf func(T) listRow) func(yield func(listRow) bool) {
	return func(yield func(listRow) bool) {
		for _, v := range values {
			if !yield(rowOf(v)) {
				return
			}
		}
	}
}

// EqualSplit writes the equal parts of a prefix.
func EqualSplit(w io.Writer, o ListOptions, split calc.EqualSplit) error {
	switch o.Format {
	case ListPlain:
		return prefixLines(w, split.Prefixes())
	case ListJSON:
		s := newJSONStream(w)
		s.open('{')
		s.member("parts", split.Parts)
		s.member("prefix", split.Prefix)
		s.member("prefixLength", split.Length)
		s.prefixes("prefixes", split.Prefixes())
		s.close('}')
		return s.end()
	}
	err := prefixTable(w, o, split.Prefixes())
	if shown := calc.CountOf(split.Shown); err == nil && shown.Cmp(split.Parts.Int) < 0 {
		_, err = fmt.Fprintf(
			w,
			"\n%s of %s parts of length /%d\n",
			shown.Grouped(),
			split.Parts.Grouped(),
			split.Length,
		)
	}
	return err
}

// Split writes the named parts of a prefix.
func Split(w io.Writer, o ListOptions, split *calc.Split) error {
	switch o.Format {
	case ListJSON:
		return WriteJSON(w, split)
	case ListPlain:
		var placed []netip.Prefix
		for _, part := range split.Parts {
			if part.Prefix.IsValid() {
				placed = append(placed, part.Prefix)
			}
		}
		slices.SortFunc(placed, func(a, b netip.Prefix) int { return a.Addr().Compare(b.Addr()) })
		return prefixLines(w, slices.Values(placed))
	}
	t := newRowWriter(w, o.Colour,
		left("NAME"), left("PREFIX"), right("HOSTS"), right("USABLE"), right("WASTE"), left("RANGE"))
	if err := t.rows(rowsOf(split.Parts, partRow)); err != nil {
		return err
	}
	free := "free: " + split.FreeAddresses.InAddresses()
	if len(split.Free) > 0 {
		free += " in " + strings.Join(split.Free, " ")
	}
	_, err := fmt.Fprintf(w, "\n%s\n", free)
	return err
}

func partRow(part calc.Part) listRow {
	hosts, waste, prefix, between := "", "", "no room", ""
	if part.Hosts != nil {
		hosts, waste = part.Hosts.Grouped(), part.Waste.Grouped()
	}
	if part.Prefix.IsValid() {
		prefix, between = part.Text, fmt.Sprintf("%s - %s", part.Prefix.Addr(), ipam.Last(part.Prefix))
	}
	return listRow{Printable(part.Name), prefix, hosts, part.Usable.Grouped(), waste, between}
}

// Capacities writes the maximum size of a cluster under each model.
func Capacities(w io.Writer, o ListOptions, capacities []calc.Capacity) error {
	switch o.Format {
	case ListJSON:
		return WriteJSON(w, map[string]any{"capacity": capacities})
	case ListPlain:
		return capacityLines(w, capacities)
	}
	columns := []column{
		left("MODEL"), right("MAX PODS"), right("SURGE"), right("NODES"), right("SURGE NODES"), right("PODS"),
		left("LIMITED BY"),
	}
	if f := capacities[0].For; f != nil {
		columns = append(
			columns,
			left(fmt.Sprintf("%d NODES", f.Nodes)),
			right("LARGEST SURGE"),
			right("LARGEST MAX PODS"),
		)
	}
	return newRowWriter(w, o.Colour, columns...).rows(rowsOf(capacities, capacityRow))
}

// capacityLines writes the name, the nodes and the pods of each model. With a number of nodes in the query, it also
// writes whether they fit, and the largest surge and max pods with which they do.
func capacityLines(w io.Writer, capacities []calc.Capacity) error {
	out := bufio.NewWriter(w)
	for _, c := range capacities {
		fmt.Fprintf(out, "%s %d %d", c.Name(), c.Nodes, c.Pods)
		if f := c.For; f != nil {
			fmt.Fprintf(
				out,
				" %v %s %s",
				f.Fits,
				orNone(f.LargestSurge, strconv.Itoa),
				orNone(f.LargestMaxPods, strconv.Itoa),
			)
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

func capacityRow(c calc.Capacity) listRow {
	limitedBy := c.LimitedBy
	if c.PodsLimitedBy != "" {
		limitedBy += ", pods by " + c.PodsLimitedBy
	}
	cells := listRow{
		c.Name(), strconv.Itoa(c.MaxPods), c.MaxSurge, grouped(c.Nodes), grouped(c.SurgeNodes),
		grouped(c.Pods), limitedBy,
	}
	if f := c.For; f != nil {
		answer := "do not fit"
		if f.Fits {
			answer = "fit"
		}
		cells = append(cells, answer, orNone(f.LargestSurge, grouped), orNone(f.LargestMaxPods, grouped))
	}
	return cells
}

// grouped returns a number with thousands separators.
func grouped(n int) string { return calc.CountOf(uint64(n)).Grouped() }

// orNone returns a number as text, or "none" for nil.
func orNone(n *int, text func(int) string) string {
	if n == nil {
		return "none"
	}
	return text(*n)
}
