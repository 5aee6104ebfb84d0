// Package cli is what all commands of aksnet share: streams, exit codes, settings, and the checks of flags and
// arguments.
package cli

import (
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// IO is the streams and the clock of a command. Out carries only data; findings, progress and errors go to Err.
type IO struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// InTerminal, OutTerminal and ErrTerminal report which streams are a terminal.
	InTerminal, OutTerminal, ErrTerminal bool
	// Width is the number of columns of the terminal at Out; 0 when Out is not a terminal.
	Width int
	// ErrWidth is the number of columns of the terminal at Err; 0 when Err is not a terminal.
	ErrWidth int
	// Now is the time by which waivers expire and support ends. The zero value means the clock's time.
	Now time.Time

	// terminal is the terminal at Out; nil when Out is not one.
	terminal *os.File
	// noPager is the value of --no-pager; nil before AddPager.
	noPager *bool
	// quiet is the value of --quiet; nil before AddQuiet.
	quiet *bool
	// process is the process that runs the command; nil in tests of parts of it.
	process *process
}

// Clock returns the time of the run, in seconds.
func (io IO) Clock() time.Time {
	now := io.Now
	if now.IsZero() {
		now = time.Now()
	}
	return now.UTC().Truncate(time.Second)
}

// Today returns the day of the run, at midnight UTC.
func (io IO) Today() time.Time { return io.Clock().Truncate(24 * time.Hour) }

// Standard returns the streams of the process.
func Standard() IO {
	s := IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
	if s.OutTerminal {
		s.terminal = os.Stdout
		s.Width, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	if s.ErrTerminal {
		s.ErrWidth, _, _ = term.GetSize(int(os.Stderr.Fd()))
	}
	return s
}

// Colour reports whether output to a stream may be coloured: only on a terminal, and never with NO_COLOR.
// https://no-color.org (read 2026-11-22)
func Colour(terminal bool) bool {
	return terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
