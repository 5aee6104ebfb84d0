package cmd

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
)

// TestChoosingExamples runs every example in the help of the verbs that choose a model and look ahead, with a spec of
// the name that the examples use.
func TestChoosingExamples(t *testing.T) {
	const shop = "apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg-shop\n" +
		"clusters: [{name: shop, model: kubenet, nodePools: [{name: system, count: 3}, {name: apps, minCount: 2, " +
		"maxCount: 20}]}]\n"
	for _, c := range []*cobra.Command{
		newCompare(cli.IO{}), newModels(cli.IO{}), newLimits(cli.IO{}), newFacts(cli.IO{}),
		newChanges(cli.IO{}), newEgress(cli.IO{}), newGrowth(cli.IO{}),
		newMigrate(cli.IO{}), newInit(cli.IO{}),
	} {
		if c.Example == "" || c.Short == "" || c.Long == "" {
			t.Errorf("%s lacks help", c.Name())
		}
		for line := range strings.Lines(c.Example) {
			t.Run(strings.TrimSpace(line), func(t *testing.T) {
				t.Chdir(t.TempDir())
				if c.Name() != "init" {
					if err := os.WriteFile("aksnet.yaml", []byte(shop), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				var out, errs bytes.Buffer
				words := shellWords(line)
				if words[0] != "aksnet" || words[1] != c.Name() {
					t.Fatalf("no example of %s", c.Name())
				}
				if code := Main(cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs}, words[1:]); code != cli.ExitClean ||
					out.Len()+errs.Len() == 0 {
					t.Errorf("exit code %d\n%s%s", code, out.String(), errs.String())
				}
			})
		}
	}
}

// shellWords splits a line at spaces outside double quotes.
func shellWords(line string) (words []string) {
	for i, part := range strings.Split(strings.TrimSpace(line), `"`) {
		if i%2 == 1 {
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	return words
}
