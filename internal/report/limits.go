package report

import (
	"slices"

	"github.com/aksnet/aksnet/aks"
)

// limits is the JSON of aksnet limits.
type limits struct {
	APIVersion string      `json:"apiVersion"`
	Kind       string      `json:"kind"`
	Limits     []aks.Limit `json:"limits"`
}

// Limits returns the limits of AKS and Azure: all of them, or those of some topics.
func Limits(topics ...string) Report {
	k := limits{APIVersion: "aksnet/v1", Kind: "Limits", Limits: []aks.Limit{}}
	var out sheet
	for _, l := range aks.Limits() {
		if len(topics) > 0 && !slices.Contains(topics, l.Topic) {
			continue
		}
		k.Limits = append(k.Limits, l)
		if n := len(out); n == 0 || out[n-1].title != l.Topic {
			columns := []column{left("LIMIT"), right("VALUE"), left("UNIT"), left("WHAT"), left("SOURCE")}
			out = append(out, section{title: l.Topic, grids: []grid{{columns: columns}}})
		}
		g := &out[len(out)-1].grids[0]
		g.rows = append(
			g.rows,
			[]cell{{text: l.ID}, number(l.Value), {text: l.Unit}, {text: l.Name}, sourceCell(l.Source)},
		)
	}
	return Report{value: k, sheet: out}
}

// LimitTopics returns the topics that Limits accepts, in the order of the table.
func LimitTopics() (topics []string) {
	for _, l := range aks.Limits() {
		if len(topics) == 0 || topics[len(topics)-1] != l.Topic {
			topics = append(topics, l.Topic)
		}
	}
	return topics
}
