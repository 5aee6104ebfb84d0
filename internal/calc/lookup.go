package calc

import "github.com/aksnet/aksnet/ipam"

// Lookup is a list in which entries are looked up. Build it with Add, then Index.
type Lookup struct {
	builder ipam.Builder
	index   *ipam.Index
	table   *ipam.Table // its prefixes, to name the narrowest one around an entry; nil when no names are asked for
}

// NewLookup returns a lookup for about n entries. With names it can name the prefix that contains an entry, which takes
// memory.
func NewLookup(n int, names bool) *Lookup {
	l := &Lookup{}
	l.builder.Grow(n)
	if names {
		l.table = &ipam.Table{}
		l.table.Grow(n)
	}
	return l
}

// Add adds an entry to the list.
func (l *Lookup) Add(i ipam.Item) {
	l.builder.AddItem(i)
	if p, ok := i.Prefix(); ok && l.table != nil {
		l.table.Add(p)
	}
}

// Index ends the list. Contains and Find need it.
func (l *Lookup) Index() { l.index = l.builder.Set().Index() }

// Contains reports whether the list contains all of an entry.
func (l *Lookup) Contains(i ipam.Item) bool { return l.index.ContainsItem(i) }

// Found says whether a list contains an entry.
type Found struct {
	Entry     string `json:"entry"`
	Contained bool   `json:"contained"`
	In        string `json:"in,omitempty"` // the narrowest prefix of the list that contains all of the entry
}

// Find returns whether the list contains an entry, and where.
func (l *Lookup) Find(i ipam.Item) Found {
	f := Found{Entry: i.String(), Contained: l.Contains(i)}
	if p, ok := i.Prefix(); ok && l.table != nil {
		if around, ok := l.table.Narrowest(p); ok {
			f.In = around.String()
		}
	}
	return f
}
