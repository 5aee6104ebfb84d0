package test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// avoided returns the words in the last columns of the glossary's tables, each with a pattern that finds it. A word in
// capitals matches exactly; any other word also matches at the start of a sentence.
func avoided(t *testing.T) map[string]*regexp.Regexp {
	t.Helper()
	out := map[string]*regexp.Regexp{}
	for line := range strings.Lines(read(t, "docs/glossary.md")) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) < 3 {
			continue
		}
		for _, m := range regexp.MustCompile(`"([^"]+)"`).FindAllStringSubmatch(cells[len(cells)-2], -1) {
			first, rest := m[1][:1], regexp.QuoteMeta(m[1][1:])
			pattern := `(?:^|[^\w-])((?:` + first + `|` + strings.ToUpper(first) + `)` + rest + `)(?:[^\w-]|$)`
			out[m[1]] = regexp.MustCompile(`(?m)` + pattern)
		}
	}
	if len(out) < 10 {
		t.Fatalf("the glossary avoids only %d words", len(out))
	}
	return out
}

// notProse matches what a page quotes: blocks, inline code, targets of links and bare links.
var notProse = regexp.MustCompile("(?ms)^```.*?^```$|^    .*?$|`[^`]*`|\\]\\([^)]*\\)|https?://[^\\s>)]+")

// command matches the verbs of the Azure CLI and of kubectl, which have words of their own.
var command = regexp.MustCompile(`\b(az aks|kubectl) [a-z]+ [a-z]+`)

// TestTextsFollowTheGlossary looks for the words that the glossary avoids: in the prose of every page, which includes
// the generated ones with the help, the rules and the keys of the spec, and in the output that golden files record.
func TestTextsFollowTheGlossary(t *testing.T) {
	texts := map[string]string{}
	for _, page := range pages(t) {
		if page != filepath.Join("docs", "glossary.md") {
			texts[page] = command.ReplaceAllString(notProse.ReplaceAllString(read(t, page), " "), " ")
		}
	}
	for _, pattern := range []string{"testdata/golden/*/plan.txt", "testdata/golden/*/plan.md", "testdata/rules/*/want"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files %s (%v)", pattern, err)
		}
		for _, file := range files {
			texts[file] = command.ReplaceAllString(read(t, file), " ")
		}
	}
	words := avoided(t)
	for file, text := range texts {
		for word, pattern := range words {
			if pattern.MatchString(text) {
				t.Errorf("%s says %q; see docs/glossary.md for the word to use", file, word)
			}
		}
	}
}

// TestGlossaryFindsWords tries the patterns on sentences with and without a word that is avoided.
func TestGlossaryFindsWords(t *testing.T) {
	pattern := avoided(t)["dataplane"]
	for text, want := range map[string]bool{
		"the dataplane of Cilium": true, "Dataplane: Cilium": true, "x\ndataplane\n": true,
		"the data plane": false, "networkDataplane": false, "--network-dataplane": false,
	} {
		if got := pattern.MatchString(text); got != want {
			t.Errorf("%q: found %v, want %v", text, got, want)
		}
	}
	code := notProse.ReplaceAllString("see `dataplane`, [x](dataplane.md)\n```\ndataplane\n```\n    dataplane\n", " ")
	if pattern.MatchString(code) {
		t.Errorf("code is taken for prose: %q", code)
	}
}
