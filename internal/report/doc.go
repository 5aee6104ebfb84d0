// Package report prints plans, findings and the results of the other packages as tables, Markdown, JSON and YAML, and
// in the findings formats for terminals and pipelines, with one source file per format.
//
// Every function is a pure function of its arguments: the same plan gives the same bytes. A user's string never breaks
// out of its quotes, its table cell or its line, whatever it contains.
package report
