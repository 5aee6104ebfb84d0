package cmd

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"

	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/render"
)

// newMan returns the hidden command that writes the documentation of the commands that all returns.
func newMan(io cli.IO, all func() *cobra.Command) *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "man FOLDER",
		Short: "Write the manual pages of all commands into a folder",
		Long: `Write a manual page for each command into a folder. With -o markdown, write a single page, commands.md, that
describes all commands.`,
		Example: `  aksnet man share/man/man1
  aksnet man docs -o markdown`,
		Hidden: true,
		Args:   cli.Args("FOLDER", 1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := cli.OneOf("output", output, "man", "markdown"); err != nil {
				return err
			}
			if output == "markdown" {
				return writeFiles(io, args[0], []render.File{{Name: "commands.md", Data: commandsPage(all())}})
			}
			pages, err := manPages(all())
			if err != nil {
				return fmt.Errorf("writing manual pages: %w", err)
			}
			return writeFiles(io, args[0], pages)
		},
	}
	c.Flags().StringVarP(&output, "output", "o", "man", "`FORMAT`: man or markdown")
	cli.CompleteFlag(c, "output", []string{"man", "markdown"})
	return c
}

// manPages returns a manual page for a command and one for each command below it. It changes the texts of the commands.
func manPages(c *cobra.Command) ([]render.File, error) {
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	header := &doc.GenManHeader{Title: strings.ToUpper(name), Section: "1", Source: "aksnet", Manual: "aksnet manual"}
	c.DisableAutoGenTag = true
	escapeTexts(c)
	var page bytes.Buffer
	if err := doc.GenMan(c, header, &page); err != nil {
		return nil, err
	}
	pages := []render.File{{Name: name + ".1", Data: manPage(page.Bytes(), c)}}
	for _, sub := range availableCommands(c) {
		more, err := manPages(sub)
		if err != nil {
			return nil, err
		}
		pages = append(pages, more...)
	}
	return pages, nil
}

// manPage returns cobra's page of a command without the day on which it was made, and with the sections that cobra does
// not write, before SEE ALSO.
func manPage(page []byte, c *cobra.Command) []byte {
	var out bytes.Buffer
	written := false
	for line := range bytes.Lines(page) {
		switch {
		case bytes.HasPrefix(line, []byte(".TH ")):
			fields := strings.SplitAfter(string(line), "\" ")
			fields[2] = `"" `
			line = []byte(strings.Join(fields, ""))
		case bytes.HasPrefix(line, []byte(".SH SEE ALSO")):
			manSections(&out, c)
			out.WriteByte('\n')
			written = true
		}
		out.Write(line)
	}
	if !written {
		manSections(&out, c)
	}
	return out.Bytes()
}

// escapeTexts escapes the texts of a command for cobra's manual pages, which are made from Markdown.
func escapeTexts(c *cobra.Command) {
	escape := strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "<", `\<`, ">", `\>`, "[", `\[`).Replace
	c.Short, c.Long = escape(c.Short), escape(c.Long)
	c.LocalFlags().VisitAll(func(f *pflag.Flag) { f.Usage = escape(f.Usage) })
}

// availableCommands returns the commands below a command that help lists.
func availableCommands(c *cobra.Command) (out []*cobra.Command) {
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			out = append(out, sub)
		}
	}
	return out
}
