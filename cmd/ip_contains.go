package cmd

import (
	"bufio"
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

func newIPContains(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	var in []string
	c := &cobra.Command{
		Use:   "contains LIST ENTRY…",
		Short: "Whether a list contains other entries",
		Long: `Whether LIST, an entry or a file, contains every ENTRY wholly. An entry may lie across
several prefixes of the list.

LIST is what --in gives; without --in it is the first argument. Entries are the other
arguments and the -f files, or standard input when there are none of these.

Exit code 0 when all entries are contained, 1 when at least one is not. The table shows
the answer for each; -o plain prints the entries that are contained, in the order given.`,
		Example: `  aksnet ip contains 10.0.0.0/8 10.1.2.3
  aksnet ip contains --in nets.txt 10.0.0.0/25 10.0.0.77
  aksnet ip contains 10.0.0.0/8 -f nets.txt`,
		RunE: o.run(func(args []string) error {
			if len(in) == 0 {
				if len(args) == 0 {
					return usagef("contains needs a list: as the first argument, or with --in")
				}
				in, args = args[:1], args[1:]
			}
			return o.contains(in, args)
		}),
	}
	o.addFlags(c)
	c.Flags().StringArrayVar(&in, "in", nil, "the `LIST` to look in: an entry or a file (repeatable)")
	return c
}

// lookup is a list to look in.
type lookup struct {
	index *ipam.Index
	table ipam.Table // its prefixes, to name the narrowest one around an entry
}

// ipAnswer is what "ip contains" says of one entry.
type ipAnswer struct {
	Entry     string `json:"entry"`
	Contained bool   `json:"contained"`
	In        string `json:"in,omitempty"` // the narrowest prefix of the list that holds all of it
}

func (o *ipOptions) contains(in, args []string) error {
	format := o.format()
	if format != ipPlain {
		garbageFromHere()
	}
	var bad mistakes
	list, err := o.lookup(in, format != ipPlain)
	if err := bad.see(err); err != nil {
		return err
	}
	if len(bad) > 0 {
		if err := bad.see(o.each(args, func(ipam.Item) {})); err != nil {
			return err
		}
		return bad.err()
	}
	out, all := bufio.NewWriter(o.io.Out), false
	switch format {
	case ipPlain:
		all, err = o.writeContained(out, list, args)
	case ipJSON:
		all, err = o.writeAnswersJSON(out, list, args)
	default:
		all, err = o.writeAnswers(out, list, args)
	}
	if err == nil {
		err = out.Flush()
	}
	if err == nil && !all {
		return errFindings
	}
	return err
}

// writeContained reports, like the other two, whether all entries are contained.
func (o *ipOptions) writeContained(out *bufio.Writer, list *lookup, args []string) (all bool, err error) {
	all = true
	var line []byte
	err = o.twice(args, func(ipam.Item) {}, func(i ipam.Item) {
		if !list.index.ContainsItem(i) {
			all = false
			return
		}
		line = append(i.AppendTo(line[:0]), '\n')
		out.Write(line)
	})
	return all, err
}

func (o *ipOptions) writeAnswersJSON(out *bufio.Writer, list *lookup, args []string) (all bool, err error) {
	all = true
	entries := jsonArray{w: out, margin: "  "}
	see := func(i ipam.Item) { all = all && list.index.ContainsItem(i) }
	begin := func() {
		if !entries.begun {
			fmt.Fprintf(out, "{\n  \"contained\": %v,\n  \"entries\": ", all)
		}
	}
	var bad error
	err = o.twice(args, see, func(i ipam.Item) {
		if begin(); bad == nil {
			bad = entries.add(list.answer(i))
		}
	})
	if err = cmp.Or(err, bad); err != nil {
		return all, err
	}
	begin()
	entries.end()
	_, err = out.WriteString("\n}\n")
	return all, err
}

func (o *ipOptions) lookup(in []string, names bool) (*lookup, error) {
	var b ipam.Builder
	l := &lookup{}
	b.Grow(linesIn(in...))
	if names {
		l.table.Grow(linesIn(in...))
	}
	err := o.eachOfArgs(in, func(i ipam.Item) {
		b.AddItem(i)
		if p, ok := i.Prefix(); ok && names {
			l.table.Add(p)
		}
	})
	l.index = b.Set().Index()
	return l, err
}

func (l *lookup) narrowest(i ipam.Item) string {
	if p, ok := i.Prefix(); ok {
		if around, ok := l.table.Narrowest(p); ok {
			return around.String()
		}
	}
	return ""
}

func (l *lookup) answer(i ipam.Item) ipAnswer {
	return ipAnswer{i.String(), l.index.ContainsItem(i), l.narrowest(i)}
}

func (l *lookup) row(i ipam.Item) []string {
	a, answer := l.answer(i), "no"
	if a.Contained {
		answer = "yes"
	}
	return []string{a.Entry, answer, a.In}
}

func (o *ipOptions) writeAnswers(out *bufio.Writer, list *lookup, args []string) (all bool, err error) {
	all = true
	t := newRowWriter(out, o.paint(), "ENTRY", "CONTAINED", "IN")
	see := func(i ipam.Item) { t.measure(list.row(i)...) }
	err = o.twice(args, see, func(i ipam.Item) {
		all = all && list.index.ContainsItem(i)
		t.print(list.row(i)...)
	})
	if err == nil {
		err = t.end()
	}
	return all, err
}
