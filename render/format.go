package render

import (
	"slices"

	"github.com/aksnet/aksnet/resource"
)

// Format is one infrastructure-as-code language. A new language needs a row in Formats and a file with its function;
// the command and its help follow from that.
type Format struct {
	Name  string
	Title string // as in "Write the plan as Bicep"
	// Joinable marks a language whose files can be concatenated in order.
	Joinable bool
	// Flag is the flag that selects a variant, and FlagTitle its help; empty for a language with one variant.
	Flag, FlagTitle string
	// Variants are the ways to write the language; the first is the default.
	Variants []Variant
}

// Variant is one way to write a language.
type Variant struct {
	Name string // the value of the flag
	// Write renders a graph as files; the first is the one to deploy.
	Write func(*resource.Graph, Options) ([]File, error)
}

// Formats returns all languages.
func Formats() []Format {
	return []Format{
		{Name: "arm", Title: "an ARM template", Variants: []Variant{{"", ARM}}},
		{Name: "bicep", Title: "Bicep", Variants: []Variant{{"", Bicep}}},
		{
			Name: "terraform", Title: "Terraform", Joinable: true,
			Flag: "provider", FlagTitle: "`PROVIDER` of the resources",
			Variants: []Variant{{"azapi", Terraform}, {"azurerm", AzureRM}},
		},
		{
			Name: "azcli", Title: "a shell script of az commands",
			Flag: "style", FlagTitle: "`STYLE` of the commands",
			Variants: []Variant{{"rest", AzCLI}, {"commands", AzCLICommands}},
		},
	}
}

// Words returns the names of the variants.
func (f Format) Words() (words []string) {
	for _, v := range f.Variants {
		words = append(words, v.Name)
	}
	return words
}

// Variant returns the variant of a name. It reports whether there is one.
func (f Format) Variant(name string) (Variant, bool) {
	i := slices.IndexFunc(f.Variants, func(v Variant) bool { return v.Name == name })
	if i < 0 {
		return Variant{}, false
	}
	return f.Variants[i], true
}
