package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// CompleteFlag makes the shell complete the words that a flag accepts.
func CompleteFlag(c *cobra.Command, flag string, words []string) {
	CompleteFlagWith(c, flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// CompleteFlagWith makes the shell complete a flag by a function. It panics for a flag that the command does not have,
// which the first test to build the command would meet.
func CompleteFlagWith(c *cobra.Command, flag string, complete cobra.CompletionFunc) {
	if err := c.RegisterFlagCompletionFunc(flag, complete); err != nil {
		panic("cmd: " + err.Error())
	}
}

// PlainUsages removes the backquotes from the usage of every flag: they mark the placeholder of its value in help, and
// completion would show them.
func PlainUsages(c *cobra.Command) {
	c.Flags().VisitAll(func(f *pflag.Flag) { f.Usage = strings.ReplaceAll(f.Usage, "`", "") })
	for _, sub := range c.Commands() {
		PlainUsages(sub)
	}
}

// Described is a word that completion offers, with what it means.
type Described struct{ Word, Meaning string }

// CompleteWords returns the completion of arguments that are words of a list: those that are not given yet.
func CompleteWords(words func() []Described) cobra.CompletionFunc {
	return func(_ *cobra.Command, given []string, _ string) ([]string, cobra.ShellCompDirective) {
		return Completions(words(), given), cobra.ShellCompDirectiveNoFileComp
	}
}

// Completions returns words that are not given yet, with their meanings.
func Completions(words []Described, given []string) (out []cobra.Completion) {
	for _, w := range words {
		if !slices.Contains(given, w.Word) {
			out = append(out, cobra.CompletionWithDesc(w.Word, w.Meaning))
		}
	}
	return out
}
