// Package testdata gives the program the examples of its rules and the public record of Azure's answers, which its
// tests read from the same files. Nothing else of this folder is in the binary.
package testdata

import (
	"embed"
	"io/fs"
)

//go:embed rules/*/*.yaml refusals/*/*.yaml
var files embed.FS

// Example returns an example of a rule: bad, which the rule finds, or good, which it does not. It is empty if there is
// no such example.
func Example(rule, name string) string {
	data, err := files.ReadFile("rules/" + rule + "/" + name + ".yaml")
	if err != nil {
		return ""
	}
	return string(data)
}

// Refusals returns the folder of the record: a folder for each case.
func Refusals() fs.FS {
	sub, err := fs.Sub(files, "refusals")
	if err != nil {
		panic(err) // the path is a constant
	}
	return sub
}
