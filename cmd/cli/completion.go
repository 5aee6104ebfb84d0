package cli

import (
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
