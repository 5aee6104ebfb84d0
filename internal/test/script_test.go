package test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/aksnet/aksnet/cmd"
	"github.com/aksnet/aksnet/cmd/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(atRoot{m}, map[string]func(){
		"aksnet": func() { os.Exit(cmd.Main(cli.Standard(), os.Args[1:])) },
	})
}

// atRoot runs the tests in the root of the repository: the paths that they name start there.
type atRoot struct{ tests *testing.M }

// Run changes the working directory and runs the tests.
func (r atRoot) Run() int {
	if err := os.Chdir("../.."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return r.tests.Run()
}

// TestScript runs testdata/script: whole commands, as a user types them. With -update the expected
// outputs inside the scripts are rewritten.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "bounded": bounded},
		Condition:     condition,
	})
}

// exits runs a command and checks its exit code: exits 2 aksnet ip merge nonsense.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// bounded is exits for a command that may use four gigabytes of address space and two minutes.
func bounded(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: bounded CODE COMMAND…")
	}
	const limits = `ulimit -v 4000000; exec timeout 120 "$@"`
	exits(ts, neg, append([]string{args[0], "sh", "-c", limits, "sh"}, args[1:]...))
}

// condition knows what scripts ask about: whether files without rights are readable all the same.
func condition(cond string) (bool, error) {
	if cond == "root" {
		return os.Geteuid() == 0, nil
	}
	return false, fmt.Errorf("unknown condition %q", cond)
}
