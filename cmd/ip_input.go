package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
)

// maskedItems remembers prefixes that were written with host bits, to warn about them once.
type maskedItems struct {
	count int
	first string
	quiet bool // the verb shows them itself
}

func (m *maskedItems) see(i ipam.Item) {
	if m.quiet || !i.HasHostBits() {
		return
	}
	if m.count++; m.count == 1 {
		p, _ := i.Prefix()
		m.first = fmt.Sprintf("%s/%d has host bits set, read as %s", i.Addr(), p.Bits(), p)
		if i.File != "" {
			m.first = fmt.Sprintf("%s:%d:%d: %s", i.File, i.Line, i.Column, m.first)
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

// mistakes collects what cannot be understood, so that one run tells of all of it.
type mistakes []string

// see keeps a mistake in usage, and returns any other error.
func (m *mistakes) see(err error) error {
	if usage := (usageError{}); errors.As(err, &usage) {
		*m = append(*m, usage.Error())
		return nil
	}
	return err
}

// err is nil when there are none.
func (m mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	return usagef("%s", strings.Join(m, "; "))
}

// each calls fn for every item of the -f files and the arguments, in this order, or of standard
// input when there are none.
func (o *ipOptions) each(args []string, fn func(ipam.Item)) error {
	if len(o.files)+len(args) == 0 {
		args = []string{"-"}
	}
	var bad mistakes
	for _, name := range o.files {
		if err := bad.see(o.eachOfFile(name, fn)); err != nil {
			return err
		}
	}
	if err := bad.see(o.eachOfArgs(args, fn)); err != nil {
		return err
	}
	return bad.err()
}

// eachOfArgs is each for arguments alone, of which there may be none.
func (o *ipOptions) eachOfArgs(args []string, fn func(ipam.Item)) error {
	var bad mistakes
	for _, arg := range args {
		if err := bad.see(o.eachOfArg(arg, fn)); err != nil {
			return err
		}
	}
	return bad.err()
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

// sets reads several lists, all of them even when something in one cannot be understood.
func (o *ipOptions) sets(lists ...func() (*ipam.Set, error)) ([]*ipam.Set, error) {
	var bad mistakes
	sets := make([]*ipam.Set, len(lists))
	for i, list := range lists {
		s, err := list()
		if err = bad.see(err); err != nil {
			return nil, err
		}
		sets[i] = s
	}
	return sets, bad.err()
}

// list is what each reads, as a set.
func (o *ipOptions) list(args []string) func() (*ipam.Set, error) {
	return func() (*ipam.Set, error) {
		var b ipam.Builder
		b.Grow(o.lines(args))
		err := o.each(args, b.AddItem)
		return b.Set(), err
	}
}

// argList is arguments alone as one set, which may be empty.
func (o *ipOptions) argList(args ...string) func() (*ipam.Set, error) {
	return func() (*ipam.Set, error) {
		var b ipam.Builder
		b.Grow(linesIn(args...))
		err := o.eachOfArgs(args, b.AddItem)
		return b.Set(), err
	}
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
		o.masked.see(item)
		fn(item)
		return nil
	}
	switch _, statErr := os.Stat(arg); {
	case errors.Is(statErr, fs.ErrNotExist) && isPath(arg):
		return o.eachOfFile(arg, fn)
	case arg == "" || statErr != nil && !errors.Is(statErr, fs.ErrPermission):
		return usagef("%w, and there is no file of that name", err) // nor can there be one of a name that is too long
	}
	return o.eachOfFile(arg, fn)
}

// isPath reports whether an argument can only be meant as the name of a file: it begins like a path, or ends like the name of a file.
func isPath(arg string) bool {
	for _, start := range []string{"/", "./", "../", "~"} {
		if strings.HasPrefix(arg, start) && len(arg) > len(start) {
			return true
		}
	}
	ending := strings.TrimPrefix(filepath.Ext(arg), ".")
	return len(ending) > 1 && strings.Trim(strings.ToLower(ending), "abcdefghijklmnopqrstuvwxyz") == ""
}

func (o *ipOptions) eachOfStdin(fn func(ipam.Item)) error {
	if o.io.InTerminal {
		return usagef("nothing to read: give prefixes, -f FILE, or a list on standard input")
	}
	const name = "<stdin>"
	if r, ok := o.streams.next(); ok {
		return o.eachOfList(r, name, fn)
	}
	if o.stdinRead {
		return usagef("standard input can be read only once, and is named twice")
	}
	o.stdinRead = true
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
	name = report.Printable(name)
	err := ipam.ReadList(r, name, func(i ipam.Item) {
		o.masked.see(i)
		fn(i)
	})
	var bad *ipam.ListErrors
	if !errors.As(err, &bad) {
		return err
	}
	fmt.Fprintln(o.io.Err, bad)
	if n := len(bad.Errors) + bad.More; n > 1 {
		return usagef("%s has %d lines that are not a prefix, a range or an address", name, n)
	}
	return usagef("%s has a line that is not a prefix, a range or an address", name)
}
