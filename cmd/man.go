package cmd

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aksnet/aksnet/render"
)

func newMan(io IO) *cobra.Command {
	return &cobra.Command{
		Use:     "man FOLDER",
		Short:   "Write the manual pages of all commands into a folder",
		Example: "  aksnet man share/man/man1",
		Hidden:  true,
		Args:    takes("FOLDER", 1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			return writeFiles(io.Err, args[0], manPages(newRoot(io, nil)))
		},
	}
}

// manPages makes a page for a command and for each below it.
func manPages(c *cobra.Command) []render.File {
	pages := []render.File{{Name: manName(c) + ".1", Data: manPage(c)}}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			pages = append(pages, manPages(sub)...)
		}
	}
	return pages
}

func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func manPage(c *cobra.Command) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, ".TH %q 1\n", strings.ToUpper(manName(c)))
	manSection(&b, "NAME", manName(c)+` \- `+roff(c.Short))
	manSection(&b, "SYNOPSIS", ".B "+roff(c.UseLine()))
	if c.Long != "" {
		manSection(&b, "DESCRIPTION", roff(c.Long))
	}
	manFlags(&b, "OPTIONS", c.NonInheritedFlags())
	manFlags(&b, "OPTIONS OF ALL COMMANDS", c.InheritedFlags())
	if c.Example != "" {
		manSection(&b, "EXAMPLES", ".nf\n"+roff(c.Example)+"\n.fi")
	}
	manSeeAlso(&b, c)
	return b.Bytes()
}

func manSection(b *bytes.Buffer, title, text string) {
	fmt.Fprintf(b, ".SH %s\n%s\n", title, text)
}

func manFlags(b *bytes.Buffer, title string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(b, ".SH %s\n", title)
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		kind, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		fmt.Fprintf(b, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace(name+" "+kind)), roff(usage))
	})
}

func manSeeAlso(b *bytes.Buffer, c *cobra.Command) {
	var pages []string
	if c.HasParent() {
		pages = append(pages, roff(manName(c.Parent()))+"(1)")
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			pages = append(pages, roff(manName(sub))+"(1)")
		}
	}
	if len(pages) > 0 {
		manSection(b, "SEE ALSO", strings.Join(pages, ", "))
	}
}

// roff escapes text for a manual page. Paragraphs stay apart; a line that starts like a request does not become one.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		switch {
		case line == "":
			lines[i] = ".PP"
		case strings.HasPrefix(line, "."), strings.HasPrefix(line, "'"):
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
