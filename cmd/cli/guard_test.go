package cli

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/cirunner"
)

const hostileText = "##vso[task.complete]x\n::error::y"

func TestErrorsAndPanicsAreNoCommands(t *testing.T) {
	for name, command := range map[string]func(IO) error{
		"error":   func(IO) error { return errors.New(hostileText) },
		"usage":   func(IO) error { return Usagef("--x is %s", hostileText) },
		"panic":   func(IO) error { panic(hostileText) },
		"print":   func(io IO) error { _, err := fmt.Fprintln(io.Err, hostileText); return err },
		"message": func(io IO) error { return io.Messagef("reading %s", hostileText) },
	} {
		var errs bytes.Buffer
		code := Run(IO{Out: &bytes.Buffer{}, Err: &errs}, command)
		if found := cirunner.Commands(errs.String()); len(found) > 0 || !strings.Contains(errs.String(), `#\x23vso[`) {
			t.Errorf("%s: standard error is %q, which runs %v", name, errs.String(), found)
		}
		want := map[string]int{"error": ExitFailure, "usage": ExitUsage, "panic": ExitFailure}[name]
		if code != want {
			t.Errorf("%s: exit code %d, want %d", name, code, want)
		}
	}
}

func TestOnlyTheFirstLineOfAnErrorBeginsAtTheMargin(t *testing.T) {
	var errs bytes.Buffer
	ExitCode(&errs, errors.New("open a\naksnet: all is well\n  indented"))
	if want := "aksnet: open a\n  aksnet: all is well\n  indented\n"; errs.String() != want {
		t.Errorf("got %q, want %q", errs.String(), want)
	}
}
