//go:build unix

package test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// signals is how many runs of each command get a signal.
var signals = flag.Int("signals", 8, "how many `RUNS` of each command get a signal")

// interrupted is what a run that got a signal left behind.
type interrupted struct {
	code int
	// took is the time from the signal to the end of the process.
	took time.Duration
}

// interrupt runs a command and sends it a signal after a time.
func interrupt(t *testing.T, x *exec.Cmd, s syscall.Signal, after time.Duration) interrupted {
	t.Helper()
	if err := x.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	sent := time.Now()
	_ = x.Process.Signal(s) // the process may have ended
	_ = x.Wait()
	return interrupted{x.ProcessState.ExitCode(), time.Since(sent)}
}

// network is a spec with networks and clusters, enough of both that a command takes a while.
func network(clusters int) []byte {
	var b bytes.Buffer
	b.WriteString("apiVersion: aksnet/v1\nlocation: westeurope\nresourceGroup: rg\n" +
		"addressSpace: {pools: [10.0.0.0/8], podPools: [100.64.0.0/10]}\nclusters:\n")
	for i := range clusters {
		fmt.Fprintf(&b, "  - {name: c%d, resourceGroup: rg-%d, nodePools: [{name: system, count: 3}]}\n", i, i)
	}
	return b.Bytes()
}

// writeSpec writes a spec into a new folder.
func writeSpec(t *testing.T, data []byte) (dir, file string) {
	t.Helper()
	dir = t.TempDir()
	file = filepath.Join(dir, "aksnet.yaml")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

// contents returns the files in a folder by their names.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, dir)] = string(data)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return all
}

// A signal at any moment leaves the files of render as they were, or complete, and nothing beside them.
func TestSignalRender(t *testing.T) {
	_, file := writeSpec(t, network(60))
	render := func(dir string) *exec.Cmd { return exec.Command("aksnet", "render", "bicep", file, "--out", dir) }
	whole := filepath.Join(t.TempDir(), "out", "bicep")
	began := time.Now()
	if out, err := render(whole).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	usual := time.Since(began)
	want := contents(t, whole)
	if len(want) < 3 {
		t.Fatalf("render wrote only %d files", len(want))
	}
	var slowest time.Duration
	ended := map[int]int{}
	for i := range *signals {
		top := t.TempDir()
		dir := filepath.Join(top, "out", "bicep")
		s := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM}[i%2]
		got := interrupt(t, render(dir), s, time.Duration(rand.Int64N(int64(usual)*5/4)))
		slowest = max(slowest, got.took)
		ended[got.code]++
		left := contents(t, top)
		switch {
		case len(left) == 0:
			if _, err := os.Stat(filepath.Join(top, "out")); err == nil && got.code > 0 {
				t.Errorf("after exit code %d, an empty folder is left", got.code)
			}
		case len(left) != len(want):
			t.Errorf("after exit code %d, %d of %d files are there", got.code, len(left), len(want))
		default:
			for name, text := range want {
				if left["/out/bicep"+name] != text {
					t.Errorf("%s is not complete", name)
				}
			}
		}
		if !slices.Contains([]int{0, 128 + int(s), -1}, got.code) {
			t.Errorf("exit code %d", got.code)
		}
	}
	t.Logf("exit codes %v, at most %v after the signal", ended, slowest)
}

// A signal at any moment leaves a file to which a shell redirects a plan empty or complete.
func TestSignalRedirect(t *testing.T) {
	_, file := writeSpec(t, network(400))
	plan := func(to string) *exec.Cmd {
		out, err := os.Create(to)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { out.Close() })
		x := exec.Command("aksnet", "plan", file, "-o", "json", "--fail-on", "never")
		x.Stdout = out
		return x
	}
	dir := t.TempDir()
	began := time.Now()
	if err := plan(filepath.Join(dir, "whole")).Run(); err != nil {
		t.Fatal(err)
	}
	usual := time.Since(began)
	want := contents(t, dir)["/whole"]
	var slowest time.Duration
	ended := map[int]int{}
	for i := range *signals {
		name := fmt.Sprintf("plan-%d.json", i)
		got := interrupt(t, plan(filepath.Join(dir, name)), syscall.SIGINT,
			time.Duration(rand.Int64N(int64(usual)*5/4)))
		slowest = max(slowest, got.took)
		ended[got.code]++
		if text := contents(t, dir)["/"+name]; text != "" && text != want {
			t.Errorf("exit code %d left %d of %d bytes", got.code, len(text), len(want))
		} else if got.code == 0 && text == "" {
			t.Error("exit code 0 without a plan")
		}
	}
	t.Logf("exit codes %v, at most %v after the signal", ended, slowest)
}

// A signal ends a command that waits for standard input, with the exit code of the signal and one line. A signal that
// comes before the process handles signals ends it too, as the system does; the next attempt then waits longer.
func TestSignalStandardInput(t *testing.T) {
	codes := map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGHUP: 129}
	for args, s := range map[string]syscall.Signal{
		"plan -": syscall.SIGINT, "validate -": syscall.SIGTERM, "ip merge": syscall.SIGINT,
		"import azure -": syscall.SIGHUP, "explain -": syscall.SIGINT,
	} {
		t.Run(args, func(t *testing.T) {
			t.Parallel()
			for wait := 100 * time.Millisecond; ; wait *= 2 {
				code, messages := interruptReading(t, s, wait, strings.Fields(args)...)
				if code == codes[s] && messages == "aksnet: interrupted\n" {
					return
				}
				if code != -1 || wait > 10*time.Second {
					t.Fatalf("exit code %d after %v, want %d; messages %q", code, s, codes[s], messages)
				}
			}
		})
	}
}

// interruptReading sends a signal to a command that reads standard input, which never ends.
func interruptReading(t *testing.T, s syscall.Signal, after time.Duration, args ...string) (int, string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	var messages bytes.Buffer
	x := exec.Command("aksnet", args...)
	x.Stdin, x.Stderr = r, &messages
	return interrupt(t, x, s, after).code, messages.String()
}

// A parent that ignores SIGINT, as nohup ignores SIGHUP, is obeyed.
func TestSignalIgnored(t *testing.T) {
	_, file := writeSpec(t, network(400))
	script := `trap '' INT; aksnet plan "$1" -o json --fail-on never >"$2" & sleep 0.1; kill -INT $!; wait $!`
	out := filepath.Join(t.TempDir(), "plan.json")
	if text, err := exec.Command("sh", "-c", script, "sh", file, out).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
	if info, err := os.Stat(out); err != nil || info.Size() == 0 {
		t.Errorf("no plan: %v", err)
	}
}
