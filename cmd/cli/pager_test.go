package cli

import (
	"errors"
	"fmt"
	stdio "io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"
)

// paged returns what a command of a thousand lines shows on a terminal, which a file stands for.
func paged(t *testing.T, flags ...string) (string, error) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "terminal")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := &cobra.Command{Use: "test"}
	io := IO{Out: f, Err: f, OutTerminal: true, terminal: f}.AddQuiet(c).AddPager(c)
	c.RunE = func(*cobra.Command, []string) error {
		return io.Page(func(w stdio.Writer) error {
			for i := range 100_000 {
				if _, err := fmt.Fprintf(w, "line %d\n", i); err != nil {
					return fmt.Errorf("writing: %w", err)
				}
			}
			return nil
		})
	}
	c.SetArgs(flags)
	failed := c.Execute()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text), failed
}

func TestPager(t *testing.T) {
	for _, tt := range []struct {
		name, own, others string
		flags             []string
		begins            string
		lines             int
	}{
		{"own", "sed s/^/own:/", "sed s/^/others:/", nil, "own:line 0\n", 100_000},
		{"the user's", "-", "sed s/^/others:/", nil, "others:line 0\n", 100_000},
		{"none is wanted", "", "sed s/^/others:/", nil, "line 0\n", 100_000},
		{"cat is none", "-", "cat", nil, "line 0\n", 100_000},
		{"no such pager", "no-such-pager -R", "-", nil, "line 0\n", 100_000},
		{"no such pager in a shell", "LESS= no-such-pager", "-", nil, "line 0\n", 100_000},
		{"a shell", "sed 's/^/a b:/' | sed 's/^/c:/'", "-", nil, "c:a b:line 0\n", 100_000},
		{"the reader leaves", "head -n 2", "-", nil, "line 0\nline 1\n", 2},
		{"the pager fails", "false", "-", nil, "", 0},
		{"flag", "sed s/^/own:/", "-", []string{"--no-pager"}, "line 0\n", 100_000},
		{"settings of less", "sh -c env", "-", nil, "", -1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for variable, value := range map[string]string{"AKSNET_PAGER": tt.own, "PAGER": tt.others, "TERM": "xterm"} {
				t.Setenv(variable, value)
				if value == "-" {
					os.Unsetenv(variable)
				}
			}
			t.Setenv("LESS", "")
			got, err := paged(t, tt.flags...)
			if err != nil || !strings.HasPrefix(got, tt.begins) {
				t.Errorf("%.60q, error %v, want %q first", got, err, tt.begins)
			}
			if n := strings.Count(got, "\n"); tt.lines >= 0 && n != tt.lines {
				t.Errorf("%d lines, want %d", n, tt.lines)
			}
			if tt.lines < 0 && !strings.Contains(got, "LESS=FRX\n") {
				t.Errorf("environment of the pager: %s", got)
			}
		})
	}
}

func TestNoPagerWithoutATerminal(t *testing.T) {
	t.Setenv("AKSNET_PAGER", "sed s/^/own:/")
	if c := (IO{Out: stdio.Discard}).pager(); c != nil {
		t.Errorf("%v runs although the output is not a terminal", c)
	}
	t.Setenv("TERM", "dumb")
	if c := (IO{terminal: os.Stdout}).pager(); c != nil {
		t.Errorf("%v runs on a dumb terminal", c)
	}
}

// TestPagerKeepsErrors checks that an error of the command is not taken for a reader who left.
func TestPagerKeepsErrors(t *testing.T) {
	t.Setenv("AKSNET_PAGER", "sed s/^/own:/")
	t.Setenv("TERM", "xterm")
	f, err := os.Create(filepath.Join(t.TempDir(), "terminal"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	failed := errors.New("failed")
	got := IO{Out: f, terminal: f}.Page(func(stdio.Writer) error { return failed })
	if !errors.Is(got, failed) {
		t.Errorf("error %v, want %v", got, failed)
	}
}

// TestCtrlCIsForThePager interrupts while a pager runs, and after it.
func TestCtrlCIsForThePager(t *testing.T) {
	ended := make(chan int, 1)
	p := &process{line: newLine(IO{Err: stdio.Discard}), exit: func(code int) { ended <- code }, farewell: "interrupted"}
	stop := IO{process: p}.interruptsPager()
	p.handle(os.Interrupt)
	p.handle(os.Interrupt)
	select {
	case code := <-ended:
		t.Fatalf("the process ended with %d under the pager", code)
	case <-time.After(20 * time.Millisecond):
	}
	stop()
	p.handle(syscall.SIGINT)
	if code := <-ended; code != 130 {
		t.Errorf("exit code %d", code)
	}
}
