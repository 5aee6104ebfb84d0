package test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestGeneratedPages holds the pages that commands write to what they write today.
func TestGeneratedPages(t *testing.T) {
	for file, args := range map[string][]string{
		"docs/aksnet.schema.json": {"schema"},
		"docs/spec.md":            {"schema", "-o", "markdown"},
	} {
		t.Run(file, func(t *testing.T) {
			out, errs, code := aksnet(t, args...)
			if code != 0 {
				t.Fatalf("exit %d: %s", code, errs)
			}
			golden(t, file, out)
		})
	}
}

// block is a fenced block of Markdown.
type block struct{ language, text string }

var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// TestReadmeShowsWhatHappens runs the commands of the README on its specs. What stands behind each is what they print; -update
// writes it anew.
func TestReadmeShowsWhatHappens(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	ran := 0
	got := fence.ReplaceAllStringFunc(string(text), func(whole string) string {
		m := fence.FindStringSubmatch(whole)
		b := block{m[1], m[2]}
		switch b.language {
		case "yaml":
			b.save(t, dir)
		case "console":
			ran++
			return "```console\n" + b.run(t) + "```"
		}
		return whole
	})
	if ran < 2 {
		t.Fatalf("only %d commands", ran)
	}
	golden(t, filepath.Join(here, "README.md"), got)
}

// save writes a spec, whole as a reader would copy it, under the name in its first line.
func (b block) save(t *testing.T, dir string) {
	t.Helper()
	first, _, _ := strings.Cut(b.text, "\n")
	name, ok := strings.CutPrefix(first, "# ")
	if !ok || !strings.HasSuffix(name, ".yaml") {
		t.Fatalf("a spec without its name: %s", first)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(b.text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs the command in the first line of a block and returns the line with what it prints.
func (b block) run(t *testing.T) string {
	t.Helper()
	first, _, _ := strings.Cut(b.text, "\n")
	command, ok := strings.CutPrefix(first, "$ aksnet ")
	if !ok {
		t.Fatalf("no command: %s", first)
	}
	out, errs, code := aksnet(t, strings.Fields(command)...)
	if code > 1 {
		t.Errorf("%s: exit %d: %s", first, code, errs)
	}
	return first + "\n" + out
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)\s]*)?\)`)

// TestLinksLeadSomewhere checks the links between the pages of this repository.
func TestLinksLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, page := range append(pages, "README.md", "CONTRIBUTING.md", "CHANGELOG.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			checked++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d links", checked)
	}
}

// TestEveryPageIsInTheIndex holds the list at the end of docs/README.md to the pages there are; -update writes it anew.
func TestEveryPageIsInTheIndex(t *testing.T) {
	const mark = "## All pages\n\n"
	index, err := os.ReadFile("docs/README.md")
	if err != nil {
		t.Fatal(err)
	}
	head, _, ok := strings.Cut(string(index), mark)
	if !ok {
		t.Fatalf("docs/README.md lacks %q", mark)
	}
	pages, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var list strings.Builder
	for _, page := range pages {
		if name := filepath.Base(page); name != "README.md" {
			fmt.Fprintf(&list, "* [%s](%s)\n", title(t, page), name)
		}
	}
	golden(t, "docs/README.md", head+mark+list.String())
}

// title is the first heading of a page.
func title(t *testing.T, page string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			return strings.TrimSpace(heading)
		}
	}
	t.Errorf("%s has no heading", page)
	return page
}
