package test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestContributingListsPackages compares the table of packages in CONTRIBUTING.md with the packages of the module.
func TestContributingListsPackages(t *testing.T) {
	rows := map[string]bool{}
	row := regexp.MustCompile("(?m)^\\| `([a-z/-]+)` \\| .+ \\|$")
	for _, m := range row.FindAllStringSubmatch(read(t, "CONTRIBUTING.md"), -1) {
		rows[m[1]] = true
	}
	for name := range layers() {
		if name != "" && !rows[name] {
			t.Errorf("the table of packages in CONTRIBUTING.md needs a row for %s", name)
		}
		delete(rows, name)
	}
	for name := range rows {
		t.Errorf("CONTRIBUTING.md lists package %s, which does not exist", name)
	}
}

// TestContributingNamesFiles looks up the files that CONTRIBUTING.md tells developers to edit. Words in capitals stand
// for a name that the developer chooses.
func TestContributingNamesFiles(t *testing.T) {
	named := 0
	for _, m := range regexp.MustCompile("`([\\w.*/-]+/[\\w.*/-]*)`").FindAllStringSubmatch(read(t, "CONTRIBUTING.md"),
		-1) {
		path := regexp.MustCompile(`[A-Z]+`).ReplaceAllString(strings.TrimSuffix(m[1], "/"), "*")
		named++
		if files, err := filepath.Glob(path); err != nil || len(files) == 0 {
			t.Errorf("CONTRIBUTING.md names %s, which does not exist (%v)", m[1], err)
		}
	}
	if named < 20 {
		t.Errorf("only %d files", named)
	}
}
