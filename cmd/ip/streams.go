package ip

import (
	"bytes"
	"io"
	"net"
)

// streams keeps the text of lists that can only be read once, in the order in which they were read.
type streams struct {
	texts []*streamText
	again bool // this is the second pass: texts are read
}

// keep returns a reader of r that keeps the text for the second pass; r itself without streams.
func (s *streams) keep(r io.Reader) io.Reader {
	if s == nil {
		return r
	}
	t := &streamText{}
	s.texts = append(s.texts, t)
	return io.TeeReader(r, t)
}

// next returns the text of the next stream. It reports false in the first pass, in which the stream itself must be
// read.
func (s *streams) next() (io.Reader, bool) {
	if s == nil || !s.again || len(s.texts) == 0 {
		return nil, false
	}
	t := s.texts[0]
	s.texts = s.texts[1:]
	return (*net.Buffers)(t), true // frees the text while it is read
}

// streamText is text in pieces, so that it can grow without being copied.
type streamText [][]byte

// Write implements io.Writer.
func (t *streamText) Write(p []byte) (int, error) {
	*t = append(*t, bytes.Clone(p))
	return len(p), nil
}
