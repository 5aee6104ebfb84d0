package report

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// WriteJSON writes a value indented by two spaces. It writes all characters that a terminal would interpret as \u
// escapes; encoding/json escapes only some of them.
func WriteJSON(w io.Writer, v any) error { return encodeJSON(w, v, "") }

// escapeHidden escapes the unprintable characters of JSON text, which occur only in its strings. It returns text
// without any unchanged.
func escapeHidden(text []byte) []byte {
	acts := func(r rune) bool { return r != '\n' && hidden(r) }
	if bytes.IndexFunc(text, acts) < 0 {
		return text
	}
	var out bytes.Buffer
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		switch high, low := utf16.EncodeRune(r); {
		case !acts(r):
			out.Write(text[:n])
		case r < 0x10000:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		}
		text = text[n:]
	}
	return out.Bytes()
}
