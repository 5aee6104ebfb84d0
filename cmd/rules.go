package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/refusal"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/validate"
)

func newRules(io cli.IO) *cobra.Command {
	var o outputOptions
	c := &cobra.Command{
		Use:   "rules [RULE|FAMILY|TEXT…]",
		Short: "List the rules that validate checks",
		Long: `List the rules that validate checks: all of them, or those of some families. Other words must be part of what a rule
says, whatever their case. aksnet explain describes a rule in full.`,
		Example: `  aksnet rules
  aksnet rules IP VNET overlap
  aksnet rules IP SPEC -o json`,
		ValidArgsFunction: cli.CompleteWords(ruleWords),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := o.checkOutput(); err != nil {
				return err
			}
			rules, err := chosenRules(args)
			if err != nil {
				return err
			}
			records, err := refusal.Records()
			if err != nil {
				return err
			}
			return o.write(io, report.Rules(rules, records))
		},
	}
	o.addOutput(c)
	return c
}

// chosenRules returns the rules that words choose, in the order of the catalogue: those of the rules and families among
// the words that contain all other words.
func chosenRules(words []string) ([]*validate.Rule, error) {
	var names, texts []string
	for _, w := range words {
		if validate.Known(w) {
			names = append(names, w)
		} else {
			texts = append(texts, w)
		}
	}
	var out []*validate.Rule
	var searched []string
	for _, r := range validate.Rules() {
		if len(names) > 0 && !slices.ContainsFunc(names, r.Matches) {
			continue
		}
		text := strings.Join([]string{r.ID, r.Title, r.Explanation, r.Fix}, " ")
		searched = append(searched, text)
		if containsAll(text, texts) {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		families := validate.Families()
		instead := "the families are " + strings.Join(families, ", ")
		return nil, notFound("rules", texts, append(searched, families...), instead)
	}
	return out, nil
}

// containsAll reports whether a text contains all words, whatever their case.
func containsAll(text string, words []string) bool {
	text = strings.ToLower(text)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) })
}
