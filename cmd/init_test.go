package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/cmd/cli"
)

// answered runs aksnet init as if somebody typed the answers at a terminal.
func answered(t *testing.T, answers string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	io := cli.IO{In: strings.NewReader(answers), Out: &out, Err: &errs, InTerminal: true, ErrTerminal: true}
	t.Setenv("NO_COLOR", "1")
	code = Main(io, append([]string{"init"}, args...))
	return out.String(), errs.String(), code
}

func TestInitAsks(t *testing.T) {
	tests := map[string]struct {
		answers string
		code    int
		want    []string
	}{
		"all defaults": {
			"\n\n\n\n\n\n", cli.ExitClean,
			[]string{"name: shop", "model: cilium", "location: westeurope", "maxCount: 10"},
		},
		"all answered": {
			"overlay\ntill\neastus\na=1, b=2-5\n10.9.0.0/16\nyes\n", cli.ExitClean,
			[]string{
				"name: till",
				"model: overlay",
				"privateCluster: true",
				"pools: [10.9.0.0/16]",
				"count: 1",
				"maxCount: 5",
			},
		},
		"second try": {
			"flannel\noverlay\n-x\nx\n\nA=1\na=1\n10.0.0.1/8\n10.8.0.0/16\nmaybe\nno\n", cli.ExitClean,
			[]string{"name: x", "count: 1", "10.8.0.0/16"},
		},
		"carriage":       {"overlay\r\n\r\n\r\n\r\n\r\n\r\n", cli.ExitClean, []string{"model: overlay"}},
		"end of file":    {"overlay\n", cli.ExitFailure, nil},
		"half a line":    {"overlay\ntill", cli.ExitFailure, nil},
		"nothing at all": {"", cli.ExitFailure, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			out, errs, code := answered(t, tt.answers, "-o", "-")
			if code != tt.code {
				t.Fatalf("exit code %d, want %d\n%s", code, tt.code, errs)
			}
			for _, w := range tt.want {
				if !strings.Contains(out, w) {
					t.Errorf("no %q in\n%s", w, out)
				}
			}
			if tt.code != cli.ExitClean && (out != "" || !strings.Contains(errs, "nothing was written")) {
				t.Errorf("wrote %q and said %q", out, errs)
			}
		})
	}
}

func TestInitAsksNothingWithFlags(t *testing.T) {
	out, errs, code := answered(t, "", "--name", "web", "-o", "-")
	if code != cli.ExitClean || !strings.Contains(out, "name: web") || strings.Contains(errs, "questions") {
		t.Errorf("exit code %d\n%s%s", code, out, errs)
	}
}

func TestWriteNew(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "aksnet.yaml")
	steps := []struct {
		name, data string
		force      bool
		code       int
		after      string
	}{
		{"new", "one", false, cli.ExitClean, "one"}, {"there", "two", false, cli.ExitUsage, "one"},
		{"forced", "three", true, cli.ExitClean, "three"},
	}
	for _, s := range steps {
		if code := cli.ExitCode(&bytes.Buffer{}, writeNew(file, []byte(s.data), s.force)); code != s.code {
			t.Errorf("%s: exit code %d, want %d", s.name, code, s.code)
		}
		if data, err := os.ReadFile(file); err != nil || string(data) != s.after {
			t.Errorf("%s: file holds %q (%v), want %q", s.name, data, err, s.after)
		}
	}
	if err := writeNew(dir, []byte("x"), true); err == nil {
		t.Error("a folder was replaced")
	}
	if err := writeNew(filepath.Join(dir, "missing", "x"), []byte("x"), false); err == nil {
		t.Error("wrote into a folder that is not there")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("files left behind: %v (%v)", entries, err)
	}
}

func TestUnicodeLocale(t *testing.T) {
	tests := []struct {
		all, ctype, lang string
		want             bool
	}{
		{
			"",
			"",
			"",
			true,
		}, {"C", "", "en_US.UTF-8", false}, {"", "", "en_US.UTF-8", true}, {"", "de_DE.utf8", "C", true},
		{"", "", "POSIX", false},
	}
	for _, tt := range tests {
		t.Setenv("LC_ALL", tt.all)
		t.Setenv("LC_CTYPE", tt.ctype)
		t.Setenv("LANG", tt.lang)
		if got := unicodeLocale(); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
