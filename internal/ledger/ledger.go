package ledger

import (
	"net/netip"
	"slices"
	"sort"

	"github.com/aksnet/aksnet/ipam"
)

// Ledger is a list of entries in address order. The zero Ledger has none.
type Ledger struct {
	entries []*Entry
	// head and tail are the comments at the top and at the end; more is top-level keys that this version does not know.
	head, tail string
	more       []pair
}

// Entries returns the entries in address order. They are the ledger's own: callers read them.
func (l *Ledger) Entries() []*Entry { return l.entries }

// Add adds entries, whatever else the ledger has.
func (l *Ledger) Add(entries ...*Entry) { l.add(entries...) }

// add adds entries.
func (l *Ledger) add(entries ...*Entry) {
	l.entries = append(l.entries, entries...)
	slices.SortStableFunc(l.entries, compare)
}

// remove removes the entries for which drop reports true, and returns them.
func (l *Ledger) remove(drop func(*Entry) bool) (removed []*Entry) {
	l.entries = slices.DeleteFunc(l.entries, func(e *Entry) bool {
		if drop(e) {
			removed = append(removed, e)
			return true
		}
		return false
	})
	return removed
}

// Overlapping returns the entries that share an address with a prefix, in address order.
func (l *Ledger) Overlapping(p netip.Prefix) (out []*Entry) {
	for bits := range p.Bits() {
		above := netip.PrefixFrom(p.Addr(), bits).Masked()
		for i := l.search(above); i < len(l.entries) && l.entries[i].AddressPrefix == above; i++ {
			out = append(out, l.entries[i])
		}
	}
	for i := l.search(p); i < len(l.entries) && p.Contains(l.entries[i].AddressPrefix.Addr()); i++ {
		out = append(out, l.entries[i])
	}
	return out
}

// search returns the index of the first entry that is not before a prefix.
func (l *Ledger) search(p netip.Prefix) int {
	return sort.Search(len(l.entries), func(i int) bool {
		return l.entries[i].AddressPrefix.Compare(p) >= 0
	})
}

// In returns the entries that share an address with a prefix, and the largest blocks of it that no entry covers.
func (l *Ledger) In(p netip.Prefix) (entries []*Entry, holes []netip.Prefix) {
	entries = l.Overlapping(p)
	used := make([]netip.Prefix, len(entries))
	for i, e := range entries {
		used[i] = e.AddressPrefix
	}
	return entries, ipam.Subtract([]netip.Prefix{p}, used)
}

// Of returns the entries of a holder that are for the claims.
func (l *Ledger) Of(h Holder, claims []Entry) (out []*Entry) {
	own := l.own(h)
	for i := range claims {
		if e := own.find(&claims[i]); e != nil {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, compare)
	return out
}
