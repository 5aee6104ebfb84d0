package validate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/spec"
)

// TestEveryKeyHasAChange requires a row of the table of changes for every key of the spec, or for a key above it: what
// becomes of a running cluster when the key changes is never left open by accident.
func TestEveryKeyHasAChange(t *testing.T) {
	keys := spec.Keys()
	for _, key := range keys {
		rows := aks.ChangesOf(key)
		if len(rows) == 0 {
			t.Errorf("%s: add a row to the table of changes in package aks", key)
		}
		if slices.ContainsFunc(rows, func(c aks.Change) bool { return slices.Contains(c.Keys, "clusters") }) {
			t.Errorf("%s: only the rows of clusters as a whole cover it", key)
		}
	}
	if len(keys) < 150 {
		t.Errorf("only %d keys", len(keys))
	}
}

// comingKeys are keys that the spec is about to get, with rows already.
var comingKeys = []string{
	"clusters[].existing",
}

// TestChangesNameKeys finds rows of keys that the spec does not have.
func TestChangesNameKeys(t *testing.T) {
	keys := append(spec.Keys(), comingKeys...)
	for _, c := range aks.Changes() {
		for _, key := range c.Keys {
			if !slices.ContainsFunc(keys, func(k string) bool {
				return k == key || strings.HasPrefix(k, key+".") || strings.HasPrefix(k, key+"[]")
			}) {
				t.Errorf("no key %s in the spec", key)
			}
		}
	}
}
