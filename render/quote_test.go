package render

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/aksnet/aksnet/internal/cirunner"
	"github.com/aksnet/aksnet/internal/shell"
)

// hostile returns text that ends quotes, starts expressions or hides in each of the languages.
func hostile() []string {
	return []string{
		"", "plain", "it's", `say "hi"`, "${a}", "%{if}", "$${a}", "$", "${", "[parameters('x')]", "[[x]", "[a] b", "[", "]",
		"[]",
		"line\nfeed", "cr\r\n", "tab\t", "nul\x00", "\x1b[31m", `back\slash`, `\`, "`id`", "$(id)", "; rm -rf /", "&& x",
		"'; x '",
		"\u202eevil", "\u2028", "\U0001f600", "\U000e0041", "a\u0301", "{{x}}", "#", "//", "/*", "'''", "\ufeff",
		"{location}", "'\\''",
		"##vso[task.setvariable variable=x]y", "a ##[add-mask]b", "::set-env name=x::y", "a\n::error::b", "###", "##",
		"#\u0301#[group]x",
	}
}

func FuzzQuoteJSON(f *testing.F) {
	fuzzQuote(f, quoteJSON, func(q string) (s string, err error) {
		err = json.Unmarshal([]byte(q), &s)
		return s, err
	})
}

func FuzzEscapeARM(f *testing.F) {
	fuzzQuote(f, escapeARM, func(q string) (string, error) { return unescapeARM(q), nil }, quoteJSON)
}

// unescapeARM returns what Azure reads: text in brackets is an expression, unless it starts with two of them.
func unescapeARM(s string) string {
	if !strings.HasPrefix(s, "[") || !strings.HasSuffix(s, "]") {
		return s
	}
	if strings.HasPrefix(s, "[[") {
		return s[1:]
	}
	return "expression " + s
}

func FuzzQuoteARM(f *testing.F) {
	fuzzQuote(f, quoteARM, func(q string) (string, error) {
		return strings.ReplaceAll(q[1:len(q)-1], "''", "'"), nil
	}, quoteJSON)
}

func FuzzQuoteBicep(f *testing.F) {
	fuzzQuote(f, quoteBicep, unquoteBicepForTest)
}

func FuzzQuoteHCL(f *testing.F) {
	fuzzQuote(f, quoteHCL, func(q string) (string, error) {
		e, diags := hclsyntax.ParseExpression([]byte(q), "", hcl.InitialPos)
		if diags.HasErrors() {
			return "", diags
		}
		v, diags := e.Value(nil)
		if diags.HasErrors() {
			return "", diags
		}
		return v.AsString(), nil
	})
}

func FuzzQuoteShell(f *testing.F) {
	fuzzQuote(f, shell.Quote, unquoteShell)
}

// fuzzQuote proves that what was quoted reads as it was, and that the quoted text stays on one line where its language
// has no multi-line strings and contains no command for a CI runner. Others are the quotes that follow in the output.
func fuzzQuote(
	f *testing.F, quote func(string) string, unquote func(string) (string, error), others ...func(string) string,
) {
	for _, s := range hostile() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("specs are UTF-8")
		}
		q := quote(s)
		got, err := unquote(q)
		if err != nil || got != s && !nfc(s, got) {
			t.Errorf("quoted %q as %s, which reads as %q, %v", s, q, got, err)
		}
		for _, other := range others {
			q = other(q)
		}
		if found := cirunner.Commands(q); len(found) > 0 {
			t.Errorf("quoted %q as %s, which runs %v", s, q, found)
		}
	})
}
