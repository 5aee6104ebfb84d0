package spec_test

import (
	"runtime"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/spec"
)

// cut is Excerpt as its comment says it, with a copy of the whole line.
func cut(text string, p spec.Position, value, around int) (e spec.Excerpt) {
	for _, end := range []string{"\r\n", "\r", "\u2028"} {
		text = strings.ReplaceAll(text, end, "\n")
	}
	all := strings.Split(text, "\n")
	if p.Line < 1 || p.Line > len(all) {
		return e
	}
	line := []rune(strings.TrimPrefix(all[p.Line-1], "\ufeff"))
	start := min(max(p.Column-1, 0), len(line))
	end := min(start+p.Width, len(line))
	before := max(0, start-around)
	e.Before, e.MoreBefore = string(line[before:start]), before > 0
	if end-start > value {
		e.Value, e.MoreValue = string(line[start:start+value]), true
		return e
	}
	after := min(end+around, len(line))
	e.Value, e.After, e.MoreAfter = string(line[start:end]), string(line[end:after]), after < len(line)
	return e
}

func TestExcerptIsPartOfTheLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom(
			[]string{"a", "é", "日", "𝒳", " ", "\n", "\r\n", "\r", "\u2028", "\ufeff", strings.Repeat("xé", 700)},
		)
		text := strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "text"), "")
		s := spec.Parse(spec.Source{Name: "a", Data: []byte("# other")}, spec.Source{Name: "f", Data: []byte(text)})
		p := spec.Position{
			File: "f", Line: rapid.IntRange(0, 6).Draw(t, "line"),
			Column: rapid.IntRange(0, 3000).Draw(t, "column"), Width: rapid.IntRange(0, 3000).Draw(t, "width"),
		}
		value, around := rapid.IntRange(1, 2000).Draw(t, "value"), rapid.IntRange(0, 2000).Draw(t, "around")
		got, want := s.Excerpt(p, value, around), spec.Excerpt{}
		if text != "" {
			want = cut(text, p, value, around)
		}
		if got != want {
			t.Errorf("%+v of %q:\n got %+v\nwant %+v", p, text, got, want)
		}
	})
	if got := spec.Parse().Excerpt(spec.Position{File: "f", Line: 1, Column: 1}, 9, 9); got != (spec.Excerpt{}) {
		t.Errorf("a file that does not exist has %+v", got)
	}
}

// TestExcerptCopiesNoLine checks that parts of a long line are found without a copy of it.
func TestExcerptCopiesNoLine(t *testing.T) {
	const length = 1 << 20
	s := spec.Parse(spec.Source{Name: "f", Data: []byte("a: " + strings.Repeat("x", length))})
	excerpt := func(column int) { s.Excerpt(spec.Position{File: "f", Line: 1, Column: column, Width: 5}, 9, 9) }
	excerpt(1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for column := 1; column < length; column += length / 100 {
		excerpt(column)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > length {
		t.Errorf("a hundred excerpts took %d bytes", grown)
	}
}
