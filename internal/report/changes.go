package report

import (
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

// Changes returns the report on the table of changes, or on its rows for some keys.
func Changes(keys ...string) Report {
	k := changes{APIVersion: "aksnet/v1", Kind: "Changes", Changes: []aks.Change{}}
	var out sheet
	for _, c := range aks.Changes() {
		if len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool { return coversKey(c, key) }) {
			continue
		}
		k.Changes = append(k.Changes, c)
		title := changeTitle(c)
		i := slices.IndexFunc(out, func(s section) bool { return s.title == title })
		if i < 0 {
			columns := heads("KEY", "FROM", "TO", "WHEN", "VERDICT", "CONDITIONS, STEPS", "SOURCE")
			i, out = len(out), append(out, section{title: title, grids: []grid{{columns: columns}}})
		}
		g := &out[i].grids[0]
		cells := row(strings.Join(c.Keys, ", "), strings.Join(c.From, ", "), strings.Join(c.To, ", "), whenText(c),
			c.How.Text(), changeText(c))
		g.rows = append(g.rows, append(cells, sourceCell(c.Source)))
	}
	return Report{value: k, sheet: out}
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

// changeTitle returns the section of a row.
func changeTitle(c aks.Change) string {
	first := c.Keys[0]
	switch {
	case c.How == aks.Unaffected:
		return "Keys without an effect on what runs"
	case strings.HasPrefix(first, "clusters[].nodePools"):
		return "Node pools"
	case strings.HasPrefix(first, "clusters"), first == "subscription":
		return "Clusters"
	case strings.HasPrefix(first, "vnets"):
		return "Networks and subnets"
	}
	return "Route tables, security groups and NAT gateways"
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
