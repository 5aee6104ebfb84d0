package cmd

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

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

func (o *ipOptions) items(args []string) ([]ipam.Item, error) {
	var all []ipam.Item
	if n, ok := o.onlyFile(args); ok {
		all = make([]ipam.Item, 0, n)
	}
	err := o.each(args, func(i ipam.Item) { all = append(all, i.Keep()) })
	return all, err
}

// twice calls first for every item, and then the other once all lists are read and understood: whoever prints in the
// second round prints nothing of a list with a bad line in it. Files are read again; what cannot be is held.
func (o *ipOptions) twice(args []string, first, then func(ipam.Item)) error {
	if !o.readAgain(args) {
		items, err := o.items(args)
		if err != nil {
			return err
		}
		for _, do := range []func(ipam.Item){first, then} {
			for _, i := range items {
				do(i)
			}
		}
		return nil
	}
	if err := o.each(args, first); err != nil {
		return err
	}
	seen := o.masked
	err := o.each(args, then)
	o.masked = seen
	return err
}

// readAgain tells whether each would find the same items a second time: in arguments and files, not in what flows.
func (o *ipOptions) readAgain(args []string) bool {
	for _, name := range o.files {
		if !isFile(name) {
			return false
		}
	}
	for _, arg := range args {
		if _, err := ipam.ParseItem(arg); err != nil && !isFile(arg) {
			return false
		}
	}
	return len(o.files)+len(args) > 0
}

func isFile(name string) bool {
	_, ok := fileSize(name)
	return ok
}

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
	if n, ok := o.onlyFile(args); ok {
		b.Grow(n)
	}
	if err := o.each(args, b.AddItem); err != nil {
		return nil, err
	}
	return b.Set(), nil
}

// setOf is the set of one argument, of which nothing else is taken.
func (o *ipOptions) setOf(arg string) (*ipam.Set, error) {
	return o.argSet([]string{arg})
}

// onlyFile guesses how many lines there are when there is only one file to read.
func (o *ipOptions) onlyFile(args []string) (lines int, ok bool) {
	switch {
	case len(o.files) == 1 && len(args) == 0:
		return linesIn(o.files[0])
	case len(o.files) == 0 && len(args) == 1:
		return linesIn(args[0])
	}
	return 0, false
}

// linesIn guesses how many lines a file has, to make room for them in one go.
func linesIn(name string) (int, bool) {
	const bytesPerLine, most = 14, 1 << 24
	size, ok := fileSize(name)
	return int(min(size/bytesPerLine, most)), ok
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
	return o.eachOfList(o.io.In, "<stdin>", fn)
}

func (o *ipOptions) eachOfFile(name string, fn func(ipam.Item)) error {
	if name == "-" {
		return o.eachOfStdin(fn)
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return o.eachOfList(f, name, fn)
}

func (o *ipOptions) eachOfList(r io.Reader, name string, fn func(ipam.Item)) error {
	err := ipam.ReadList(r, name, func(i ipam.Item) {
		o.masked.see(name, i)
		fn(i)
	})
	var bad *ipam.ListErrors
	if errors.As(err, &bad) {
		fmt.Fprintln(o.io.Err, bad)
		return usagef("%s holds %d lines that are no prefix, range or address", name, len(bad.Errors)+bad.More)
	}
	return err
}
