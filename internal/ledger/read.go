package ledger

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/aksnet/aksnet/spec"
)

// The rules whose findings the reader makes. Their literals are in package validate.
const (
	RuleFormat  = "LEDGER001" // not a ledger, or an entry that cannot be read
	RuleVersion = "LEDGER002" // written by a newer version
	RuleHost    = "LEDGER003" // prefix with host bits
)

const fileKind = "Ledger"

// Parse reads a ledger. An empty file is an empty ledger. What is wrong in it is returned as problems, with positions
// in the file; the entries that could be read are in the ledger nevertheless, so that nobody is given their ranges. A
// ledger with problems must not be written: what could not be read would be lost.
func Parse(name string, data []byte) (*Ledger, []spec.Problem) {
	r := reader{name: name, ledger: &Ledger{}}
	if !isText(data) || !r.lines(data) {
		r = reader{name: name, ledger: &Ledger{}}
		r.yaml(data)
	}
	r.ledger.add()
	return r.ledger, r.problems
}

// isText reports whether a file has only what can be seen: a reader of YAML refuses the rest, or takes it for line
// breaks.
func isText(data []byte) bool {
	if bytes.Count(data, []byte("\r")) != bytes.Count(data, []byte("\r\n")) {
		return false
	}
	for len(data) > 0 {
		r, size := rune(data[0]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(data)
		}
		if r != '\n' && r != '\r' && !unicode.IsGraphic(r) || r == utf8.RuneError {
			return false
		}
		data = data[size:]
	}
	return true
}

// reader turns records into entries.
type reader struct {
	name     string
	ledger   *Ledger
	problems []spec.Problem
}

func (r *reader) problem(rule string, line int, at span, format string, args ...any) *spec.Problem {
	r.problems = append(r.problems, spec.Problem{
		Rule:     rule,
		Position: spec.Position{File: r.name, Line: line, Column: at.from, Width: at.to - at.from},
		Message:  fmt.Sprintf(format, args...),
	})
	return &r.problems[len(r.problems)-1]
}

// lines reads a file in the form in which ledgers are written; false if it has anything else in it.
func (r *reader) lines(data []byte) bool {
	var comments strings.Builder
	var header []item
	inEntries := false
	for number := 1; len(data) > 0; number++ {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		data = rest
		text := string(bytes.TrimSuffix(line, []byte("\r")))
		switch trimmed := strings.TrimLeft(text, " "); {
		case trimmed == "" || trimmed[0] == '#':
			comments.WriteString(text + "\n")
			continue
		case inEntries:
			rec, ok := scanLine(text, number)
			if !ok {
				return false
			}
			rec.above = comments.String()
			comments.Reset()
			r.record(rec)
			continue
		case len(header) == 0:
			r.ledger.head = comments.String()
			comments.Reset()
		}
		if text == "entries:" || text == "entries: []" {
			inEntries = true
			if !r.header(header) {
				return true
			}
			continue
		}
		s := scanner{text: text, line: number}
		it, ok := s.item()
		if !ok || s.at != len(text) || comments.Len() > 0 {
			return false
		}
		header = append(header, it)
	}
	r.ledger.tail = comments.String()
	return inEntries || len(header) == 0
}

// header reads the keys before the entries; false if the rest of the file is not to be read.
func (r *reader) header(items []item) bool {
	at := map[string]item{}
	for _, it := range items {
		switch it.key {
		case "apiVersion", "kind", "version":
			at[it.key] = it
		default:
			r.ledger.more = append(r.ledger.more, pair{it.key, it.raw})
		}
	}
	if kind, ok := at["kind"]; !ok || kind.value != fileKind {
		line, where := 1, span{1, 1}
		if ok {
			line, where = kind.line, kind.at
		}
		r.problem(RuleFormat, line, where, "this is not a ledger of aksnet: a ledger has kind: %s", fileKind)
		return false
	}
	it, ok := at["version"]
	if !ok {
		return true
	}
	switch version, err := strconv.Atoi(it.value); {
	case err != nil || version < 1:
		r.problem(
			RuleFormat,
			it.line,
			it.at,
			"version %q is not a version of the format: expected %d",
			it.value,
			Version,
		)
		return false
	case version > Version:
		r.problem(
			RuleVersion,
			it.line,
			it.at,
			"the ledger has version %d of the format, and this aksnet reads up to %d: "+
				"use a newer aksnet",
			version,
			Version,
		)
		return false
	}
	return true
}
