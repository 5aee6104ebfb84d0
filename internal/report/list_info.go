package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/aksnet/aksnet/internal/calc"
	"github.com/aksnet/aksnet/ipam"
)

// Infos writes descriptions of entries: in JSON an object for one entry, and a list of objects for any other number.
func Infos(w io.Writer, o ListOptions, entries Source[ipam.Item], describe func(ipam.Item) calc.Info) error {
	switch o.Format {
	case ListJSON:
		return infosJSON(w, entries, describe)
	case ListPlain:
		return lines(w, entries, func(line []byte, i ipam.Item) []byte {
			for p := range i.Set().Prefixes() {
				line = append(p.AppendTo(line), '\n')
			}
			return line
		})
	}
	out, n := bufio.NewWriter(w), 0
	err := entries.twice(func(ipam.Item) {}, func(i ipam.Item) {
		if n++; n > 1 {
			fmt.Fprintln(out)
		}
		writeInfo(out, o, describe(i))
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

func infosJSON(w io.Writer, entries Source[ipam.Item], describe func(ipam.Item) calc.Info) error {
	n, s := 0, newJSONStream(w)
	err := entries.twice(func(ipam.Item) { n++ }, func(i ipam.Item) {
		if n != 1 {
			s.beginList()
			s.next()
		}
		s.value(describe(i))
	})
	if err != nil {
		return err
	}
	if n != 1 {
		s.beginList()
		s.close(']')
	}
	return s.end()
}

// beginList begins the list that is the whole document, once.
func (s *jsonStream) beginList() {
	if len(s.filled) == 0 {
		s.open('[')
	}
}

// infoLine is a line of a description: its name, its value, and a note in dim text.
type infoLine struct{ name, value, note string }

// writeInfo writes the description of an entry, without lines that have no value.
func writeInfo(w io.Writer, o ListOptions, info calc.Info) {
	fmt.Fprintln(w, mark(o.Colour, bold, info.Input))
	for _, l := range infoLines(info) {
		if l.value == "" {
			continue
		}
		if l.note != "" {
			l.value += "  " + mark(o.Colour, dim, l.note)
		}
		fmt.Fprintf(w, "  %-12s%s\n", l.name, l.value)
	}
}

func infoLines(info calc.Info) []infoLine {
	out := []infoLine{{"address", info.Address, ""}, {"network", info.Network, ""}, {"broadcast", info.Broadcast, ""}}
	if info.Prefix == "" {
		out = append(out, infoLine{"prefixes", strings.Join(info.Prefixes, " "), ""})
	}
	out = append(out,
		infoLine{"netmask", info.Netmask, "wildcard " + info.Wildcard},
		infoLine{"range", info.First + " - " + info.Last, ""},
		infoLine{"addresses", info.Addresses.Grouped(), ""})
	if info.Usable != nil {
		out = append(out, infoLine{"usable", info.Usable.Grouped(), info.FirstUsable + " - " + info.LastUsable})
	}
	out = append(out, azureLines(info.Azure)...)
	out = append(out, infoLine{"scope", info.Scope, info.ScopeSource})
	for _, h := range info.Holds {
		out = append(out, infoLine{"holds", h, ""})
	}
	return append(out,
		infoLine{"binary", info.Binary, ""},
		infoLine{"hex", info.Hex, "decimal " + info.Integer.String()},
		infoLine{"reverse", firstAndLast(info.Reverse), ""})
}

// azureLines returns the lines about a prefix as a subnet in Azure; none for nil.
func azureLines(a *calc.AzureSubnet) []infoLine {
	if a == nil {
		return nil
	}
	out := []infoLine{{"in Azure", "not a valid subnet", a.Problem}}
	if a.Problem == "" {
		out = []infoLine{
			{"in Azure", a.Usable.Grouped() + " usable", a.FirstUsable + " - " + a.LastUsable},
			{"reserved", strings.Join(a.Reserved, " "), ""},
		}
	}
	for _, f := range a.Forbidden {
		out = append(out, infoLine{"forbidden", f, ""})
	}
	return out
}

// firstAndLast joins names; for a long list it returns only the first and the last one.
func firstAndLast(names []string) string {
	const few = 4
	if n := len(names); n > few {
		return fmt.Sprintf("%s … %s (%d zones)", names[0], names[n-1], n)
	}
	return strings.Join(names, " ")
}
