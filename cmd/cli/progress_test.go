package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// screen is a terminal that tests can read while something is written to it.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(data)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// waitFor waits until the screen shows a text.
func (s *screen) waitFor(t *testing.T, text string) {
	t.Helper()
	for range 1000 {
		if strings.Contains(s.String(), text) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("the screen never showed %q: %q", text, s.String())
}

// patient is a process that has run for longer than a command runs without progress.
func patient(s IO) (*process, IO) {
	p := &process{line: newLine(s)}
	p.line.began = time.Now().Add(-2 * patience)
	return p, p.attach(s)
}

func terminal(t *testing.T, s *screen) IO {
	t.Setenv("TERM", "xterm")
	t.Setenv("CI", "")
	t.Setenv("NO_COLOR", "1")
	return IO{Out: s, Err: s, OutTerminal: true, ErrTerminal: true, ErrWidth: 30}
}

// The line is drawn on a terminal, cut to its width, and erased before anything else is written.
func TestProgress(t *testing.T) {
	var s screen
	p, streams := patient(terminal(t, &s))
	defer p.line.stop()
	outer := streams.Step("planning %d clusters of a large company", 10_000)
	s.waitFor(t, eraseLine+"planning 10000 clusters of a…")
	inner := streams.StepFunc(func(time.Duration) string { return "1 of 2" })
	s.waitFor(t, eraseLine+"1 of 2")
	io.WriteString(streams.Out, "data\n")
	inner.End()
	if text := s.String(); !strings.Contains(text, "1 of 2"+eraseLine+"data\n") {
		t.Errorf("the line is not erased before data: %q", text)
	}
	outer.End()
	before := s.String()
	if !strings.HasSuffix(before, "\n") && !strings.HasSuffix(before, eraseLine) {
		t.Errorf("the line stays: %q", before)
	}
}

// Nothing is drawn where a question waits for its answer.
func TestProgressNotBesideQuestion(t *testing.T) {
	var s screen
	p, streams := patient(terminal(t, &s))
	defer p.line.stop()
	defer streams.Step("working").End()
	s.waitFor(t, "working")
	io.WriteString(streams.Err, "Continue? ")
	time.Sleep(3 * redraw)
	if !strings.HasSuffix(s.String(), "Continue? ") {
		t.Errorf("%q", s.String())
	}
}

func TestNoProgress(t *testing.T) {
	for name, change := range map[string]func(*testing.T, *IO){
		"no terminal":   func(_ *testing.T, s *IO) { s.ErrTerminal = false },
		"dumb terminal": func(t *testing.T, _ *IO) { t.Setenv("TERM", "dumb") },
		"CI":            func(t *testing.T, _ *IO) { t.Setenv("CI", "true") },
	} {
		t.Run(name, func(t *testing.T) {
			var s screen
			streams := terminal(t, &s)
			change(t, &streams)
			p, streams := patient(streams)
			step := streams.Step("working")
			p.line.draw()
			step.End()
			p.line.stop()
			if s.String() != "" {
				t.Errorf("%q", s.String())
			}
		})
	}
}

// A command that is done in a second shows nothing.
func TestProgressPatience(t *testing.T) {
	var s screen
	p := &process{line: newLine(terminal(t, &s))}
	p.line.begin(&Step{line: p.line, text: func(time.Duration) string { return "working" }})
	p.line.draw()
	p.line.stop()
	if s.String() != "" {
		t.Errorf("%q", s.String())
	}
}

// Output to a file is written when the command has ended, and as it was written.
func TestFileOutput(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var messages, want bytes.Buffer
	code := Run(IO{Out: file, Err: &messages}, func(s IO) error {
		for n := range 200 {
			data := bytes.Repeat([]byte{byte('a' + n%26)}, n*n)
			want.Write(data)
			if _, err := s.Out.Write(data); err != nil {
				return err
			}
		}
		if info, err := file.Stat(); err != nil || info.Size() != 0 {
			t.Errorf("%d bytes before the end, %v", info.Size(), err)
		}
		return ErrFindings
	})
	got, err := os.ReadFile(file.Name())
	if err != nil || !bytes.Equal(got, want.Bytes()) || code != ExitFindings {
		t.Errorf("%d bytes, want %d; exit code %d, %v", len(got), want.Len(), code, err)
	}
}

// Messages and data that go to the same file keep their order.
func TestFileOutputShared(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	Run(IO{Out: file, Err: file}, func(s IO) error {
		io.WriteString(s.Out, "data\n")
		io.WriteString(s.Err, "message\n")
		return nil
	})
	if got, err := os.ReadFile(file.Name()); err != nil || string(got) != "data\nmessage\n" {
		t.Errorf("%q %v", got, err)
	}
}

// A counter says how many things are done, of how many if that is known.
func TestCounter(t *testing.T) {
	c, step := IO{}.StepCount("reading files")
	defer step.End()
	for _, tc := range []struct {
		done, total int
		want        string
	}{
		{0, 0, "reading files (3s)"}, {1234, 0, "reading files: 1,234 (3s)"}, {2, 5000, "reading files: 2 of 5,000 (3s)"},
	} {
		c.Set(tc.done, tc.total)
		if got := c.text(3300 * time.Millisecond); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}
