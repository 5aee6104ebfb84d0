package compare

import (
	"net/netip"

	"github.com/aksnet/aksnet/ipam"
)

// space is free addresses of both families.
type space struct{ four, six *ipam.Pool }

func newSpace(four, six []netip.Prefix) space {
	return space{ipam.MustPool(four...), ipam.MustPool(six...)}
}

// spaceOf returns a space of prefixes of any family.
func spaceOf(prefixes []netip.Prefix) space {
	var four, six []netip.Prefix
	for _, p := range prefixes {
		switch {
		case !p.IsValid():
		case p.Addr().Is4():
			four = append(four, p)
		default:
			six = append(six, p)
		}
	}
	return newSpace(four, six)
}

// clone returns a copy in constant time.
func (s space) clone() space { return space{s.four.Clone(), s.six.Clone()} }

func (s space) of(p netip.Prefix) *ipam.Pool {
	if p.Addr().Is4() {
		return s.four
	}
	return s.six
}

// take removes ranges.
func (s space) take(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() {
			s.of(p).Reserve(p)
		}
	}
}

// release gives ranges back. Ranges that are partly free already, or not of the space, stay as they are.
func (s space) release(prefixes ...netip.Prefix) {
	for _, p := range prefixes {
		if p.IsValid() {
			_ = s.of(p).Release(p)
		}
	}
}

// sample returns enough of the space to place n ranges in it as in all of it.
func (s space) sample(n int) []netip.Prefix { return append(s.four.Sample(n), s.six.Sample(n)...) }
