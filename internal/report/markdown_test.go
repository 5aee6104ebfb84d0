package report

import (
	"bytes"
	"strings"
	"testing"

	"github.com/aksnet/aksnet/internal/printable"
	"github.com/aksnet/aksnet/plan"
)

func markdownOf(t testing.TB, p *plan.Plan) string {
	t.Helper()
	var out bytes.Buffer
	if err := Plan(p, nil, nil).Markdown(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestMarkdownText(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"snet-shop-nodes", "snet-shop-nodes"},
		{"10.0.0.0/22", "10.0.0.0/22"},
		{"a|b", `a\|b`},
		{"a`b`", "a\\`b\\`"},
		{"snake_case", `snake\_case`},
		{"<script>", `\<script\>`},
		{"&amp;", `\&amp;`},
		{"[x](y)", `\[x\](y)`},
		{`\`, `\\`},
		{"- x", `\- x`},
		{"# x", `\# x`},
		{"http://evil", `http\://evil`},
	} {
		if got := markdownText(tt.in); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.in, got, tt.want)
		}
	}
}

// FuzzMarkdownCell checks that a name cannot leave its cell: every row has as many bars that are not escaped as there
// are columns and one more, and taking the backslashes away gives the text back.
func FuzzMarkdownCell(f *testing.F) {
	for _, s := range []string{
		"a|b", `a\|b`, `\`, "a\nb|c", "`|`", "<!--", "\x1b]0;x\a", "||", "]: x", "![", "&#124;", "\u2028|",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		out := markdownOf(t, &plan.Plan{VNets: []*plan.VNet{{Name: name, Subnets: []*plan.Subnet{{Name: name}}}}})
		rows := 0
		for line := range strings.Lines(out) {
			if !strings.HasPrefix(line, "| ") {
				continue
			}
			rows++
			if n := bareBars(line); n != 4 {
				t.Fatalf("%d bars in %q", n, line)
			}
		}
		if rows != 3 {
			t.Fatalf("%d rows in %q", rows, out)
		}
		if got := unescapeMarkdown(markdownText(Printable(name))); got != Printable(name) {
			t.Fatalf("%q comes back as %q", Printable(name), got)
		}
		for _, r := range out {
			if r != '\n' && printable.Hidden(r) {
				t.Fatalf("%U in %q", r, out)
			}
		}
	})
}

// bareBars counts the bars without a backslash, which is what splits a row into cells.
func bareBars(line string) (n int) {
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '|':
			n++
		}
	}
	return n
}

func unescapeMarkdown(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte(markdownSpecial, s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
