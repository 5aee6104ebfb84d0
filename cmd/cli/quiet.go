package cli

import (
	"github.com/spf13/cobra"
)

// AddQuiet adds --quiet to a command and all commands below it, and returns the streams that obey it.
func (io IO) AddQuiet(root *cobra.Command) IO {
	io.quiet = root.PersistentFlags().BoolP("quiet", "q", false,
		"print no notes, progress or other information; errors, warnings and the exit code stay")
	return io
}

// Quiet reports whether only data, errors and warnings are wanted.
func (io IO) Quiet() bool { return io.quiet != nil && *io.quiet }

// Inform prints a line of information to standard error, unless only errors and warnings are wanted.
func (io IO) Inform(format string, a ...any) error {
	if io.Quiet() {
		return nil
	}
	return io.Messagef(format, a...)
}
