package aks

// Read is the day on which the sources of this package were read, as year-month-day.
const Read = "2026-11-28"

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

// readOn returns the source as read on another day.
func (s Source) readOn(day string) Source {
	s.Read = day
	return s
}

// dated returns the source with the date of the text it speaks of.
func (s Source) dated(text string) Source {
	s.Text = text
	return s
}

const (
	learn        = "https://learn.microsoft.com/"
	learnAzure   = learn + "azure/"
	learnAKS     = learnAzure + "aks/"
	supportPages = learn + "troubleshoot/azure/azure-kubernetes/"
	errorPages   = supportPages + "error-codes/"
	github       = "https://github.com/"
)

// at returns the source for a page whose text bears the date. Callers join the address from constants, so that the
// compiler does it and a look-up need not.
func at(url, text string) Source { return Source{URL: url, Read: Read, Text: text} }

// told returns the source for a public issue or pull request.
func told(url string) Source { return Source{URL: url, Read: Read, Basis: Reported} }

// release returns the source for an entry of the AKS release notes.
func release(date string) Source {
	return Source{URL: PageReleaseNotes, Read: Read, Text: date, Basis: ReleaseNotes}
}
