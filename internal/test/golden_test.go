package test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/aksnet/aksnet/cmd"
	"github.com/aksnet/aksnet/cmd/cli"
)

var update = flag.Bool("update", false, "rewrite golden files and generated pages")

// specs returns the shipped specs by name: a file, or a folder of files.
func specs(t *testing.T) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join("testdata", "specs"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		out[strings.TrimSuffix(e.Name(), ".yaml")] = filepath.Join("testdata", "specs", e.Name())
	}
	if len(out) < 12 {
		t.Fatalf("only %d specs", len(out))
	}
	return out
}

// aksnet runs the command as a process would, with pipes for streams, on a fixed day.
func aksnet(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	code = cmd.Main(cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs, Now: day}, args)
	return out.String(), errs.String(), code
}

func TestGoldenPlans(t *testing.T) {
	t.Setenv("AKSNET_CONFIG", "")
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	files := map[string]string{"table": "plan.txt", "json": "plan.json", "markdown": "plan.md"}
	for name, spec := range specs(t) {
		for format, file := range files {
			t.Run(name+"/"+format, func(t *testing.T) {
				out, errs, code := aksnet(t, "plan", spec, "-o", format)
				if code != 0 {
					t.Fatalf("exit %d: %s", code, errs)
				}
				golden(t, filepath.Join("testdata", "golden", name, file), out)
			})
		}
	}
}

// golden compares got with a file, or with -update writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		const enough = 2000
		t.Errorf("%s is out of date; look at the change, then run go test ./internal/test -update\n%s", file,
			diff[:min(enough, len(diff))])
	}
}
