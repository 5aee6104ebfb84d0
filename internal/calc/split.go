package calc

import (
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"net/netip"
	"strings"

	"github.com/aksnet/aksnet/ipam"
)

// ErrTooMany is the end of what SplitEqual returns when it would list too many parts.
var ErrTooMany = errors.New("more than the limit")

// EqualSplit is a prefix cut into parts of one length, of which the first Shown are listed.
type EqualSplit struct {
	Prefix netip.Prefix
	Length int
	Parts  Count
	Shown  uint64
}

// SplitEqual cuts a prefix into parts of a length, of which the first ones are listed: all with a first of 0, at most
// limit.
func SplitEqual(p netip.Prefix, length int, first, limit uint64) (EqualSplit, error) {
	if width := p.Addr().BitLen(); length < p.Bits() || length > width {
		return EqualSplit{}, fmt.Errorf(
			"%s has no parts of length /%d: expected /%d to /%d",
			p,
			length,
			p.Bits(),
			width,
		)
	}
	s := EqualSplit{Prefix: p, Length: length, Parts: powerOfTwo(length - p.Bits())}
	shown := s.Parts
	if n := CountOf(first); first > 0 && n.Cmp(s.Parts.Int) < 0 {
		shown = n
	}
	if shown.Cmp(CountOf(limit).Int) > 0 {
		return s, fmt.Errorf("%s has %s parts of length /%d, %w of %d", p, s.Parts.Grouped(), length, ErrTooMany, limit)
	}
	s.Shown = shown.Uint64()
	return s, nil
}

// LengthFor returns the length of the parts when p is cut into at least n equal parts. It reports false when p is too
// small.
func LengthFor(p netip.Prefix, n uint64) (int, bool) {
	length := p.Bits() + bits.Len64(n-1)
	return length, length <= p.Addr().BitLen()
}

// Prefixes yields the listed parts, in order.
func (s EqualSplit) Prefixes() iter.Seq[netip.Prefix] {
	return func(yield func(netip.Prefix) bool) {
		for i := range s.Shown {
			if part, _ := ipam.NthSubnet(s.Prefix, s.Length, i); !yield(part) {
				return
			}
		}
	}
}

// Part is a named part of a split.
type Part struct {
	Name      string       `json:"name"`
	Text      string       `json:"prefix,omitempty"` // Prefix as text; empty when the part has no room
	Length    int          `json:"prefixLength"`
	Hosts     *Count       `json:"hosts,omitempty"` // as asked for; nil for a part with a length
	Addresses Count        `json:"addresses"`
	Usable    Count        `json:"usable"`
	Waste     *Count       `json:"waste,omitempty"` // usable, less the hosts
	Prefix    netip.Prefix `json:"-"`
}

// unnamed is the name of a part that keeps its place, is not listed and counts as free.
const unnamed = "_"

// ParsePart reads NAME=HOSTS or NAME=/LENGTH. The error is ErrNoRoom if no prefix of the rule has room for the hosts.
func (r SizeRule) ParsePart(text string) (Part, error) {
	name, size, ok := strings.Cut(text, "=")
	if !ok || name == "" || size == "" {
		return Part{}, fmt.Errorf("%q is not a part; expected NAME=HOSTS or NAME=/LENGTH", text)
	}
	part := Part{Name: name}
	if strings.HasPrefix(size, "/") {
		if part.Length, ok = ParseLength(size); !ok || part.Length > r.Width() {
			return part, fmt.Errorf("%q: the length must be /0 to /%d", text, r.Width())
		}
		if err := r.Check(part.Length); err != nil {
			return part, fmt.Errorf("%q: %w", text, err)
		}
	} else {
		hosts, err := ParseHosts(size)
		if err != nil {
			return part, err
		}
		answer, err := r.Size(hosts)
		if err != nil {
			return part, noRoom{fmt.Sprintf("%s: %v", name, err)}
		}
		part.Length, part.Hosts, part.Waste = answer.Length, &answer.Hosts, &answer.Spare
	}
	part.Addresses, part.Usable = powerOfTwo(r.Width()-part.Length), r.Usable(part.Length)
	return part, nil
}

// Split is a prefix cut into named parts.
type Split struct {
	Prefix        netip.Prefix `json:"prefix"`
	Parts         []Part       `json:"subnets"`
	Free          []string     `json:"freePrefixes"`
	FreeAddresses Count        `json:"freeAddresses"`
	Unplaced      []string     `json:"unplaced"` // the names of the parts without room
}

// SplitNamed places parts in a prefix: the largest first, or in their order, where parts added at the end move nothing.
func SplitNamed(p netip.Prefix, parts []Part, inOrder bool) (*Split, error) {
	pool, err := ipam.NewPool(p)
	if err != nil {
		return nil, err
	}
	s := &Split{Prefix: p, Parts: []Part{}, Free: []string{}, FreeAddresses: CountOf(0), Unplaced: []string{}}
	for i, prefix := range placeParts(p, pool, parts, inOrder) {
		part := parts[i]
		switch {
		case !prefix.IsValid():
			s.Unplaced = append(s.Unplaced, part.Name)
		case part.Name == unnamed:
			continue
		default:
			part.Prefix, part.Text = prefix, prefix.String()
			pool.Reserve(prefix)
		}
		s.Parts = append(s.Parts, part)
	}
	for _, free := range pool.Free() {
		s.Free = append(s.Free, free.String())
		s.FreeAddresses.Add(s.FreeAddresses.Int, ipam.Count(free))
	}
	return s, nil
}

// placeParts returns a prefix for each part, which is invalid where the part has no room. The pool stays as it is.
func placeParts(p netip.Prefix, pool *ipam.Pool, parts []Part, inOrder bool) []netip.Prefix {
	lengths := make([]int, len(parts))
	for i, part := range parts {
		lengths[i] = part.Length
	}
	if !inOrder {
		return ipam.Place(pool.Clone(), lengths)
	}
	placed, _ := ipam.Sequence(p, lengths)
	return append(placed, make([]netip.Prefix, len(lengths)-len(placed))...)
}
