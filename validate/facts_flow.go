package validate

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
	"github.com/aksnet/aksnet/spec"
)

// endpoint is one end of a flow: addresses, or the service tag that stands for them.
type endpoint struct {
	name     string
	prefixes []netip.Prefix
	tag      string
}

// portRange is a range of ports, both ends included.
type portRange struct{ lo, hi int }

// anyPort is every port.
func anyPort() []portRange { return []portRange{{0, 65535}} }

// flow is traffic that has to pass a security group in one direction.
type flow struct {
	from, to endpoint
	protocol string
	ports    []portRange
}

// box is the part of a flow that no rule has decided yet.
type box struct {
	from, to []netip.Prefix
	ports    []portRange
}

// maxBoxes bounds the work for one flow. A group that cuts a flow into more pieces is not judged.
const maxBoxes = 256

// ruleGroup is a security group as Azure reads it: rules of one direction, the lowest priority number first.
type ruleGroup struct {
	rules []groupRule
	// vnet is what the tag VirtualNetwork stands for.
	vnet []netip.Prefix
}

type groupRule struct {
	*spec.SecurityRule
	index            int
	sources, targets []netip.Prefix
	ports            []portRange
}

// newGroup reads the rules of one direction. vnet is what the tag VirtualNetwork stands for.
func newGroup(rules []spec.SecurityRule, direction string, vnet []netip.Prefix) *ruleGroup {
	g := &ruleGroup{vnet: vnet}
	for i := range rules {
		r := &rules[i]
		if r.Direction != direction {
			continue
		}
		g.rules = append(g.rules, groupRule{
			SecurityRule: r, index: i, ports: portsOf(r.DestinationPorts),
			sources: g.prefixesOf(r.Sources), targets: g.prefixesOf(r.Destinations),
		})
	}
	slices.SortStableFunc(g.rules, func(a, b groupRule) int { return cmp.Compare(a.Priority, b.Priority) })
	return g
}

// denies returns the first rule that refuses a part of the flow, and whether there is one. What no rule decides falls to
// Azure's default rules; undecided tells whether anything does.
func (g *ruleGroup) denies(f flow) (by *groupRule, undecided bool) {
	left := []box{{f.from.prefixes, f.to.prefixes, f.ports}}
	for i := range g.rules {
		r := &g.rules[i]
		if !r.speaksOf(f) {
			continue
		}
		var rest []box
		for _, b := range left {
			hit, others := r.split(b, f)
			if hit && r.Access == aks.AccessDeny {
				return r, true
			}
			rest = append(rest, others...)
		}
		if left = rest; len(left) == 0 || len(left) > maxBoxes {
			return nil, false
		}
	}
	return nil, true
}

// speaksOf reports whether the rule is about the flow's protocol, and about its tags where an end is one. A rule that looks at source
// ports decides a part of a flow that cannot be known beforehand: as a denial it is left out, and it allows nothing for certain.
func (r *groupRule) speaksOf(f flow) bool {
	if len(r.SourcePorts) > 0 && !slices.Contains(r.SourcePorts, "*") {
		return false
	}
	if r.Protocol != "" && r.Protocol != "*" && !strings.EqualFold(r.Protocol, f.protocol) {
		return false
	}
	return r.coversTag(r.Sources, f.from.tag) && r.coversTag(r.Destinations, f.to.tag)
}

// coversTag reports whether the rule's words hold the tag; an end without a tag is for split to judge. Of a public tag an
// allowing rule may name just the part that is needed, which gets the benefit of the doubt.
func (r *groupRule) coversTag(words []string, tag string) bool {
	if tag == "" || len(words) == 0 {
		return true
	}
	return slices.ContainsFunc(words, func(w string) bool {
		switch {
		case w == "*" || strings.EqualFold(w, "Any") || w == "0.0.0.0/0" || strings.EqualFold(w, tag):
			return true
		case tag != aks.TagInternet:
			return false
		case r.Access == aks.AccessAllow:
			return !strings.EqualFold(w, aks.TagVNet) && !strings.EqualFold(w, aks.TagLoadBalancer) && !privateWord(w)
		}
		return strings.EqualFold(w, "AzureCloud")
	})
}

// split cuts the rule out of a box: whether it touches the box at all, and what is left of it.
//
//	from  |---rule---|--left--|        and within the rule's own from,
//	to    |--left--|---rule---|        the same again for to and ports
func (r *groupRule) split(b box, f flow) (hit bool, rest []box) {
	from, fromLeft := cut(b.from, r.sources, f.from.tag)
	to, toLeft := cut(b.to, r.targets, f.to.tag)
	in, portsLeft := cutPorts(b.ports, r.ports)
	if len(in) == 0 || f.from.tag == "" && len(from) == 0 || f.to.tag == "" && len(to) == 0 {
		return false, []box{b}
	}
	if len(fromLeft) > 0 {
		rest = append(rest, box{fromLeft, b.to, b.ports})
	}
	if len(toLeft) > 0 {
		rest = append(rest, box{from, toLeft, b.ports})
	}
	if len(portsLeft) > 0 {
		rest = append(rest, box{from, to, portsLeft})
	}
	return true, rest
}

// cut is the part of ps inside the rule and the part outside. An end with a tag has no addresses to cut.
func cut(ps, rule []netip.Prefix, tag string) (in, out []netip.Prefix) {
	if tag != "" {
		return nil, nil
	}
	return ipam.Intersect(ps, rule), ipam.Subtract(ps, rule)
}

func cutPorts(ps, rule []portRange) (in, out []portRange) {
	for _, p := range ps {
		left := []portRange{p}
		for _, q := range rule {
			var next []portRange
			for _, l := range left {
				lo, hi := max(l.lo, q.lo), min(l.hi, q.hi)
				if lo > hi {
					next = append(next, l)
					continue
				}
				in = append(in, portRange{lo, hi})
				if l.lo < lo {
					next = append(next, portRange{l.lo, lo - 1})
				}
				if hi < l.hi {
					next = append(next, portRange{hi + 1, l.hi})
				}
			}
			left = next
		}
		out = append(out, left...)
	}
	return in, out
}

// prefixesOf is the addresses that the words of a rule hold. Tags other than VirtualNetwork stand for addresses outside of any
// network that is planned here. No words are all addresses.
func (g *ruleGroup) prefixesOf(words []string) (out []netip.Prefix) {
	if len(words) == 0 {
		return everything()
	}
	for _, w := range words {
		switch {
		case w == "*" || strings.EqualFold(w, "Any"):
			return everything()
		case strings.EqualFold(w, aks.TagVNet):
			out = append(out, g.vnet...)
		default:
			if p, ok := wordPrefix(w); ok {
				out = append(out, p)
			}
		}
	}
	return ipam.Merge(out)
}

func everything() []netip.Prefix {
	return []netip.Prefix{netip.PrefixFrom(netip.IPv4Unspecified(), 0), netip.PrefixFrom(netip.IPv6Unspecified(), 0)}
}

// wordPrefix reads a word of a security rule as a prefix or an address.
func wordPrefix(w string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(w); err == nil {
		return p.Masked(), true
	}
	if a, err := netip.ParseAddr(w); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	return netip.Prefix{}, false
}

// privateWord reports whether a word of a security rule is a private range or address.
func privateWord(w string) bool {
	p, ok := wordPrefix(w)
	if !ok {
		return false
	}
	_, private := aks.PrivateRangeOf(p)
	return private
}

// portsOf is the ports that the words of a rule hold; what cannot be read holds none.
func portsOf(words []string) (out []portRange) {
	if len(words) == 0 {
		return anyPort()
	}
	for _, w := range words {
		if w == "*" {
			return anyPort()
		}
		if p, ok := wordPorts(w); ok {
			out = append(out, p)
		}
	}
	return out
}

// wordPorts reads "443" or "8000-8100".
func wordPorts(w string) (portRange, bool) {
	lo, hi, isRange := strings.Cut(w, "-")
	if !isRange {
		hi = lo
	}
	a, errA := strconv.ParseUint(lo, 10, 16)
	b, errB := strconv.ParseUint(hi, 10, 16)
	return portRange{int(a), int(b)}, errA == nil && errB == nil && a <= b
}
