package cli

import (
	"fmt"
	"io"
	"runtime/debug"

	"github.com/aksnet/aksnet/internal/printable"
)

// guarded is standard error without commands for CI runners. Messages escape what they quote; this also covers what
// they forget, and what libraries print. Standard output has no such guard: its formats escape in different ways, and a
// file must have the values that it stands for, so every printer escapes by itself.
type guarded struct{ to io.Writer }

// Write writes the data, in which commands are escaped.
func (g guarded) Write(data []byte) (int, error) {
	if _, err := g.to.Write(printable.Lines(data)); err != nil {
		return 0, err
	}
	return len(data), nil
}

// Messagef prints a message of one line to standard error, with everything escaped that a terminal or a CI runner would
// interpret.
func (io IO) Messagef(format string, a ...any) error {
	_, err := fmt.Fprintln(io.Err, printable.Text(fmt.Sprintf(format, a...)))
	return err
}

// recovered runs a command and returns a panic as an error, so that its text is escaped like that of other errors.
func recovered(command func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("internal error, please report it: %v\n%s", fault, debug.Stack())
		}
	}()
	return command()
}
