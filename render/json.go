package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/aksnet/aksnet/plan"
)

// Report is what is written of a plan.
type Report struct {
	Plan *plan.Plan
	// Findings is what is wrong with the plan, as JSON and YAML show it.
	Findings []any
	// Explain is how the numbers came about; nil when nobody asked.
	Explain []plan.Explanation
}

// document is a report as it is written for programs.
type document struct {
	*plan.Plan
	Findings []any              `json:"findings"`
	Explain  []plan.Explanation `json:"explain,omitempty"`
}

func newDocument(r Report) document {
	return document{Plan: r.Plan, Findings: append([]any{}, r.Findings...), Explain: r.Explain}
}

// JSON writes a plan as one JSON object.
func JSON(w io.Writer, r Report) error { return writeJSON(w, newDocument(r)) }

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
	_, err := w.Write(escapeHidden(text.Bytes()))
	return err
}

// escapeHidden escapes what cannot be shown in JSON text; such characters stand in its strings alone.
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
