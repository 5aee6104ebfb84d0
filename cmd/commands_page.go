package cmd

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// commandsPage returns a Markdown page that describes a command and all commands below it.
func commandsPage(root *cobra.Command) []byte {
	var out bytes.Buffer
	out.WriteString("# Commands\n\n<!-- Generated from the commands. Do not edit. -->\n\n")
	out.WriteString("| command | purpose |\n| --- | --- |\n")
	all := withSubcommands(root)
	for _, c := range all {
		anchor := strings.ReplaceAll(c.CommandPath(), " ", "-")
		fmt.Fprintf(&out, "| [`%s`](#%s) | %s |\n", c.CommandPath(), anchor, c.Short)
	}
	for _, c := range all {
		writeCommand(&out, c)
	}
	return out.Bytes()
}

// withSubcommands returns a command and all commands below it that help lists.
func withSubcommands(c *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{c}
	for _, sub := range availableCommands(c) {
		all = append(all, withSubcommands(sub)...)
	}
	return all
}

// writeCommand writes the section of one command: its help as it is printed, without the list of its subcommands.
func writeCommand(out *bytes.Buffer, c *cobra.Command) {
	help := c.Long
	if help == "" {
		help = c.Short
	}
	c.InitDefaultHelpFlag()
	fmt.Fprintf(out, "\n## %s\n\n```text\n%s\n\n%s\n", c.CommandPath(), strings.TrimSpace(help), c.UseLine())
	if flags := c.LocalFlags().FlagUsages(); flags != "" {
		fmt.Fprintf(out, "\n%s", flags)
	}
	if c.Example != "" {
		fmt.Fprintf(out, "\nExamples:\n%s\n", c.Example)
	}
	out.WriteString("```\n")
}
