package ipam

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"unicode/utf8"
)

const (
	// maxLine is the maximum length of a line in bytes.
	maxLine = 64 << 10
	// maxListErrors is the maximum number of reported lines; the rest are only counted.
	maxListErrors = 20
)

// ListError is one invalid line of a list.
type ListError struct {
	File         string
	Line, Column int // from 1; the column counts characters
	Message      string
}

// Error returns the position of the entry and what is wrong with it.
func (e *ListError) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}

// ListErrors are the errors in a list, in order, up to the first twenty.
type ListErrors struct {
	Errors []*ListError
	More   int // number of invalid lines that are not in Errors
}

// Error returns the errors, one per line.
func (e *ListErrors) Error() string {
	var b strings.Builder
	for i, one := range e.Errors {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(one.Error())
	}
	if e.More > 0 {
		fmt.Fprintf(&b, "\n%s: %d more lines like these", e.Errors[0].File, e.More)
	}
	return b.String()
}

// asError returns e as an error, or nil when there are none.
func (e *ListErrors) asError() error {
	if len(e.Errors) == 0 {
		return nil
	}
	return e
}

func (e *ListErrors) add(one *ListError) {
	if len(e.Errors) == maxListErrors {
		e.More++
		return
	}
	e.Errors = append(e.Errors, one)
}

// ReadList calls each for every item of a list: a prefix, a range or an address per line; blank lines, # comments, CRLF
// and a byte order mark are allowed. The item and its label are valid only during the call, unless Keep is called.
// Errors contain the name.
//
// It continues after an invalid line and then returns *ListErrors. Memory does not grow with the list.
func ReadList(r io.Reader, name string, each func(Item)) error {
	l := listReader{file: name, each: each}
	in := bufio.NewReaderSize(r, maxLine)
	for {
		_, err := in.Peek(1)
		if err == nil {
			text, _ := in.Peek(in.Buffered())
			rest := readLines4(text, l.plain)
			in.Discard(len(text) - len(rest))
			if len(rest) > 0 {
				err = l.next(in)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return l.bad.asError()
		case err != nil:
			return fmt.Errorf("reading %s: %w", name, err)
		}
	}
}

// listReader is the state of ReadList.
type listReader struct {
	file string
	line int // lines read so far
	each func(Item)
	bad  ListErrors
}

func (l *listReader) refuse(column int, message string) {
	l.bad.add(&ListError{l.file, l.line, column, message})
}

// plain reads an entry on a line without anything else, as are nearly all lines of a long list.
func (l *listReader) plain(e entry4) {
	l.line++
	item := itemOfEntry4(e)
	item.File, item.Line, item.Column = l.file, l.line, 1
	l.each(item)
}

// next reads any other line.
func (l *listReader) next(in *bufio.Reader) error {
	line, err := in.ReadSlice('\n')
	l.line++
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		l.refuse(1, fmt.Sprintf("the line has %d bytes or more", maxLine))
		return skipLine(in)
	case err == nil || errors.Is(err, io.EOF):
		l.read(line)
	}
	return err
}

func (l *listReader) read(line []byte) {
	if l.line == 1 {
		line = bytes.TrimPrefix(line, []byte("\ufeff"))
	}
	text, label := line, []byte(nil)
	if i := bytes.IndexByte(line, '#'); i >= 0 {
		text, label = line[:i], bytes.TrimSpace(line[i+1:])
	}
	start := 0
	for start < len(text) && isSpace(text[start]) {
		start++
	}
	text = text[start:]
	for len(text) > 0 && isSpace(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	if len(text) == 0 {
		return
	}
	item, ok := parsePlain(text)
	if !ok {
		var err *itemError
		if item, err = parseItem(string(text)); err != nil {
			l.refuse(utf8.RuneCount(line[:start])+utf8.RuneCount(text[:err.at])+1, err.message)
			return
		}
	}
	item.File, item.Line, item.Column = l.file, l.line, start+1 // only single-byte blanks precede it
	item.label = label
	l.each(item)
}

func skipLine(in *bufio.Reader) error {
	for {
		_, err := in.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// parsePlain reads a plain IPv4 entry. It reports false for everything else, valid or not: parseItem handles all
// notations and errors.
func parsePlain(text []byte) (Item, bool) {
	e, n, ok := readEntry4(text)
	if !ok || n < len(text) {
		return Item{}, false
	}
	return itemOfEntry4(e), true
}

func itemOfEntry4(e entry4) Item {
	i := Item{first: key4(e.First), last: lastKey4(e.Last), addr: key4(e.Addr), bits: e.Bits}
	switch e.Mark {
	case '-':
		i.Kind = RangeItem
	case 0:
		i.Kind = AddressItem
	}
	return i
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// Keep returns a copy of the item that stays valid after the callback of ReadList.
func (i Item) Keep() Item {
	i.label = bytes.Clone(i.label)
	return i
}

// ParseItem reads a single prefix, range or address.
func ParseItem(s string) (Item, error) {
	item, err := parseItem(strings.TrimSpace(s))
	if err != nil {
		return Item{}, errors.New(err.message)
	}
	return item, nil
}

// itemError is an error in an item and its byte position.
type itemError struct {
	at      int
	message string
}

func badItem(at int, format string, args ...any) *itemError {
	return &itemError{at, fmt.Sprintf(format, args...)}
}

func parseItem(s string) (Item, *itemError) {
	if i := strings.IndexByte(s, '/'); i >= 0 {
		return parsePrefix(s, i)
	}
	if i := strings.IndexByte(s, '-'); i >= 0 {
		return parseRange(s, i)
	}
	a, err := parseAddr(s, s, 0)
	if err != nil {
		return Item{}, err
	}
	return Item{first: keyOf(a), last: lastKeyOf(a), addr: keyOf(a), is6: a.Is6(), Kind: AddressItem}, nil
}

func parsePrefix(s string, slash int) (Item, *itemError) {
	a, err := parseAddr(s, s[:slash], 0)
	if err != nil {
		return Item{}, err
	}
	length, err := parseLength(s, slash+1, a)
	if err != nil {
		return Item{}, err
	}
	i := ItemOf(netip.PrefixFrom(a, length))
	return i, nil
}

// parseLength reads 24 as well as 255.255.255.0.
func parseLength(s string, at int, a netip.Addr) (int, *itemError) {
	text := s[at:]
	if more := strings.IndexAny(text, " \t,;"); more >= 0 {
		return 0, badItem(
			at+more,
			"%q: unexpected text after the entry (write one entry per line, and # before a comment)",
			s,
		)
	}
	if a.Is4() && strings.Contains(text, ".") {
		mask, err := netip.ParseAddr(text)
		if err != nil || !mask.Is4() {
			return 0, badItem(at, "%q: %q is not a netmask", s, text)
		}
		k := keyOf(mask).hi
		for length := 0; length <= 32; length++ {
			if uint32(k>>32) == uint32(^(^uint64(0)>>length)>>32) {
				return length, nil
			}
		}
		return 0, badItem(at, "%q: the netmask %s has ones after a zero", s, text)
	}
	length := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' || length > 128 {
			length = -1
			break
		}
		length = length*10 + int(c-'0')
	}
	if text == "" || length < 0 || length > a.BitLen() || len(text) > 1 && text[0] == '0' {
		return 0, badItem(at, "%q: the length after / must be a number from 0 to %d", s, a.BitLen())
	}
	return length, nil
}

func parseRange(s string, dash int) (Item, *itemError) {
	from, err := parseAddr(s, strings.TrimRight(s[:dash], " \t"), 0)
	if err != nil {
		return Item{}, err
	}
	rest := strings.TrimLeft(s[dash+1:], " \t")
	at := len(s) - len(rest)
	to, err := parseAddr(s, rest, at)
	if err != nil {
		return Item{}, err
	}
	if from.Is6() != to.Is6() {
		return Item{}, badItem(at, "%q: both ends of a range must be in the same address family", s)
	}
	if to.Less(from) {
		return Item{}, badItem(at, "%q: the range ends before it starts", s)
	}
	return Item{first: keyOf(from), last: lastKeyOf(to), addr: keyOf(from), is6: from.Is6(), Kind: RangeItem}, nil
}

// parseAddr reads part, which starts at byte at of the item s.
func parseAddr(s, part string, at int) (netip.Addr, *itemError) {
	a, err := netip.ParseAddr(part)
	if err != nil {
		why := whyNoAddr(part)
		if part != s {
			why = fmt.Sprintf("%q: %s", s, why)
		}
		return a, badItem(at, "%s; expected an address, a prefix or a range first-last", why)
	}
	if a.Zone() != "" {
		return a, badItem(at, "%q: a zone (%%%s) is not allowed", s, a.Zone())
	}
	return a, nil
}

func whyNoAddr(part string) string {
	switch fields := strings.Fields(part); {
	case part == "":
		return "an address is missing"
	case len(fields) > 1:
		return fmt.Sprintf("%q is more than one entry (write one entry per line, and # before a comment)", part)
	case strings.Contains(part, ":"):
		return fmt.Sprintf("%q is not an IPv6 address", part)
	case strings.Trim(part, "0123456789.") != "":
		return fmt.Sprintf("%q is not an address", part)
	}
	return whyNoAddr4(part)
}

func whyNoAddr4(part string) string {
	octets := strings.Split(part, ".")
	if len(octets) != 4 {
		return fmt.Sprintf("%q does not have the four numbers of an IPv4 address", part)
	}
	for _, o := range octets {
		switch {
		case o == "":
			return fmt.Sprintf("%q has an empty number", part)
		case len(o) > 1 && o[0] == '0':
			return fmt.Sprintf("%s in %q starts with a zero, which some programs read as octal", o, part)
		case len(o) > 3 || len(o) == 3 && o > "255":
			return fmt.Sprintf("%s in %q is more than 255", o, part)
		}
	}
	return fmt.Sprintf("%q is not an IPv4 address", part)
}
