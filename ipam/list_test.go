package ipam

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func readAll(list string) (items []Item, err error) {
	err = ReadList(strings.NewReader(list), "list", func(i Item) { items = append(items, i.Keep()) })
	return items, err
}

func TestReadList(t *testing.T) {
	for _, c := range []struct {
		name, list string
		want       []string
	}{
		{"empty", "", nil},
		{"only comments", "# one\n\n   \t # two\r\n", nil},
		{"no newline at the end", "10.0.0.1", []string{"10.0.0.1"}},
		{"byte order mark", "\ufeff10.0.0.0/8\n", []string{"10.0.0.0/8"}},
		{"CRLF", "10.0.0.0/8\r\n::1\r\n", []string{"10.0.0.0/8", "::1"}},
		{"blanks", "\t 10.0.0.0/8 \t\n", []string{"10.0.0.0/8"}},
		{
			"ranges", "10.0.0.1-10.0.0.9\n10.0.0.1 - 10.0.0.9\nfd00::-fd00::9\n",
			[]string{"10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9", "fd00::-fd00::9"},
		},
		{"host bits", "10.0.0.7/24\n", []string{"10.0.0.0/24"}},
		{
			"netmask", "10.0.0.0/255.255.254.0\n0.0.0.0/0.0.0.0\n10.0.0.0/255.255.255.255",
			[]string{"10.0.0.0/23", "0.0.0.0/0", "10.0.0.0/32"},
		},
		{"IPv4 in IPv6", "::ffff:10.0.0.1\n::ffff:10.0.0.0/104\n", []string{"::ffff:10.0.0.1", "::ffff:10.0.0.0/104"}},
		{"lengths", "0.0.0.0/0\n1.2.3.4/32\n::/0\n::1/128\n", []string{"0.0.0.0/0", "1.2.3.4/32", "::/0", "::1/128"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			items, err := readAll(c.list)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range items {
				got = append(got, i.String())
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReadListKeepsPlaceAndLabel(t *testing.T) {
	items, err := readAll("# head\n  10.0.0.0/24   # web, öffentlich\n10.0.1.0/24#db\n10.0.2.0/24 #\n")
	if err != nil || len(items) != 3 {
		t.Fatal(items, err)
	}
	for n, want := range []struct {
		line, column int
		label        string
	}{{2, 3, "web, öffentlich"}, {3, 1, "db"}, {4, 1, ""}} {
		if i := items[n]; i.Line != want.line || i.Column != want.column || i.Label() != want.label {
			t.Errorf("item %d: %d:%d %q, want %v", n, i.Line, i.Column, i.Label(), want)
		}
	}
}

func TestReadListErrors(t *testing.T) {
	long := strings.Repeat("x", 3*maxLine)
	for _, c := range []struct{ name, list, want string }{
		{"length", "10.0.0.0/33", "list:1:10: "}, {"octet", "\n 10.0.0.256", "list:2:2: "},
		{"backwards", "10.0.0.2-10.0.0.1", "list:1:10: "},
		{"second family", "10.0.0.2 - ::1", "list:1:12: "}, {"two entries", "10.0.0.1 10.0.0.2", "list:1:1: "},
		{"word", "local", "list:1:1: "},
		{"zone", "fe80::1%eth0", "list:1:1: "}, {"no length", "10.0.0.0/", "list:1:10: "},
		{"leading zero", "10.0.0.0/08", "list:1:10: "},
		{"octal", "010.0.0.1", "list:1:1: "}, {"hole in the mask", "10.0.0.0/255.0.255.0", "list:1:10: "},
		{"three octets", "10.0.0", "list:1:1: "},
		{"no address", "/24", "list:1:1: "}, {"only a dash", "-", "list:1:1: "},
		{"invalid text", "\xff\xfe10.0.0.1", "list:1:1: "},
		{"long line", long + "\n10.0.0.0/99", "list:1:1: the line has 65536 bytes or more\nlist:2:10: "},
		{"mark in the middle", "10.0.0.1\n\ufeff10.0.0.2", "list:2:1: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readAll(c.list)
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
	_, err := readAll(strings.Repeat("nonsense\n", 50) + "10.0.0.1\n")
	var bad *ListErrors
	if !errors.As(err, &bad) || len(bad.Errors) != maxListErrors || bad.More != 30 {
		t.Errorf("50 bad lines: %v", err)
	}
	broken := io.MultiReader(strings.NewReader("10.0.0.1\n"), iotest.ErrReader(errors.New("unplugged")))
	if err := ReadList(broken, "list", func(Item) {}); err == nil || err.Error() != "reading list: unplugged" {
		t.Errorf("a reader that fails: %v", err)
	}
}

// FuzzReadList checks that errors stay inside the input, and that what was read reads back as itself.
func FuzzReadList(f *testing.F) {
	for _, list := range []string{
		"10.0.0.0/8\n", "\ufeff10.0.0.1-10.0.0.9 # x\r\n::1/128\n", "10.0.0.0/255.0.0.0", "1.2.3.4/", "-",
		"::ffff:1.2.3.4/99", "010.1.1.1\n256.1.1.1",
		"fe80::1%1", " \t10.0.0.1 - 10.0.0.2\t", "10.0.0.1/1-2", "::-::", "0.0.0.0/0",
	} {
		f.Add([]byte(list))
	}
	f.Fuzz(func(t *testing.T, list []byte) {
		lines := bytes.Split(list, []byte("\n"))
		err := ReadList(bytes.NewReader(list), "list", func(i Item) { checkItem(t, lines, i) })
		var bad *ListErrors
		if err != nil && !errors.As(err, &bad) {
			t.Fatal(err)
		}
		if bad != nil {
			for _, e := range bad.Errors {
				if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > utf8.RuneCount(lines[e.Line-1])+1 {
					t.Fatalf("%q: %v is outside", list, e)
				}
			}
		}
	})
}

func checkItem(t *testing.T, lines [][]byte, i Item) {
	if i.Line < 1 || i.Line > len(lines) || i.Column < 1 || i.Column > utf8.RuneCount(lines[i.Line-1]) {
		t.Fatalf("%s is outside: %d:%d", i, i.Line, i.Column)
	}
	back, err := ParseItem(i.String())
	if err != nil {
		t.Fatalf("%s does not read back: %v", i, err)
	}
	if back.first != i.first || back.last != i.last || back.is6 != i.is6 || back.Kind != i.Kind || back.bits != i.bits {
		t.Fatalf("%s reads back as %s", i, back)
	}
	if i.last.Less(i.first) || i.Count().Sign() <= 0 || !i.Set().ContainsItem(i) {
		t.Fatalf("%s is no range", i)
	}
	// The two parsers must agree wherever the fast one has an opinion.
	if fast, ok := parsePlain([]byte(i.String())); ok &&
		(fast.first != i.first || fast.last != i.last || fast.Kind != i.Kind || fast.bits != i.bits) {
		t.Fatalf("%s differs on the fast path", i)
	}
}

// FuzzParsePlain checks that the fast parser accepts only what the full one accepts, with the same result.
func FuzzParsePlain(f *testing.F) {
	for _, s := range []string{
		"1.2.3.4", "1.2.3.4/5", "1.2.3.4-1.2.3.5", "01.2.3.4", "1.2.3.4/05", "1.2.3.4-1.2.3.3", "1.2.3.256", "1.2.3.4/33",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fast, ok := parsePlain([]byte(s))
		if !ok {
			return
		}
		slow, err := parseItem(s)
		if err != nil || fast.first != slow.first || fast.last != slow.last || fast.addr != slow.addr ||
			fast.Kind != slow.Kind || fast.bits != slow.bits || slow.is6 {
			t.Fatalf("%q: fast %v, careful %v (%v)", s, fast, slow, err)
		}
	})
}
