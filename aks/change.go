package aks

import (
	"slices"
	"strings"
	"sync"
)

// How says how a property of something that runs can be changed.
type How string

// The verdicts.
const (
	InPlace      How = "in-place"       // on what runs
	Reimage      How = "reimage"        // on what runs, and its nodes are made anew
	NewPool      How = "new-pool"       // only by a new node pool that takes over
	NewCluster   How = "new-cluster"    // only by a new cluster
	NewResource  How = "new-resource"   // another id: Azure makes another resource, and the old one stays
	Rejected     How = "refused"        // Azure rejects the update
	InOrder      How = "in-order"       // in several steps, in one order
	Undocumented How = "not-documented" // no page and no release note says how
	Unaffected   How = "no-change"      // the key steers aksnet; nothing in Azure changes by itself
)

// Text returns the verdict in words, for the end of a sentence.
func (h How) Text() string {
	return map[How]string{
		InPlace: "in place", Reimage: "in place, by reimaging nodes", NewPool: "a new node pool",
		NewCluster: "a new cluster", NewResource: "another resource", Rejected: "refused", InOrder: "in several steps",
		Undocumented: "not documented", Unaffected: "nothing changes in Azure",
	}[h]
}

// Kind says how a value differs from the one before, where the values alone do not tell.
type Kind string

// The kinds of change. The zero value stands for every kind.
const (
	Grows      Kind = "to a range that contains the old one"
	NextMinor  Kind = "to a newer patch or the next minor version"
	SkipsMinor Kind = "over a minor version"
	Downgrade  Kind = "to an older version"
	Added      Kind = "added"
	Removed    Kind = "removed"
)

// NotSet is the value of a key that is not set.
const NotSet = "none"

// Change is one row of the table of changes: what becomes of a cluster, or of another resource, when a key of the spec
// changes.
type Change struct {
	// Keys are the paths of the keys, without indexes. A key stands for all keys below it that have no row of their own.
	Keys []string `json:"keys"`
	// From and To are the values before and after; none means any.
	From []string `json:"from,omitempty"`
	To   []string `json:"to,omitempty"`
	// Kind narrows the row to one kind of change.
	Kind Kind `json:"kind,omitempty"`
	// When narrows the row to clusters for which all conditions hold.
	When []ChangeCondition `json:"when,omitempty"`
	How  How               `json:"how"`
	// OneWay means that there is no way back.
	OneWay bool `json:"oneWay,omitempty"`
	// Since is the first Kubernetes version on which Azure accepts the change; empty for all.
	Since string `json:"kubernetesSince,omitempty"`
	// Needs are the conditions without which Azure rejects the change.
	Needs []ChangeCondition `json:"needs,omitempty"`
	// Steps are what to do, in order.
	Steps []Step `json:"steps,omitempty"`
	// Between is the value to set first, where the change takes two updates.
	Between string `json:"between,omitempty"`
	// Notes say what else to know.
	Notes []string `json:"notes,omitempty"`
	// Disputed says where sources disagree about the verdict; empty where they agree.
	Disputed string `json:"disputed,omitempty"`
	// Code is Azure's answer to a change that it rejects, where it is known.
	Code   string `json:"errorCode,omitempty"`
	Source Source `json:"source"`
}

// Step is one step of a change: a command, or something to do elsewhere.
type Step struct {
	// Text says what to do where there is no command, or what the command waits for.
	Text string `json:"text,omitempty"`
	// Command is a command of the Azure CLI without the name of what it is about. Words in ‹› stand for values.
	Command string `json:"command,omitempty"`
}

// run returns the step of a command.
func run(command string) Step { return Step{Command: command} }

// do returns a step without a command.
func do(text string) Step { return Step{Text: text} }

// Delta is one difference between what runs and what a spec asks for.
type Delta struct {
	Key           string // as in Change.Keys
	Before, After string // NotSet for a key that is not set
	Kind          Kind
	Situation     Situation
}

// Changes returns the table of changes: clusters first, then pools, networks, and what has no effect in Azure. The
// first row that matches decides.
func Changes() []Change {
	return slices.Concat(
		placeChanges(), versionChanges(), modelChanges(), policyChanges(), rangeChanges(),
		outboundChanges(), balancerChanges(), apiServerChanges(), identityChanges(), featureChanges(),
		poolChanges(), networkChanges(), subnetChanges(), resourceChanges(), steeringKeys(),
	)
}

// changesByKey indexes Changes once: a comparison looks up every key that differs.
var changesByKey = sync.OnceValue(func() map[string][]Change {
	out := map[string][]Change{}
	for _, c := range Changes() {
		for _, key := range c.Keys {
			out[key] = append(out[key], c)
		}
	}
	return out
})

// ChangesOf returns the rows of a key, or of the nearest key above it that has rows, or none for an unknown key. Rows
// about adding and removing elements of a list do not count for the keys of the elements. All callers share the rows,
// which must not be changed.
func ChangesOf(key string) []Change {
	rows := changesByKey()[key]
	for len(rows) == 0 && key != "" {
		key = strings.TrimSuffix(key[:max(0, strings.LastIndexByte(key, '.'))], "[]")
		rows = slices.DeleteFunc(slices.Clone(changesByKey()[key]), func(c Change) bool {
			return c.Kind == Added || c.Kind == Removed
		})
	}
	return rows
}

// ChangeOf returns the row that says how a difference is applied. What no row covers is not documented.
func ChangeOf(d Delta) Change {
	rows := ChangesOf(d.Key)
	for _, c := range rows {
		if c.covers(d) {
			return c
		}
	}
	c := Change{Keys: []string{d.Key}, How: Undocumented, Source: srcAPI()}
	if len(rows) > 0 {
		c.Source = rows[0].Source
	}
	return c
}

func (c Change) covers(d Delta) bool {
	return (c.Kind == "" || c.Kind == d.Kind) && among(c.From, d.Before) && among(c.To, d.After) &&
		!slices.ContainsFunc(c.When, func(w ChangeCondition) bool { return w.In(d.Situation) != Holds })
}

// among reports whether a list has a value, compared without regard to case, or is empty.
func among(list []string, value string) bool {
	return len(list) == 0 || slices.ContainsFunc(list, func(v string) bool { return strings.EqualFold(v, value) })
}

// Hurdles returns the conditions of the change that the cluster does not meet, and those of which nothing is known.
func (c Change) Hurdles(s Situation) (unmet, unknown []ChangeCondition) {
	for _, need := range c.needs() {
		switch need.In(s) {
		case Fails:
			if n := len(unmet); n > 0 && need.least != "" && unmet[n-1].least != "" {
				unmet = unmet[:n-1] // one upgrade does for both
			}
			unmet = append(unmet, need)
		case Unknown:
			unknown = append(unknown, need)
		}
	}
	return unmet, unknown
}

// needs returns all conditions of the change, the version first.
func (c Change) needs() []ChangeCondition {
	if c.Since == "" {
		return c.Needs
	}
	return append([]ChangeCondition{versionSince(c.Since)}, c.Needs...)
}

// ModelChange returns how a cluster gets from one model to another.
func ModelChange(from, to Model) Change {
	return ChangeOf(Delta{Key: keyModel, Before: string(from), After: string(to)})
}

// keyModel is the key of the network model.
const keyModel = "clusters[].model"

// readChanges is the day of the text in which the table of changes was read.
const readChanges = "2026-08-21"

// changed returns the source of a row: a page in the text of readChanges.
func changed(page string) Source { return at(page, "").readOn(readChanges) }

// inferred returns the source of a row that no page states, with the page that it follows from.
func inferred(page string) Source { return changed(page).as(Derived) }

// notFound returns the source of a row for which nothing was found, with the page where it would be.
func notFound(page string) Source { return changed(page).as(Unverified) }
