package render

import "github.com/aksnet/aksnet/resource"

// Format is one infrastructure-as-code language. A new language needs a row in Formats and a file with its function;
// the command and its help follow from that.
type Format struct {
	Name  string
	Title string // as in "Write the plan as Bicep"
	// Joinable marks a language whose files can be concatenated in order.
	Joinable bool
	// Write renders a graph as files; the first is the one to deploy.
	Write func(*resource.Graph, Options) ([]File, error)
}

// Formats returns all languages.
func Formats() []Format {
	return []Format{
		{"arm", "an ARM template", false, ARM},
		{"bicep", "Bicep", false, Bicep},
		{"terraform", "Terraform for the azapi provider", true, Terraform},
		{"azcli", "a shell script of az commands", false, AzCLI},
	}
}
