package test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestActionsArePinned holds every action of GitHub that ours downloads to the digest of a commit: a tag can be moved.
func TestActionsArePinned(t *testing.T) {
	workflows, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	uses := regexp.MustCompile(`(?m)^\s*(?:- )?uses:\s*(\S+)`)
	pinned := regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	found := 0
	for _, file := range append(workflows, "action.yml") {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, use := range uses.FindAllStringSubmatch(string(text), -1) {
			found++
			if !pinned.MatchString(use[1]) {
				t.Errorf("%s: %q is not pinned to the digest of a commit", filepath.Base(file), use[1])
			}
		}
	}
	if found < 4 {
		t.Errorf("found %d actions; the expression above no longer reads these files", found)
	}
}
