package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/internal/printable"
)

// jsonStream writes a JSON document piece by piece in the layout of WriteJSON, so that a long list need not be in
// memory. Call open, then key and a value for each member of an object, or next and a value for each element of a list,
// then close.
type jsonStream struct {
	out    *bufio.Writer
	filled []bool // for each open object or list, whether it has a member or element
	text   bytes.Buffer
	enc    *json.Encoder // writes to text
	err    error         // the first error of a value
}

func newJSONStream(w io.Writer) *jsonStream {
	s := &jsonStream{out: bufio.NewWriterSize(w, 1<<16)}
	s.enc = newJSONEncoder(&s.text)
	return s
}

// open begins an object with '{' or a list with '['.
func (s *jsonStream) open(bracket byte) {
	s.out.WriteByte(bracket)
	s.filled = append(s.filled, false)
}

// close ends the innermost object or list.
func (s *jsonStream) close(bracket byte) {
	last := len(s.filled) - 1
	filled := s.filled[last]
	s.filled = s.filled[:last]
	if filled {
		s.newLine()
	}
	s.out.WriteByte(bracket)
}

// next begins an element of a list.
func (s *jsonStream) next() {
	last := len(s.filled) - 1
	if s.filled[last] {
		s.out.WriteByte(',')
	}
	s.filled[last] = true
	s.newLine()
}

// key begins a member of an object. The name needs no escapes.
func (s *jsonStream) key(name string) {
	s.next()
	s.out.WriteString(`"` + name + `": `)
}

// member writes a member of an object.
func (s *jsonStream) member(name string, v any) {
	s.key(name)
	s.value(v)
}

// value writes any value.
func (s *jsonStream) value(v any) {
	s.text.Reset()
	s.enc.SetIndent(s.margin(), "  ")
	if err := s.enc.Encode(v); err != nil {
		if s.err == nil {
			s.err = err
		}
		return
	}
	s.out.Write(bytes.TrimSuffix(printable.JSON(s.text.Bytes()), []byte("\n")))
}

// prefix writes a prefix as a string.
func (s *jsonStream) prefix(p netip.Prefix) {
	s.out.Write(append(p.AppendTo(append(s.out.AvailableBuffer(), '"')), '"'))
}

func (s *jsonStream) newLine() { s.out.WriteString("\n" + s.margin()) }

// margin returns the current indentation.
func (s *jsonStream) margin() string { return strings.Repeat("  ", len(s.filled)) }

// end ends the document and returns the first error.
func (s *jsonStream) end() error {
	s.out.WriteByte('\n')
	if s.err != nil {
		return s.err
	}
	return s.out.Flush()
}

func newJSONEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

// encodeJSON writes a value, indented by two spaces, and a line feed; lines after the first start with margin.
func encodeJSON(w io.Writer, v any, margin string) error {
	var text bytes.Buffer
	enc := newJSONEncoder(&text)
	enc.SetIndent(margin, "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(printable.JSON(text.Bytes()))
	return err
}
