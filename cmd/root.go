// Package cmd is the commands of aksnet: flags in, one call into a package, bytes out.
package cmd

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// Main runs aksnet with the arguments after its name and returns the exit code of the process.
func Main(io IO, args []string) int {
	root := newRoot(io)
	root.SetArgs(args)
	return exitCode(io.Err, root.Execute())
}

func newRoot(io IO) *cobra.Command {
	root := &cobra.Command{
		Use:   "aksnet",
		Short: "Plan the network of Azure Kubernetes Service clusters",
		Long: `aksnet plans the network of Azure Kubernetes Service clusters before anything is built.

From one spec it computes the addresses that nodes and pods need, places networks, subnets and CIDRs without overlap,
says what Azure would refuse and why, and emits the infrastructure code.

Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage, 3 the work could not be done.`,
		Args:          usageArgs(cobra.NoArgs),
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
	root.AddCommand(
		newInit(io), newPlan(io), newValidate(io), newRender(io), newCompare(io), newEgress(io), newGrowth(io), newMigrate(io), newIP(io),
		newModels(io), newLimits(io), newRules(io), newExplain(io), newSchema(io),
		newDiff(io), newApply(io), newImport(io),
		newMan(io), newVersion(io),
	)
	return root
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
