// Package cmd holds the commands of aksnet: flags in, one call into a package, one report out.
package cmd

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/cmd/ip"
)

// Main runs aksnet with the arguments after its name and returns the exit code of the process.
func Main(io cli.IO, args []string) int {
	return cli.Run(io, func(io cli.IO) error {
		root := newRoot(io, args)
		root.SetArgs(args)
		if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
			cli.PlainUsages(root)
		}
		return root.Execute()
	})
}

// newRoot returns the command aksnet with the subcommands that the arguments can mean; all of them without arguments.
func newRoot(io cli.IO, args []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "aksnet",
		Short: "Plan the network of Azure Kubernetes Service clusters",
		Long: `aksnet plans the network of Azure Kubernetes Service clusters before anything is built.

From one spec it computes the addresses that nodes and pods need, places VNets, subnets and CIDRs without overlap,
reports what Azure would refuse and why, and writes the infrastructure code.

Exit codes: ` + strings.Replace(cli.ExitCodes(), ", 130", ",\n130", 1) + ".",
		Args: knownVerb,
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
	root.SetFlagErrorFunc(cli.FlagError)
	root.PersistentFlags().String("config", "",
		"`FILE` with settings (default aksnet/config.yaml in the user's configuration folder)")
	io = io.AddQuiet(root).AddPager(root)
	root.Flags().Bool("version", false, "print the version of aksnet")
	all := func() *cobra.Command { return newRoot(cli.IO{}, nil) }
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		return cli.ApplySettings(c, func() []string { return cli.EveryFlag(all()) })
	}
	cli.Commands{
		"init": newInit, "plan": newPlan, "validate": newValidate, "render": newRender, "compare": newCompare,
		"egress": newEgress, "growth": newGrowth, "migrate": newMigrate, "changes": newChanges,
		"ip":     func(io cli.IO) *cobra.Command { return ip.New(io, args[min(1, len(args)):]) },
		"models": newModels, "limits": newLimits, "facts": newFacts,
		"rules": newRules, "explain": newExplain, "schema": newSchema,
		"diff": newDiff, "apply": newApply, "import": newImport,
		"ledger":  newLedger,
		"man":     func(io cli.IO) *cobra.Command { return newMan(io, all) },
		"version": newVersion,
	}.AddTo(root, io, args)
	groupedHelp(root)
	refuseUnknownTopics(root, args)
	readWord(root, args)
	return root
}

// refuseUnknownTopics makes help and completion refuse unknown arguments: cobra's own print help and exit with 0.
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
				if found == root {
					return knownVerb(root, rest)
				}
				return cli.KnownCommand(found, rest)
			}
		case "completion":
			c.Args, c.RunE = cli.KnownCommand, func(c *cobra.Command, _ []string) error { return c.Help() }
		}
	}
}
