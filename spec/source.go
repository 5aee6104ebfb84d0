package spec

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxFileSize is how many bytes one file may have. Ten thousand clusters take about five million.
const MaxFileSize = 16 << 20

// Stdin is the name of standard input as a file of a spec.
const Stdin = "<stdin>"

// Source is one file of a spec: its name as the user gave it, and its bytes.
type Source struct {
	Name string
	Data []byte
	// FromFolder is set for a file that the user did not name: it is in a folder that was named.
	FromFolder bool
}

// Position is a place in a file. Lines and columns count from 1, columns count characters, and Width is how many
// characters the value there has. The zero Position is nowhere.
type Position struct {
	File   string
	Line   int
	Column int
	Width  int
}

// String returns "file:line:column", without what is not known.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Compare orders positions by file, line and column.
func (p Position) Compare(q Position) int {
	if c := strings.Compare(p.File, q.File); c != 0 {
		return c
	}
	if p.Line != q.Line {
		return p.Line - q.Line
	}
	return p.Column - q.Column
}

// at is the position of a node: the first character of its text, past the quote of a quoted scalar.
func at(file string, n *node) Position {
	p := Position{File: file, Line: int(n.line), Column: int(n.column), Width: 1}
	if n.kind != scalarNode {
		return p
	}
	if n.quoted {
		p.Column++
	}
	if !n.block {
		p.Width = max(1, utf8.RuneCountInString(n.value))
	}
	return p
}

// cutLine splits text after its first line break: LF, CR LF, CR, or one of Unicode's.
// https://yaml.org/spec/1.1/#id871856 (read 2026-11-22)
func cutLine(text []byte) (line, rest []byte) {
	i := bytes.IndexAny(text, "\n\r\u0085\u2028\u2029")
	if i < 0 {
		return text, nil
	}
	_, n := utf8.DecodeRune(text[i:])
	if bytes.HasPrefix(text[i:], []byte("\r\n")) {
		n = 2
	}
	return text[:i], text[i+n:]
}

// Files returns the names of the files the spec was read from, in the order they were joined.
func (s *Spec) Files() []string {
	names := make([]string, len(s.tree.sources))
	for i, f := range s.tree.sources {
		names[i] = f.Name
	}
	return names
}
