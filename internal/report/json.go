package report

import "io"

// WriteJSON writes a value indented by two spaces. It writes all characters that a terminal or a CI runner would
// interpret as \u escapes; encoding/json escapes only some of them.
func WriteJSON(w io.Writer, v any) error { return encodeJSON(w, v, "") }
