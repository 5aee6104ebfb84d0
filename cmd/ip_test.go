package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestIPExamples runs every example in the help of the calculator, in a folder with the lists that
// the examples name. A question may be answered no (exit code 1), but each example must be understood.
func TestIPExamples(t *testing.T) {
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
	ip := newIP(IO{}, nil)
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
	code := Main(IO{In: strings.NewReader(""), Out: &out, Err: &errs}, words[1:])
	if code > exitFindings || out.Len() == 0 && code == exitClean && words[2] != "overlaps" && words[2] != "diff" {
		t.Errorf("exit code %d\n%s%s", code, out.String(), errs.String())
	}
}

func TestGrouped(t *testing.T) {
	for arg, want := range map[string]string{
		"0": "0", "999": "999", "1000": "1,000", "1234567": "1,234,567",
		"2^49": "562,949,953,421,312", "2^64": "2^64", "2^128": "2^128",
	} {
		n, err := parseHosts(arg)
		if err != nil {
			t.Fatal(err)
		}
		if got := grouped(n); got != want {
			t.Errorf("grouped(%s) = %s, want %s", arg, got, want)
		}
	}
}

func TestCountInJSON(t *testing.T) {
	for arg, want := range map[string]string{
		"0": "0", "9007199254740991": "9007199254740991", "2^53": "9007199254740992",
		"9007199254740993": `"9007199254740993"`, "2^128": `"340282366920938463463374607431768211456"`,
	} {
		n, err := parseHosts(arg)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := (count{n}).MarshalJSON(); string(got) != want {
			t.Errorf("%s is %s in JSON, want %s", arg, got, want)
		}
	}
}

// TestIPTerminal looks at what only a terminal shows: colour, which NO_COLOR turns off, and the
// question for input instead of a wait.
func TestIPTerminal(t *testing.T) {
	run := func(args ...string) (string, int) {
		var out, errs bytes.Buffer
		code := Main(IO{In: strings.NewReader(""), Out: &out, Err: &errs, InTerminal: true, OutTerminal: true}, args)
		return out.String() + errs.String(), code
	}
	t.Setenv("TERM", "xterm")
	t.Setenv("NO_COLOR", "")
	if text, _ := run("ip", "merge", "10.0.0.0/24"); !strings.Contains(text, "\x1b[1m") || !strings.Contains(text, "256 addresses in 1 prefix") {
		t.Errorf("no coloured table on a terminal: %q", text)
	}
	t.Setenv("NO_COLOR", "1")
	if text, _ := run("ip", "merge", "10.0.0.0/24"); strings.Contains(text, "\x1b") {
		t.Errorf("colour in spite of NO_COLOR: %q", text)
	}
	if text, code := run("ip", "merge"); code != exitUsage || !strings.Contains(text, "nothing to read") {
		t.Errorf("without input: %d %q", code, text)
	}
}
