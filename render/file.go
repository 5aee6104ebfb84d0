package render

import "github.com/aksnet/aksnet/internal/printable"

// File is one output file. Name is relative, with forward slashes: "main.bicep", "modules/rg-hub.bicep".
type File struct {
	Name string
	Data []byte
}

// Options control the output. The zero value is ready for use.
type Options struct {
	// Generator is the program that wrote the file, such as "aksnet v1.2.0", for a comment at the top. If empty, the
	// comment has no version.
	Generator string
}

func (o Options) generator() string {
	if o.Generator == "" {
		return "aksnet"
	}
	return printable.Text(o.Generator)
}
