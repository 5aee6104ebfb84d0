package report

import (
	"fmt"
	"io"

	"github.com/aksnet/aksnet/internal/printable"
)

// Report is a result that can be printed for programs and for people. Create one with Plan, Comparison, Models, Limits,
// Growth, Egress, Endpoints or Migration.
type Report struct {
	value any
	sheet sheet
	// draw makes the sheet of a report that can be large, once it is wanted.
	draw func() sheet
	// markdown is the report in Markdown if it differs from the sheet.
	markdown []byte
	// plain is the lines of the format Plain, for reports that have it.
	plain []string
}

// Formats returns the formats of reports, the default first.
func Formats() []string { return []string{"table", "json", "yaml", "markdown"} }

// Write writes the report in one of the formats; any other name selects the table.
func (r Report) Write(w io.Writer, format string, o TableOptions) error {
	switch format {
	case "json":
		return r.JSON(w)
	case "yaml":
		return r.YAML(w)
	case "markdown":
		return r.Markdown(w)
	case Plain:
		return r.Plain(w)
	}
	return r.Table(w, o)
}

// Empty reports whether the report has nothing to show.
func (r Report) Empty() bool { return len(r.drawn()) == 0 }

func (r Report) drawn() sheet {
	if r.draw != nil {
		return r.draw()
	}
	return r.sheet
}

// JSON writes the report as one JSON object.
func (r Report) JSON(w io.Writer) error { return WriteJSON(w, r.value) }

// YAML writes the content of JSON as YAML.
func (r Report) YAML(w io.Writer) error { return writeYAML(w, r.value) }

// Markdown writes the report as GitHub-flavoured Markdown.
func (r Report) Markdown(w io.Writer) error {
	if r.markdown == nil {
		return r.drawn().markdown(w)
	}
	_, err := w.Write(printable.Lines(r.markdown))
	return err
}

// Plain writes one line for each name of a report that has them.
func (r Report) Plain(w io.Writer) error {
	for _, line := range r.plain {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return nil
}

// Table writes the report for a terminal.
func (r Report) Table(w io.Writer, o TableOptions) error { return r.drawn().table(w, o) }
