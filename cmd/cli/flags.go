package cli

import (
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/aksnet/aksnet/spec"
)

// FlagError returns what is wrong with a flag as a usage error, in the words of the command line.
func FlagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var number *strconv.NumError
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "":
		if near := spec.Nearest(unknown.GetSpecifiedName(), FlagNames(c)); near != "" {
			return Usagef("unknown flag --%s, did you mean --%s?", unknown.GetSpecifiedName(), near)
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
		return Usagef("--%s is %q, accepted: %s", invalid.GetFlag().Name, invalid.GetValue(), accepted)
	}
	return Usagef("%w; see %s --help", err, c.CommandPath())
}

// FlagNames returns the names of all flags of a command.
func FlagNames(c *cobra.Command) (names []string) {
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// EveryFlag returns the names of the flags of a command and of all commands below it.
func EveryFlag(c *cobra.Command) []string {
	names := FlagNames(c)
	for _, sub := range c.Commands() {
		names = append(names, EveryFlag(sub)...)
	}
	return names
}

// bySetting is the annotation of a flag whose value comes from a setting.
const bySetting = "aksnet_setting"

// IsSet reports whether the user has set a flag, on the command line or by a setting.
func IsSet(c *cobra.Command, flag string) bool {
	f := c.Flags().Lookup(flag)
	_, setting := f.Annotations[bySetting]
	return f.Changed || setting
}
