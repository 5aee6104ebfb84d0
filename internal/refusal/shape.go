package refusal

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/aksnet/aksnet/aks"
)

// shape is a text of the table, ready to be looked for.
type shape struct {
	row aks.ErrorCode
	// anchor is the longest literal part, in lower case: a text without it is not searched.
	anchor string
	// literal is how many bytes of the shape are literal: of two shapes that match, the one with more says more.
	literal int
	pattern *regexp.Regexp
	names   []string
}

// placeholder is a value in a shape or sentence: ‹name:kind›.
var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`‹([^‹›:]*)(?::([^‹›]*))?›`) })

// kinds are the patterns of values.
func kinds() map[string]string {
	return map[string]string{
		"n":       `([0-9][0-9,]*)`,
		"cidr":    `\[?([0-9a-f:.]+/[0-9]{1,3})\]?`,
		"cidrs":   `([0-9a-f:./, ]*[0-9])`,
		"ip":      `([0-9a-f:.]*[0-9a-f])`,
		"id":      `['"]?([^\s'",;<>]+?)['"]?`,
		"name":    `['"]?([^\s'",;<>]+?)['"]?`,
		"version": `v?([0-9]+\.[0-9]+(?:\.[0-9]+)?)`,
		"text":    `(.*?)`,
	}
}

// shapes compiles the table once.
var shapes = sync.OnceValue(func() []shape {
	var out []shape
	for _, row := range aks.ErrorCodes() {
		for _, text := range row.Shapes {
			out = append(out, compile(row, text))
		}
	}
	return out
})

// compile makes the pattern of a shape. A shape that ends in a value reads it to the end of the word.
func compile(row aks.ErrorCode, text string) shape {
	s := shape{row: row}
	var pattern strings.Builder
	pattern.WriteString("(?i)")
	rest := text
	for {
		m := placeholder().FindStringSubmatchIndex(rest)
		literal := rest
		if m != nil {
			literal = rest[:m[0]]
		}
		s.literal += len(literal)
		if len(literal) > len(s.anchor) {
			s.anchor = lower(literal)
		}
		pattern.WriteString(regexp.QuoteMeta(literal))
		if m == nil {
			break
		}
		s.names = append(s.names, rest[m[2]:m[3]])
		pattern.WriteString(kinds()[rest[m[4]:m[5]]])
		rest = rest[m[1]:]
	}
	if rest == "" {
		pattern.WriteString(`(?:[.;,]?(?:[\s'")\]}]|$))`)
	}
	s.pattern = regexp.MustCompile(pattern.String())
	return s
}

// lower is strings.ToLower for ASCII only, so that offsets stay those of the text.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// match is a shape that was found in a text.
type match struct {
	shape
	from, to int
	values   map[string]string
}

func (m match) found() found {
	answer := Answer{Code: m.row.Code, Known: true, Causes: []Cause{causeOf(m.row, m.values)}}
	return found{m.from, answer, m.row}
}

// reach is how far around an anchor the rest of a shape is looked for, and most how often one anchor is followed up: a
// text that repeats one answer ten thousand times says no more than one that repeats it twenty times.
const (
	reach = 2500
	most  = 20
)

// matchShapes finds the shapes of a text. Where shapes meet, the one with the most literal text is kept; of equal ones,
// the one whose code the text names.
func matchShapes(plain string) []match {
	small := lower(plain)
	var all []match
	for _, s := range shapes() {
		all = append(all, s.in(plain, small)...)
	}
	slices.SortStableFunc(all, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.literal, a.literal), cmp.Compare(b.named(small), a.named(small)))
	})
	var kept []match
	for _, m := range all {
		if !slices.ContainsFunc(kept, m.meets) {
			kept = append(kept, m)
		}
	}
	return kept
}

// named returns 1 if a text, in lower case, names the code of the row as a word, else 0.
func (s shape) named(small string) int {
	code := lower(s.row.Code)
	for before, rest, ok := strings.Cut(small, code); ok && code != ""; before, rest, ok = strings.Cut(rest, code) {
		if before == "" || before[len(before)-1] < 'a' || before[len(before)-1] > 'z' {
			return 1
		}
	}
	return 0
}

// meets reports whether two matches share text.
func (m match) meets(o match) bool { return m.from < o.to && o.from < m.to }

// in finds a shape around each of its anchors, each time behind the match before.
func (s shape) in(plain, small string) []match {
	var out []match
	end := 0
	for at, tries := 0, 0; tries < most; tries++ {
		i := strings.Index(small[at:], s.anchor)
		if i < 0 {
			break
		}
		at += i
		from := max(end, at-reach)
		window := plain[from:min(len(plain), at+len(s.anchor)+reach)]
		if loc := s.pattern.FindStringSubmatchIndex(window); loc != nil {
			m := match{shape: s, from: from + loc[0], to: from + loc[1], values: map[string]string{}}
			for n, name := range s.names {
				m.values[name] = window[loc[2*n+2]:loc[2*n+3]]
			}
			out, end = append(out, m), m.to
		}
		at = max(at+len(s.anchor), end)
	}
	return out
}
