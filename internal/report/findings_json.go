package report

import (
	"io"

	"github.com/aksnet/aksnet/validate"
)

// FindingsJSON writes findings and their counts as one JSON object.
func FindingsJSON(w io.Writer, r validate.Result) error { return writeJSON(w, r) }
