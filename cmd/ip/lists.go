package ip

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// lists reads the lists of a command: -f files, arguments and standard input.
type lists struct {
	io        cli.IO
	files     []string
	hostBits  hostBits
	stdinRead bool
	streams   *streams // while lists are read twice
}

// hostBits counts prefixes that were written with host bits, for one warning about all.
type hostBits struct {
	count int
	first string
	quiet bool // the command shows host bits itself
}

// see counts an entry that has host bits.
func (h *hostBits) see(i ipam.Item) {
	if h.quiet || !i.HasHostBits() {
		return
	}
	if h.count++; h.count == 1 {
		p, _ := i.Prefix()
		h.first = fmt.Sprintf("%s/%d has host bits set, read as %s", i.Addr(), p.Bits(), p)
		if i.File != "" {
			h.first = fmt.Sprintf("%s:%d:%d: %s", i.File, i.Line, i.Column, h.first)
		}
	}
}

// warn prints the warning, if there is something to warn about.
func (h *hostBits) warn(w io.Writer) {
	switch {
	case h.count == 1:
		fmt.Fprintf(w, "warning: %s\n", h.first)
	case h.count > 1:
		fmt.Fprintf(w, "warning: %s (and %d more)\n", h.first, h.count-1)
	}
}

// mistakes collects usage errors, so that one run reports all of them.
type mistakes []string

// see keeps a usage error, and returns any other error.
func (m *mistakes) see(err error) error {
	if usage := (cli.UsageError{}); errors.As(err, &usage) {
		*m = append(*m, usage.Error())
		return nil
	}
	return err
}

// err returns all mistakes as one usage error; nil when there are none.
func (m mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	return cli.Usagef("%s", strings.Join(m, "; "))
}

// each calls visit for every entry of the -f files and then of the arguments; without any, for those of standard input.
func (l *lists) each(args []string, visit func(ipam.Item)) error {
	if len(l.files)+len(args) == 0 {
		args = []string{"-"}
	}
	var bad mistakes
	for _, name := range l.files {
		if err := bad.see(l.eachOfFile(name, visit)); err != nil {
			return err
		}
	}
	if err := bad.see(l.eachOfArgs(args, visit)); err != nil {
		return err
	}
	return bad.err()
}

// eachOfArgs calls visit for every entry of the arguments, of which there may be none.
func (l *lists) eachOfArgs(args []string, visit func(ipam.Item)) error {
	var bad mistakes
	for _, arg := range args {
		if err := bad.see(l.eachOfArg(arg, visit)); err != nil {
			return err
		}
	}
	return bad.err()
}

// entries returns what each reads as a source for two passes: files are read again, and the text of streams is kept.
// The first pass reports all invalid lines, so that nothing is printed for a list that has any.
func (l *lists) entries(args []string) report.Source[ipam.Item] {
	read := &streams{}
	return func(visit func(ipam.Item)) error {
		l.streams = read
		defer func() { l.streams = nil }()
		seen := l.hostBits
		err := l.each(args, visit)
		if read.again {
			l.hostBits = seen // not counted twice
		}
		read.again = true
		return err
	}
}

// sets reads several lists, all of them even if one has invalid entries.
func (l *lists) sets(lists ...func() (*ipam.Set, error)) ([]*ipam.Set, error) {
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

// all returns a function that reads what each reads as a set.
func (l *lists) all(args []string) func() (*ipam.Set, error) {
	return func() (*ipam.Set, error) {
		var b ipam.Builder
		b.Grow(l.lines(args))
		err := l.each(args, b.AddItem)
		return b.Set(), err
	}
}

// ofArgs returns a function that reads the arguments as one set, which may be empty.
func (l *lists) ofArgs(args ...string) func() (*ipam.Set, error) {
	return func() (*ipam.Set, error) {
		var b ipam.Builder
		b.Grow(linesIn(args...))
		err := l.eachOfArgs(args, b.AddItem)
		return b.Set(), err
	}
}

// first returns a function that reads the list that a command works on: the -f files, else the first of several
// arguments, else standard input. It also returns the other arguments.
func (l *lists) first(args []string) (list func() (*ipam.Set, error), rest []string) {
	if len(l.files) > 0 || len(args) < 2 {
		return l.all(nil), args
	}
	return l.ofArgs(args[0]), args[1:]
}

// lines estimates how many lines each will read.
func (l *lists) lines(args []string) int { return linesIn(slices.Concat(l.files, args)...) }

// linesIn estimates how many lines a file has if it is the only one, so that memory for them can be allocated at once;
// else 0.
func linesIn(names ...string) int {
	const bytesPerLine, limit = 14, 1 << 24
	if len(names) != 1 {
		return 0
	}
	size, _ := fileSize(names[0])
	return int(min(size/bytesPerLine, limit))
}

// fileSize returns the size of a regular file in bytes. It reports false for anything else.
func fileSize(name string) (int64, bool) {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0, false
	}
	return info.Size(), true
}

// eachOfArg reads an argument as an entry, else as the name of a file.
func (l *lists) eachOfArg(arg string, visit func(ipam.Item)) error {
	if arg == "-" {
		return l.eachOfStdin(visit)
	}
	item, err := ipam.ParseItem(arg)
	if err == nil {
		l.hostBits.see(item)
		visit(item)
		return nil
	}
	switch _, statErr := os.Stat(arg); {
	case errors.Is(statErr, fs.ErrNotExist) && isPath(arg):
		return l.eachOfFile(arg, visit)
	case statErr != nil && strings.Contains(arg, ","):
		return cli.Usagef("%q has a comma: name each entry as an argument of its own, or repeat the flag for each", arg)
	case arg == "" || statErr != nil && !errors.Is(statErr, fs.ErrPermission):
		return cli.Usagef("%w, and there is no file of that name", err) // the name may also be too long for a file
	}
	return l.eachOfFile(arg, visit)
}

// isPath reports whether an argument can only be the name of a file: it starts like a path, or has an extension.
func isPath(arg string) bool {
	for _, start := range []string{"/", "./", "../", "~"} {
		if strings.HasPrefix(arg, start) && len(arg) > len(start) {
			return true
		}
	}
	ending := strings.TrimPrefix(filepath.Ext(arg), ".")
	return len(ending) > 1 && strings.Trim(strings.ToLower(ending), "abcdefghijklmnopqrstuvwxyz") == ""
}

func (l *lists) eachOfStdin(visit func(ipam.Item)) error {
	if l.io.InTerminal {
		return cli.Usagef("nothing to read: name prefixes or -f FILE, or pipe a list to standard input")
	}
	const name = spec.Stdin
	if r, ok := l.streams.next(); ok {
		return l.eachOfList(r, name, visit)
	}
	if l.stdinRead {
		return cli.Usagef("standard input is named twice, but can only be read once")
	}
	l.stdinRead = true
	return l.eachOfList(l.streams.keep(l.io.In), name, visit)
}

func (l *lists) eachOfFile(name string, visit func(ipam.Item)) error {
	if name == "-" {
		return l.eachOfStdin(visit)
	}
	_, regular := fileSize(name)
	if !regular {
		if r, ok := l.streams.next(); ok {
			return l.eachOfList(r, name, visit)
		}
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if regular {
		return l.eachOfList(f, name, visit)
	}
	return l.eachOfList(l.streams.keep(f), name, visit)
}

// eachOfList reads one list, and prints its invalid lines to standard error.
func (l *lists) eachOfList(r io.Reader, name string, visit func(ipam.Item)) error {
	name = report.Printable(name)
	err := ipam.ReadList(r, name, func(i ipam.Item) {
		l.hostBits.see(i)
		visit(i)
	})
	var bad *ipam.ListErrors
	if !errors.As(err, &bad) {
		return err
	}
	fmt.Fprintln(l.io.Err, bad)
	if n := len(bad.Errors) + bad.More; n > 1 {
		return cli.Usagef("%s has %d lines that are not a prefix, a range or an address", name, n)
	}
	return cli.Usagef("%s has a line that is not a prefix, a range or an address", name)
}
