package express

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/ipam/span"
)

// entry draws an entry of a list: plain ones crowd in 10.0.0.0/22, where they overlap; the others are what has to be left
// to package cmd, or is wrong.
func entry(t *rapid.T, plain bool) string {
	const low = `10\.0\.[0-3]\.(25[0-5]|1[0-9]{2}|[1-9]?[0-9])`
	if !plain {
		return rapid.SampledFrom([]string{
			"", "# nothing", "10.0.0.0/24 # web", " 10.0.0.1", "10.0.0.1\r", "10.0.0.7/24", "10.0.0.0/255.255.255.0", "10.0.0.1 - 10.0.0.9", "::1", "fd00::/8",
			"10.0.0.0/33", "10.0.0.300", "010.0.0.1", "ten", "\ufeff10.0.0.1", "10.0.0.9-10.0.0.1", "10.0.0.1/", "10.0.0.1-",
		}).Draw(t, "odd entry")
	}
	a := rapid.StringMatching(low).Draw(t, "address")
	switch rapid.SampledFrom([]byte("/-a")).Draw(t, "kind") {
	case '/':
		item, err := ipam.ParseItem(a + "/" + rapid.StringMatching(`2[0-9]|3[0-2]`).Draw(t, "length"))
		if err != nil {
			t.Fatal(err)
		}
		return item.String()
	case '-':
		if r := a + "-" + rapid.StringMatching(low).Draw(t, "end"); valid(r) {
			return r
		}
	}
	return a
}

func valid(entry string) bool {
	_, err := ipam.ParseItem(entry)
	return err == nil
}

// careful is what the full calculator makes of a list, and whether it would say nothing but the answer.
func careful(t *rapid.T, args []string) (*ipam.Set, bool) {
	var b ipam.Builder
	silent := true
	add := func(i ipam.Item) { b.AddItem(i); silent = silent && !i.HasHostBits() }
	for _, arg := range args {
		if i, err := ipam.ParseItem(arg); err == nil {
			add(i)
			continue
		}
		text, err := os.ReadFile(arg)
		if err != nil {
			t.Fatal(err)
		}
		if err := ipam.ReadList(bytes.NewReader(text), arg, add); err != nil {
			var bad *ipam.ListErrors
			if !errors.As(err, &bad) {
				t.Fatal(err)
			}
			silent = false
		}
	}
	return b.Set(), silent
}

// TestSameAnswers asks random questions about random lists, of the careful calculator as well. An answer has to be the
// same; a question about plain entries alone has to get one.
func TestSameAnswers(t *testing.T) {
	dir := t.TempDir()
	answers := 0
	rapid.Check(t, func(t *rapid.T) {
		allPlain := true
		list := func(name string) string {
			if rapid.Bool().Draw(t, "an entry") {
				return entry(t, true)
			}
			var text strings.Builder
			for range rapid.SampledFrom([]int{0, 1, 5, 1500}).Draw(t, "entries") {
				plain := rapid.IntRange(0, 1999).Draw(t, "plain") > 0
				allPlain = allPlain && plain
				text.WriteString(entry(t, plain) + "\n")
			}
			file := filepath.Join(dir, name+".txt")
			if err := os.WriteFile(file, []byte(strings.TrimSuffix(text.String(), rapid.SampledFrom([]string{"\n", ""}).Draw(t, "end"))), 0o600); err != nil {
				t.Fatal(err)
			}
			return file
		}
		a, b, c := list("a"), list("b"), list("c")
		var args []string
		var want *ipam.Set
		setA, silentA := careful(t, []string{a})
		setB, silentB := careful(t, []string{b})
		setC, silentC := careful(t, []string{c})
		switch verb := rapid.SampledFrom([]string{"merge", "subtract", "intersect", "free"}).Draw(t, "verb"); verb {
		case "merge":
			args, want = []string{"ip", verb, a, b, c}, setA.Union(setB).Union(setC)
		case "subtract":
			args, want = []string{"ip", verb, a, b, c}, setA.Subtract(setB).Subtract(setC)
		case "intersect":
			args, want = []string{"ip", verb, a, b, c}, setA.Intersect(setB).Intersect(setC)
		case "free":
			args, want, silentC = []string{"ip", verb, "--in", a, "--used", b}, setA.Subtract(setB), true
		}
		q, ok := parse(args)
		if !ok {
			t.Fatalf("%q is a plain question", args)
		}
		answer, ok := q.answer()
		if !ok {
			if allPlain {
				t.Fatalf("no answer to %q", args)
			}
			return
		}
		answers++
		var got, wanted bytes.Buffer
		if err := errors.Join(span.WriteBlocks4(&got, answer), want.WritePrefixes(&wanted)); err != nil {
			t.Fatal(err)
		}
		if got.String() != wanted.String() || !silentA || !silentB || !silentC {
			t.Fatalf("%q: got\n%swant\n%s(silent: %v %v %v)", args, &got, &wanted, silentA, silentB, silentC)
		}
	})
	if answers == 0 {
		t.Error("no question was answered")
	}
}

// TestLeft has what must be left to package cmd.
func TestLeft(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{
		"list.txt": "10.0.0.0/8\n", "abc": "10.0.0.0/8\n", "10": "10.0.0.0/8\n", "long.txt": strings.Repeat("10.0.0.0/8\n", longList/11+1),
		"comment.txt": "10.0.0.0/8\n# more\n", "host.txt": "10.0.0.1/8\n", "v6.txt": "::/0\n", "line.txt": strings.Repeat("1", 2*bufferSize), "-x": "10.0.0.0/8\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, line := range []string{
		"", "plan list.txt", "ip", "ip merge", "ip info list.txt", "ip merge -o json list.txt", "ip merge list.txt -f list.txt", "ip merge --help", "ip merge -",
		"ip subtract list.txt", "ip intersect list.txt", "ip free list.txt", "ip free --in list.txt list.txt", "ip free --used list.txt --in list.txt", "ip merge -x",
		"ip free --in=list.txt --used list.txt", "ip merge missing.txt", "ip merge .", "ip merge abc", "ip merge 10", "ip merge long.txt", "ip merge comment.txt",
		"ip merge host.txt", "ip merge 10.0.0.1/8", "ip merge ::1", "ip merge v6.txt", "ip merge line.txt", "ip merge 10.0.0.0/33", "ip subtract list.txt host.txt",
	} {
		q, ok := parse(strings.Fields(line))
		if ok {
			_, ok = q.answer()
		}
		if ok {
			t.Errorf("%q was answered", line)
		}
	}
	if q, ok := parse([]string{"ip", "merge", "list.txt"}); !ok {
		t.Error("the plainest question was left")
	} else if got, ok := q.answer(); !ok || len(got) != 1 {
		t.Errorf("the plainest question was answered with %v", got)
	}
}

// TestHasSettings looks at everything that can set a flag.
func TestHasSettings(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", dir)
	t.Setenv("HOME", dir)
	t.Setenv("AppData", dir)
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); strings.HasPrefix(name, "AKSNET_") {
			t.Setenv(name, "")
			os.Unsetenv(name)
		}
	}
	if hasSettings() {
		t.Error("there are no settings")
	}
	t.Setenv("AKSNET_OUTPUT", "json")
	if !hasSettings() {
		t.Error("AKSNET_OUTPUT is a setting")
	}
	os.Unsetenv("AKSNET_OUTPUT")
	config, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(config, "aksnet"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config, "aksnet", "config.yaml"), []byte("output: json\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !hasSettings() {
		t.Error("the user's file has settings")
	}
}

// TestMayBeTerminal looks at what is surely none.
func TestMayBeTerminal(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if mayBeTerminal(f) || mayBeTerminal(null) {
		t.Error("a file and the null device are no terminals")
	}
	f.Close()
	if !mayBeTerminal(f) {
		t.Error("what cannot be asked may be a terminal")
	}
}
