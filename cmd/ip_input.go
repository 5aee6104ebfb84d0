package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"slices"

	"github.com/aksnet/aksnet/ipam"
)

// maskedItems remembers prefixes that were written with host bits, to warn about them once.
type maskedItems struct {
	count int
	first string
	quiet bool // the verb shows them itself
}

func (m *maskedItems) see(file string, i ipam.Item) {
	if m.quiet || !i.HasHostBits() {
		return
	}
	if m.count++; m.count == 1 {
		m.first = fmt.Sprintf("%s in a prefix with host bits, read as %s", i.Addr(), i)
		if file != "" {
			m.first = fmt.Sprintf("%s:%d:%d: %s", file, i.Line, i.Column, m.first)
		}
	}
}

func (m *maskedItems) report(w io.Writer) {
	switch {
	case m.count == 1:
		fmt.Fprintf(w, "warning: %s\n", m.first)
	case m.count > 1:
		fmt.Fprintf(w, "warning: %s (and %d more)\n", m.first, m.count-1)
	}
}

// each calls fn for every item of the -f files and the arguments, in this order, or of standard
// input when there are none.
func (o *ipOptions) each(args []string, fn func(ipam.Item)) error {
	if len(o.files)+len(args) == 0 {
		return o.eachOfStdin(fn)
	}
	for _, name := range o.files {
		if err := o.eachOfFile(name, fn); err != nil {
			return err
		}
	}
	for _, arg := range args {
		if err := o.eachOfArg(arg, fn); err != nil {
			return err
		}
	}
	return nil
}

// twice calls first for every item, and then the other once all lists are read and understood: whoever prints in the
// second round prints nothing of a list with a bad line in it. Files are read again; what flows is held as text.
func (o *ipOptions) twice(args []string, first, then func(ipam.Item)) error {
	o.streams = &streams{}
	defer func() { o.streams = nil }()
	if err := o.each(args, first); err != nil {
		return err
	}
	seen := o.masked
	o.streams.again = true
	err := o.each(args, then)
	o.masked = seen
	return err
}

// streams is the text of lists that can be read only once, in the order in which they were read.
type streams struct {
	texts []*text
	again bool // they are read from here
}

// hold is r, whose text is remembered when it will be wanted again.
func (s *streams) hold(r io.Reader) io.Reader {
	if s == nil {
		return r
	}
	t := &text{}
	s.texts = append(s.texts, t)
	return io.TeeReader(r, t)
}

// next is the list to read in place of the next one that flows. It reports false when that is to be read itself.
func (s *streams) next() (io.Reader, bool) {
	if s == nil || !s.again || len(s.texts) == 0 {
		return nil, false
	}
	t := s.texts[0]
	s.texts = s.texts[1:]
	return t.reader(), true
}

// text is kept in pieces: it grows without being copied.
type text [][]byte

// Write implements io.Writer.
func (t *text) Write(p []byte) (int, error) {
	*t = append(*t, bytes.Clone(p))
	return len(p), nil
}

// reader reads the text, and lets go of it on the way.
func (t *text) reader() io.Reader { return (*net.Buffers)(t) }

// fileSize is how many bytes a regular file has.
func fileSize(name string) (int64, bool) {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}

func (o *ipOptions) set(args []string) (*ipam.Set, error) {
	var b ipam.Builder
	b.Grow(o.lines(args))
	if err := o.each(args, b.AddItem); err != nil {
		return nil, err
	}
	return b.Set(), nil
}

// setOf is the set of one argument, of which nothing else is taken.
func (o *ipOptions) setOf(arg string) (*ipam.Set, error) {
	return o.argSet([]string{arg})
}

// lines guesses how many lines each will read.
func (o *ipOptions) lines(args []string) int { return linesIn(slices.Concat(o.files, args)...) }

// linesIn guesses how many lines a file has when it is the only one, to make room for them in one go; else 0.
func linesIn(names ...string) int {
	const bytesPerLine, most = 14, 1 << 24
	if len(names) != 1 {
		return 0
	}
	size, _ := fileSize(names[0])
	return int(min(size/bytesPerLine, most))
}

// eachOfArg takes an argument for an item, else for the name of a file.
func (o *ipOptions) eachOfArg(arg string, fn func(ipam.Item)) error {
	if arg == "-" {
		return o.eachOfStdin(fn)
	}
	item, err := ipam.ParseItem(arg)
	if err == nil {
		o.masked.see("", item)
		fn(item)
		return nil
	}
	if _, statErr := os.Stat(arg); errors.Is(statErr, fs.ErrNotExist) || arg == "" {
		return usagef("%w, and there is no file of that name", err)
	}
	return o.eachOfFile(arg, fn)
}

func (o *ipOptions) eachOfStdin(fn func(ipam.Item)) error {
	if o.io.InTerminal {
		return usagef("nothing to read: give prefixes, -f FILE, or a list on standard input")
	}
	const name = "<stdin>"
	if r, ok := o.streams.next(); ok {
		return o.eachOfList(r, name, fn)
	}
	return o.eachOfList(o.streams.hold(o.io.In), name, fn)
}

func (o *ipOptions) eachOfFile(name string, fn func(ipam.Item)) error {
	if name == "-" {
		return o.eachOfStdin(fn)
	}
	_, again := fileSize(name)
	if !again {
		if r, ok := o.streams.next(); ok {
			return o.eachOfList(r, name, fn)
		}
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if again {
		return o.eachOfList(f, name, fn)
	}
	return o.eachOfList(o.streams.hold(f), name, fn)
}

func (o *ipOptions) eachOfList(r io.Reader, name string, fn func(ipam.Item)) error {
	err := ipam.ReadList(r, name, func(i ipam.Item) {
		o.masked.see(name, i)
		fn(i)
	})
	var bad *ipam.ListErrors
	if errors.As(err, &bad) {
		fmt.Fprintln(o.io.Err, bad)
		if n := len(bad.Errors) + bad.More; n > 1 {
			return usagef("%s holds %d lines that are no prefix, range or address", name, n)
		}
		return usagef("%s holds a line that is no prefix, range or address", name)
	}
	return err
}
