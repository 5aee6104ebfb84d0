package calc

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/ipam"
)

// MaxPrefixes is how many prefixes Next finds, and how many the tables and the JSON of a split list.
const MaxPrefixes = 1 << 20

// ErrNoRoom is what Next returns, with an explanation, when a prefix does not fit.
var ErrNoRoom = errors.New("no room")

// noRoom is an ErrNoRoom with its explanation.
type noRoom struct{ explanation string }

// Error returns the explanation.
func (e noRoom) Error() string { return e.explanation }

// Is reports whether target is ErrNoRoom.
func (e noRoom) Is(target error) bool { return target == ErrNoRoom }

// Strategies returns the names of the strategies of package ipam, the default first.
func Strategies() []string { return []string{"best-fit", "first-fit", "last-fit", "sparse"} }

// Next returns the next free prefix of each length in a pool, in the order of lengths. The strategy is one of
// Strategies. The error is ErrNoRoom when not all fit; any other says what is wrong with the pool or the lengths.
func Next(in, used *ipam.Set, lengths []int, strategy string) ([]netip.Prefix, error) {
	pool, err := ipam.PoolWithout(in, used)
	if err != nil {
		return nil, fmt.Errorf("%w: leave the IPv4 or the IPv6 prefixes out of --in", err)
	}
	if longest, width := slices.Max(lengths), widthOf(pool); longest > width {
		return nil, fmt.Errorf("/%d is longer than an address of the pool, which has %d bits", longest, width)
	}
	got := make([]netip.Prefix, len(lengths))
	for i, length := range lengths {
		var ok bool
		if got[i], ok = pool.AllocateWith(length, ipam.Strategy(slices.Index(Strategies(), strategy))); !ok {
			return nil, noRoom{fmt.Sprintf("no free /%d%s%s", length, largestFree(pool), afterTaking(got[:i]))}
		}
	}
	return got, nil
}

// widthOf returns how many bits an address of the pool has.
func widthOf(p *ipam.Pool) int {
	if p.Is6() {
		return 128
	}
	return 32
}

// largestFree explains why a prefix did not fit.
func largestFree(p *ipam.Pool) string {
	if bits, ok := p.Largest(); ok {
		return fmt.Sprintf(": the largest free block is a /%d", bits)
	}
	return ": nothing is free"
}

// afterTaking names what Next found before a prefix did not fit.
func afterTaking(got []netip.Prefix) string {
	switch len(got) {
	case 0:
		return ""
	case 1:
		return " after taking " + got[0].String()
	}
	return fmt.Sprintf(" after taking %d others", len(got))
}
