package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/spec"
)

// Args returns the argument check of a command that accepts least to most arguments; a most below zero is no limit. The
// word is the name of a required argument in help.
func Args(word string, least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return Usagef("%s is missing; see %s --help", word, c.CommandPath())
		case most < 0 || len(args) <= most:
			return nil
		case most == 0:
			return Usagef(
				"%q is one argument too many, %s takes none; see %s --help",
				args[0],
				c.CommandPath(),
				c.CommandPath(),
			)
		}
		return Usagef("%q is one argument too many; see %s --help", args[most], c.CommandPath())
	}
}

// KnownCommand checks the arguments of a command that only has subcommands: there must be none.
func KnownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	if near := spec.Nearest(args[0], names); near != "" {
		return Usagef("unknown command %q for %q, did you mean %q?", args[0], c.CommandPath(), near)
	}
	return Usagef("unknown command %q for %q; see %s --help", args[0], c.CommandPath(), c.CommandPath())
}

// OneOf checks that the value of a flag is one of the accepted words.
func OneOf(flag, value string, words ...string) error { return OneOfWords("--"+flag, value, words...) }

// OneOfWords checks that a value, called what in the message, is one of the accepted words.
func OneOfWords(what, value string, words ...string) error {
	if slices.Contains(words, value) {
		return nil
	}
	return Usagef("%s is %q, accepted: %s", what, value, strings.Join(words, ", "))
}

// OrList returns words as "a, b or c".
func OrList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
