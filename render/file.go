package render

// File is one file of an output. Name is relative, with forward slashes: "main.bicep", "modules/rg-hub.bicep".
type File struct {
	Name string
	Data []byte
}

// Options is how an output is written. The zero value is what a reviewer expects.
type Options struct {
	// Generator is what made the file, such as "aksnet v1.2.0"; it stands in a comment at the top. Empty leaves out
	// the version.
	Generator string
}

func (o Options) generator() string {
	if o.Generator == "" {
		return "aksnet"
	}
	return oneLine(o.Generator)
}
