package refusal

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"sync"
	"unicode/utf16"
)

// The patterns are compiled when the first text is read, not at every start of the program.
var (
	// escapes are the sequences that colour a terminal or set its title.
	escapes = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("\x1b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-Z\\\\-_])")
	})
	// frame is the line that Terraform draws along an error.
	frame = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t]*[│╷╵|][ \t]?`) })
	// quoted are the escapes of JSON inside JSON, of HTML and of typographers.
	quoted = sync.OnceValue(func() *strings.Replacer {
		return strings.NewReplacer(
			`\r\n`, " ", `\r`, " ", `\n`, " ", `\t`, " ", `\"`, `"`, `\'`, `'`, `\/`, `/`,
			`\u0027`, `'`, `\u0022`, `"`, `\u003c`, `<`, `\u003e`, `>`, `\u0026`, `&`,
			`&quot;`, `"`, `&#39;`, `'`, `&apos;`, `'`,
			"’", "'", "‘", "'", "“", `"`, "”", `"`, "\u00a0", " ", "\u200b", "",
		)
	})
)

// layers is how deep JSON is unfolded that is the message of JSON that is the message of JSON.
const layers = 4

// normalize returns a text as Azure wrote it, on one line: without colours, frames, escapes of JSON and HTML, and with
// one space wherever there was white space.
func normalize(data []byte) string {
	text := escapes().ReplaceAllString(decode(data), "")
	text = frame().ReplaceAllString(text, " ")
	for range layers {
		unfolded := quoted().Replace(strings.ReplaceAll(text, `\\`, `\`))
		if unfolded == text {
			break
		}
		text = unfolded
	}
	return strings.Join(strings.Fields(text), " ")
}

// decode returns UTF-8 of UTF-8 or, by its byte order mark, UTF-16, as PowerShell writes it. What is not text becomes
// spaces.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		data = fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		data = fromUTF16(data[2:], binary.BigEndian)
	}
	return strings.ToValidUTF8(strings.ReplaceAll(string(data), "\x00", " "), " ")
}

func fromUTF16(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, 0, len(data)/2)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, order.Uint16(data))
	}
	return []byte(string(utf16.Decode(units)))
}
