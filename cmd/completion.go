package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/validate"
)

// completeSpecs completes arguments that are specs: YAML and JSON files, and folders.
func completeSpecs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
}

// completeRules makes the shell complete rule ids and families for flags whose value is a list.
func completeRules(c *cobra.Command, flags ...string) {
	for _, flag := range flags {
		cli.CompleteFlagWith(
			c,
			flag,
			func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
				// Only the last element of the list is completed.
				before := typed[:strings.LastIndexByte(typed, ',')+1]
				words := ruleWords()
				for i := range words {
					words[i] = before + words[i]
				}
				return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
			},
		)
	}
}

// completeRuleArgs completes arguments that are rule ids or families.
func completeRuleArgs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return ruleWords(), cobra.ShellCompDirectiveNoFileComp
}

// ruleWords returns every word that names rules, each rule with its title.
func ruleWords() []string {
	words := validate.Families()
	for _, r := range validate.Rules() {
		words = append(words, r.ID+"\t"+r.Title)
	}
	return words
}
