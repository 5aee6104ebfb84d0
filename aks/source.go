package aks

// Read is the day on which the sources of this package were read, as year-month-day.
const Read = "2026-11-22"

// Source says where a fact comes from. The zero value means that no source is known; no exported table holds one.
type Source struct {
	URL   string `json:"url"`             // public page, always https
	Read  string `json:"read"`            // day on which we read it, year-month-day
	Text  string `json:"text,omitempty"`  // date that the page's own text bears, or the release that brought the change
	Basis Basis  `json:"basis,omitempty"` // how firm the fact is; the zero value is Documented
}

// Basis grades how a fact is known.
type Basis string

// The grades, from the firmest to the weakest.
const (
	Documented   Basis = ""              // read in Microsoft's documentation or API description
	ReleaseNotes Basis = "release notes" // read in the AKS release notes
	Reported     Basis = "reported"      // told in a public issue or pull request
	Copied       Basis = "copied"        // read in somebody else's copy of an official table
	Derived      Basis = "derived"       // our arithmetic or inference from documented facts
	Unverified   Basis = "unverified"    // well known, but not read again on the day of reading
)

// as returns the source with another grade.
func (s Source) as(b Basis) Source {
	s.Basis = b
	return s
}

// dated returns the source with the date of the text it speaks of.
func (s Source) dated(text string) Source {
	s.Text = text
	return s
}

const (
	learnAKS     = "https://learn.microsoft.com/azure/aks/"
	learnAzure   = "https://learn.microsoft.com/azure/"
	troubleshoot = "https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/"
	github       = "https://github.com/"
)

// page returns the source for a page below the AKS documentation, with the date its text bears.
func page(name, text string) Source { return Source{URL: learnAKS + name, Read: Read, Text: text} }

// azurePage returns the source for a page of another Azure service's documentation.
func azurePage(name, text string) Source {
	return Source{URL: learnAzure + name, Read: Read, Text: text}
}

// errorPage returns the source for a page of the AKS error-code collection.
func errorPage(name, text string) Source {
	return Source{URL: troubleshoot + "error-codes/" + name, Read: Read, Text: text}
}

// supportPage returns the source for another page of the AKS troubleshooting guides.
func supportPage(name, text string) Source {
	return Source{URL: troubleshoot + name, Read: Read, Text: text}
}

// issue returns the source for a public issue or pull request, for example "Azure/AKS/issues/456".
func issue(thread string) Source {
	return Source{URL: github + thread, Read: Read, Basis: Reported}
}

// release returns the source for an entry of the AKS release notes.
func release(date string) Source {
	return Source{URL: github + "Azure/AKS/blob/master/CHANGELOG.md", Read: Read, Text: date, Basis: ReleaseNotes}
}
