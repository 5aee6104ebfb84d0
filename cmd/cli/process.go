package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// exitSignal is what a shell adds to the number of the signal that ended a command: 130 after Ctrl-C, 143 after
// SIGTERM.
// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html (read 2026-11-29), 2.8.2: more than 128
const exitSignal = 128

// process is the command that runs, as its signals, its output and its progress line share it.
type process struct {
	line *line
	// out is the output that is kept for a file; nil when it is written at once.
	out *fileOutput
	// exit ends the process.
	exit func(int)

	// whole is held while something must not be cut off by a signal. undo, which it guards, cleans up what is not
	// complete yet.
	whole sync.Mutex
	undo  []func()

	mu sync.Mutex
	// signal is the first that arrived; cancel, when set, handles it.
	signal os.Signal
	cancel func()
	// paging leaves Ctrl-C to the pager.
	paging bool
	// farewell is printed when a signal ends the process.
	farewell string
}

// Run runs a command with the streams and returns the exit code of the process. Ctrl-C, SIGTERM and SIGHUP end the
// process at any time, except in what Whole protects. Output to a file is written when it is complete, so that a
// command that is interrupted writes nothing.
func Run(io IO, command func(IO) error) int {
	out := wholeOutput(io)
	io.Err = guarded{io.Err}
	p := &process{line: newLine(io), exit: os.Exit, farewell: "interrupted", out: out}
	defer p.watch()()
	defer p.line.stop()
	err := recovered(func() error { return command(p.attach(io)) })
	p.line.stop()
	if failed := p.flush(); err == nil || failed != nil {
		err = failed
	}
	code := ExitCode(io.Err, err)
	if s := p.interrupted(); s != nil && code == ExitFailure {
		return codeOf(s)
	}
	return code
}

// attach returns the streams as the command uses them: writing to one of them first erases the progress line.
func (p *process) attach(io IO) IO {
	io.process = p
	io.Err = p.line.before(io.Err)
	switch {
	case p.out != nil:
		io.Out = p.out
	case io.OutTerminal:
		io.Out = p.line.before(io.Out)
	}
	return io
}

// flush writes the output that was kept for a file.
func (p *process) flush() error {
	if p.out == nil {
		return nil
	}
	p.whole.Lock()
	defer p.whole.Unlock()
	return p.out.flush()
}

// watch handles signals until the function that it returns is called.
func (p *process) watch() (stop func()) {
	signals := make(chan os.Signal, 2)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) { // as in nohup, and in the background of a script
			signal.Notify(signals, s)
		}
	}
	go func() {
		for s := range signals {
			p.handle(s)
		}
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}

// handle ends the process with the first signal, unless the command handles it. The second ends it in any case.
func (p *process) handle(s os.Signal) {
	p.mu.Lock()
	if p.paging && s == os.Interrupt {
		p.mu.Unlock()
		return
	}
	first, cancel := p.signal == nil, p.cancel
	if first {
		p.signal = s
	}
	p.mu.Unlock()
	switch {
	case !first:
		p.exit(codeOf(s))
	case cancel != nil:
		cancel()
	default:
		go p.end(s)
	}
}

// end waits for what must not be cut off, cleans up, and ends the process.
func (p *process) end(s os.Signal) {
	p.whole.Lock() // for good: nothing begins any more
	for _, undo := range p.undo {
		undo()
	}
	p.mu.Lock()
	text := p.farewell
	p.mu.Unlock()
	p.line.farewell(fmt.Sprintf("aksnet: %s\n", text), 50*time.Millisecond)
	p.exit(codeOf(s))
}

func (p *process) interrupted() os.Signal {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.signal
}

func codeOf(s os.Signal) int {
	n, _ := s.(syscall.Signal)
	return exitSignal + int(n)
}

// Whole runs a function that a signal does not cut off: the process ends after it.
func (io IO) Whole(f func() error) error {
	if io.process == nil {
		return f()
	}
	io.process.whole.Lock()
	defer io.process.whole.Unlock()
	return f()
}

// OnInterrupt calls undo when a signal ends the process. It is called inside Whole, or before anything needs undoing.
func (io IO) OnInterrupt(undo func()) {
	if io.process != nil {
		io.process.undo = append(io.process.undo, undo)
	}
}

// Flush writes the output so far, before a command begins what may take long.
func (io IO) Flush() error {
	if io.process == nil {
		return nil
	}
	return io.process.flush()
}

// Farewell sets the text that is printed when a signal ends the process from now on.
func (io IO) Farewell(text string) {
	if io.process == nil {
		return
	}
	io.process.mu.Lock()
	defer io.process.mu.Unlock()
	io.process.farewell = text
}

// UntilSignal returns a context that ends with the first signal, for the last part of a command: it reports what it
// leaves unfinished. A second signal ends the process.
func (io IO) UntilSignal() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.Background())
	if p := io.process; p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.cancel = cancel
	}
	return ctx, cancel
}
