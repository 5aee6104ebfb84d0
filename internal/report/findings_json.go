package report

import "io"

// FindingsJSON writes findings and their counts as one JSON object.
func FindingsJSON(w io.Writer, f Findings) error { return WriteJSON(w, f.Result) }
