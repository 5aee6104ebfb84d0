package cmd

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
)

// verbGroup is a heading of the help of aksnet, with the commands below it in the order in which they are used.
type verbGroup struct {
	title string
	verbs []string
}

// verbGroups returns the groups of commands by what one wants to do, the most used commands first. Every command that
// help lists is in one group.
func verbGroups() []verbGroup {
	return []verbGroup{
		{"Most used", []string{"init", "plan", "validate", "render", "explain"}},
		{"Plan ahead: choose, grow, migrate", []string{"compare", "growth", "egress", "migrate"}},
		{"Check a change before it is made", []string{"changes"}},
		{"Work with live Azure", []string{"import", "diff", "apply"}},
		{"Hand out address ranges", []string{"ledger"}},
		{"Know what AKS and Azure promise", []string{"models", "limits", "facts", "rules"}},
		{"Calculate with addresses", []string{"ip"}},
		{"Set up aksnet", []string{"schema", "completion", "version", "help"}},
	}
}

// groupedHelp makes the help of the root list its commands in groups. The commands below keep theirs.
func groupedHelp(root *cobra.Command) {
	usual := root.HelpFunc()
	root.SetHelpFunc(func(c *cobra.Command, args []string) {
		if c.HasParent() {
			usual(c, args)
			return
		}
		_, _ = c.OutOrStdout().Write(rootHelp(c))
	})
}

func rootHelp(root *cobra.Command) []byte {
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n\nUsage:\n  %s COMMAND [ARGUMENT…] [flags]\n", root.Long, root.CommandPath())
	for _, g := range verbGroups() {
		fmt.Fprintf(&out, "\n%s:\n", g.title)
		for _, name := range g.verbs {
			if c := commandNamed(root, name); c != nil {
				fmt.Fprintf(&out, "  %-*s  %s\n", root.NamePadding(), name, c.Short)
			}
		}
	}
	fmt.Fprintf(&out, "\nFlags:\n%s", root.LocalFlags().FlagUsages())
	fmt.Fprintf(&out, "\n%s COMMAND --help has the flags of a command, and examples.\n", root.CommandPath())
	return out.Bytes()
}

func commandNamed(root *cobra.Command, name string) *cobra.Command {
	i := slices.IndexFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == name })
	if i < 0 {
		return nil
	}
	return root.Commands()[i]
}
