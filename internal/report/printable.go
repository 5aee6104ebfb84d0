package report

import "github.com/aksnet/aksnet/internal/printable"

// Printable returns s with everything escaped that a terminal or a CI runner would interpret, or that is invisible; see
// [printable.Text].
func Printable(s string) string { return printable.Text(s) }
