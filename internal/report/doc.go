// Package report prints plans, findings and the answers of the other packages: tables, Markdown, JSON, YAML and the
// findings formats that terminals and pipelines read, one file a format.
//
// Every function is a pure function of its arguments: the same plan gives the same bytes. A string of the user never
// leaves its quotes, its table cell or its line, whatever is in it.
package report
