package ipam

import (
	"io"
	"strconv"
)

// WritePrefixes writes the fewest prefixes that make up the set, one a line, sorted, IPv4 first.
func (s *Set) WritePrefixes(w io.Writer) error {
	out := &lines{w: w, buf: make([]byte, 0, lineBuffer)}
	one4 := func(a addr4, length int) bool {
		out.buf = append(strconv.AppendUint(append(appendAddr4(out.buf, a), '/'), uint64(length), 10), '\n')
		return out.roomForMore()
	}
	one6 := func(a key, length int) bool {
		out.buf = append(block{a, uint8(length)}.prefix(true).AppendTo(out.buf), '\n')
		return out.roomForMore()
	}
	for _, r := range s.v4 {
		if !blocks4(r, one4) {
			return out.err
		}
	}
	for _, r := range s.v6 {
		if !blocks6(r, one6) {
			return out.err
		}
	}
	return out.flush()
}

const (
	lineBuffer = 64 << 10
	longLine   = 64 // more than any prefix takes
)

// lines gathers short lines into large writes.
type lines struct {
	w   io.Writer
	buf []byte
	err error
}

// roomForMore writes the buffer out when it is nearly full. It reports false after an error.
func (l *lines) roomForMore() bool {
	return len(l.buf) < lineBuffer-longLine || l.flush() == nil
}

func (l *lines) flush() error {
	_, l.err = l.w.Write(l.buf)
	l.buf = l.buf[:0]
	return l.err
}

func appendAddr4(to []byte, a addr4) []byte {
	to = append(appendOctet(to, byte(a>>24)), '.')
	to = append(appendOctet(to, byte(a>>16)), '.')
	to = append(appendOctet(to, byte(a>>8)), '.')
	return appendOctet(to, byte(a))
}

func appendOctet(to []byte, v byte) []byte {
	switch {
	case v >= 100:
		return append(to, '0'+v/100, '0'+v/10%10, '0'+v%10)
	case v >= 10:
		return append(to, '0'+v/10, '0'+v%10)
	}
	return append(to, '0'+v)
}
