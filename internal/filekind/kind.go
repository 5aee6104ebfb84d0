// Package filekind recognises what a file is from its content: a spec, infrastructure code, output of another program,
// or something else that people pass to aksnet by mistake. It reads the beginning of a file, never all of a large one,
// and it works on files that are not well formed.
package filekind

import (
	"cmp"
	"slices"
)

// Kind is what a file is. The zero Kind is not known.
type Kind string

// The kinds that code decides by. The tables of recognisers have more of them.
const (
	Unknown Kind = ""
	// Empty is a file without any text.
	Empty Kind = "empty"
	// Spec is a spec of aksnet, with or without mistakes.
	Spec Kind = "spec"
	// UTF16 is text in two bytes a character, which Windows PowerShell writes.
	UTF16 Kind = "utf16"
	// Azure is JSON from az or Azure Resource Manager that aksnet import azure reads.
	Azure Kind = "azure"
	// AzurePools, AzureQuery and AzureOther are other JSON from Azure.
	AzurePools, AzureQuery, AzureOther Kind = "azure-pools", "azure-query", "azure-other"
	// AzureError is an answer of Azure that aksnet explain explains.
	AzureError Kind = "azure-error"
	// AzureYAML, Coloured and AfterWarnings are output of az that would be readable if it was printed in another way.
	AzureYAML, Coloured, AfterWarnings Kind = "azure-yaml", "coloured", "after-warnings"
)

// entry is a kind with the way to recognise it.
type entry struct {
	kind Kind
	// title is the kind with its article, as "an ARM template".
	title string
	// advice says what to do with such a file; FILE in it stands for its name.
	advice string
	is     func(*sample) bool
}

// Of returns what a file is. Its content decides; its name is only asked when the content does not tell. If the file
// is a stream of YAML documents, the first one decides.
func Of(name string, data []byte) Kind {
	s := newSample(name, data)
	for _, table := range tables() {
		for _, e := range table {
			if e.is(s) {
				return e.kind
			}
		}
	}
	return s.byName()
}

// tables returns the recognisers in the order in which they are asked.
func tables() [][]entry { return [][]entry{binaries(), structured(), texts()} }

func (k Kind) entry() entry {
	all := slices.Concat(tables()...)
	if i := slices.IndexFunc(all, func(e entry) bool { return e.kind == k }); i >= 0 {
		return all[i]
	}
	return entry{}
}

// Title returns the kind with its article, as "an ARM template".
func (k Kind) Title() string { return cmp.Or(k.entry().title, "a file of an unknown kind") }

// Advice returns what to do with such a file instead of passing it as a spec, as an imperative. FILE in it stands for
// the name of the file.
func (k Kind) Advice() string { return cmp.Or(k.entry().advice, adviceStart) }

// Foreign reports whether the kind is known to be something else than a spec in text that aksnet can read.
func (k Kind) Foreign() bool { return !slices.Contains([]Kind{Unknown, Empty, Spec, UTF16}, k) }

// What a user can do with most files.
const (
	adviceStart  = "start a spec with aksnet init"
	adviceImport = "aksnet import azure FILE writes a spec from it"
	adviceExport = "aksnet import azure writes a spec from what is deployed, aksnet init starts a new one"
	adviceRender = "aksnet writes such files (aksnet render) and does not read them: " + adviceExport
	adviceError  = "aksnet explain FILE explains the error"
)
