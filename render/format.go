package render

import "github.com/aksnet/aksnet/resource"

// Format is one language of infrastructure code. A new language needs a row in Formats and a file with its function:
// the command and its help follow.
type Format struct {
	Name  string
	Title string // as in "Write the plan as Bicep"
	// Joinable marks a language of which several files may be read as one, in their order.
	Joinable bool
	// Write returns the files of a plan; the first is the one to deploy.
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
