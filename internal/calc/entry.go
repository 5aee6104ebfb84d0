package calc

import "github.com/aksnet/aksnet/ipam"

// Range is an entry as a range and as prefixes.
type Range struct {
	First     string   `json:"first"`
	Last      string   `json:"last"`
	Addresses Count    `json:"addresses"`
	Prefixes  []string `json:"prefixes"`
}

// RangeOf returns an entry as a range and as the fewest prefixes.
func RangeOf(i ipam.Item) Range {
	r := i.Range()
	return Range{r.From().String(), r.To().String(), Count{i.Count()}, prefixesOf(i)}
}

// prefixesOf returns the fewest prefixes that make up an entry.
func prefixesOf(i ipam.Item) []string {
	all := []string{}
	for p := range i.Set().Prefixes() {
		all = append(all, p.String())
	}
	return all
}

// Pair is two entries that overlap.
type Pair struct {
	A      string `json:"a"` // the one that starts lower, or the wider one
	B      string `json:"b"`
	AFile  string `json:"aFile,omitempty"`
	BFile  string `json:"bFile,omitempty"`
	ALine  int    `json:"aLine,omitempty"`
	BLine  int    `json:"bLine,omitempty"`
	ALabel string `json:"aLabel,omitempty"`
	BLabel string `json:"bLabel,omitempty"`
	Shared Count  `json:"sharedAddresses"`
}

// PairOf returns two entries that overlap, with what they share.
func PairOf(a, b ipam.Item) Pair {
	shared := Count{a.Set().Intersect(b.Set()).Count()}
	return Pair{a.String(), b.String(), a.File, b.File, a.Line, b.Line, a.Label(), b.Label(), shared}
}
