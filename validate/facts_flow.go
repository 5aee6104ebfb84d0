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

// endpoint is one end of a flow: addresses, or a service tag that represents them.
type endpoint struct {
	name     string
	prefixes []netip.Prefix
	tag      string
}

// portRange is a range of ports, including both ends.
type portRange struct{ lo, hi int }

// anyPort returns the range of all ports.
func anyPort() []portRange { return []portRange{{0, 65535}} }

// flow is traffic that must pass a security group in one direction.
type flow struct {
	from, to endpoint
	protocol aks.Protocol
	ports    []portRange
}

// box is a part of a flow that no rule has decided yet.
type box struct {
	from, to []netip.Prefix
	ports    []portRange
}

// maxBoxes limits the work for one flow. A group that cuts a flow into more pieces is not evaluated further.
const maxBoxes = 256

// ruleGroup is a security group as Azure evaluates it: rules of one direction, the lowest priority number first.
type ruleGroup struct {
	rules []groupRule
	// vnet holds the addresses that the tag VirtualNetwork represents.
	vnet []netip.Prefix
}

type groupRule struct {
	*spec.SecurityRule
	index            int
	sources, targets []netip.Prefix
	ports            []portRange
}

// newGroup returns the rules of one direction as a group. vnet holds the addresses that the tag VirtualNetwork
// represents.
func newGroup(rules []spec.SecurityRule, direction aks.Direction, vnet []netip.Prefix) *ruleGroup {
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

// denies returns the first rule that denies part of the flow, or nil. Azure's default rules decide what no rule does;
// undecided reports whether anything is left for them.
func (g *ruleGroup) denies(f flow) (by *groupRule, undecided bool) {
	left := []box{{f.from.prefixes, f.to.prefixes, f.ports}}
	for i := range g.rules {
		r := &g.rules[i]
		if !r.appliesTo(f) {
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

// appliesTo reports whether the rule applies to the protocol of the flow, and to its tags where an end is a tag. A
// rule with source ports decides a part of a flow that cannot be known in advance: it is ignored, both as a denial
// and as an allowance.
func (r *groupRule) appliesTo(f flow) bool {
	if len(r.SourcePorts) > 0 && !slices.Contains(r.SourcePorts, "*") {
		return false
	}
	if r.Protocol != "" && r.Protocol != aks.ProtocolAny && r.Protocol != f.protocol {
		return false
	}
	return r.coversTag(r.Sources, f.from.tag) && r.coversTag(r.Destinations, f.to.tag)
}

// coversTag reports whether the rule's values include the tag; split handles an end without a tag. An allowing rule
// may name only the part of a public tag that is needed, so any public value counts.
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

// split cuts the rule out of a box. It reports whether the rule touches the box at all, and returns what is left of it.
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

// cut returns the part of ps inside the rule and the part outside it. An end with a tag has no addresses to cut.
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

// prefixesOf returns the addresses that the values of a rule represent. Tags other than VirtualNetwork represent
// addresses outside all networks that are planned here. Without values, a rule matches all addresses.
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

// wordPrefix parses a value of a security rule as a prefix or an address.
func wordPrefix(w string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(w); err == nil {
		return p.Masked(), true
	}
	if a, err := netip.ParseAddr(w); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a, a.BitLen()), true
	}
	return netip.Prefix{}, false
}

// privateWord reports whether a value of a security rule is a private range or address.
func privateWord(w string) bool {
	p, ok := wordPrefix(w)
	if !ok {
		return false
	}
	_, private := aks.PrivateRangeOf(p)
	return private
}

// portsOf returns the ports that the values of a rule represent, without invalid values. Without values, a rule
// matches all ports.
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

// wordPorts parses "443" or "8000-8100".
func wordPorts(w string) (portRange, bool) {
	lo, hi, isRange := strings.Cut(w, "-")
	if !isRange {
		hi = lo
	}
	a, errA := strconv.ParseUint(lo, 10, 16)
	b, errB := strconv.ParseUint(hi, 10, 16)
	return portRange{int(a), int(b)}, errA == nil && errB == nil && a <= b
}
