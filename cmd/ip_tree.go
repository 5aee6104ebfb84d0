package cmd

import (
	"bufio"
	"bytes"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

func newIPTree(io IO) *cobra.Command {
	o := &ipOptions{io: io, noList: true}
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
			garbageFromHere()
			var nest ipam.Nest
			var bad mistakes
			if err := bad.see(o.eachOfArgs(in, nest.Add)); err != nil {
				return err
			}
			entries := 0
			err := o.twice(args, func(ipam.Item) { entries++ }, func(i ipam.Item) {
				nest.Grow(entries)
				entries = 0
				nest.Add(i)
			})
			if err = bad.see(err); err == nil {
				err = bad.err()
			}
			if err != nil {
				return err
			}
			return o.writeTree(&nest, usedOnly)
		}),
	}
	o.addFlags(c)
	c.Flags().StringArrayVar(&in, "in", nil, "an entry or a `FILE` to put around the others (repeatable)")
	c.Flags().BoolVar(&usedOnly, "used-only", false, "leave free space out")
	return c
}

func (o *ipOptions) writeTree(nest *ipam.Nest, usedOnly bool) error {
	format := o.format()
	t := treeWriter{w: bufio.NewWriter(o.io.Out), paint: o.paint(), usedOnly: usedOnly}
	if format == ipJSON {
		if err := t.json(nest.Roots(), ""); err != nil {
			return err
		}
		t.w.WriteByte('\n')
		return t.w.Flush()
	}
	t.width = t.widest(nest.Roots(), 0)
	for n := range nest.Roots() {
		t.write(n, "", "", "")
	}
	return t.w.Flush()
}

// treeWriter draws a tree; the sizes stand in one column.
type treeWriter struct {
	w        *bufio.Writer
	paint    paint
	usedOnly bool
	width    int // of the drawing with the prefixes
}

const indent = 3 // columns a level

// shown is nodes without those that are not to be seen.
func (t *treeWriter) shown(nodes iter.Seq[ipam.Nested]) iter.Seq[ipam.Nested] {
	if !t.usedOnly {
		return nodes
	}
	return func(yield func(ipam.Nested) bool) {
		for n := range nodes {
			if !n.Free() && !yield(n) {
				return
			}
		}
	}
}

func (t *treeWriter) widest(nodes iter.Seq[ipam.Nested], level int) int {
	widest := 0
	for n := range t.shown(nodes) {
		widest = max(widest, level*indent+len(n.Prefix().String()))
		if !n.Leaf() {
			widest = max(widest, t.widest(n.Inside(), level+1))
		}
	}
	return widest
}

// write draws n: before its own line stands prefix and branch, before those of its children prefix
// and trunk.
func (t *treeWriter) write(n ipam.Nested, prefix, branch, trunk string) {
	t.line(n, prefix+branch)
	if n.Leaf() {
		return
	}
	var held *ipam.Nested // the child to draw once it is known whether it is the last one
	for c := range t.shown(n.Inside()) {
		if held != nil {
			t.write(*held, prefix+trunk, "├─ ", "│  ")
		}
		held = &c
	}
	if held != nil {
		t.write(*held, prefix+trunk, "└─ ", "   ")
	}
}

func (t *treeWriter) line(n ipam.Nested, drawing string) {
	name := n.Prefix().String()
	pad := strings.Repeat(" ", max(0, t.width-utf8.RuneCountInString(drawing)-len(name)))
	size := fmt.Sprintf("%14s", grouped(ipam.Count(n.Prefix())))
	note := noteOf(n)
	if n.Free() {
		name, size, note = t.paint.dim(name), t.paint.dim(size), t.paint.wrap("32", note)
	} else {
		name = t.paint.bold(name)
	}
	fmt.Fprintln(t.w, strings.TrimRight(t.paint.dim(drawing)+name+pad+size+"  "+note, " "))
}

func noteOf(n ipam.Nested) string {
	if n.Free() {
		return "free"
	}
	note := report.Printable(strings.Join(n.Labels(), ", "))
	if n.Times() > 1 {
		note = strings.TrimSpace(fmt.Sprintf("%s ×%d", note, n.Times()))
	}
	return note
}

// ipNode is one prefix of the tree in JSON; what lies inside follows as another member.
type ipNode struct {
	Prefix    string   `json:"prefix"`
	Addresses count    `json:"addresses"`
	Free      bool     `json:"free"`
	Labels    []string `json:"labels,omitempty"`
	Times     int      `json:"times,omitempty"` // how often it was named, when more than once
}

// json writes nodes as an array whose lines after the first start with margin.
func (t *treeWriter) json(nodes iter.Seq[ipam.Nested], margin string) error {
	a := jsonArray{w: t.w, margin: margin}
	for n := range t.shown(nodes) {
		if err := t.jsonNode(n, a.next()); err != nil {
			return err
		}
	}
	a.end()
	return nil
}

func (t *treeWriter) jsonNode(n ipam.Nested, margin string) error {
	node := ipNode{Prefix: n.Prefix().String(), Addresses: count{ipam.Count(n.Prefix())}, Free: n.Free(), Labels: n.Labels()}
	if n.Times() > 1 {
		node.Times = n.Times()
	}
	var text bytes.Buffer
	if err := encodeJSON(&text, node, margin); err != nil {
		return err
	}
	end := "\n" + margin + "}"
	t.w.Write(bytes.TrimSuffix(text.Bytes(), []byte(end+"\n")))
	if !n.Leaf() {
		t.w.WriteString(",\n" + margin + `  "inside": `)
		if err := t.json(n.Inside(), margin+"  "); err != nil {
			return err
		}
	}
	_, err := t.w.WriteString(end)
	return err
}
