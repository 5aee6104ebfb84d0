package plan

import (
	"net/netip"

	"github.com/aksnet/aksnet/ipam"
)

// area is a range from which blocks are taken: an address prefix of a network, or a pool of networks.
type area struct {
	prefix netip.Prefix
	// free is what nothing has of the area; half is the same for its lower and its upper half, once asked for.
	free *ipam.Pool
	half [2]*ipam.Pool
	// asked is how many networks of each half have asked for a block, which says where the next one has its place.
	asked [2]int
}

// areaOf returns an area of the part of open that lies in a prefix.
func areaOf(prefix netip.Prefix, open *ipam.Pool) *area {
	return &area{prefix: prefix, free: open.Within(prefix)}
}

// take marks a range as in use.
func (s *area) take(p netip.Prefix) {
	s.free.Reserve(p)
	for _, half := range s.half {
		if half != nil {
			half.Reserve(p)
		}
	}
}

// taken takes a range that was found, and returns it.
func (s *area) taken(p netip.Prefix, ok bool) (netip.Prefix, bool) {
	if ok {
		s.take(p)
	}
	return p, ok
}

// at takes one range if it is free.
func (s *area) at(p netip.Prefix) bool {
	_, ok := s.taken(p, s.free.IsFree(p))
	return ok
}

// fit takes a block of a prefix length anywhere.
func (s *area) fit(bits int, how ipam.Strategy) (netip.Prefix, bool) {
	return s.taken(s.free.AllocateWith(bits, how))
}

// fitHalf takes a block of a prefix length in one half: 0 is the lower one, 1 the upper one.
func (s *area) fitHalf(n, bits int, how ipam.Strategy) (netip.Prefix, bool) {
	if s.half[n] == nil {
		p, ok := ipam.NthSubnet(s.prefix, s.prefix.Bits()+1, uint64(n))
		if !ok {
			return netip.Prefix{}, false
		}
		s.half[n] = s.free.Within(p)
	}
	return s.taken(s.half[n].AllocateWith(bits, how))
}

// fitIn takes a block of a prefix length in a part of the area.
func (s *area) fitIn(part netip.Prefix, bits int, how ipam.Strategy) (netip.Prefix, bool) {
	return s.taken(s.free.Within(part).AllocateWith(bits, how))
}

// part returns the n-th part of the area with a prefix length.
func (s *area) part(bits, n int) netip.Prefix {
	p, _ := ipam.NthSubnet(s.prefix, bits, uint64(n))
	return p
}

// release gives a range back.
func (s *area) release(p netip.Prefix) {
	giveBack(s.free, p)
	s.half = [2]*ipam.Pool{}
}

// giveBack frees a range of a pool, of which part may be free already.
func giveBack(pool *ipam.Pool, p netip.Prefix) {
	pool.Reserve(p)
	mustRelease(pool, p)
}

// mustRelease gives back what was allocated.
func mustRelease(pool *ipam.Pool, p netip.Prefix) {
	if err := pool.Release(p); err != nil {
		panic("plan: releasing what was allocated: " + err.Error())
	}
}

// buddy returns the other half of the prefix that is one bit shorter than p, an IPv4 prefix.
func buddy(p netip.Prefix) netip.Prefix {
	a := p.Addr().As4()
	bit := p.Bits() - 1
	a[bit/8] ^= 0x80 >> (bit % 8)
	return netip.PrefixFrom(netip.AddrFrom4(a), p.Bits())
}
