package cmd

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aksnet/aksnet/validate"
)

// completeSpecs completes arguments that are specs: YAML and JSON files, and folders.
func completeSpecs(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
}

// completeFlag makes the shell complete the words that a flag takes.
func completeFlag(c *cobra.Command, flag string, words []string) {
	register(c, flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// completeRules makes the shell complete ids and families of rules.
func completeRules(c *cobra.Command, flags ...string) {
	for _, flag := range flags {
		register(c, flag, func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
			// What is typed may be a list: the last element is the one to complete.
			before := typed[:strings.LastIndexByte(typed, ',')+1]
			words := ruleWords()
			for i := range words {
				words[i] = before + words[i]
			}
			return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		})
	}
}

// ruleWords is every word that names rules, each with what it means.
func ruleWords() []string {
	words := validate.Families()
	for _, r := range validate.Rules() {
		words = append(words, r.ID+"\t"+r.Title)
	}
	return words
}

// register fails only for a flag that the command has not, which the first test to build the command would meet.
func register(c *cobra.Command, flag string, complete cobra.CompletionFunc) {
	if err := c.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic("cmd: " + err.Error())
	}
}

// plainUsages takes the quotes out of what flags do, which mark the word for their value in help, and which completion shows
// as they are.
func plainUsages(c *cobra.Command) {
	c.Flags().VisitAll(func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") })
	for _, sub := range c.Commands() {
		plainUsages(sub)
	}
}
