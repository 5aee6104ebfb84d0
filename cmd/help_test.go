package cmd

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
)

// fullRoot returns the command with everything below it, as help sees it.
func fullRoot() *cobra.Command {
	root := newRoot(cli.IO{}, nil)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}

// TestEveryVerbIsInOneGroup also holds for verbs that are added later.
func TestEveryVerbIsInOneGroup(t *testing.T) {
	var grouped []string
	for _, g := range verbGroups() {
		grouped = append(grouped, g.verbs...)
	}
	var listed []string
	for _, c := range fullRoot().Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			listed = append(listed, c.Name())
		}
	}
	slices.Sort(grouped)
	slices.Sort(listed)
	if !slices.Equal(grouped, listed) {
		t.Errorf("groups have %v, help lists %v", grouped, listed)
	}
	if n := len(verbGroups()[0].verbs); n != 5 {
		t.Errorf("%d commands are the most used, want 5", n)
	}
}

func TestRootHelp(t *testing.T) {
	var out bytes.Buffer
	if code := Main(cli.IO{Out: &out, Err: &out}, []string{"--help"}); code != cli.ExitClean {
		t.Fatalf("exit code %d", code)
	}
	last := -1
	for _, want := range []string{"\nMost used:\n  init ", "\n  plan ", "\nWork with live Azure:", "\n  ip ", "--quiet"} {
		at := strings.Index(out.String(), want)
		if at < last {
			t.Errorf("%q is missing or too early in\n%s", want, out.String())
		}
		last = at
	}
	for line := range strings.Lines(out.String()) {
		if len([]rune(line)) > 121 {
			t.Errorf("too wide: %s", line)
		}
	}
}

// TestHints checks that each word has one answer, is no command itself, and that answers name commands and flags that
// exist.
func TestHints(t *testing.T) {
	root := fullRoot()
	words := map[string]bool{}
	named := regexp.MustCompile(`aksnet ([a-z]+)`)
	for _, h := range wordHints() {
		for word := range strings.FieldsSeq(h.words) {
			if words[word] || commandNamed(root, word) != nil {
				t.Errorf("%q has two answers, or is a command", word)
			}
			words[word] = true
			var out, errs bytes.Buffer
			code := Main(cli.IO{Out: &out, Err: &errs}, []string{word, "file.yaml", "--yes"})
			want := "aksnet: unknown command \"" + word + "\": " + h.answer + "\n"
			if code != cli.ExitUsage || errs.String() != want || out.Len() > 0 {
				t.Errorf("%s: exit code %d, %q, want %q", word, code, errs.String(), want)
			}
		}
		for _, m := range named.FindAllStringSubmatch(h.answer, -1) {
			if commandNamed(root, m[1]) == nil {
				t.Errorf("%q names %q, which is no command", h.answer, m[1])
			}
		}
		if strings.Contains(h.answer, "--prune") && commandNamed(root, "apply").Flags().Lookup("prune") == nil {
			t.Errorf("%q names a flag that apply does not have", h.answer)
		}
	}
}
