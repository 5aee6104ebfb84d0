package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// writeJSON writes a value indented by two spaces. Characters that a terminal would act on are written as \u escapes, which
// encoding/json does for some of them only.
func writeJSON(w io.Writer, v any) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(EscapeHidden(text.Bytes()))
	return err
}

// EscapeHidden escapes what cannot be shown in JSON text; such characters stand in its strings alone. Text without any is
// returned as it is.
func EscapeHidden(text []byte) []byte {
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
