package test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestGeneratedPages compares generated pages with the output of the commands that generate them.
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

// TestCommandsPage holds the page of all commands to what the command that writes it writes today.
func TestCommandsPage(t *testing.T) {
	dir := t.TempDir()
	if _, errs, code := aksnet(t, "man", dir, "-o", "markdown"); code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	page, err := os.ReadFile(filepath.Join(dir, "commands.md"))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("docs", "commands.md"), string(page))
}

// block is a fenced block of Markdown.
type block struct{ language, text string }

var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// TestReadmeShowsWhatHappens runs the commands of the README on its specs and compares their output with the README;
// -update rewrites it.
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

// save writes a spec, exactly as a reader would copy it, to the file named in its first line.
func (b block) save(t *testing.T, dir string) {
	t.Helper()
	first, _, _ := strings.Cut(b.text, "\n")
	name, ok := strings.CutPrefix(first, "# ")
	if !ok || !strings.HasSuffix(name, ".yaml") {
		t.Fatalf("a spec without a file name in its first line: %s", first)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(b.text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs the command in the first line of a block and returns that line followed by the output.
func (b block) run(t *testing.T) string {
	t.Helper()
	first, _, _ := strings.Cut(b.text, "\n")
	command, ok := strings.CutPrefix(first, "$ aksnet ")
	if !ok {
		t.Fatalf("not a command: %s", first)
	}
	out, errs, code := aksnet(t, strings.Fields(command)...)
	if code > 1 {
		t.Errorf("%s: exit %d: %s", first, code, errs)
	}
	return first + "\n" + out
}

var link = regexp.MustCompile(`\]\(([^)#\s]*)(#[^)\s]*)?\)`)

// TestLinksLeadSomewhere checks the links between the pages of this repository, anchors included.
func TestLinksLeadSomewhere(t *testing.T) {
	checked := 0
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(read(t, page), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			checked++
			target := page
			if m[1] != "" {
				target = filepath.Join(filepath.Dir(page), m[1])
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which does not exist", page, m[1])
			} else if m[2] != "" && !slices.Contains(anchors(read(t, target)), m[2][1:]) {
				t.Errorf("%s links to %s%s: no such heading", page, target, m[2])
			}
		}
	}
	if checked < 10 {
		t.Errorf("only %d links", checked)
	}
}

// TestEveryPageIsInTheIndex requires that docs/README.md links every page of its folder and says in a sentence what it
// is for. Pages in a folder below need the same from a README.md in that folder.
func TestEveryPageIsInTheIndex(t *testing.T) {
	listed := 0
	for _, page := range pages(t) {
		folder, name := filepath.Split(page)
		if folder == "" || name == "README.md" {
			continue
		}
		listed++
		row := regexp.MustCompile(`(?m)^\| \[[^]]+\]\(` + regexp.QuoteMeta(name) + `\) \|( [^ |]+){3,} \|`)
		if index := filepath.Join(folder, "README.md"); !row.MatchString(read(t, index)) {
			t.Errorf("%s needs a row | [%s](%s) | what the page answers |", index, name, name)
		}
	}
	if listed < 10 {
		t.Errorf("only %d pages", listed)
	}
}

// pages returns the Markdown files that users and developers read, by their paths.
func pages(t *testing.T) []string {
	t.Helper()
	out := []string{"README.md", "CONTRIBUTING.md", "CHANGELOG.md"}
	err := filepath.WalkDir("docs", func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".md" {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// read returns the text of a file.
func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	heading    = regexp.MustCompile(`(?m)^#+ (.*)$`)
	notInSlugs = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors returns the anchors that GitHub gives to the headings of a page.
func anchors(text string) []string {
	var out []string
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
		out = append(out, strings.ReplaceAll(notInSlugs.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return out
}
