package cmd

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/cmd/cli"
)

func manPageOf(t *testing.T, name string) string {
	t.Helper()
	pages, err := manPages(newRoot(cli.IO{}, nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		if p.Name == name {
			return string(p.Data)
		}
	}
	t.Fatalf("no page %s", name)
	return ""
}

// TestManSections checks the sections of each page and their order.
func TestManSections(t *testing.T) {
	pages, err := manPages(newRoot(cli.IO{}, nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		last := -1
		for _, title := range []string{"NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO"} {
			at := strings.Index(string(p.Data), "\n.SH "+title+"\n")
			if at <= last {
				t.Errorf("%s: %s is missing or in the wrong place", p.Name, title)
			}
			last = at
		}
		if first, _, _ := strings.Cut(string(p.Data), "\n\n"); !strings.Contains(first, ` "1" "" "aksnet" `) {
			t.Errorf("%s depends on the day: %s", p.Name, first)
		}
	}
	plan := manPageOf(t, "aksnet-plan.1")
	for _, want := range []string{
		".TP\n\\fB3\\fP\nthe work could not be done\n", ".TP\n\\fBNO_COLOR\\fP\n", "FAIL_ON stands",
	} {
		if !strings.Contains(plan, want) {
			t.Errorf("no %q in\n%s", want, plan)
		}
	}
	if strings.Contains(plan, "AZURE_CLIENT") || !strings.Contains(manPageOf(t, "aksnet-apply.1"), "AZURE_CLIENT_SECRET") {
		t.Error("the variables of the sign-in are on the wrong pages")
	}
}

// TestEnvironmentIsComplete looks for variables in the code: each that is read is in the manual.
func TestEnvironmentIsComplete(t *testing.T) {
	named := regexp.MustCompile(`"((?:AKSNET|AZURE)_[A-Z_]+|NO_COLOR|TERM|CI|PAGER|LC_[A-Z]+|LANG)"`)
	page := manPageOf(t, "aksnet.1")
	var files []string
	for _, dir := range []string{".", "cli", "ip", "../internal/apply"} {
		more, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, more...)
	}
	found := 0
	for _, name := range slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") }) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			found++
			if !strings.Contains(page, m[1]) {
				t.Errorf("%s reads %s, which the manual does not name", name, m[1])
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d variables were found", found)
	}
}

func TestRoff(t *testing.T) {
	for in, want := range map[string]string{"--fail-on": `\-\-fail\-on`, `a\b`: `a\eb`, ".SH x": `\&.SH x`, "'x": `\&'x`} {
		if got := roff(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
