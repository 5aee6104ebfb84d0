package ip

import (
	"bytes"
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/aksnet/aksnet/cmd/cli"
)

// run runs a command of the calculator and returns its exit code.
func run(io cli.IO, args ...string) int {
	c := New(io, nil)
	c.SilenceErrors, c.SilenceUsage = true, true
	c.SetArgs(args)
	c.SetOut(io.Out)
	c.SetErr(io.Err)
	return cli.ExitCode(io.Err, c.Execute())
}

// TestExamples runs every example in the help of the calculator, in a folder with the lists that
// the examples name. A question may be answered no (exit code 1), but each example must be understood.
func TestExamples(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"nets.txt": "10.0.0.0/24 # web\n10.0.1.0/24\n10.0.0.64/26\n",
		"pool.txt": "10.0.0.0/16\n", "used.txt": "10.0.0.0/24\n",
		"old.txt": "10.0.0.0/24\n", "new.txt": "10.0.0.0/25\n",
	} {
		if err := os.WriteFile(filepath.Join(".", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ip := New(cli.IO{}, nil)
	for _, c := range append(ip.Commands(), ip) {
		examples := strings.Split(strings.TrimSpace(c.Example), "\n")
		if c.Example == "" || c.Short == "" {
			t.Errorf("%s has no example or no summary", c.CommandPath())
		}
		for _, line := range examples {
			t.Run(strings.TrimSpace(line), func(t *testing.T) { runExample(t, c, line) })
		}
	}
}

func runExample(t *testing.T, c *cobra.Command, line string) {
	words := strings.Fields(line)
	if len(words) < 3 || words[0] != "aksnet" || words[1] != "ip" || c.Name() != "ip" && words[2] != c.Name() {
		t.Fatalf("no example of %s", c.Name())
	}
	var out, errs bytes.Buffer
	code := run(cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs}, words[2:]...)
	if code > cli.ExitFindings ||
		out.Len() == 0 && code == cli.ExitClean && words[2] != "overlaps" && words[2] != "diff" {
		t.Errorf("exit code %d\n%s%s", code, out.String(), errs.String())
	}
}

// TestTerminal looks at what only a terminal shows: colour, which NO_COLOR turns off, and the
// question for input instead of a wait.
func TestTerminal(t *testing.T) {
	terminal := func(args ...string) (string, int) {
		var out, errs bytes.Buffer
		code := run(
			cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs, InTerminal: true, OutTerminal: true},
			args...)
		return out.String() + errs.String(), code
	}
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	if text, _ := terminal("merge", "10.0.0.0/24"); !strings.Contains(text, "\x1b[1m") ||
		!strings.Contains(text, "256 addresses in 1 prefix") {
		t.Errorf("no coloured table on a terminal: %q", text)
	}
	t.Setenv("NO_COLOR", "1")
	if text, _ := terminal("merge", "10.0.0.0/24"); strings.Contains(text, "\x1b") {
		t.Errorf("colour in spite of NO_COLOR: %q", text)
	}
	if text, code := terminal("merge"); code != cli.ExitUsage || !strings.Contains(text, "nothing to read") {
		t.Errorf("without input: %d %q", code, text)
	}
}

// TestInfoJSON says that what is printed can be read back and agrees with netip.
func TestInfoJSON(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run(cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs}, "info", "10.1.2.0/23", "-o",
		"json"); code != cli.ExitClean {
		t.Fatal(errs.String())
	}
	var got struct {
		Prefix    netip.Prefix `json:"prefix"`
		Addresses int          `json:"addresses"`
		Length    int          `json:"prefixLength"`
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got.Prefix.String() != "10.1.2.0/23" || got.Addresses != 512 || got.Length != 23 {
		t.Errorf("read back: %+v", got)
	}
}
