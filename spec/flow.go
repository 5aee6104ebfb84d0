package spec

import (
	"fmt"
	"strings"
)

// openBrace is an open bracket or brace.
type openBrace struct {
	sign     byte
	line, at int
	// colons is how many keys the entry at hand has; more than one is an entry without a comma before it.
	colons int
}

// flow follows quotes and brackets, which may go over several lines.
type flow struct {
	brackets []openBrace
	// quote is the sign of the open quote, 0 outside of quotes, and where it was opened.
	quote             byte
	quoteLine, quoted int
	// word is where the last word started, and afterQuote whether it was in quotes.
	word       int
	afterQuote bool
}

// inside reports whether a quote or bracket is open.
func (f *flow) inside() bool { return f.quote != 0 || len(f.brackets) > 0 }

// unclosed reports the innermost quote or bracket that is open.
func (f *flow) unclosed() *mistake {
	switch n := len(f.brackets); {
	case f.quote != 0:
		return &mistake{f.quoteLine, f.quoted, "the quote is not closed"}
	case n > 0:
		b := f.brackets[n-1]
		return &mistake{b.line, b.at, fmt.Sprintf("%c is not closed", b.sign)}
	}
	return nil
}

// scan follows a line from a byte on, until all quotes and brackets are closed.
func (f *flow) scan(line int, text string, at int) *mistake {
	f.afterQuote = f.afterQuote && f.inside()
	for at < len(text) {
		var m *mistake
		if f.quote != 0 {
			at = f.skipQuoted(text, at)
		} else {
			at, m = f.token(line, text, at)
		}
		if m != nil {
			return m
		}
		if !f.inside() {
			return f.rest(line, text, at)
		}
	}
	return nil
}

// skipQuoted returns where the open quote ends on the line.
func (f *flow) skipQuoted(text string, at int) int {
	for ; at < len(text); at++ {
		switch {
		case text[at] == '\\' && f.quote == '"':
			at++
		case text[at] == f.quote && f.quote == '\'' && strings.HasPrefix(text[at:], "''"):
			at++
		case text[at] == f.quote:
			f.quote, f.afterQuote = 0, true
			return at + 1
		}
	}
	return len(text)
}

// token follows one sign, quote or word.
func (f *flow) token(line int, text string, at int) (next int, m *mistake) {
	top := len(f.brackets) - 1
	switch c := text[at]; c {
	case ' ', '\t':
		return at + 1, nil
	case '#':
		if at == 0 || text[at-1] == ' ' || text[at-1] == '\t' {
			return len(text), nil
		}
	case '"', '\'':
		if f.afterQuote {
			return at, f.noComma(line, at)
		}
		f.quote, f.quoteLine, f.quoted, f.word = c, line, at, at
		return at + 1, nil
	case '[', '{':
		f.brackets = append(f.brackets, openBrace{sign: c, line: line, at: at})
		f.afterQuote = false
		return at + 1, nil
	case ']', '}':
		return at + 1, f.close(line, c, at)
	case ',':
		f.brackets[top].colons, f.afterQuote = 0, false
		return at + 1, nil
	case ':':
		return at + 1, f.colon(line, text, at)
	case '/':
		if text[at:] == "//" || strings.HasPrefix(text[at:], "// ") {
			return at, &mistake{line, at, "JSON has no comments; write the spec as YAML, which has them behind #"}
		}
	}
	if f.afterQuote {
		return at, f.noComma(line, at)
	}
	f.word = at
	return f.wordEnd(text, at+1), nil
}

// noComma reports a word or quote behind a quote.
func (*flow) noComma(line, at int) *mistake {
	return &mistake{line, at, "a comma or a colon is missing before this"}
}

// wordEnd returns where a word ends that starts before a byte.
func (f *flow) wordEnd(text string, at int) int {
	for ; at < len(text); at++ {
		switch c := text[at]; {
		case strings.IndexByte(",[]{}", c) >= 0, c == ':' && isColon(text, at), c == ' ' || c == '\t':
			return at
		}
	}
	return at
}

// isColon reports whether the colon at a byte ends a key.
func isColon(text string, at int) bool {
	return at+1 == len(text) || strings.IndexByte(" \t,[]{}", text[at+1]) >= 0
}

// colon counts the keys of an entry.
func (f *flow) colon(line int, text string, at int) *mistake {
	top := len(f.brackets) - 1
	if top < 0 || !f.afterQuote && !isColon(text, at) {
		return nil
	}
	if f.brackets[top].colons++; f.brackets[top].colons > 1 {
		return &mistake{line, f.word, "a comma is missing before " + quote(strings.Trim(text[f.word:at], `"' `))}
	}
	f.afterQuote = false
	return nil
}

// close closes the innermost bracket.
func (f *flow) close(line int, sign byte, at int) *mistake {
	top := len(f.brackets) - 1
	if top < 0 {
		return &mistake{line, at, fmt.Sprintf("%c closes nothing", sign)}
	}
	open := f.brackets[top]
	want := byte(']')
	if open.sign == '{' {
		want = '}'
	}
	if sign != want {
		return &mistake{
			line,
			at,
			fmt.Sprintf("%c closes nothing: the %c of line %d needs %c", sign, open.sign, open.line+1, want),
		}
	}
	f.brackets = f.brackets[:top]
	f.afterQuote = false
	return nil
}

// rest checks what follows on the line where the last quote or bracket was closed: nothing but a comment.
func (f *flow) rest(line int, text string, at int) *mistake {
	rest := strings.TrimLeft(text[at:], " \t")
	from := len(text) - len(rest)
	switch {
	case rest == "" || rest[0] == '#':
		return nil
	case rest[0] == ':':
		return lost()
	case rest[0] == ']' || rest[0] == '}':
		return &mistake{line, from, fmt.Sprintf("%c closes nothing", rest[0])}
	case f.afterQuote && f.quoteLine != line:
		return &mistake{f.quoteLine, f.quoted, "the quote is not closed"}
	case f.afterQuote:
		return &mistake{line, from, "text after the closing quote; quotes go around the whole value"}
	}
	return &mistake{line, from, "text after the closing bracket"}
}
