package cmd

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

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
		"capitals": {
			"OVERLAY\nshop\nWest Europe\n\n\nY\n", cli.ExitClean,
			[]string{"model: overlay", "location: westeurope", "privateCluster: true"},
		},
		"help": {"?\n\n?\n\n?\n\n?\n\n?\n\n?\n\n", cli.ExitClean, []string{"name: shop"}},
		"names that Azure reserves": {
			"\nmicrosoft-shop\nshop\n\n\n\n\n", cli.ExitClean, []string{"name: shop"},
		},
		"pools that cannot be": {
			"\n\n\nsystem=0\nsystem=3 system=4\n,\nsystem=3\n\n\n", cli.ExitClean, []string{"count: 3"},
		},
		"ranges that cannot be": {
			"\n\n\n\n20.0.0.0/16\n172.31.0.0/16\n10.0.0.0/28\nfd00::/48\n10.64.0.0/16\n\n", cli.ExitClean,
			[]string{"pools: [10.64.0.0/16]"},
		},
		"a range with room for the pools": {
			"pod-subnet\n\n\nsystem=3 apps=2-300\n\n\n", cli.ExitClean, []string{"pools: [10.32.0.0/12]"},
		},
		"the last answer without a line end": {"\n\n\n\n\ny", cli.ExitClean, []string{"privateCluster: true"}},
		"carriage":                           {"overlay\r\n\r\n\r\n\r\n\r\n\r\n", cli.ExitClean, []string{"model: overlay"}},
		"end of file":                        {"overlay\n", cli.ExitFailure, nil},
		"half a line":                        {"overlay\ntill", cli.ExitFailure, nil},
		"nothing at all":                     {"", cli.ExitFailure, nil},
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

// TestInitKeepsAnswers has answers that end too early, and a file that cannot be written: the flags say the same again.
func TestInitKeepsAnswers(t *testing.T) {
	t.Chdir(t.TempDir())
	_, errs, code := answered(t, "Overlay\ntill\n\nsystem=3 apps=2-7\n")
	want := "your answers as flags: aksnet init --model overlay --name till --location westeurope --pool 'system=3' " +
		"--pool 'apps=2-7'\n"
	if code != cli.ExitFailure || !strings.HasSuffix(errs, want) {
		t.Errorf("exit code %d, want the end %q in\n%s", code, want, errs)
	}
	_, errs, code = answered(t, "\n\n\n\n10.64.0.0/16\nyes\n", "-o", "no/x.yaml")
	if want := "--address-space 10.64.0.0/16 --private -o no/x.yaml\n"; code != cli.ExitFailure ||
		!strings.HasSuffix(errs, want) {
		t.Errorf("exit code %d, want the end %q in\n%s", code, want, errs)
	}
}

// TestInitAsksBeforeItOverwrites has a file that exists: the first question is about it.
func TestInitAsksBeforeItOverwrites(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, tt := range []struct {
		answers string
		code    int
		want    string
	}{
		{"no\n", cli.ExitUsage, "mine"}, {"", cli.ExitFailure, "mine"}, {"what\n?\n\n", cli.ExitUsage, "mine"},
		{"Yes\n\n\n", cli.ExitFailure, "mine"}, {"Y\n\n\n\n\n\n\n", cli.ExitClean, "name: shop"},
	} {
		if err := os.WriteFile("aksnet.yaml", []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, errs, code := answered(t, tt.answers)
		got, err := os.ReadFile("aksnet.yaml")
		if err != nil || code != tt.code || !strings.Contains(string(got), tt.want) ||
			!strings.HasPrefix(errs, "aksnet.yaml exists. Overwrite it? [no]: ") {
			t.Errorf("%q: exit code %d, %v, file %.40q\n%s", tt.answers, code, err, got, errs)
		}
	}
}

// TestInitWritesNothingToObjectTo gives flags at random: what is written has no errors and no warnings, and what is
// refused is refused with a reason.
func TestInitWritesNothingToObjectTo(t *testing.T) {
	written := 0
	pool := func(t *rapid.T, label string) string {
		name := rapid.StringMatching(`[a-z][a-z0-9]{0,12}`).Draw(t, label)
		low := rapid.SampledFrom([]int{0, 1, 2, 3, 40, 800}).Draw(t, label+" low")
		high := rapid.SampledFrom([]int{0, 1, 5, 100, 900, 6000}).Draw(t, label+" high")
		if high > low {
			return fmt.Sprintf("%s=%d-%d", name, low, high)
		}
		return fmt.Sprintf("%s=%d", name, low)
	}
	rapid.Check(t, func(t *rapid.T) {
		args := []string{
			"init", "-o", "-",
			"--model", rapid.SampledFrom([]string{
				"cilium", "overlay", "node-subnet", "pod-subnet", "byo", "OVERLAY", "kubenet",
			}).Draw(t, "model"),
			"--name", rapid.OneOf(rapid.StringMatching(`[a-z][a-z0-9-]{0,40}[a-z0-9]`), rapid.SampledFrom([]string{
				"shop", "azure", "x-microsoft", "no", "1e3", "shop_1", "windows-1",
			})).Draw(t, "name"),
			"--location", rapid.SampledFrom([]string{"westeurope", "West Europe", "chinanorth3", "usgovvirginia"}).
				Draw(t, "location"),
			"--pool", pool(t, "first"),
		}
		if rapid.Bool().Draw(t, "second pool") {
			args = append(args, "--pool", pool(t, "second"))
		}
		if rapid.Bool().Draw(t, "private") {
			args = append(args, "--private")
		}
		if rapid.Bool().Draw(t, "range") {
			bytes := rapid.SliceOfN(rapid.Byte(), 4, 4).Draw(t, "address")
			bits := rapid.IntRange(6, 30).Draw(t, "bits")
			p := netip.PrefixFrom(netip.AddrFrom4([4]byte(bytes)), bits).Masked()
			args = append(args, "--address-space", rapid.SampledFrom([]string{
				p.String(), "10.0.0.0/8", "10.244.0.0/16", "172.16.0.0/12", "100.64.0.0/10", "192.168.0.0/16",
			}).Draw(t, "from"))
		}
		if vnet := rapid.SampledFrom([]string{"", "managed", "vnet-hub", "x"}).Draw(t, "vnet"); vnet != "" {
			args = append(args, "--vnet", vnet)
		}
		var out, errs bytes.Buffer
		code := Main(cli.IO{In: strings.NewReader(""), Out: &out, Err: &errs}, args)
		if code != cli.ExitClean {
			if out.Len() > 0 || errs.Len() == 0 {
				t.Fatalf("%q: exit code %d, %d bytes, %q", args, code, out.Len(), errs.String())
			}
			return
		}
		written++
		c := checkStarter("aksnet.yaml", out.Bytes(), cli.IO{}.Today())
		if err := objection(c); err != nil {
			t.Fatalf("%q: %v\n%s", args, err, out.String())
		}
	})
	if written == 0 {
		t.Error("nothing was written in any case")
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
