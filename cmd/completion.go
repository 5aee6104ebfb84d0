package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/spec"
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

// completeSet completes the value of --set: keys of the spec, elements of the spec that the arguments name, and the
// words of enumerations.
func completeSet(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	sources, _ := readSources(cli.IO{In: strings.NewReader("")}, args) // without a spec, there are still keys
	directive := cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	if !strings.Contains(typed, "=") {
		directive |= cobra.ShellCompDirectiveNoSpace
	}
	var out []string
	for _, c := range spec.Parse(sources...).Complete(typed) {
		if strings.HasPrefix(c.Text, typed) {
			out = append(out, cobra.CompletionWithDesc(c.Text, printable.Text(c.Meaning)))
		}
	}
	return out, directive
}
