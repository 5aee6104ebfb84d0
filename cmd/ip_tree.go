package cmd

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/ipam"
)

func newIPTree(io IO) *cobra.Command {
	o := &ipOptions{io: io}
	var in []string
	var usedOnly bool
	c := &cobra.Command{
		Use:   "tree [ENTRY | FILE]…",
		Short: "How prefixes lie in each other, with the free space between them",
		Long: `How prefixes lie in each other, with the free space between them. The comment behind an
entry of a file is shown as its name. --in adds prefixes around the others, so that their
free space shows. -o plain is the tree without colour; -o json nests objects.`,
		Example: `  aksnet ip tree --in 10.0.0.0/22 10.0.0.0/24 10.0.2.0/26
  aksnet ip tree -f nets.txt`,
		RunE: o.run(func(args []string) error {
			var items []ipam.Item
			for _, arg := range in {
				if err := o.eachOfArg(arg, func(i ipam.Item) { items = append(items, i.Keep()) }); err != nil {
					return err
				}
			}
			more, err := o.items(args)
			if err != nil {
				return err
			}
			return o.writeTree(ipam.Nest(append(items, more...)), usedOnly)
		}),
	}
	o.addFlags(c)
	c.Flags().StringArrayVar(&in, "in", nil, "an entry or a `FILE` to put around the others (repeatable)")
	c.Flags().BoolVar(&usedOnly, "used-only", false, "leave free space out")
	return c
}

func (o *ipOptions) writeTree(roots []ipam.Nested, usedOnly bool) error {
	format, err := o.format(ipTable)
	if err != nil {
		return err
	}
	if usedOnly {
		roots = withoutFree(roots)
	}
	if format == ipJSON {
		return writeJSON(o.io.Out, jsonTree(roots))
	}
	out := bufio.NewWriter(o.io.Out)
	t := treeWriter{w: out, paint: o.paint()}
	t.width = t.widest(roots, 0)
	for _, n := range roots {
		t.write(n, "", "", "")
	}
	return out.Flush()
}

func withoutFree(nodes []ipam.Nested) []ipam.Nested {
	var kept []ipam.Nested
	for _, n := range nodes {
		if !n.Free() {
			n.Inside = withoutFree(n.Inside)
			kept = append(kept, n)
		}
	}
	return kept
}

// ipNode is one prefix of the tree in JSON.
type ipNode struct {
	Prefix    string   `json:"prefix"`
	Addresses count    `json:"addresses"`
	Free      bool     `json:"free"`
	Labels    []string `json:"labels,omitempty"`
	Times     int      `json:"times,omitempty"` // how often it was named, when more than once
	Inside    []ipNode `json:"inside,omitempty"`
}

func jsonTree(nodes []ipam.Nested) []ipNode {
	out := []ipNode{}
	for _, n := range nodes {
		node := ipNode{Prefix: n.Prefix.String(), Addresses: count{ipam.Count(n.Prefix)}, Free: n.Free(), Labels: n.Labels}
		if n.Times > 1 {
			node.Times = n.Times
		}
		if len(n.Inside) > 0 {
			node.Inside = jsonTree(n.Inside)
		}
		out = append(out, node)
	}
	return out
}

// treeWriter draws a tree; the sizes stand in one column.
type treeWriter struct {
	w     io.Writer
	paint paint
	width int // of the drawing with the prefixes
}

const indent = 3 // columns a level

func (t *treeWriter) widest(nodes []ipam.Nested, level int) int {
	widest := 0
	for _, n := range nodes {
		widest = max(widest, level*indent+len(n.Prefix.String()), t.widest(n.Inside, level+1))
	}
	return widest
}

// write draws n: before its own line stands prefix and branch, before those of its children prefix
// and trunk.
func (t *treeWriter) write(n ipam.Nested, prefix, branch, trunk string) {
	drawn := utf8.RuneCountInString(prefix + branch)
	name := n.Prefix.String()
	pad := strings.Repeat(" ", max(0, t.width-drawn-len(name)))
	size := fmt.Sprintf("%14s", grouped(ipam.Count(n.Prefix)))
	note := noteOf(n)
	if n.Free() {
		name, size, note = t.paint.dim(name), t.paint.dim(size), t.paint.wrap("32", note)
	} else {
		name = t.paint.bold(name)
	}
	fmt.Fprintln(t.w, strings.TrimRight(t.paint.dim(prefix+branch)+name+pad+size+"  "+note, " "))
	for i, c := range n.Inside {
		if i == len(n.Inside)-1 {
			t.write(c, prefix+trunk, "└─ ", "   ")
		} else {
			t.write(c, prefix+trunk, "├─ ", "│  ")
		}
	}
}

func noteOf(n ipam.Nested) string {
	if n.Free() {
		return "free"
	}
	note := printable(strings.Join(n.Labels, ", "))
	if n.Times > 1 {
		note = strings.TrimSpace(fmt.Sprintf("%s ×%d", note, n.Times))
	}
	return note
}

// printable replaces what could drive a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '�'
	}, s)
}
