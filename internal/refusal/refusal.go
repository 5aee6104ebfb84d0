// Package refusal recognises what Azure answered in a text that somebody pasted: the output of az or of Terraform, JSON
// of the portal, an event of Kubernetes, a log.
//
// It finds codes and known texts of package aks, takes the values out of them, and says what they mean. It does not
// guess: a code that the table does not have is returned as unknown, with the nearest one that it has.
package refusal

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// MaxText is how many bytes of a text are read; what follows is ignored.
const MaxText = 1 << 20

// Answer is one refusal that a text holds.
type Answer struct {
	// Code is Azure's code as the table or, for an unknown one, the text spells it; empty for texts without one.
	Code string `json:"code,omitempty"`
	// Known reports whether the table has the code or the text.
	Known bool `json:"known"`
	// Nearest is the code of the table that an unknown one is most like; empty when none is close.
	Nearest string `json:"nearest,omitempty"`
	// Causes are what the answer can mean: one for a text that was recognised, all rows of a code that stood alone.
	Causes []Cause `json:"causes,omitempty"`
}

// Cause is one meaning of an answer, with the values of the text put in.
type Cause struct {
	From   string            `json:"from,omitempty"`
	Means  string            `json:"means"`
	WayOut string            `json:"wayOut"`
	Target string            `json:"target,omitempty"`
	Values map[string]string `json:"values,omitempty"`
	// Rules are the ids of the rules of aksnet validate that find the mistake before Azure does.
	Rules  []string   `json:"rules,omitempty"`
	Source aks.Source `json:"source"`
}

// Read returns the refusals of a text in the order in which they stand in it, each once. It returns none for a text
// that holds neither a known text nor anything that looks like a code.
func Read(text []byte) []Answer {
	plain := normalize(text[:min(len(text), MaxText)])
	matches := matchShapes(plain)
	found := make([]found, 0, len(matches))
	for _, m := range matches {
		found = append(found, m.found())
	}
	found = append(found, codesWithoutText(plain, matches)...)
	slices.SortStableFunc(found, byPosition)
	found = withoutGeneral(withoutOuter(withoutWrappers(found)))
	var out []Answer
	for _, f := range found {
		if !slices.ContainsFunc(out, f.answer.same) {
			out = append(out, f.answer)
		}
	}
	return out
}

// found is an answer and where it begins in the text.
type found struct {
	at     int
	answer Answer
	// row is the row of the table, the first one of a code that stands alone.
	row aks.ErrorCode
}

func byPosition(a, b found) int { return cmp.Compare(a.at, b.at) }

// envelope is how far before an answer the code of the message that carries it stands.
const envelope = 1500

// withoutWrappers leaves out unknown codes that a known answer follows: they carry it.
func withoutWrappers(all []found) []found {
	carries := func(f found) bool {
		return !f.answer.Known && slices.ContainsFunc(all, func(o found) bool {
			return o.answer.Known && o.at > f.at && o.at-f.at < envelope
		})
	}
	var out []found
	for _, f := range all {
		if !carries(f) {
			out = append(out, f)
		}
	}
	return out
}

// withoutOuter leaves out the answers that only carry another one, where that other one is there.
func withoutOuter(all []found) []found {
	inner := slices.DeleteFunc(slices.Clone(all), func(f found) bool { return f.row.Outer })
	if slices.ContainsFunc(inner, func(f found) bool { return f.answer.Known }) {
		return inner
	}
	return all
}

// withoutGeneral leaves out an answer without values where the same row has answered with some: it says no more.
func withoutGeneral(all []found) []found {
	return slices.DeleteFunc(slices.Clone(all), func(f found) bool {
		return f.general() && slices.ContainsFunc(all, func(o found) bool {
			return !o.general() && o.row.Code == f.row.Code && o.row.Means == f.row.Means
		})
	})
}

// general reports whether an answer says what holds in general, without a value of the text.
func (f found) general() bool {
	return len(f.answer.Causes) == 1 && f.answer.Causes[0].Means == f.row.Means
}

// same reports whether two answers say the same.
func (a Answer) same(b Answer) bool {
	return a.Code == b.Code && slices.EqualFunc(a.Causes, b.Causes,
		func(x, y Cause) bool { return x.Means == y.Means && x.WayOut == y.WayOut })
}

// codesWithoutText returns an answer for every code that stands in a text without a known text of that code.
func codesWithoutText(plain string, matches []match) []found {
	var out []found
	told := map[string]bool{}
	for _, m := range matches {
		told[strings.ToLower(m.row.Code)] = true
	}
	for _, c := range codesIn(plain) {
		if !told[strings.ToLower(c.name)] {
			row, _ := aks.ErrorCodeOf(c.name)
			out = append(out, found{c.at, answerTo(c), row})
		}
	}
	return out
}

// answerTo returns what a code means that stands alone, what holds in general first.
func answerTo(c code) Answer {
	rows := aks.ErrorCodesOf(c.name)
	general := func(row aks.ErrorCode) int {
		if row.Outer {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(rows, func(a, b aks.ErrorCode) int { return cmp.Compare(general(a), general(b)) })
	if len(rows) == 0 {
		return Answer{Code: c.name, Nearest: spec.Nearest(c.name, aks.Codes())}
	}
	a := Answer{Code: rows[0].Code, Known: true}
	for _, row := range rows {
		a.Causes = append(a.Causes, causeOf(row, nil))
	}
	return a
}

// causeOf puts the values of a text into the sentences of a row; without all of the values it says what holds in
// general.
func causeOf(row aks.ErrorCode, values map[string]string) Cause {
	derive(values)
	c := Cause{
		From: row.From, Means: row.Means, WayOut: row.WayOut, Target: row.Target, Values: values, Rules: row.Rules,
		Source: row.Source,
	}
	if told, ok := fill(row.Told, values); ok {
		c.Means = told
	}
	if way, ok := fill(row.WayOutTold, values); ok {
		c.WayOut = way
	}
	return c
}
