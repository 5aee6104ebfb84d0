package spec

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"
)

// Excerpt is a value and the text around it on its line.
type Excerpt struct {
	Before, Value, After string
	// MoreBefore, MoreValue and MoreAfter report whether the line has more text than the part shows.
	MoreBefore, MoreValue, MoreAfter bool
}

// Excerpt returns the text at a position: at most so many characters of the value, and at most so many before and after
// it. Nothing follows a value that is cut. All are empty for a line that does not exist. The work does not grow with
// the length of the line. The first call for a file looks for all of its lines; calls must not run at the same time.
func (s *Spec) Excerpt(p Position, value, around int) (e Excerpt) {
	file := s.tree.linesOf(p.File)
	if file == nil || p.Line < 1 || p.Line > len(file.starts) {
		return e
	}
	line := file.line(p.Line - 1)
	start := file.offset(p.Line-1, max(p.Column-1, 0))
	before := backward(line[:start], around)
	end := start + forward(line[start:], min(max(p.Width, 0), value))
	e.Before, e.MoreBefore = string(line[before:start]), before > 0
	e.Value, e.MoreValue = string(line[start:end]), p.Width > value && end < len(line)
	if e.MoreValue {
		return e
	}
	after := end + forward(line[end:], around)
	e.After, e.MoreAfter = string(line[end:after]), after < len(line)
	return e
}

// forward returns how many bytes the first n characters of a text have, or all of them.
func forward(text []byte, n int) (bytes int) {
	for ; n > 0 && bytes < len(text); n-- {
		_, size := utf8.DecodeRune(text[bytes:])
		bytes += size
	}
	return bytes
}

// backward returns where the last n characters of a text begin.
func backward(text []byte, n int) int {
	start := len(text)
	for ; n > 0 && start > 0; n-- {
		_, size := utf8.DecodeLastRune(text[:start])
		start -= size
	}
	return start
}

// lines finds lines of a text, and characters of a line. Lines end where YAML ends them.
type lines struct {
	text   []byte
	starts []int
	// marks is where every markEvery-th character of a long line is, once somebody asked.
	marks map[int][]int
}

// markEvery is how many characters are between two marks of a line.
const markEvery = 1024

func newLines(text []byte) *lines {
	l := &lines{text: text, marks: map[int][]int{}}
	for rest := text; rest != nil; _, rest = cutLine(rest) {
		l.starts = append(l.starts, len(text)-len(rest))
	}
	return l
}

// line returns the text of a line, counted from 0, without its end and without a byte order mark.
func (l *lines) line(n int) []byte {
	text := l.text[l.starts[n]:]
	if n+1 < len(l.starts) {
		text = l.text[l.starts[n]:l.starts[n+1]]
		_, size := utf8.DecodeLastRune(text)
		text = bytes.TrimSuffix(text[:len(text)-size], []byte("\r"))
	}
	return bytes.TrimPrefix(text, []byte("\ufeff"))
}

// offset returns where a character of a line is, both counted from 0, or the end of the line.
func (l *lines) offset(line, character int) int {
	text := l.line(line)
	if len(text) <= markEvery {
		return forward(text, character)
	}
	if l.marks[line] == nil {
		l.marks[line] = marksOf(text)
	}
	marks := l.marks[line]
	last := min(character/markEvery, len(marks)-1)
	return marks[last] + forward(text[marks[last]:], character-last*markEvery)
}

func marksOf(text []byte) (marks []int) {
	for at := 0; ; {
		marks = append(marks, at)
		size := forward(text[at:], markEvery)
		if at += size; at == len(text) {
			return marks
		}
	}
}

// linesOf returns the lines of a file, or nil.
func (t *tree) linesOf(file string) *lines {
	i, ok := slices.BinarySearchFunc(
		t.sources,
		file,
		func(s Source, name string) int { return cmp.Compare(s.Name, name) },
	)
	if !ok {
		return nil
	}
	if t.lines == nil {
		t.lines = make([]*lines, len(t.sources))
	}
	if t.lines[i] == nil {
		t.lines[i] = newLines(t.sources[i].Data)
	}
	return t.lines[i]
}
