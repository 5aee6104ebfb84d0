package plan

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// offerRepack says of everything without a place which ranges would move if a plan placed it that repacks.
func (p *Plan) offerRepack(repacked *Plan) {
	moves := movesBetween(p, repacked)
	for i, u := range p.Unplaced {
		if !slices.ContainsFunc(
			repacked.Unplaced,
			func(o Unplaced) bool { return o.Path == u.Path && o.Name == u.Name },
		) {
			p.Unplaced[i].Repack = moves
		}
	}
}

// mostMoves is how many moves a text names.
const mostMoves = 3

// movesBetween says which ranges of a plan are different ones in another plan of the same spec.
func movesBetween(from, to *Plan) string {
	var moves []string
	then := to.ranges()
	for i, r := range from.ranges() {
		if was, is := r.prefixes, then[i].prefixes; len(was) > 0 && !slices.Equal(was, is) {
			moves = append(moves, fmt.Sprintf("%s from %s to %s", r.owner, listOf(was), listOf(is)))
		}
	}
	switch n := len(moves); {
	case n == 0:
		return "moves nothing"
	case n == 1:
		return "moves " + moves[0]
	case n <= mostMoves:
		return fmt.Sprintf("moves %d ranges: %s", n, strings.Join(moves, ", "))
	default:
		return fmt.Sprintf("moves %d ranges: %s and %d more", n, strings.Join(moves[:mostMoves], ", "), n-mostMoves)
	}
}

// placed is the ranges of one thing.
type placed struct {
	owner    string
	prefixes []netip.Prefix
}

// ranges returns what a plan gave to subnets, pods and Services, in its order. Plans of one spec have the same owners.
func (p *Plan) ranges() (out []placed) {
	for _, v := range p.VNets {
		for _, s := range v.Subnets {
			out = append(out, placed{"subnet " + s.Name + " of " + v.Name, s.AddressPrefixes})
		}
	}
	for _, c := range p.Clusters {
		out = append(out, placed{"the pod CIDR of " + c.Name, c.PodCIDRs},
			placed{"the service CIDR of " + c.Name, c.ServiceCIDRs})
	}
	return out
}

func listOf(prefixes []netip.Prefix) string {
	if len(prefixes) == 0 {
		return "nowhere"
	}
	words := make([]string, len(prefixes))
	for i, p := range prefixes {
		words[i] = p.String()
	}
	return strings.Join(words, ", ")
}
