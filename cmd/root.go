// Package cmd is the commands of aksnet: flags in, one call into a package, bytes out.
package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Main runs aksnet with the arguments after its name and returns the exit code of the process.
func Main(io IO, args []string) int {
	root := newRoot(io, args)
	root.SetArgs(args)
	return exitCode(io.Err, root.Execute())
}

// newRoot is the command aksnet with the commands below it that the arguments can mean.
func newRoot(io IO, args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "aksnet",
		Short: "Plan the network of Azure Kubernetes Service clusters",
		Long: `aksnet plans the network of Azure Kubernetes Service clusters before anything is built.

From one spec it computes the addresses that nodes and pods need, places networks, subnets and CIDRs without overlap,
says what Azure would refuse and why, and emits the infrastructure code.

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage, 3 the work could not be done.`,
		Args:          knownCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(io.In)
	root.SetOut(io.Out)
	root.SetErr(io.Err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usagef("%w; see %s --help", err, c.CommandPath())
	})
	root.PersistentFlags().String("config", "", "file with settings (default: aksnet/config.yaml in the user's configuration folder)")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return applySettings(c) }
	addCommands(root, io, args, []subcommand{
		{"init", newInit}, {"plan", newPlan}, {"validate", newValidate}, {"render", newRender}, {"compare", newCompare},
		{"egress", newEgress}, {"growth", newGrowth}, {"migrate", newMigrate},
		{"ip", func(io IO) *cobra.Command { return newIP(io, args[min(1, len(args)):]) }},
		{"models", newModels}, {"limits", newLimits}, {"rules", newRules}, {"explain", newExplain}, {"schema", newSchema},
		{"diff", newDiff}, {"apply", newApply}, {"import", newImport},
		{"man", newMan}, {"version", newVersion},
	})
	return root
}

// subcommand is a command below another, by the word that calls it.
type subcommand struct {
	name  string
	build func(IO) *cobra.Command
}

// addCommands adds the command that the first argument names, else all of them: help and completion show them all,
// and a run that needs one does not wait until dozens are built.
func addCommands(parent *cobra.Command, io IO, args []string, all []subcommand) {
	if len(args) > 0 {
		if i := slices.IndexFunc(all, func(s subcommand) bool { return s.name == args[0] }); i >= 0 {
			all = all[i : i+1]
		}
	}
	for _, s := range all {
		parent.AddCommand(s.build(io))
	}
}

// knownCommand is the argument check of a command that has only commands below it.
func knownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	c.SuggestionsMinimumDistance = 2 // letters to change
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return usagef("unknown command %q for %q, did you mean %q?", args[0], c.CommandPath(), near[0])
	}
	return usagef("unknown command %q for %q; see %s --help", args[0], c.CommandPath(), c.CommandPath())
}

// usageArgs makes what an argument check refuses a mistake in usage.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if err := check(c, args); err != nil {
			return usagef("%w; see %s --help", err, c.CommandPath())
		}
		return nil
	}
}

// oneOf checks that a flag holds one of the words it takes.
func oneOf(flag, value string, words ...string) error { return oneOfWords("--"+flag, value, words...) }

// oneOfWords checks that an argument is one of the words it may be.
func oneOfWords(what, value string, words ...string) error {
	if slices.Contains(words, value) {
		return nil
	}
	return usagef("%s is %q, accepted: %s", what, value, strings.Join(words, ", "))
}
