package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// changes is the JSON of aksnet changes.
type changes struct {
	APIVersion string       `json:"apiVersion"`
	Kind       string       `json:"kind"`
	Changes    []aks.Change `json:"changes"`
}

// ChangeKeys returns the words that Changes accepts: every key of the spec by its path and by its last part, and the
// lists of elements that can be added and removed.
func ChangeKeys() (out []string) {
	add := func(word string) {
		if !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	for _, key := range append(spec.Keys(), rowKeys()...) {
		add(key)
		add(lastPart(key))
	}
	return out
}

// rowKeys returns the keys that the rows of the table name.
func rowKeys() (out []string) {
	for _, c := range aks.Changes() {
		out = append(out, c.Keys...)
	}
	return out
}

func lastPart(key string) string {
	return strings.TrimSuffix(key[strings.LastIndexByte(key, '.')+1:], "[]")
}

// Changes returns the report on the table of changes, or on its rows for some keys: a table for each key, and one of
// all keys that nothing in Azure depends on.
func Changes(keys ...string) Report {
	k := changes{APIVersion: "aksnet/v1", Kind: "Changes", Changes: []aks.Change{}}
	var out sheet
	places := map[string]int{}
	for _, c := range aks.Changes() {
		if len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool { return coversKey(c, key) }) {
			continue
		}
		k.Changes = append(k.Changes, c)
		title := changeTitle(c)
		i, known := places[title]
		if !known {
			i, places[title] = len(out), len(out)
			out = append(out, section{title: title, grids: []grid{{columns: changeColumns(c)}}})
		}
		out[i].grids[0].rows = append(out[i].grids[0].rows, changeRows(c)...)
	}
	for i := range out {
		out[i].grids[0] = anyChange(out[i].grids[0].withoutEmpty())
	}
	return Report{value: k, sheet: out}
}

// changeTitle returns the section of a row.
func changeTitle(c aks.Change) string {
	if c.How == aks.Unaffected {
		return "Keys without an effect on what runs"
	}
	return strings.Join(c.Keys, ", ")
}

func changeColumns(c aks.Change) []column {
	rest := heads("CHANGE", "VERDICT", "CONDITIONS, STEPS", "SOURCE")
	if c.How == aks.Unaffected {
		return append(heads("KEY"), rest...)
	}
	return rest
}

// anyChange names what an empty change beside others stands for.
func anyChange(g grid) grid {
	if g.columns[0].name != "CHANGE" {
		return g
	}
	for _, row := range g.rows {
		row[0].text = cmp.Or(row[0].text, "any other")
	}
	return g
}

// changeRows returns the row of a change; where nothing depends on the keys, one for each of them.
func changeRows(c aks.Change) (out [][]cell) {
	rest := append(row(fromTo(c), c.How.Text(), changeText(c)), sourceCell(c.Source))
	if c.How != aks.Unaffected {
		return [][]cell{rest}
	}
	for _, key := range c.Keys {
		out = append(out, append(row(key), rest...))
	}
	return out
}

// fromTo says to which changes of a key a row applies: "kubenet → overlay, with the same pod CIDR". It is empty if the
// row applies to all of them.
func fromTo(c aks.Change) string {
	var out []string
	if len(c.From)+len(c.To) > 0 {
		from, to := strings.Join(c.From, ", "), strings.Join(c.To, ", ")
		out = append(out, cmp.Or(from, "any")+" → "+cmp.Or(to, "any"))
	}
	if when := whenText(c); when != "" {
		out = append(out, when)
	}
	return strings.Join(out, ", ")
}

// coversKey reports whether a row is about a key that is asked for, by its path or by its last part.
func coversKey(c aks.Change, asked string) bool {
	for _, key := range spec.Keys() {
		if (key == asked || lastPart(key) == asked) && slices.ContainsFunc(aks.ChangesOf(key), func(r aks.Change) bool {
			return slices.Equal(r.Keys, c.Keys)
		}) {
			return true
		}
	}
	return slices.ContainsFunc(c.Keys, func(key string) bool { return key == asked || lastPart(key) == asked })
}

// whenText says to which changes a row applies, beside the values.
func whenText(c aks.Change) string {
	var out []string
	if c.Kind != "" {
		out = append(out, string(c.Kind))
	}
	for _, w := range c.When {
		out = append(out, w.Text)
	}
	return strings.Join(out, ", ")
}

// changeText returns the conditions, notes and steps of a row.
func changeText(c aks.Change) string {
	var out []string
	if c.Since != "" {
		out = append(out, "Kubernetes "+c.Since+" or newer")
	}
	for _, need := range c.Needs {
		out = append(out, need.Text)
	}
	out = append(out, c.Notes...)
	if c.Disputed != "" {
		out = append(out, c.Disputed)
	}
	if c.OneWay {
		out = append(out, "cannot be reversed")
	}
	for _, s := range c.Steps {
		out = append(out, stepText(s))
	}
	if c.Code != "" {
		out = append(out, "Azure answers "+c.Code)
	}
	return strings.Join(out, "; ")
}

func stepText(s aks.Step) string {
	switch {
	case s.Command == "":
		return s.Text
	case strings.HasPrefix(s.Command, "kubectl "):
		return s.Command
	}
	return "az " + s.Command
}
