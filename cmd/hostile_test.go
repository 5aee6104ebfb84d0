package cmd

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v3"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/cirunner"
	"github.com/aksnet/aksnet/internal/printable"
)

// TestNoPrinterPassesCommandsOn runs every command in every format on hostile files, names, arguments and answers, and
// reads both streams as the runners do.
func TestNoPrinterPassesCommandsOn(t *testing.T) {
	dir := hostileFolder(t)
	t.Chdir(t.TempDir())
	hostileAzure(t, false)
	all := runs(dir)
	for path, c := range runnable(newRoot(cli.IO{}, nil)) {
		if all[path] == nil {
			t.Errorf("aksnet %s is not run", path)
		}
		live := path == "apply" || path == "diff" || path == "import azure"
		for _, args := range all[path] {
			for _, format := range formatsOf(c) {
				words := append(strings.Fields(path), args...)
				if format != "" {
					words = append(words, "-o", format)
				}
				runHostile(t, format, words...)
			}
		}
		if live {
			t.Run(path+" refused", func(t *testing.T) {
				hostileAzure(t, true)
				for _, args := range all[path] {
					runHostile(t, "", append(strings.Fields(path), args...)...)
				}
			})
		}
	}
}

// TestNoMistakePassesCommandsOn passes payloads to every flag, by the command line, the environment and settings.
func TestNoMistakePassesCommandsOn(t *testing.T) {
	dir := hostileFolder(t)
	t.Chdir(t.TempDir())
	hostileAzure(t, false)
	for path, c := range runnable(newRoot(cli.IO{}, nil)) {
		verb := strings.Fields(path)
		c.InheritedFlags() // adds the persistent flags of the parents
		c.Flags().VisitAll(func(f *pflag.Flag) {
			for _, p := range payloads() {
				if strings.Contains(p, "\x1b") || f.Name == "help" {
					continue
				}
				runHostile(t, "", append(verb, "--"+f.Name+"="+p)...)
				if path == "validate" {
					variable := "AKSNET_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
					t.Setenv(variable, p)
					runHostile(t, "", "validate", filepath.Join(dir, "waived.yaml"))
					os.Unsetenv(variable)
				}
			}
		})
		for _, p := range payloads() {
			runHostile(t, "", append(verb, "--"+p)...)
			runHostile(t, "", append(verb, "-"+p)...)
		}
	}
	for _, name := range []string{"config.yaml", "config2.yaml", "config3.yaml", payloads()[3], "none\n::error::x"} {
		runHostile(t, "", "validate", filepath.Join(dir, "waived.yaml"), "--config", filepath.Join(dir, name))
	}
}

// runnable returns the commands that do something, by their paths without aksnet.
func runnable(root *cobra.Command) map[string]*cobra.Command {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	found := map[string]*cobra.Command{}
	var look func(c *cobra.Command)
	look = func(c *cobra.Command) {
		if c.Runnable() {
			found[strings.TrimPrefix(strings.TrimPrefix(c.CommandPath(), "aksnet"), " ")] = c
		}
		for _, sub := range c.Commands() {
			look(sub)
		}
	}
	look(root)
	delete(found, "completion")
	return found
}

// formatsOf returns the words that -o of a command takes, or "" for a command without formats.
func formatsOf(c *cobra.Command) []string {
	if complete, ok := c.GetFlagCompletionFunc("output"); ok {
		words, _ := complete(c, nil, "")
		return words
	}
	return []string{""}
}

// ownAnnotation is what validate -o github prints.
var ownAnnotation = regexp.MustCompile(
	`^::(error|warning|notice) (file=[^:,]*,(line=\d+,endLine=\d+,col=\d+,endColumn=\d+,)?)?` +
		`title=([A-Z]{2,6}[0-9]{3} [^:]*|aksnet)::`,
)

// runHostile runs a command and returns its output. Neither stream may contain a command for a runner, except
// annotations that were asked for, or a hidden character.
func runHostile(t *testing.T, format string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	Main(cli.IO{
		In: strings.NewReader(refused()), Out: &out, Err: &errs, Now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
	}, args)
	for stream, text := range map[string]string{"stdout": out.String(), "stderr": errs.String()} {
		for _, c := range cirunner.Commands(text) {
			if format != "github" || stream != "stdout" || !ownAnnotation.MatchString(c.Line) {
				t.Errorf("aksnet %q prints on %s for %s, as %q: %q", args, stream, c.Runner, c.Name, c.Line)
			}
		}
		for line := range strings.Lines(text) {
			if i := strings.IndexFunc(strings.TrimSuffix(line, "\n"), printable.Hidden); i >= 0 {
				t.Errorf("aksnet %q prints on %s a hidden character: %q", args, stream, line)
			}
		}
	}
	return out.String()
}

// TestProgramsReadTheSameValues decodes the outputs for programs: payloads are in them as the spec has them.
func TestProgramsReadTheSameValues(t *testing.T) {
	dir := hostileFolder(t)
	bad, good := filepath.Join(dir, "refused.yaml"), filepath.Join(dir, "waived.yaml")
	vso, mask := payloads()[0], "::warning::cluster"
	for _, c := range []struct {
		args   string
		format string
		file   string
		want   string
	}{
		{"validate", "json", bad, vso}, {"validate", "sarif", bad, vso}, {"validate", "junit", bad, vso},
		{"validate", "json", good, mask}, {"validate", "junit", good, vso}, {"validate", "sarif", good, mask},
		{"plan", "json", bad, vso}, {"plan", "yaml", bad, vso}, {"plan", "json", good, mask}, {"plan", "yaml", good, mask},
		{"compare", "json", good, mask}, {"compare", "yaml", good, mask}, {"egress", "yaml", good, mask},
		{"render arm --clusters", "", good, vso}, {"import azure", "", filepath.Join(dir, "az.json"), vso},
	} {
		args := append(strings.Fields(c.args), c.file)
		if c.format != "" {
			args = append(args, "-o", c.format)
		}
		texts, err := textsOf(c.format, runHostile(t, c.format, args...))
		if err != nil {
			t.Errorf("aksnet %q: %v", args, err)
		}
		if !strings.Contains(strings.Join(texts, "\n"), c.want) {
			t.Errorf("aksnet %q has %q nowhere in %q", args, c.want, texts)
		}
	}
}

// textsOf returns all texts in a document of XML, or of YAML, which JSON is too.
func textsOf(format, document string) (texts []string, err error) {
	if format != "junit" {
		var doc any
		err := yaml.Unmarshal([]byte(document), &doc)
		return append(texts, fmt.Sprint(doc)), err
	}
	for dec := xml.NewDecoder(strings.NewReader(document)); ; {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return texts, nil
		}
		if err != nil {
			return texts, err
		}
		switch token := token.(type) {
		case xml.CharData:
			texts = append(texts, string(token))
		case xml.StartElement:
			for _, a := range token.Attr {
				texts = append(texts, a.Value)
			}
		}
	}
}
