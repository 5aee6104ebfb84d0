package plan

import (
	"net/netip"
	"slices"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/ipam"
)

// VNetStep is the size of a network around addresses that Services ask for, as a prefix length.
const VNetStep = 24

// A Service can ask for an address, which must then be in the subnet of its load balancer. A subnet that does not hold
// the addresses where the plan put it goes around them, if that is possible.

// moveToStatics moves subnets to the addresses that Services ask for in them, where nothing else is.
func (l *layout) moveToStatics(requests []*subnetRequest) {
	for _, r := range requests {
		for _, p := range r.aroundStatics() {
			if l.move(r, p) {
				break
			}
		}
	}
}

// aroundStatics returns the ranges to which a subnet can go because of the addresses that Services ask for in it: of
// the size that it should have down to its least. It returns none for a subnet that holds them, and for one that the
// spec pins.
func (r *subnetRequest) aroundStatics() (out []netip.Prefix) {
	holds := r.at.IsValid() && usableAll(r.at, r.statics)
	if holds || len(r.statics) == 0 || len(r.pinned) > 0 || r.bits == 0 || r.subnet.Existing {
		return nil
	}
	for bits := r.bits; bits <= max(r.bits, r.least); bits++ {
		if p, ok := around(r.statics, bits); ok {
			out = append(out, p)
		}
	}
	return out
}

// howStatics says where a subnet is that went to such addresses.
const howStatics = "around the addresses that Services ask for"

// move moves a subnet to a range if nothing else is in it.
func (l *layout) move(r *subnetRequest, to netip.Prefix) bool {
	if !slices.ContainsFunc(l.areas, func(s *area) bool { return ipam.Covers(s.prefix, to) }) {
		return false
	}
	if r.at.IsValid() {
		l.release(r.at)
	}
	free := l.free(to)
	if free {
		r.at, r.subnet.how = to, howStatics
	}
	if r.at.IsValid() {
		l.take(r.at)
	}
	return free
}

// moveToStatics moves subnets of a network that the plan sized: in the network, else with a step of its own, where the
// pools have it. A spec without pools has it anywhere that nothing else is.
func (n *networks) moveToStatics(v *VNet, requests []*subnetRequest) {
	for _, r := range requests {
		ranges := r.aroundStatics()
		if len(ranges) == 0 {
			continue
		}
		l := newLayout(v, v.AddressPrefixes, n.open4)
		l.take(n.inUse[v]...)
		for _, o := range n.requests[v] {
			l.take(append(slices.Clone(o.pinned), o.at)...)
		}
		if slices.ContainsFunc(ranges, func(p netip.Prefix) bool { return l.move(r, p) }) {
			continue
		}
		for _, p := range ranges {
			step := netip.PrefixFrom(p.Addr(), min(p.Bits(), VNetStep)).Masked()
			if !n.clear(step) {
				step = p
			}
			if n.clear(step) {
				n.leave(v, r)
				n.hold(v, step)
				r.at, r.subnet.how = p, howStatics
				break
			}
		}
	}
}

// leave takes a subnet out of the block of its network, and gives a block back in which no subnet is left.
func (n *networks) leave(v *VNet, r *subnetRequest) {
	r.at = netip.Prefix{}
	v.AddressPrefixes = slices.DeleteFunc(v.AddressPrefixes, func(p netip.Prefix) bool {
		used := p.Addr().Is6() || slices.ContainsFunc(n.requests[v], func(o *subnetRequest) bool {
			return o.at.IsValid() && o.at.Overlaps(p) || slices.ContainsFunc(o.pinned, p.Overlaps)
		})
		if !used {
			n.pools.release(p)
		}
		return !used
	})
}

// clear reports whether nothing is in a range that a network without address prefixes may have.
func (n *networks) clear(p netip.Prefix) bool {
	return n.pools.isFree(p) || n.anywhere && n.open4.IsFree(p) && !overlapsAny(p, n.taken)
}

// around returns the smallest range, of a prefix length or larger up to VNetStep, in which all addresses are ones that
// Azure lets you use.
func around(addresses []netip.Addr, bits int) (netip.Prefix, bool) {
	if !addresses[0].Is4() {
		return netip.Prefix{}, false
	}
	for widest := min(bits, VNetStep); bits >= widest; bits-- {
		p := netip.PrefixFrom(addresses[0], bits).Masked()
		if usableAll(p, addresses) {
			return p, true
		}
	}
	return netip.Prefix{}, false
}

// Usable reports whether an address is in a subnet's range, and none of those that Azure reserves: the first four and
// the last.
// [aks.PageVNetFAQ] (read 2026-11-29)
func Usable(subnet netip.Prefix, a netip.Addr) bool {
	if !subnet.Contains(a) || a == ipam.Last(subnet) {
		return false
	}
	first := subnet.Addr()
	for range aks.ReservedPerSubnet - 1 {
		if a == first {
			return false
		}
		first = first.Next()
	}
	return true
}

func usableAll(subnet netip.Prefix, addresses []netip.Addr) bool {
	return !slices.ContainsFunc(addresses, func(a netip.Addr) bool { return !Usable(subnet, a) })
}
