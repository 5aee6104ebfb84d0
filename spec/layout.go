package spec

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/aksnet/aksnet/internal/english"
)

// mistake is what is wrong at a place of a text that is not YAML. Lines and bytes count from 0.
type mistake struct {
	line, at int
	text     string
}

// level is a mapping or a list that is open, and the column of its keys or items.
type level struct {
	list   bool
	column int
}

// scalar text without a key, which might be a key without its colon.
type bareText struct {
	line, at int
	text     string
}

// layout follows the lines of a text as somebody who writes YAML sees them: which lists and mappings are open at which
// column, and which quotes and brackets. It knows less than a parser, and is only asked about texts that are not YAML.
type layout struct {
	lines []string
	n     int // the line at hand
	// levels are open from the outside to the inside.
	levels []level
	// pending is set after a key or a dash without a value: what is indented further belongs to it.
	pending bool
	bare    bareText
	// block is the column around a block scalar, whose lines are further in; -1 outside of one.
	block int
	flow
}

// findMistake looks for the first place where the layout is wrong.
func findMistake(data []byte) (mistake, bool) {
	l := &layout{block: -1}
	for rest := data; rest != nil; {
		var line []byte
		line, rest = cutLine(rest)
		l.lines = append(l.lines, string(bytes.TrimPrefix(line, []byte("\ufeff"))))
	}
	for l.n = range l.lines {
		if m := l.line(); m != nil {
			return *m, m.text != ""
		}
	}
	if m := l.flow.unclosed(); m != nil {
		return *m, true
	}
	return mistake{}, false
}

// place returns the position of a mistake for people.
func (m mistake) place(lines [][]byte) (line, column int) {
	text := bytes.TrimPrefix(lines[min(m.line, len(lines)-1)], []byte("\ufeff"))
	return m.line + 1, utf8.RuneCount(text[:min(m.at, len(text))]) + 1
}

// lost ends the search without a mistake: the text has something that the layout does not follow.
func lost() *mistake { return &mistake{} }

func (l *layout) wrong(at int, format string, a ...any) *mistake {
	return &mistake{l.n, at, fmt.Sprintf(format, a...)}
}

// line follows a line.
func (l *layout) line() *mistake {
	text := l.lines[l.n]
	indent := len(text) - len(strings.TrimLeft(text, " "))
	content := strings.TrimRight(text[indent:], " \t")
	switch {
	case l.inside():
		if m := l.leftOpen(indent, content); m != nil {
			return m
		}
		return l.scan(l.n, text, 0)
	case content == "" || content[0] == '#':
		return nil
	case l.block >= 0 && indent > l.block:
		return nil
	case content[0] == '\t':
		return lost()
	case indent == 0 && (content == "---" || content == "..." || content[0] == '%'):
		*l = layout{lines: l.lines, n: l.n, block: -1}
		return nil
	}
	l.block = -1
	return l.content(text, indent)
}

// leftOpen reports a bracket that was not closed before the next key or list item. JSON may be written at any column.
func (l *layout) leftOpen(indent int, content string) *mistake {
	if len(l.brackets) == 0 || l.quote != 0 || len(l.levels) == 0 {
		return nil
	}
	open := l.brackets[len(l.brackets)-1]
	around := len(l.lines[open.line]) - len(strings.TrimLeft(l.lines[open.line], " "))
	_, _, key := cutKey(content)
	if indent > around || !key && !strings.HasPrefix(content, "- ") {
		return nil
	}
	return l.flow.unclosed()
}

// content follows the text of a line from its first character on.
func (l *layout) content(text string, at int) *mistake {
	direct := false // behind a dash
	for text[at:] == "-" || strings.HasPrefix(text[at:], "- ") {
		if m := l.enter(true, at, direct); m != nil {
			return m
		}
		direct, l.pending = true, true
		at += len(text[at:]) - len(strings.TrimLeft(text[at+1:], " "))
	}
	at = skipProperties(text, at)
	content := text[at:]
	switch key, rest, isKey := cutKey(content); {
	case strings.TrimSpace(content) == "" || content[0] == '#':
		return nil
	case strings.HasPrefix(content, "? "):
		return lost()
	case isKey && len(key) > 1 && key[0] == '-':
		return l.wrong(at, "a space is missing after the dash: write %s", quote("- "+content[1:]))
	case isKey:
		if m := l.enter(false, at, direct); m != nil {
			return m
		}
		l.pending = true
		return l.value(text, at+len(content)-len(rest))
	}
	return l.bareLine(text, at, direct)
}

// bareLine follows a line, or the rest of one, that is not a key.
func (l *layout) bareLine(text string, at int, direct bool) *mistake {
	inner := len(l.levels) > 0 && at > l.levels[len(l.levels)-1].column
	switch {
	case direct || inner && l.pending:
		return l.value(text, at)
	case len(l.levels) == 0:
		return l.value(text, at)
	case inner:
		return nil // a text goes on
	}
	return l.noColon(bareText{l.n, at, text[at:]})
}

// noColon reports a line beside keys that has no colon.
func (l *layout) noColon(b bareText) *mistake {
	text, _, _ := strings.Cut(b.text, " #")
	text = strings.TrimSpace(text)
	m := &mistake{line: b.line, at: b.at}
	word, rest, several := strings.Cut(text, " ")
	key, value, colon := strings.Cut(word, ":")
	name, assigned, equals := strings.Cut(text, "=")
	switch {
	case colon && plainKey(key) && value != "":
		m.text = "a space is missing after the colon: write " + quote(key+": "+strings.TrimSpace(value+" "+rest))
	case equals && plainKey(strings.TrimSpace(name)):
		m.text = "a key ends with a colon: write " + quote(strings.TrimSpace(name)+": "+strings.TrimSpace(assigned))
	case plainKey(word) && several:
		m.text = "a colon is missing: write " + quote(word+": "+strings.TrimSpace(rest))
	case plainKey(word):
		m.text = "a colon is missing: write " + quote(word+":")
	default:
		return lost()
	}
	return m
}

// enter opens or continues a list or mapping whose item or key stands at a column. Direct is set behind a dash.
func (l *layout) enter(list bool, column int, direct bool) *mistake {
	var left []level
	for len(l.levels) > 0 && l.levels[len(l.levels)-1].column > column {
		left = append(left, l.levels[len(l.levels)-1])
		l.levels = l.levels[:len(l.levels)-1]
	}
	if n := len(l.levels); n > 1 && !list && l.levels[n-1] == (level{true, column}) && !l.levels[n-2].list &&
		l.levels[n-2].column == column {
		l.levels = l.levels[:n-1] // a list stood at the column of its key
	}
	pending := l.pending
	l.pending = false
	if len(l.levels) == 0 {
		return l.outermost(list, column, left)
	}
	switch top := l.levels[len(l.levels)-1]; {
	case top == level{list, column}:
		return nil
	case top.column == column && list && pending:
	case top.column == column:
		return lost()
	case direct:
	case len(left) > 0:
		return l.misplaced(list, column, append(left, l.levels...))
	case pending:
	case l.bare.text != "":
		return l.behindText(list, column)
	default:
		return l.misplaced(list, column, l.levels)
	}
	l.levels = append(l.levels, level{list, column})
	return nil
}

// outermost starts the mapping or list of the document.
func (l *layout) outermost(list bool, column int, left []level) *mistake {
	switch {
	case len(left) > 0:
		return l.misplaced(list, column, left)
	case l.bare.text != "":
		return l.noColon(l.bare)
	}
	l.levels = []level{{list, column}}
	return nil
}

// behindText reports a key or item that is indented under a text: either the text is a key without its colon, or the
// indentation is wrong.
func (l *layout) behindText(list bool, column int) *mistake {
	top := l.levels[len(l.levels)-1]
	if m := l.noColon(l.bare); top.list && m.text != "" && strings.Contains(l.bare.text, ":") {
		return m
	}
	return l.misplaced(list, column, l.levels)
}

// misplaced reports an indentation that fits none of the levels around it, with the nearest one that holds the same.
func (l *layout) misplaced(list bool, column int, levels []level) *mistake {
	what, nearest := "keys", -1
	if list {
		what = "list items"
	}
	for _, around := range levels {
		if around.list == list && (nearest < 0 || distanceOf(around.column, column) < distanceOf(nearest, column)) {
			nearest = around.column
		}
	}
	if nearest < 0 {
		return l.wrong(column, "indented by %s, which fits no line before it", english.Count(column, "column"))
	}
	return l.wrong(column, "indented by %s; the %s beside it stand at %d", english.Count(column, "column"), what, nearest)
}

func distanceOf(a, b int) int { return max(a-b, b-a) }

// value follows the value of a key or a list item, which starts at or after a byte of the line.
func (l *layout) value(text string, at int) *mistake {
	at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \t"))
	at = skipProperties(text, at)
	content := text[at:]
	l.bare = bareText{}
	if content == "" || content[0] == '#' {
		return nil
	}
	l.pending = false
	switch content[0] {
	case '|', '>':
		l.block = 0
		if n := len(l.levels); n > 0 {
			l.block = l.levels[n-1].column
		}
		return nil
	case '"', '\'', '[', '{':
		return l.scan(l.n, text, at)
	case '*':
		return nil
	case '@', '`', '%', ',', ']', '}':
		return l.wrong(at, "a value cannot start with %c; put it in quotes: %q", content[0], plainOf(content))
	}
	plain := plainOf(content)
	if strings.Contains(plain, ": ") || strings.HasSuffix(plain, ":") {
		return l.wrong(at, "a value with a colon and a space needs quotes: %q", plain)
	}
	l.bare = bareText{l.n, at, plain}
	return nil
}

// plainOf returns a text without quotes up to the comment behind it.
func plainOf(text string) string {
	text, _, _ = strings.Cut(text, " #")
	return strings.TrimSpace(text)
}

// skipProperties passes over the anchor and the tag before a value.
func skipProperties(text string, at int) int {
	for at < len(text) && (text[at] == '&' || text[at] == '!') {
		rest := text[at:]
		end := strings.IndexByte(rest, ' ')
		if end < 0 {
			return len(text)
		}
		at += len(rest) - len(strings.TrimLeft(rest[end:], " "))
	}
	return at
}

// cutKey splits a line behind the colon of its key.
func cutKey(content string) (key, rest string, ok bool) {
	if content == "" {
		return "", "", false
	}
	from := 0
	switch content[0] {
	case '"', '\'':
		end := strings.IndexByte(content[1:], content[0])
		if end < 0 {
			return "", "", false
		}
		from = end + 2
		if !strings.HasPrefix(strings.TrimLeft(content[from:], " "), ":") {
			return "", "", false
		}
	case '[', '{', '#', '|', '>', '@', '`', '%':
		return "", "", false
	}
	for i := from; i < len(content); i++ {
		switch {
		case content[i] == '#' && i > 0 && content[i-1] == ' ':
			return "", "", false
		case content[i] == ':' && (i+1 == len(content) || content[i+1] == ' ' || content[i+1] == '\t'):
			return content[:i], content[i+1:], true
		}
	}
	return "", "", false
}
