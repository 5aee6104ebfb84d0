package ledger

import (
	"strings"

	"github.com/aksnet/aksnet/ipam"
)

// Overlap is two entries that cannot both be right: the first is the larger one, or stands first.
type Overlap struct{ First, Second *Entry }

// Overlaps returns for each entry the first one before it, in the order of the ledger, that it must not overlap.
//
//	10.0.0.0/8   ─────────────────────────   open: /8
//	10.1.0.0/16      ──────                  open: /8, /16
//	10.2.0.0/16             ──────           open: /8, /16: the former /16 is closed
func (l *Ledger) Overlaps() (out []Overlap) {
	var open []level
	for _, e := range l.entries {
		for len(open) > 0 && !ipam.Covers(open[len(open)-1].first().AddressPrefix, e.AddressPrefix) {
			open = open[:len(open)-1]
		}
		for _, lv := range open {
			if other := lv.against(e); other != nil {
				out = append(out, Overlap{other, e})
				break
			}
		}
		if n := len(open); n > 0 && open[n-1].first().AddressPrefix == e.AddressPrefix {
			open[n-1].add(e)
		} else {
			open = append(open, level{})
			open[len(open)-1].add(e)
		}
	}
	return out
}

// level is entries of one prefix, one of each class that [compatible] tells apart, so that many clusters with one
// service CIDR are one.
type level struct {
	classes map[class]*Entry
	list    []*Entry
}

// class is what of an entry decides whether it may overlap another, the cluster of a CIDR apart.
type class struct {
	kind Kind
	vnet string
}

func (e *Entry) class() class {
	switch e.Kind {
	case VNet:
		return class{VNet, strings.ToLower(e.Name)}
	case Subnet:
		return class{Subnet, strings.ToLower(e.VNet)}
	}
	return class{kind: e.Kind}
}

func (lv *level) first() *Entry { return lv.list[0] }

func (lv *level) add(e *Entry) {
	if lv.classes == nil {
		lv.classes = map[class]*Entry{}
	}
	if _, ok := lv.classes[e.class()]; ok {
		return
	}
	lv.classes[e.class()] = e
	lv.list = append(lv.list, e)
}

// against returns the first entry of the level that must not overlap e; nil if none.
func (lv *level) against(e *Entry) *Entry {
	for _, other := range lv.list {
		if !compatible(other, e) {
			return other
		}
	}
	return nil
}
