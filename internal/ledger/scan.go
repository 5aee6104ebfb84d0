package ledger

import (
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// A ledger is written with one entry a line, so that a reviewer sees a range and its holder side by side and two
// branches that add different ranges merge. Lines in that form are read by the scanner below, without a document tree;
// a file with anything else in it is read as YAML, see [readYAML].

// item is a key and its value in an entry, and where they are.
type item struct {
	key, value string
	// raw is the value as it is written.
	raw       string
	line      int
	at, atKey span
}

// record is an entry as it is written.
type record struct {
	items          []item
	line           int
	above, comment string
}

const (
	lineStart = "  - {"
	lineEnd   = "}"
)

// scanLine reads an entry in the form in which it is written; false for every other line.
func scanLine(text string, line int) (r record, ok bool) {
	if !strings.HasPrefix(text, lineStart) {
		return record{}, false
	}
	s := scanner{text: text, at: len(lineStart), line: line}
	r.line = line
	r.items = make([]item, 0, 10)
	for {
		it, ok := s.item()
		if !ok {
			return record{}, false
		}
		r.items = append(r.items, it)
		if s.skip(", ") {
			continue
		}
		if !s.skip(lineEnd) {
			return record{}, false
		}
		break
	}
	switch rest := s.text[s.at:]; {
	case rest == "":
	case strings.HasPrefix(rest, " #"):
		r.comment = rest[1:]
	default:
		return record{}, false
	}
	return r, true
}

// scanner reads one line.
type scanner struct {
	text string
	at   int
	line int
}

func (s *scanner) skip(token string) bool {
	if !strings.HasPrefix(s.text[s.at:], token) {
		return false
	}
	s.at += len(token)
	return true
}

// item reads "key: value".
func (s *scanner) item() (it item, ok bool) {
	from := s.at
	for s.at < len(s.text) && isWord(s.text[s.at]) {
		s.at++
	}
	it.key, it.line = s.text[from:s.at], s.line
	it.atKey = s.span(from)
	if it.key == "" || !s.skip(": ") {
		return it, false
	}
	from = s.at
	if s.skip(`"`) {
		ok = s.quoted(from, &it)
	} else {
		ok = s.plain(from, &it)
	}
	return it, ok
}

// plain reads a value without quotes.
func (s *scanner) plain(from int, it *item) bool {
	for s.at < len(s.text) && isPlain(s.text[s.at]) {
		s.at++
	}
	it.raw = s.text[from:s.at]
	it.value = it.raw
	it.at = s.span(from)
	return isPlainText(it.value)
}

// quoted reads a value in double quotes, of which JSON and YAML think alike. The opening quote has been read.
func (s *scanner) quoted(from int, it *item) bool {
	for s.at < len(s.text) && s.text[s.at] != '"' {
		if s.text[s.at] == '\\' {
			s.at++
		}
		s.at++
	}
	if s.at >= len(s.text) {
		return false
	}
	s.at++
	it.raw = s.text[from:s.at]
	it.at = s.span(from)
	if !strings.Contains(it.raw, `\`) {
		it.value = it.raw[1 : len(it.raw)-1]
		return true
	}
	return json.Unmarshal([]byte(it.raw), &it.value) == nil // YAML's further escapes are left to YAML
}

// span returns the columns from a byte to here.
func (s *scanner) span(from int) span {
	column := utf8.RuneCountInString(s.text[:from]) + 1
	return span{column, column + utf8.RuneCountInString(s.text[from:s.at])}
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// isPlain reports whether a value that is not quoted may have the byte.
func isPlain(c byte) bool { return isWord(c) || c == '.' || c == '/' || c == ':' || c == '+' }

// isPlainText reports whether YAML reads the text as the same text without quotes, or as the prefix or time that it is.
func isPlainText(s string) bool {
	if s == "" || strings.HasSuffix(s, ":") {
		return false
	}
	for i := range len(s) {
		if !isPlain(s[i]) {
			return false
		}
	}
	switch c := s[0]; {
	case '0' <= c && c <= '9':
		return strings.ContainsAny(s, "/T") // a prefix or a time; a number would not stay a text
	case strings.IndexByte(":-.+/", c) >= 0:
		return false
	}
	switch strings.ToLower(s) {
	case "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return false
	}
	return true
}
