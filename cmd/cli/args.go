package cli

import (
	"slices"
	"strings"

	"github.com/aksnet/aksnet/internal/english"

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
func OneOf(flag, value string, words ...string) error {
	if slices.Contains(words, value) {
		return nil
	}
	return Usagef("--%s is %q, accepted: %s", flag, value, strings.Join(words, ", "))
}

// listed is how many accepted words a message lists at most.
const listed = 20

// Choose returns the word that a value stands for, whatever its case. The error calls the value what and names the
// nearest word, or all words if they are few.
func Choose(what, value string, words []string) (string, error) {
	if i := slices.IndexFunc(words, func(w string) bool { return strings.EqualFold(w, value) }); i >= 0 {
		return words[i], nil
	}
	begins := func(w string) bool { return strings.HasPrefix(strings.ToLower(w), strings.ToLower(value)) }
	if i := slices.IndexFunc(words, begins); i >= 0 && value != "" {
		return "", Usagef("unknown %s %q, did you mean %q?", what, value, words[i])
	}
	if near := spec.Nearest(value, words); near != "" {
		return "", Usagef("unknown %s %q, did you mean %q?", what, value, near)
	}
	if len(words) > listed {
		return "", Usagef("unknown %s %q; there are %d, which shell completion lists", what, value, len(words))
	}
	return "", Usagef("unknown %s %q, accepted: %s", what, value, strings.Join(words, ", "))
}

// ChooseAll is Choose for several values.
func ChooseAll(what string, values, words []string) ([]string, error) {
	out := make([]string, len(values))
	for i, value := range values {
		word, err := Choose(what, value, words)
		if err != nil {
			return nil, err
		}
		out[i] = word
	}
	return out, nil
}

// OrList returns words as "a, b or c".
func OrList(words []string) string { return english.OrList(words) }
