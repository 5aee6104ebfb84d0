package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/render"
)

// TestMainExamples runs every example in the help of the verbs of the main job.
func TestMainExamples(t *testing.T) {
	const shop = "apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg-shop\n" +
		"clusters: [{name: shop, nodePools: [{name: system, count: 3}]}]\n"
	verbs := []*cobra.Command{newPlan(cli.IO{}), newValidate(cli.IO{}), newRules(cli.IO{}), newExplain(cli.IO{}),
		newSchema(
			cli.IO{},
		), newMan(cli.IO{}, func() *cobra.Command { return newRoot(cli.IO{}, nil) }), newVersion(cli.IO{})}
	render := newRender(cli.IO{})
	for _, c := range append(append(verbs, render), render.Commands()...) {
		if c.Example == "" || c.Short == "" {
			t.Errorf("%s lacks help", c.Name())
		}
		for line := range strings.Lines(c.Example) {
			t.Run(strings.TrimSpace(line), func(t *testing.T) {
				t.Chdir(t.TempDir())
				for _, name := range []string{"aksnet.yaml", "old.yaml"} {
					if err := os.WriteFile(name, []byte(shop), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				command, _, _ := strings.Cut(strings.TrimSpace(line), " > ")
				words := strings.Fields(command)
				var out, errs bytes.Buffer
				code := Main(cli.IO{
					In: strings.NewReader(
						"",
					), Out: &out, Err: &errs, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
				}, words[1:])
				if words[0] != "aksnet" || code != cli.ExitClean || out.Len()+errs.Len() == 0 {
					t.Errorf("exit code %d\n%s%s", code, out.String(), errs.String())
				}
			})
		}
	}
}

// TestEveryVerbHasHelp looks at all commands there are.
func TestEveryVerbHasHelp(t *testing.T) {
	var look func(c *cobra.Command)
	look = func(c *cobra.Command) {
		if c.Name() != "aksnet" && (c.Short == "" || c.Example == "") {
			t.Errorf("%s lacks a summary or an example", c.CommandPath())
		}
		for _, sub := range c.Commands() {
			look(sub)
		}
	}
	look(newRoot(cli.IO{}, nil))
}

// TestCommandAloneIsTheSame compares each command of the whole tree with the one that is built when it is called.
func TestCommandAloneIsTheSame(t *testing.T) {
	n := 0
	var look func(c *cobra.Command, path []string)
	look = func(c *cobra.Command, path []string) {
		n++
		root := newRoot(cli.IO{}, path)
		alone, rest, err := root.Find(path)
		if err != nil || len(rest) > 0 || alone.CommandPath() != c.CommandPath() ||
			alone.UsageString() != c.UsageString() {
			t.Errorf("%v finds %s, rest %v, error %v\n%s", path, alone.CommandPath(), rest, err, alone.UsageString())
		}
		if len(path) == 1 && len(root.Commands()) != 1 {
			t.Errorf("%v: %d commands were built", path, len(root.Commands()))
		}
		for _, sub := range c.Commands() {
			look(sub, append(path[:len(path):len(path)], sub.Name()))
		}
	}
	look(newRoot(cli.IO{}, nil), nil)
	if n < 35 {
		t.Errorf("only %d commands were looked at", n)
	}
}

// TestWriteFilesKeepsWhatWasThere puts a folder in the place of the second file: the first is not written either.
func TestWriteFilesKeepsWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "main.bicep"), []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "modules", "b.bicep"), 0o755); err != nil {
		t.Fatal(err)
	}
	var messages bytes.Buffer
	err := writeFiles(cli.IO{Err: &messages}, dir, files("main.bicep", "modules/b.bicep"))
	if err == nil || messages.Len() > 0 {
		t.Fatalf("%v %s", err, messages.String())
	}
	text, err := os.ReadFile(filepath.Join(dir, "main.bicep"))
	if err != nil || string(text) != "before" {
		t.Errorf("%q %v", text, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v %v", entries, err)
	}
}

func TestWriteFilesStaysInside(t *testing.T) {
	for _, name := range []string{"../out", "/etc/out", "a/../../out", ""} {
		if err := writeFiles(cli.IO{Err: &bytes.Buffer{}}, t.TempDir(), files(name)); err == nil {
			t.Errorf("%q was written", name)
		}
	}
}

func files(names ...string) (out []render.File) {
	for _, name := range names {
		out = append(out, render.File{Name: name, Data: []byte("new")})
	}
	return out
}
