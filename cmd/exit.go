package cmd

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/aksnet/aksnet/internal/report"
)

// Exit codes of every command.
const (
	exitClean    = 0 // nothing to say
	exitFindings = 1 // findings at or above --fail-on
	exitUsage    = 2 // wrong flags or arguments
	exitFailure  = 3 // the work could not be done
)

// errFindings ends a command that has shown findings at or above --fail-on. It prints nothing.
var errFindings = errors.New("findings")

// usageError is a mistake in flags or arguments.
type usageError struct{ err error }

// Error is the text of the mistake.
func (e usageError) Error() string { return e.err.Error() }

// Unwrap is the error behind the mistake.
func (e usageError) Unwrap() error { return e.err }

func usagef(format string, a ...any) error { return usageError{fmt.Errorf(format, a...)} }

// exitCode prints an error, unless it has been shown already, and returns the code of the process.
func exitCode(w io.Writer, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitClean
	case errors.Is(err, errFindings):
		return exitFindings
	}
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		lines[i] = report.Printable(strings.ReplaceAll(line, "\t", "  ")) // it may quote what the user wrote
	}
	fmt.Fprintf(w, "aksnet: %s\n", strings.Join(lines, "\n"))
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailure
}
