package printable_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/aksnet/aksnet/internal/cirunner"
	"github.com/aksnet/aksnet/internal/printable"
)

func TestText(t *testing.T) {
	for text, want := range map[string]string{
		"":             "",
		"vnet-shop":    "vnet-shop",
		"naïve 日本 😀":   "naïve 日本 😀",
		"a\x1b[31mb":   `a\x1b[31mb`,
		"a\r\nb\tc":    `a\r\nb\tc`,
		"\u202e\u200b": `\u202e\u200b`,
		"\U000e0041":   `\U000e0041`,
		"bad \xff":     `bad \xff`,
		"a\u00a0b":     `a\xa0b`,
		"\u3164x":      `\u3164x`,
		"x\ufe0f":      `x\ufe0f`,

		"##vso[task.setvariable variable=x]y": `#\x23vso[task.setvariable variable=x]y`,
		"a ##[group]b":                        `a #\x23[group]b`,
		"###vso[a.b]":                         `##\x23vso[a.b]`,
		"#\u0301#vso[a.b]":                    "#\u0301\\x23vso[a.b]",
		"##":                                  `#\x23`,
		"#vso[a.b]":                           `\x23vso[a.b]`,
		"::add-mask::x":                       `:\x3aadd-mask:\x3ax`,
		"x ::error file=a::b":                 `x :\x3aerror file=a::b`,
		":\u0301:error::b":                    ":\u0301\\x3aerror::b",

		"## heading [1]":                   "## heading [1]",
		"# comment [x]":                    "# comment [x]",
		"#anchor":                          "#anchor",
		"::/0":                             "::/0",
		"::ffff:10.0.0.1 - 2001:db8::beef": "::ffff:10.0.0.1 - 2001:db8::beef",
	} {
		if got := printable.Text(text); got != want {
			t.Errorf("Text(%q) = %q, want %q", text, got, want)
		}
	}
}

// hostile generates texts out of the pieces of commands, and of what could hide one.
func hostile() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		piece := rapid.OneOf(
			rapid.SampledFrom([]string{
				"##", "#", "vso[", "[", "]", "::", ":", "add-mask", "task.x", "group", "error", " ", "\n", "\r",
				"\u0301", "\u00ad", "\ufe0f", "\x1b[0K", "section_start:1:x", "teamcity[", "'", `"`, `\`, "&", "<",
			}),
			rapid.StringN(0, 3, -1))
		return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "")
	})
}

// TestNothingActs prints hostile texts, alone and side by side.
func TestNothingActs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, next := hostile().Draw(t, "text"), hostile().Draw(t, "next")
		shown := printable.Text(text)
		if printable.Text(shown) != shown {
			t.Errorf("Text changes its own result %q", shown)
		}
		for _, output := range []string{shown, string(printable.Lines([]byte(shown + printable.Text(next))))} {
			if found := cirunner.Commands(output); len(found) > 0 {
				t.Errorf("%q is printed as %q, which runs %v", text, output, found)
			}
			for _, r := range output {
				if printable.Hidden(r) {
					t.Errorf("%q is printed with %q", text, r)
				}
			}
		}
	})
}

// TestEncodersKeepValues reads what the encoders wrote.
func TestEncodersKeepValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(hostile().Draw(t, "text"), "?")
		check := func(format string, out []byte, decode func([]byte) (string, error), want string) {
			if found := cirunner.Commands(string(out)); len(found) > 0 {
				t.Errorf("%s of %q is %s, which runs %v", format, text, out, found)
			}
			if got, err := decode(out); err != nil || got != want {
				t.Errorf("%s of %q is %s, which reads as %q, %v", format, text, out, got, err)
			}
		}
		asJSON, _ := json.Marshal([]string{text})
		check("JSON", printable.JSON(asJSON), func(b []byte) (string, error) {
			var list [1]string
			err := json.Unmarshal(b, &list)
			return list[0], err
		}, text)
		node := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
		if printable.Text(text) != text {
			node.Style = yaml.DoubleQuotedStyle
		}
		asYAML, err := yaml.Marshal(map[string]*yaml.Node{"key": &node})
		if err != nil {
			t.Fatal(err)
		}
		check("YAML", printable.YAML(asYAML), func(b []byte) (string, error) {
			var m map[string]string
			err := yaml.Unmarshal(b, &m)
			return m["key"], err
		}, text)
		visible := printable.Visible(text)
		asXML, _ := xml.Marshal(struct {
			XMLName xml.Name `xml:"a"`
			Attr    string   `xml:"b,attr"`
			Text    string   `xml:",chardata"`
		}{Attr: visible, Text: visible})
		check("XML", printable.XML(asXML), func(b []byte) (string, error) {
			var v struct {
				Attr string `xml:"b,attr"`
				Text string `xml:",chardata"`
			}
			err := xml.Unmarshal(b, &v)
			if v.Attr != v.Text {
				return v.Attr + "|" + v.Text, err
			}
			return v.Text, err
		}, visible)
	})
}

func FuzzText(f *testing.F) {
	f.Add("##vso[a.b]::error::")
	f.Fuzz(func(t *testing.T, s string) {
		out := printable.Text(s)
		if !utf8.ValidString(out) || len(cirunner.Commands(out)) > 0 {
			t.Errorf("%q is printed as %q", s, out)
		}
		if lines := printable.Lines([]byte(s)); len(cirunner.Commands(string(lines))) > 0 && utf8.ValidString(s) &&
			printable.Visible(s) == s {
			t.Errorf("%q is printed as %q", s, lines)
		}
	})
}
