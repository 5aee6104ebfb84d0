package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
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
				var words []string
				for _, w := range ruleWords() {
					words = append(words, cobra.CompletionWithDesc(before+w.Word, w.Meaning))
				}
				return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
			},
		)
	}
}
