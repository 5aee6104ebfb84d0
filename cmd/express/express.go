// Package express answers the plainest questions about short lists before the rest of aksnet is set up, because setting
// up all its libraries takes longer than reading, sorting and writing ten thousand prefixes.
//
// Go sets packages up one after another: of those whose imports are done, the one whose path comes first
// (https://go.dev/ref/spec#Package_initialization, read 2026-11-24). This one imports next to nothing, so it comes before
// nearly all others. It answers in its init function, the only one of the project, and ends the process then. Importing
// it is all there is to do, and only package main does it.
//
// It prints what package cmd would print, byte for byte, and leaves to that whatever it is not sure of: flags, settings,
// terminals, standard input, long lists, and every line that is more than a plain IPv4 entry.
package express

import (
	"io"
	"os"

	"github.com/aksnet/aksnet/ipam/span"
)

func init() {
	q, ok := parse(os.Args[1:])
	if !ok || hasSettings() || mayBeTerminal(os.Stdout) {
		return
	}
	answer, ok := q.answer()
	if !ok {
		return
	}
	if err := span.WriteBlocks4(os.Stdout, answer); err != nil {
		os.Stderr.WriteString("aksnet: " + err.Error() + "\n")
		os.Exit(exitFailure)
	}
	os.Exit(0)
}

// exitFailure is cmd's exit code when the work could not be done.
const exitFailure = 3

// spans are sorted and disjoint, with an address between any two.
type spans = []span.Span[span.Addr4]

// question is some lists and what to make of two of them. A list is entries and names of files.
type question struct {
	lists   [][]string
	combine func(a, b spans) spans
}

// parse reports false for arguments that are no plain question.
func parse(args []string) (q question, ok bool) {
	if len(args) < 3 || args[0] != "ip" {
		return q, false
	}
	verb, args := args[1], args[2:]
	switch {
	case verb == "merge":
		return question{lists: [][]string{args}}, true
	case verb == "subtract" && len(args) > 1:
		return question{[][]string{args[:1], args[1:]}, span.Subtract[span.Addr4]}, true
	case verb == "intersect" && len(args) > 1:
		for i := range args {
			q.lists = append(q.lists, args[i:i+1])
		}
		return question{q.lists, span.Intersect[span.Addr4]}, true
	case verb == "free" && len(args) == 4 && args[0] == "--in" && args[2] == "--used":
		return question{[][]string{args[1:2], args[3:]}, span.Subtract[span.Addr4]}, true
	}
	return q, false
}

// hasSettings tells whether a variable or the user's own file may set flags.
func hasSettings() bool {
	const prefix = "AKSNET_"
	for _, v := range os.Environ() {
		if len(v) >= len(prefix) && v[:len(prefix)] == prefix {
			return true
		}
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return false
	}
	_, err = os.Stat(dir + "/aksnet/config.yaml")
	return !os.IsNotExist(err)
}

// mayBeTerminal tells whether somebody may sit at f, who would want a table.
func mayBeTerminal(f *os.File) bool {
	info, err := f.Stat()
	if err != nil {
		return true
	}
	if info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}

// answer reports false when an entry needs more thought.
func (q question) answer() (answer spans, ok bool) {
	var r reader
	for i, args := range q.lists {
		list, ok := r.read(args)
		switch {
		case !ok:
			return nil, false
		case i == 0:
			answer = list
		default:
			answer = q.combine(answer, list)
		}
	}
	return answer, true
}

const (
	bufferSize   = 16 << 10
	bytesPerLine = 14
	// longList is the size in bytes from which on the set-up is not what takes the time.
	longList = 1 << 20
)

// reader reads lists, one after another.
type reader struct {
	list     spans
	hostBits bool // were set in a prefix, of which package cmd warns
	buf      [bufferSize]byte
}

func (r *reader) read(args []string) (list spans, ok bool) {
	r.list = nil
	for _, arg := range args {
		if !r.arg(arg) || r.hostBits {
			return nil, false
		}
	}
	return span.Union(span.Sort4(r.list)), true
}

func (r *reader) add(e span.Entry4) {
	r.list = append(r.list, span.Span[span.Addr4]{Lo: e.First, Hi: e.Last})
	r.hostBits = r.hostBits || e.First != e.Addr
}

func (r *reader) arg(arg string) bool {
	if e, n, ok := span.ReadEntry4([]byte(arg)); ok && n == len(arg) {
		r.add(e)
		return true
	}
	return namesFile(arg) && r.file(arg)
}

// namesFile tells whether arg is surely no flag and no entry: it has a character that no entry has.
func namesFile(arg string) bool {
	for i, c := range []byte(arg) {
		switch {
		case i == 0 && c == '-':
			return false
		case 'g' <= c && c <= 'z', 'G' <= c && c <= 'Z', c == '_':
			return true
		}
	}
	return false
}

func (r *reader) file(name string) bool {
	info, err := os.Stat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > longList {
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	if r.list == nil {
		r.list = make(spans, 0, info.Size()/bytesPerLine+1)
	}
	return r.lines(f)
}

// lines reads to the end of f. It reports false for a line that is no plain entry.
func (r *reader) lines(f *os.File) bool {
	begun := 0 // bytes of a line
	for {
		n, err := f.Read(r.buf[begun : bufferSize-1])
		if n == 0 && err == io.EOF && begun > 0 {
			r.buf[begun], n = '\n', 1 // what the last line may lack
		}
		rest := span.ReadLines4(r.buf[:begun+n], r.add)
		begun = copy(r.buf[:], rest)
		if err != nil || begun == bufferSize-1 {
			return err == io.EOF && begun == 0
		}
	}
}
