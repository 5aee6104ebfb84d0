package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"

	"github.com/aksnet/aksnet/internal/report"
)

// Exit codes of every command.
const (
	ExitClean    = 0 // nothing to report
	ExitFindings = 1 // findings at or above --fail-on
	ExitUsage    = 2 // wrong flags or arguments
	ExitFailure  = 3 // the work could not be done
)

// Status is an exit code with its meaning.
type Status struct {
	Code    int
	Meaning string
}

// Statuses returns every exit code.
func Statuses() []Status {
	return []Status{
		{ExitClean, "clean"},
		{ExitFindings, "findings at or above --fail-on"},
		{ExitUsage, "wrong usage"},
		{ExitFailure, "the work could not be done"},
		{codeOf(syscall.SIGINT), "interrupted by Ctrl-C (143 by SIGTERM)"},
	}
}

// ExitCodes returns the exit codes on one line.
func ExitCodes() string {
	var out []string
	for _, s := range Statuses() {
		out = append(out, fmt.Sprintf("%d %s", s.Code, s.Meaning))
	}
	return strings.Join(out, ", ")
}

// ErrFindings ends a command that has shown findings at or above --fail-on. It prints nothing.
var ErrFindings = errors.New("findings")

// UsageError is a mistake in flags or arguments.
type UsageError struct{ Err error }

// Error returns the text of the mistake.
func (e UsageError) Error() string { return e.Err.Error() }

// Unwrap returns the error behind the mistake.
func (e UsageError) Unwrap() error { return e.Err }

// Usagef returns a UsageError with a text like fmt.Errorf.
func Usagef(format string, a ...any) error { return UsageError{fmt.Errorf(format, a...)} }

// ExitCode prints an error, unless it has been shown already, and returns the exit code of the process.
func ExitCode(w io.Writer, err error) int {
	switch {
	case err == nil:
		return ExitClean
	case errors.Is(err, ErrFindings):
		return ExitFindings
	}
	fmt.Fprintf(w, "aksnet: %s\n", message(err))
	if usage := (UsageError{}); errors.As(err, &usage) {
		return ExitUsage
	}
	return ExitFailure
}

// message returns the text of an error, which may quote what the user wrote. Only its first line begins at the margin:
// a name with a line break cannot look like a message of its own.
func message(err error) string {
	lines := strings.Split(errorText(err), "\n")
	for i, line := range lines {
		line = report.Printable(strings.ReplaceAll(line, "\t", "  "))
		if i > 0 && line != "" && !strings.HasPrefix(line, " ") {
			line = "  " + line
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}
