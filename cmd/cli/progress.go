package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/aksnet/aksnet/internal/printable"
)

const (
	// patience is how long a command runs before it shows progress.
	patience = time.Second
	// redraw is how often the progress line is drawn.
	redraw = 200 * time.Millisecond
	// eraseLine moves to the start of the line and erases it.
	eraseLine = "\r\x1b[2K"
)

// line is the progress line: the last line of the terminal at standard error. Everything that is written to the
// terminal passes through it, so that it is erased before. A nil line shows nothing.
type line struct {
	mu sync.Mutex
	// to is standard error, terminal reports whether it is one, and width is its number of columns; a negative width
	// means that nothing is drawn.
	to       io.Writer
	width    int
	terminal bool
	began    time.Time
	steps    []*Step
	shown    bool
	// inside reports whether the last write ended inside a line, such as a question: nothing is drawn there.
	inside bool
	ticker *time.Ticker
	done   chan struct{}
}

// newLine returns the progress line of a process. It is never drawn unless standard error is a terminal that can erase
// a line, and never in a CI job, whose log keeps everything. NO_COLOR does not matter: the line has no colour.
func newLine(s IO) *line {
	l := &line{to: s.Err, width: s.ErrWidth, terminal: s.ErrTerminal, began: time.Now()}
	if !s.ErrTerminal || os.Getenv("TERM") == "dumb" || os.Getenv("CI") != "" {
		l.width = -1
	}
	return l
}

// Step is something that a command does and that may take long.
type Step struct {
	line  *line
	began time.Time
	text  func(elapsed time.Duration) string
}

// Step shows on a terminal, after a second, what the command is doing, until End of the step is called.
func (io IO) Step(format string, a ...any) *Step {
	text := fmt.Sprintf(format, a...)
	return io.StepFunc(func(elapsed time.Duration) string {
		return fmt.Sprintf("%s (%s)", text, elapsed.Truncate(time.Second))
	})
}

// StepFunc is Step with a text that changes. It may be called from another goroutine.
func (io IO) StepFunc(text func(elapsed time.Duration) string) *Step {
	s := &Step{began: time.Now(), text: text}
	if io.process != nil && !io.Quiet() {
		s.line = io.process.line
		s.line.begin(s)
	}
	return s
}

// ShowsSteps reports whether steps are shown.
func (io IO) ShowsSteps() bool {
	return io.process != nil && !io.Quiet() && io.process.line.width >= 0
}

// End ends the step.
func (s *Step) End() {
	if s.line != nil {
		s.line.end(s)
	}
}

func (l *line) begin(s *Step) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.steps = append(l.steps, s)
	if l.ticker == nil && l.width >= 0 {
		l.ticker, l.done = time.NewTicker(redraw), make(chan struct{})
		go l.run(l.ticker, l.done)
	}
}

func (l *line) end(s *Step) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.steps = slices.DeleteFunc(l.steps, func(x *Step) bool { return x == s })
	l.erase()
}

func (l *line) run(t *time.Ticker, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		case <-t.C:
			l.draw()
		}
	}
}

func (l *line) draw() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.steps) == 0 || l.inside || l.done == nil || time.Since(l.began) < patience {
		return
	}
	s := l.steps[len(l.steps)-1]
	fmt.Fprint(l.to, eraseLine+cut(printable.Text(s.text(time.Since(s.began))), l.width-1))
	l.shown = true
}

// cut shortens a text to a number of columns; a number below 1 is no limit.
func cut(text string, columns int) string {
	if columns < 1 || utf8.RuneCountInString(text) <= columns {
		return text
	}
	return string([]rune(text)[:columns-1]) + "…"
}

// erase erases the line if it is there. The caller holds the lock.
func (l *line) erase() {
	if l.shown {
		fmt.Fprint(l.to, eraseLine)
		l.shown = false
	}
}

// stop erases the line for good.
func (l *line) stop() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.erase()
	if l.done != nil {
		l.ticker.Stop()
		close(l.done)
		l.done, l.width = nil, -1
	}
}

// farewell prints the last words of a process, and gives up after a while: a pipe may be full.
func (l *line) farewell(text string, patience time.Duration) {
	said := make(chan struct{})
	go func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.terminal && !l.shown {
			text = "\n" + text // after the ^C that the terminal shows
		}
		l.erase()
		fmt.Fprint(l.to, text)
		close(said)
	}()
	select {
	case <-said:
	case <-time.After(patience):
	}
}

// before returns a writer that erases the line before it writes.
func (l *line) before(w io.Writer) io.Writer { return &erasing{l, w} }

type erasing struct {
	line *line
	to   io.Writer
}

// Write erases the progress line and writes.
func (e *erasing) Write(data []byte) (int, error) {
	e.line.mu.Lock()
	defer e.line.mu.Unlock()
	e.line.erase()
	if len(data) > 0 {
		e.line.inside = !strings.HasSuffix(string(data[len(data)-1:]), "\n")
	}
	return e.to.Write(data)
}
