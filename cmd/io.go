package cmd

import (
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// IO is where a command reads and writes. Data goes to Out alone; findings, progress and errors go to Err.
type IO struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
	// InTerminal, OutTerminal and ErrTerminal say which of them a person sits at.
	InTerminal, OutTerminal, ErrTerminal bool
	// Width is how many columns the terminal at Out has; 0 when it is none.
	Width int
	// Now is the time of the run, by which waivers expire and support ends; the clock's when it is zero.
	Now time.Time
}

// today is the day of the run, at midnight UTC.
func (io IO) today() time.Time {
	now := io.Now
	if now.IsZero() {
		now = time.Now()
	}
	return now.UTC().Truncate(24 * time.Hour)
}

// Standard is the process's own streams.
func Standard() IO {
	s := IO{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		InTerminal:  term.IsTerminal(int(os.Stdin.Fd())),
		OutTerminal: term.IsTerminal(int(os.Stdout.Fd())),
		ErrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
	}
	if s.OutTerminal {
		s.Width, _, _ = term.GetSize(int(os.Stdout.Fd()))
	}
	return s
}

// colour reports whether what goes to a stream may be coloured: on a terminal alone, and never with NO_COLOR.
// https://no-color.org (read 2026-11-22)
func colour(terminal bool) bool {
	return terminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
