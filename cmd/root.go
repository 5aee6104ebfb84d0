// Package cmd is the commands of aksnet: flags in, one call into a package, bytes out.
package cmd

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aksnet/aksnet/spec"
)

// Main runs aksnet with the arguments after its name and returns the exit code of the process.
func Main(io IO, args []string) int {
	root := newRoot(io, args)
	root.SetArgs(args)
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		plainUsages(root)
	}
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
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error {
			if asked, _ := c.Flags().GetBool("version"); asked {
				return printVersion(io)
			}
			return c.Help()
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(io.In)
	root.SetOut(io.Out)
	root.SetErr(io.Err)
	root.SetFlagErrorFunc(flagError)
	root.PersistentFlags().String("config", "", "`FILE` with settings (default: aksnet/config.yaml in the user's configuration folder)")
	root.Flags().Bool("version", false, "print the version of aksnet")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error { return applySettings(c) }
	addCommands(root, io, args, []subcommand{
		{"init", newInit}, {"plan", newPlan}, {"validate", newValidate}, {"render", newRender}, {"compare", newCompare},
		{"egress", newEgress}, {"growth", newGrowth}, {"migrate", newMigrate},
		{"ip", func(io IO) *cobra.Command { return newIP(io, args[min(1, len(args)):]) }},
		{"models", newModels}, {"limits", newLimits}, {"rules", newRules}, {"explain", newExplain}, {"schema", newSchema},
		{"diff", newDiff}, {"apply", newApply}, {"import", newImport},
		{"man", newMan}, {"version", newVersion},
	})
	refuseUnknownTopics(root, args)
	return root
}

// refuseUnknownTopics makes help and completion refuse what they do not know: cobra's own show help and end well.
func refuseUnknownTopics(root *cobra.Command, args []string) {
	if len(args) == 0 {
		return
	}
	switch args[0] {
	case "help":
		root.InitDefaultHelpCmd()
	case "completion":
		root.InitDefaultCompletionCmd(args...)
	}
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = func(c *cobra.Command, args []string) error {
				found, rest, err := root.Find(args)
				if err == nil && len(rest) == 0 {
					return nil
				}
				if found == nil {
					found, rest = root, args
				}
				return knownCommand(found, rest)
			}
		case "completion":
			c.Args, c.RunE = knownCommand, func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
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

// takes is the argument check of a command with so many arguments, without bound when most is below zero. The word is what
// help calls one that it needs.
func takes(word string, least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usagef("%s is missing; see %s --help", word, c.CommandPath())
		case most < 0 || len(args) <= most:
			return nil
		case most == 0:
			return usagef("%q is one argument too many, %s takes none; see %s --help", args[0], c.CommandPath(), c.CommandPath())
		}
		return usagef("%q is one argument too many; see %s --help", args[most], c.CommandPath())
	}
}

// flagError says what is wrong with a flag, in the words of the command line.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var number *strconv.NumError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		if near := spec.Nearest(unknown.GetSpecifiedName(), flagNames(c)); near != "" {
			return usagef("unknown flag --%s, did you mean --%s?", unknown.GetSpecifiedName(), near)
		}
	case errors.As(err, &invalid) && errors.As(err, &number):
		accepted := "a whole number"
		switch {
		case errors.Is(number.Err, strconv.ErrRange):
			accepted = "a smaller number"
		case invalid.GetFlag().Value.Type() == "bool":
			accepted = "true or false"
		case strings.HasPrefix(invalid.GetFlag().Value.Type(), "uint"):
			accepted = "a whole number from 0"
		}
		return usagef("--%s is %q, accepted: %s", invalid.GetFlag().Name, invalid.GetValue(), accepted)
	}
	return usagef("%w; see %s --help", err, c.CommandPath())
}

// flagNames is the names of all flags that a command takes.
func flagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
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

// orList joins words as "a, b or c".
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
