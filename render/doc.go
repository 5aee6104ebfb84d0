// Package render writes plans, findings and resources in the formats that people and programs read, one file a format.
//
// Every function is a pure function of its arguments: the same plan gives the same bytes. A string of the user never leaves its
// quotes, its table cell or its line, whatever is in it.
package render
