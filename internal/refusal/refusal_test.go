package refusal_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/internal/refusal"
)

// TestPastes reads every paste of testdata: the lines behind ">" say, in order, the code of each answer and what its
// first cause must say.
func TestPastes(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d pastes, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, paste := readPaste(t, file)
			got := refusal.Read(paste)
			if len(got) != len(want) {
				t.Fatalf("%d answers, want %d: %+v", len(got), len(want), got)
			}
			for i, w := range want {
				checkAnswer(t, got[i], w)
			}
		})
	}
}

// checkAnswer compares an answer with "CODE: fragment | fragment": a code alone is unknown, "-" is a text without a
// code.
func checkAnswer(t *testing.T, got refusal.Answer, want string) {
	t.Helper()
	code, rest, known := strings.Cut(want, ": ")
	if code == "-" {
		code = ""
	}
	if got.Code != code || got.Known != known {
		t.Errorf("got %q, known %t; want %s", got.Code, got.Known, want)
	}
	if !known {
		return
	}
	if len(got.Causes) == 0 {
		t.Fatalf("%s has no cause", code)
	}
	text := got.Causes[0].Means + " " + got.Causes[0].WayOut
	for fragment := range strings.SplitSeq(rest, " | ") {
		if !strings.Contains(text, fragment) {
			t.Errorf("%s says %q, want %q in it", code, text, fragment)
		}
	}
}

func readPaste(t *testing.T, file string) (want []string, paste []byte) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for {
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		w, ok := bytes.CutPrefix(line, []byte("> "))
		if !ok {
			return want, data
		}
		want, data = append(want, string(w)), rest
	}
}

// TestEveryShape reads each text of the table with values put in, as PowerShell, az and Terraform would print it.
func TestEveryShape(t *testing.T) {
	sample := strings.NewReplacer(":n›", "§12›", ":cidr›", "§10.1.0.0/24›", ":cidrs›", "§10.1.0.0/24, 10.2.0.0/24›",
		":ip›", "§10.1.0.9›", ":version›", "§1.30.2›")
	for _, row := range aks.ErrorCodes() {
		for _, shape := range row.Shapes {
			text := values(sample.Replace(shape))
			for name, paste := range map[string]string{
				"plain": text, "json": `{"error":{"code":"X","message":"` + strings.ReplaceAll(text, `"`, `\"`) + `"}}`,
				"frame":    "╷\n│ Error: " + strings.ReplaceAll(text, " ", "\n│ ") + "\n╵",
				"colour":   "\x1b[31m" + text + "\x1b[0m",
				"capitals": strings.ToUpper(text), "utf16": utf16le(text),
			} {
				if !says(refusal.Read([]byte(paste)), row, shape) {
					t.Errorf("%s: %s is not recognised: %q", row.Code, name, paste)
				}
			}
		}
	}
}

// values puts something into the placeholders that are left: a number behind §, else a word.
func values(shape string) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(shape, "‹")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		var p string
		p, shape, _ = strings.Cut(rest, "›")
		if _, v, has := strings.Cut(p, "§"); has {
			out.WriteString(v)
		} else {
			out.WriteString("snet-x1")
		}
	}
}

// says reports whether an answer has the code of a row, or of another one that has the same shape.
func says(answers []refusal.Answer, row aks.ErrorCode, shape string) bool {
	for _, a := range answers {
		if a.Known && (a.Code == row.Code || slices.ContainsFunc(aks.ErrorCodesOf(a.Code), func(o aks.ErrorCode) bool {
			return slices.Contains(o.Shapes, shape)
		})) {
			return true
		}
	}
	return false
}

func utf16le(s string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("(SubnetIsFull) \x1b[31m\\\\\\\"x"))
	f.Add([]byte(`{"code":"Nowhere\u0027s"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, a := range refusal.Read(data) {
			if a.Known && len(a.Causes) == 0 || !a.Known && a.Code == "" {
				t.Errorf("%q: empty answer %+v", data, a)
			}
			for _, c := range a.Causes {
				if strings.ContainsAny(c.Means+c.WayOut, "‹›") {
					t.Errorf("%q: %q, %q", data, c.Means, c.WayOut)
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := bytes.Repeat([]byte("Pre-allocated IPs 333 exceeds IPs available 251 in Subnet Cidr 10.0.0.0/24, Subnet "+
		"Name a. code=Foo "), 10000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		refusal.Read(data)
	}
}
